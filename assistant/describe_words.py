"""The everyday words by which people state the facts of their firm, in both languages. Policy terms stand in corpus/glossary.yaml."""

import re
from typing import NamedTuple

from assistant.profile import FieldKind


class Cue(NamedTuple):
    """Words that announce a field whose value is a figure."""

    field: str
    kind: FieldKind
    pattern: re.Pattern[str]


def _cue(field: str, kind: FieldKind, zh: str, en: str) -> Cue:
    return Cue(field, kind, re.compile(rf"{zh}|\b(?:{en})\b", re.IGNORECASE))


_STAFF = r"staff|people|personnel|employees|engineers"

# Where two cues overlap in a text, the longer match wins, then the earlier in this list.
CUES = (
    _cue("chain_revenue", "yuan", r"产业链(?:的)?(?:年)?(?:营业收入|营收|收入)|链上营收", r"chain[- ](?:revenue|sales)"),
    _cue("taxable_income", "yuan", r"应纳税所得额", r"taxable (?:income|profit)s?"),
    _cue("total_assets", "yuan", r"资产总额|总资产|资产(?:规模)?(?!投资)", r"(?:total )?assets"),
    _cue(
        "planned_equipment_purchase",
        "yuan",
        r"设备购置(?:额|费)?|购置设备|采购设备|买设备",
        r"equipment purchases?|(?:buy|purchase|buying) (?:of )?(?:new )?equipment|new equipment",
    ),
    _cue(
        "equipment_renewal",
        "yuan",
        r"设备更新|更新设备|更换设备",
        r"equipment renewal|(?:renew|renewing|replace|replacing|upgrade) (?:the |our |old )*equipment",
    ),
    _cue(
        "chain_lead_trade",
        "yuan",
        r"(?:与|和|跟|向|给)(?:省级)?“?链主”?(?:企业)?(?:的)?(?:年)?(?:交易|采购|销售|供货|配套)额?",
        r"(?:trade|sales|business) (?:with|to) (?:the |our |a )?chain[- ]leads?"
        r"|trad(?:es?|ed|ing) [^,.;]{0,30}with (?:the |our |a )?chain[- ]leads?",
    ),
    _cue(
        "planned_fixed_investment",
        "yuan",
        r"固定资产投资(?:额)?|(?:计划|拟|总|项目)投资(?:额)?|投资(?:额|约)?(?!者|方|人)",
        r"fixed[- ](?:asset )?investments?|invest(?:ment|ments|ing|ed)?",
    ),
    _cue(
        "annual_revenue",
        "yuan",
        r"(?:年|主营业务|主营|营业|销售)*(?:营业收入|营收|收入|销售额|销售)|产值",
        r"(?:annual |main-business |operating )?(?:revenues?|sales|turnover)|turn(?:ed|ing)? over|sold",
    ),
    _cue(
        "employees",
        "count",
        r"员工|职工|从业人员|(?<!研发)(?<!科技)人员",
        r"employees|staff|workers|people|headcount|employs?|employing",
    ),
    _cue(
        "rd_staff_share",
        "share",
        r"(?:研发|科技|技术)人员(?:占比|比例|占)?",
        rf"(?:R&D|research) (?:{_STAFF})|(?:{_STAFF}) (?:are |is |work |working )+(?:in |on )?(?:R&D|research)",
    ),
    _cue("degree_staff_share", "share", r"大专|本科|学历|大学", r"degrees?|graduates?|college|university"),
    _cue(
        "rd_ratio",
        "share",
        r"研发(?:费用|投入|经费|支出|强度)?(?:占比|占)?",
        r"(?:R&D|research(?: and development)?)(?: (?:spending|spend|costs?|expenses|expenditure|ratio|share|intensity))?",
    ),
    _cue(
        "core_income_share",
        "share",
        r"(?:核心|主导|主要|高新技术)(?:技术)?(?:产品|材料|业务)(?:的)?(?:收入|营收|销售)?(?:占比|占)?|材料收入(?:占比|占)?",
        r"(?:core|main)[- ](?:product |material |technology |business )?(?:income|revenue|sales)"
        r"|income from|of (?:our |the |total )*(?:revenue|income|sales) (?:comes |is |coming )?from",
    ),
    _cue("invention_patents", "count", r"发明专利", r"invention patents?|patents? for inventions?"),
    _cue("supporting_firms", "count", r"(?:上下游)?配套企业", r"supporting (?:firms|enterprises|companies)|suppliers"),
    _cue(
        "years_registered",
        "years",
        r"成立|注册(?!资本)|创办|创立",
        r"founded|registered|established|set up|incorporated|years old|in business",
    ),
    _cue("build_years", "years", r"建设期|工期|建成", r"build(?:ing)? (?:time|period)|construction|to build|built in"),
    _cue("operating_years", "years", r"经营期(?:限)?", r"operating (?:period|term|life)"),
    _cue("line_width_nm", "number", r"线宽|制程|工艺", r"line ?width|node|process"),
    _cue("grid_voltage_kv", "number", r"电压|接入|供电", r"grid|voltage|supply|supplied|connected"),
)

EARLIER = re.compile(
    r"(?:此前|之前|以前|前年|上年|上一年|历史最高|以往最高|最高(?:时)?|原来|由|从|较)[^\d,，。;；]{0,8}$"
    r"|\b(?:from|previous(?:ly)?|before(?: that)?|earlier|prior|formerly|best (?:year|ever)?|peak|after|"
    r"against|compared with|versus|vs\.?)"
    r"(?: (?:year|best|before|was|of|were|a|the|peak|revenue|sales|at|only))*[:\s]*$",
    re.IGNORECASE,
)
EARLIER_AFTER = re.compile(
    r"^[^,，。;；\d]{0,12}(?:the year before|before that|the previous year|earlier)\b|^（?(?:前年|上一年|此前)", re.IGNORECASE
)
LAST_YEAR = re.compile(r"去年|上年|last year", re.IGNORECASE)
THIS_YEAR = re.compile(r"今年|本年|this year", re.IGNORECASE)
GROWTH = re.compile(r"增长|增幅|增速|上升|下降|提高了|\b(?:grew|growth|growing|up|increase[sd]?|rose|down|fell)(?: by)?\s*$", re.IGNORECASE)

NEGATION = re.compile(
    r"不是|不在|不属于|没有|没(?!问题)|尚未|还未|未(?!来|知)|并非|非(?=高新|专精|链主|独立)|无(?!锡|线|人|论)|不具备|不算|(?<![是能可])否(?!则)|过期|失效|取消"
    r"|\b(?:not|no|never|without|neither|nor|isn't|aren't|wasn't|haven't|hasn't|don't|doesn't|lack(?:s|ing)?|"
    r"lost|lapsed|expired)\b|n't\b",
    re.IGNORECASE,
)
NOT_NEGATION = re.compile(r"不仅|不但|不只|没问题|\bnot only\b|\bno doubt\b", re.IGNORECASE)
INTENTION = re.compile(
    r"申请|申报|争取|想|希望|打算|准备|计划(?!投资)|正在|拟|能否|是否|能不能|可以|可否|怎么|如何|吗"
    r"|\b(?:apply(?:ing)?|applied|application|want|hope|plan(?:s|ning)? to|intend|aim|would like|hoping|"
    r"seeking|candidate|can we|could we|whether|if we|pending|soon|will|become|how)\b",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"(?:给|向|(?<![定评选列])为|供应|供货|配套|客户|服务|采购|购买|使用|安装|屋顶|销往|卖到|卖给|来自)[^,，。;；]{0,6}$"
    r"|\b(?:supply(?:ing)?|supplies|supplier (?:of|to)|suppliers|sell(?:ing|s)? (?:to|in)|serve[sd]?|serving|"
    r"customers?(?: are| is)?(?: in)?|clients?(?: in)?|trade with|with (?:the|our)|buy(?:ing)?|bought|"
    r"purchas(?:e|es|ing)|use[sd]?|using|install(?:ed|ing)?|export(?:s|ing)? to|deliver(?:s|ing)? to|for|from)(?: [a-z'-]+){0,3}\s*$",
    re.IGNORECASE,
)
OTHERS_AFTER = re.compile(r"^(?:企业)?(?:的)?(?:年)?(?:交易|采购|供货|合作|配套)")
CLAUSE_BREAK = re.compile(
    r"(?<!\d),|,(?!\d{3})|[，;；。!！?？\n、]|\.(?!\d)|\b(?:but|however|although|though|and)\b|但是|但|不过|而且|而|并且|同时",
    re.IGNORECASE,
)
SENTENCE_BREAK = re.compile(r"[。!！?？\n;；]|\.(?=\s|$)")

NONE_AT_ALL = {
    "invention_patents": re.compile(
        r"(?:没有|无|尚无)(?:任何)?发明专利|\b(?:no|without(?: any)?|have not any) invention patents?\b", re.IGNORECASE
    ),
    "rd_ratio": re.compile(r"(?:没有|无|不做)(?:任何)?研发(?!人员)|\bno (?:R&D|research)\b(?! (?:staff|people))", re.IGNORECASE),
}
"""Words that state a figure of nought."""

STATUS_OF_TERM = {
    "hnte": "hnte",
    "srdi": "srdi",
    "little-giant": "little_giant",
    "innovative-sme": "innovative_sme",
    "sci-tech-sme": "sci_tech_sme",
    "chain-lead": "chain_lead",
    "chain-core": "chain_core",
    "chain-firm": "chain_firm",
    "encouraged-ic": "encouraged_ic",
    "general-vat-payer": "general_vat_payer",
    "independent-legal-person": "independent_legal_person",
    "manufacturing-enterprise": "industrial",
    "industrial-legal-entity": "industrial",
}
"""Glossary terms that name a status of the profile."""

STATUS_WORDS = {
    "hnte": r"\bhigh[- ]tech(?:nology)?[- ](?:certified|certificate|certification|status|recognised|recognized|qualified)|高企",
    "encouraged_ic": r"国家鼓励的(?:集成电路|芯片)|\bencouraged (?:IC|integrated[- ]circuit|chip)",
    "advanced_manufacturing_list": r"先进制造业(?:企业)?名单|加计抵减名单|\badvanced[- ]manufactur(?:er|ers|ing)'? list",
    "reform_zone": r"(?:山西)?(?:转型)?综改(?:示范)?区|转型综改"
    r"|\breform (?:demo(?:nstration)? )?zone|\bcomprehensive reform demonstration zone",
    "direct_reporting": r"联网直报|直报系统|直报|入统|\bdirect[- ]reporting",
    "newly_arrived_project": r"新落户|新引进|新招商|\bnewly arrived|\bnewcomer|\bnew to (?:the province|Shanxi)|\brelocat(?:ed|ing) to",
    "industrial": r"工业企业|\b(?:manufacturer|factory)\b|工厂",
}
"""Words for statuses that the glossary has no term for, or names otherwise."""

SECTOR_OF_TERM = {
    "semiconductor": "semiconductor third-generation-semiconductor integrated-circuit silicon-carbide "
    "gallium-nitride gallium-arsenide epitaxy "
    "chip-design chip-making semiconductor-material ic-material chip carbon-based-chip led uv-led "
    "ic-material-firm ic-design-firm encouraged-ic line-width",
    "photovoltaic": "photovoltaic smart-pv pv-manufacturing topcon heterojunction perovskite tandem-cell solar-cell module pv-product",
    "computing": "computing-industry it-application-innovation motherboard hard-disk server computer",
    "new_chemical_battery": "new-chemical-battery battery-industry lithium-battery-industry cathode-material "
    "anode-material separator electrolyte "
    "lfp ternary-material lithium-hexafluorophosphate ternary-oxide battery-material battery lithium-ion-battery sodium-ion-battery "
    "power-battery consumer-battery storage-battery battery-cell battery-pack battery-product",
    "intelligent_electronics": "intelligent-electronics smart-phone smart-terminal mining-equipment "
    "measuring-instrument intelligent-robot sensor",
    "software": "software-industry basic-software application-software software software-product embedded-software software-firm",
    "other_strategic_emerging": "new-energy-vehicle connected-nev high-end-equipment machine-tool biomedicine "
    "general-aviation aerospace rail-transit "
    "carbon-based-materials special-metals bio-based-materials coal-machinery energy-saving big-data optoelectronics",
}
WEAK_SECTOR_OF_TERM = {
    "photovoltaic": "polysilicon silicon-rod silicon-wafer monocrystalline-silicon",
    "semiconductor": "substrate device packaging",
    "computing": "display",
}
"""Terms that several sectors share: they count only where no other word names a sector."""

ORDINARY_TRADE = re.compile(
    r"餐馆|餐厅|饭店|餐饮|酒店|宾馆|超市|零售|贸易公司|房地产|物业|物流公司|煤矿|煤炭开采|采煤|养殖|农场|美容|旅行社"
    r"|\b(?:restaurants?|catering|hotels?|cafes?|café|coal[- ]min(?:e|es|ing)|retail(?:er)?|shops?|"
    r"supermarkets?|real[- ]estate|trading company|logistics|farm|travel agency)\b",
    re.IGNORECASE,
)
MAKER_AFTER = re.compile(
    r"^\s?(?:的)?(?:材料)?(厂|生产商|制造商|生产企业|制造企业|maker|producer|manufacturer|factory|plant)", re.IGNORECASE
)
MAKING = re.compile(
    r"生产|制造|做(?!了|得)|加工|造|\b(?:mak(?:e|es|ing)|made|manufactur\w*|produc(?:e|es|ing|er)|grow(?:s|"
    r"ing)? (?:crystals|ingots)|factory|plant)\b",
    re.IGNORECASE,
)


def clause_before(text: str, start: int) -> str:
    """What stands between the last clause break and `start`."""
    breaks = [match.end() for match in CLAUSE_BREAK.finditer(text, 0, start)]
    return text[breaks[-1] if breaks else 0 : start]


def clause_after(text: str, end: int) -> str:
    """What stands between `end` and the next clause break."""
    match = CLAUSE_BREAK.search(text, end)
    return text[end : match.start() if match else len(text)]
