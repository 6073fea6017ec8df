"""A firm in its own words to a profile: what was said, what was not, and what stays unclear."""

from datetime import date
from typing import Any

import pytest

from assistant.describe import describe
from assistant.describe_model import verified
from ingest.glossary import Glossary
from ingest.settings import PROJECT

GLOSSARY = Glossary.load(PROJECT / "corpus" / "glossary.yaml")
TODAY = date(2026, 11, 23)


def stated(text: str) -> dict[str, Any]:
    return describe(text, GLOSSARY, TODAY).profile.model_dump(exclude_none=True)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "We make silicon carbide wafers in Taiyuan, 180 people, revenue 120 million, up from 85",
            {
                "city": "太原",
                "sectors": ("semiconductor",),
                "products": ("silicon carbide wafers",),
                "industrial": True,
                "employees": 180,
                "annual_revenue": 120e6,
                "previous_best_revenue": 85e6,
            },
        ),
        (
            "我们是太原做碳化硅衬底的,去年营收1.2亿",
            {"city": "太原", "sectors": ("semiconductor",), "products": ("碳化硅衬底",), "industrial": True, "annual_revenue": 120e6},
        ),
        (
            "营收由8500万增长到1.2亿元，还不是高新技术企业，研发投入占营收6%，发明专利12项",
            {"previous_best_revenue": 85e6, "annual_revenue": 120e6, "hnte": False, "rd_ratio": 0.06, "invention_patents": 12},
        ),
        ("今年收入1.2亿，去年8500万，注册5年", {"annual_revenue": 120e6, "previous_best_revenue": 85e6, "years_registered": 5}),
        ("60m sales last year, 30m the year before", {"annual_revenue": 60e6, "previous_best_revenue": 30e6}),
        ("We are not yet high-tech certified; founded in 2019", {"hnte": False, "years_registered": 7}),
        ("HNTE but not SRDI, general VAT payer", {"hnte": True, "srdi": False, "general_vat_payer": True}),
        ("traded 12 million yuan with the chain-lead", {"chain_lead_trade": 12e6}),
        ("高新技术企业：否；专精特新：是", {"hnte": False, "srdi": True}),
        ("我们没有发明专利，也没有研发", {"invention_patents": 0, "rd_ratio": 0}),
        ("35% of revenue from IC materials", {"core_income_share": 0.35}),
        ("已认定为链主企业，也是专精特新中小企业", {"chain_lead": True, "srdi": True}),
        ("R&D is 6 percent of revenue and 40% of staff have a degree", {"rd_ratio": 0.06, "degree_staff_share": 0.4}),
        (
            "28纳米线宽，经营期15年，110千伏接入",
            {"line_width_nm": 28, "operating_years": 15, "grid_voltage_kv": 110, "sectors": ("semiconductor",)},
        ),
        ("计划购置设备3000万元，建设期18个月", {"planned_equipment_purchase": 30e6, "build_years": 1.5}),
        ("We plan a fixed-asset investment of 60 million yuan", {"planned_fixed_investment": 60e6}),
        ("total assets 45 million yuan, taxable income 2.1 million", {"total_assets": 45e6, "taxable_income": 2.1e6}),
        ("A restaurant in Datong with 25 employees", {"city": "大同", "sectors": ("other",), "employees": 25}),
        ("大同煤矿，员工5200人", {"city": "大同", "sectors": ("other",), "employees": 5200}),
        ("陕西的芯片厂", {"province": "陕西", "sectors": ("semiconductor",), "industrial": True}),
        ("We are in Shaanxi, not in Shanxi", {"province": "陕西"}),
        ("位于山西转型综改示范区", {"province": "山西", "reform_zone": True}),
    ],
)
def test_what_is_said_is_read_and_nothing_else(text: str, facts: dict[str, Any]) -> None:
    assert stated(text) == pytest.approx(facts) if all(isinstance(value, float) for value in facts.values()) else stated(text) == facts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello, what can you do?",
        "我们正在申请高新技术企业，客户在西安",
        "Can we get the HNTE rate?",
        "We supply the chain-lead and buy chips",
    ],
)
def test_wishes_questions_and_other_firms_state_nothing(text: str) -> None:
    assert stated(text) == {}


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("营收2000万到3000万之间", "annual_revenue"),
        ("sales of 8-9 million yuan", "annual_revenue"),
        ("revenue about $5 million", "annual_revenue"),
        ("45 R&D staff", "rd_staff_share"),
        ("我们在太原和大同有公司", "city"),
    ],
)
def test_ranges_other_currencies_and_rival_values_are_reported_and_not_chosen(text: str, field: str) -> None:
    description = describe(text, GLOSSARY, TODAY)
    assert getattr(description.profile, field) is None
    assert field in [item.field for item in description.unclear]


@pytest.mark.parametrize(
    "text",
    [
        "We make LED chips in Changzhi, 210 employees, not yet an HNTE, sales about 90 million yuan",
        "太原的光伏组件厂，营收12亿，没有专精特新资格",
    ],
)
def test_every_field_shows_the_words_it_came_from(text: str) -> None:
    description = describe(text, GLOSSARY, TODAY)
    assert {origin.field for origin in description.origins} == set(description.profile.model_dump(exclude_none=True))
    assert all(text[origin.start : origin.end] == origin.words for origin in description.origins)


def test_an_approximate_figure_and_a_borrowed_unit_are_marked() -> None:
    notes = {origin.field: origin.note for origin in describe("revenue about 120 million, up from 85", GLOSSARY, TODAY).origins}
    assert notes["annual_revenue"] is not None
    assert notes["previous_best_revenue"] is not None


@pytest.mark.parametrize(
    ("field", "value", "words", "kept"),
    [
        ("total_assets", 45_000_000, "worth 45 million yuan", 45_000_000),
        ("total_assets", 54_000_000, "worth 45 million yuan", None),  # another number than the words say
        ("total_assets", 45_000_000, "assets of 45 million yuan", None),  # words that do not stand in the text
        ("rd_ratio", 9, "worth 45 million yuan", None),  # no share
        ("moon_phase", 1, "worth 45 million yuan", None),  # no field
        ("employees", 12, "worth 45 million yuan", 210),  # the reading by rule stays
    ],
)
def test_a_claim_of_a_model_counts_only_where_the_words_bear_it(field: str, value: Any, words: str, kept: Any) -> None:
    description = verified("210 employees; all we own is worth 45 million yuan", {field: (value, words)}, GLOSSARY, TODAY)
    assert getattr(description.profile, field, None) == kept
