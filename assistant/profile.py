"""What an enterprise says of itself. A field that is not stated is None: not known, which is never "no"."""

from typing import Annotated, Any, Literal, get_args

from pydantic import Field, model_validator

from ingest.schema import Language, Record

Sector = Literal[
    "semiconductor",
    "photovoltaic",
    "computing",
    "new_chemical_battery",
    "intelligent_electronics",
    "software",
    "other_strategic_emerging",
    "other",
]
FieldKind = Literal["yes_no", "yuan", "share", "count", "years", "number", "text", "list", "choice"]


def _asked(kind: FieldKind, en: tuple[str, str], zh: tuple[str, str], **limits: Any) -> Any:
    """A field with its label and the question asked of the user, in both languages."""
    extra: dict[str, Any] = {"kind": kind, "label": {"en": en[0], "zh": zh[0]}, "question": {"en": en[1], "zh": zh[1]}}
    return Field(default=None, description=f"{en[1]} / {zh[1]}", json_schema_extra=extra, **limits)


Yuan = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Number = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0)]


class Profile(Record):
    """All facts of one enterprise; money in yuan, shares from 0 to 1."""

    province: str | None = _asked("text", ("province", "In which province is the firm registered?"), ("省份", "企业注册在哪个省？"))
    city: str | None = _asked("text", ("city", "In which city is the firm registered?"), ("城市", "企业注册在哪个市？"))
    reform_zone: bool | None = _asked(
        "yes_no",
        ("in the Reform Demo Zone", "Is the firm in the Shanxi Transformation and Comprehensive Reform Demonstration Zone?"),
        ("在综改示范区内", "企业是否在山西转型综改示范区内？"),
    )
    sectors: tuple[Sector, ...] | None = _asked(
        "choice",
        (
            "sectors",
            "In which sectors is the firm active? (high-end equipment, machine tools, new energy vehicles, biomedicine and the like "
            'are "other strategic emerging"; restaurants, coal mining, trade and the like are "other")',
        ),
        (
            "行业",
            "企业属于哪些行业？（高端装备、工业母机、新能源汽车、生物医药等选“其他战略性新兴产业”；餐饮、煤炭开采、贸易等选“其他”）",
        ),
    )
    products: tuple[str, ...] | None = _asked("list", ("products", "Which products does the firm make?"), ("产品", "企业生产哪些产品？"))
    independent_legal_person: bool | None = _asked(
        "yes_no",
        ("independent legal person", "Is the firm an independent legal person (not a branch)?"),
        ("独立法人", "企业是否为独立法人（不是分公司）？"),
    )
    industrial: bool | None = _asked(
        "yes_no",
        ("industrial (manufacturing) firm", "Is the firm an industrial (manufacturing) enterprise?"),
        ("工业（制造业）企业", "企业是否为工业（制造业）企业？"),
    )
    annual_revenue: Yuan | None = _asked(
        "yuan",
        ("annual revenue", "What was the main-business revenue of the latest full year, in yuan?"),
        ("年营业收入", "最近一个完整年度的主营业务收入是多少元？"),
    )
    previous_best_revenue: Yuan | None = _asked(
        "yuan",
        ("best earlier revenue", "What was the highest annual revenue of any earlier year, in yuan?"),
        ("以往最高年营业收入", "此前各年度中最高的年营业收入是多少元？"),
    )
    chain_revenue: Yuan | None = _asked(
        "yuan",
        ("chain revenue", "What is the firm's annual revenue within its key industrial chain, in yuan?"),
        ("产业链营业收入", "企业在所属重点产业链上的年营业收入是多少元？"),
    )
    previous_best_chain_revenue: Yuan | None = _asked(
        "yuan",
        ("best earlier chain revenue", "What was the highest chain revenue of any year from 2021 to last year, in yuan?"),
        ("以往最高产业链营业收入", "2021年以来至上一年，最高的产业链年营业收入是多少元？"),
    )
    employees: Count | None = _asked(
        "count",
        ("employees", "How many employees does the firm have (with dispatched staff, without outsourced labour)?"),
        ("从业人员", "企业有多少从业人员（含劳务派遣，不含劳务外包）？"),
    )
    total_assets: Yuan | None = _asked(
        "yuan", ("total assets", "What are the firm's total assets, in yuan?"), ("资产总额", "企业的资产总额是多少元？")
    )
    taxable_income: float | None = _asked(
        "yuan",
        ("taxable income", "What is the annual taxable income, in yuan (a loss is negative)?"),
        ("应纳税所得额", "年应纳税所得额是多少元（亏损填负数）？"),
        allow_inf_nan=False,
    )
    years_registered: Number | None = _asked(
        "years",
        ("years since registration", "How many years ago was the firm registered?"),
        ("注册年限", "企业注册成立至今多少年？"),
    )
    direct_reporting: bool | None = _asked(
        "yes_no",
        ("in the NBS direct-reporting system", "Is the firm entered in the direct-reporting system of the National Bureau of Statistics?"),
        ("已纳入联网直报", "企业是否已纳入国家统计局联网直报系统？"),
    )
    rd_ratio: Share | None = _asked(
        "share",
        ("R&D share of revenue", "Which share of revenue is spent on R&D (0 to 1; 0.05 is 5 percent)?"),
        ("研发费用占比", "研发费用占营业收入的比例是多少（0到1,0.05即5%）？"),
    )
    rd_staff_share: Share | None = _asked(
        "share",
        ("R&D share of staff", "Which share of the employees works in R&D (0 to 1)?"),
        ("研发人员占比", "研发（科技）人员占职工总数的比例是多少（0到1）？"),
    )
    degree_staff_share: Share | None = _asked(
        "share",
        ("share of staff with a degree", "Which share of the employees has a college degree or above (0 to 1)?"),
        ("大专以上人员占比", "大专及以上学历职工占比是多少（0到1）？"),
    )
    invention_patents: Count | None = _asked(
        "count",
        ("invention patents", "How many granted invention patents does the firm hold?"),
        ("发明专利", "企业拥有多少项已授权发明专利？"),
    )
    core_income_share: Share | None = _asked(
        "share",
        ("core income share", "Which share of total income comes from the main technology or material (0 to 1)?"),
        ("核心业务收入占比", "核心技术产品或主要材料的收入占总收入的比例是多少（0到1）？"),
    )
    hnte: bool | None = _asked(
        "yes_no",
        ("high and new technology enterprise", "Does the firm hold a valid HNTE certificate (high and new technology enterprise)?"),
        ("高新技术企业", "企业是否为有效期内的高新技术企业？"),
    )
    srdi: bool | None = _asked(
        "yes_no",
        ("SRDI SME", "Is the firm recognised as an SRDI SME (specialised, refined, differential, innovative)?"),
        ("专精特新中小企业", "企业是否已认定为专精特新中小企业？"),
    )
    little_giant: bool | None = _asked(
        "yes_no",
        ("little giant", 'Is the firm recognised as a national SRDI "little giant"?'),
        ("专精特新“小巨人”", "企业是否已认定为国家级专精特新“小巨人”企业？"),
    )
    innovative_sme: bool | None = _asked(
        "yes_no",
        ("innovative SME", "Is the firm recognised as an innovative SME?"),
        ("创新型中小企业", "企业是否已认定为创新型中小企业？"),
    )
    sci_tech_sme: bool | None = _asked(
        "yes_no",
        ("sci-tech SME", "Is the firm registered as a sci-tech SME?"),
        ("科技型中小企业", "企业是否已评价入库为科技型中小企业？"),
    )
    chain_lead: bool | None = _asked(
        "yes_no",
        ("chain-lead", "Is the firm recognised as a provincial chain-lead?"),
        ("链主企业", "企业是否已认定为省级“链主”企业？"),
    )
    chain_core: bool | None = _asked(
        "yes_no",
        ("chain-core", "Is the firm recognised as a provincial chain-core firm?"),
        ("链核企业", "企业是否已认定为省级“链核”企业？"),
    )
    chain_firm: bool | None = _asked(
        "yes_no",
        ("chain firm", "Is the firm listed as a firm of a provincial key chain?"),
        ("链上企业", "企业是否为省级重点产业链的链上企业？"),
    )
    encouraged_ic: bool | None = _asked(
        "yes_no",
        ("encouraged IC firm", "Does the firm count as an integrated-circuit enterprise encouraged by the state?"),
        ("国家鼓励的集成电路企业", "企业是否属于国家鼓励的集成电路企业？"),
    )
    advanced_manufacturing_list: bool | None = _asked(
        "yes_no",
        ("on the advanced-manufacturer list", "Is the firm on the provincial list of advanced manufacturers for the VAT extra credit?"),
        ("先进制造业企业名单", "企业是否列入本省享受加计抵减的先进制造业企业名单？"),
    )
    general_vat_payer: bool | None = _asked(
        "yes_no", ("general VAT payer", "Is the firm a general VAT payer?"), ("增值税一般纳税人", "企业是否为增值税一般纳税人？")
    )
    planned_fixed_investment: Yuan | None = _asked(
        "yuan",
        ("planned fixed-asset investment", "How much fixed-asset investment has the planned project, in yuan (0 if there is none)?"),
        ("计划固定资产投资", "计划项目的固定资产投资是多少元（没有项目填0）？"),
    )
    newly_arrived_project: bool | None = _asked(
        "yes_no",
        ("newly arrived project", "Is the project new to the province (a newly arrived firm)?"),
        ("新落户项目", "该项目是否为新落户本省的项目？"),
    )
    planned_equipment_purchase: Yuan | None = _asked(
        "yuan",
        ("planned equipment purchase", "How much equipment will the project buy, in yuan?"),
        ("计划设备购置额", "项目计划购置设备多少元？"),
    )
    build_years: Number | None = _asked(
        "years", ("build time in years", "How many years will the project take to build?"), ("建设期（年）", "项目建设期是几年？")
    )
    equipment_renewal: Yuan | None = _asked(
        "yuan",
        ("equipment renewal", "How much is spent on renewing equipment, in yuan?"),
        ("设备更新投入", "设备更新投入是多少元？"),
    )
    line_width_nm: Number | None = _asked(
        "number",
        ("line width in nm", "Which line width does the chip production use, in nanometres?"),
        ("线宽（纳米）", "集成电路生产的线宽是多少纳米？"),
    )
    operating_years: Number | None = _asked(
        "years",
        ("operating period in years", "For how many years is the firm or project set up to operate (operating period)?"),
        ("经营期（年）", "企业或项目的经营期是多少年？"),
    )
    chain_lead_trade: Yuan | None = _asked(
        "yuan",
        ("yearly trade with the chain-lead", "How much does the firm trade with a chain-lead in a year, in yuan?"),
        ("与链主的年交易额", "企业与链主企业的年交易额是多少元？"),
    )
    supporting_firms: Count | None = _asked(
        "count",
        ("supporting firms", "How many supporting firms has the firm upstream and downstream in its chain?"),
        ("配套企业数", "企业在本产业链上下游有多少户配套企业？"),
    )
    grid_voltage_kv: Number | None = _asked(
        "number",
        ("grid voltage in kV", "At which voltage is the firm connected to the grid, in kV?"),
        ("接入电压（千伏）", "企业接入电网的电压等级是多少千伏？"),
    )

    @model_validator(mode="before")
    @classmethod
    def _empty_is_unset(cls, given: Any) -> Any:
        """An empty list says nothing, just as null does."""
        return {field: value for field, value in given.items() if value not in ([], ())} if isinstance(given, dict) else given


FIELDS = tuple(Profile.model_fields)
SECTORS: tuple[str, ...] = get_args(Sector)
_EXTRAS: dict[str, Any] = {name: field.json_schema_extra for name, field in Profile.model_fields.items()}


def label(field: str, language: Language) -> str:
    """Short name of a profile field."""
    return str(_EXTRAS[field]["label"][language])


def question(field: str, language: Language) -> str:
    """The question that asks the user for a profile field."""
    return str(_EXTRAS[field]["question"][language])


def kind_of(field: str) -> FieldKind:
    """How a field is entered and shown."""
    kind: FieldKind = _EXTRAS[field]["kind"]
    return kind
