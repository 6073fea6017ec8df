"""A profile as given by people: what is read, what is interpreted aloud, what is refused."""

from typing import Any

import pytest

from assistant.profile import FIELDS, Profile, label, question
from assistant.profile_input import read_profile
from ingest.schema import PlanQueryError


def test_what_is_not_stated_stays_unset() -> None:
    assert read_profile({}).profile == Profile()
    assert read_profile({"hnte": None, "employees": "", "city": "unknown", "srdi": "未知", "sectors": []}).profile == Profile()


@pytest.mark.parametrize(
    ("field", "given", "value"),
    [
        ("annual_revenue", "1.2亿", 120_000_000),
        ("annual_revenue", "1.2个亿", 120_000_000),
        ("annual_revenue", "2000万元", 20_000_000),
        ("annual_revenue", "120m", 120_000_000),
        ("annual_revenue", "RMB 1.2 bn", 1_200_000_000),
        ("annual_revenue", "两千万", 20_000_000),
        ("rd_ratio", "9%", 0.09),
        ("rd_ratio", "百分之五", 0.05),
        ("employees", "180人", 180),
        ("line_width_nm", "28nm", 28),
        ("grid_voltage_kv", "110千伏", 110),
        ("build_years", "2 years", 2),
    ],
)
def test_a_number_in_words_is_read_and_shown_for_confirmation(field: str, given: str, value: float) -> None:
    reading = read_profile({field: given})
    assert getattr(reading.profile, field) == pytest.approx(value)
    (interpretation,) = reading.interpretations
    assert (interpretation.field, interpretation.given) == (field, given)
    assert given in interpretation.text.en
    assert given in interpretation.text.zh


def test_plain_digits_in_a_cell_need_no_confirmation() -> None:
    assert read_profile({"annual_revenue": "120000000", "rd_ratio": "0.09"}).interpretations == ()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"revenue": 5}, "unknown field 'revenue'"),
        ({"annual_revenue": -1}, "annual_revenue is -1 and cannot be negative"),
        ({"annual_revenue": "-5 million"}, "annual_revenue"),
        ({"rd_ratio": 9}, "for 9 percent write 0.09"),
        ({"rd_ratio": "9"}, "for 9 percent write 0.09"),
        ({"rd_ratio": 900}, "rd_ratio"),
        ({"annual_revenue": "1-2亿"}, "is a range"),
        ({"annual_revenue": "$5 million"}, "does not take the unit"),
        ({"annual_revenue": "a lot"}, "cannot be read as one"),
        ({"annual_revenue": True}, "takes a number"),
        ({"annual_revenue": float("nan")}, "annual_revenue"),
        ({"employees": 180.5}, "employees"),
        ({"hnte": "maybe"}, "takes true or false"),
        ({"sectors": ["steel"]}, "does not know 'steel'"),
        ({"products": 7}, "takes a list"),
        ({"city": 3}, "takes a text"),
        ({"city": "太原", "province": "Shaanxi"}, "lies in 山西"),
        ({"city": "西安", "reform_zone": True}, "reform_zone is the zone of Shanxi"),
    ],
)
def test_a_faulty_value_is_refused_by_field_with_the_remedy(given: dict[str, Any], named: str) -> None:
    with pytest.raises(PlanQueryError, match=named):
        read_profile(given)


@pytest.mark.parametrize(("word", "value"), [("yes", True), ("是", True), ("1", True), ("no", False), ("否", False), (False, False)])
def test_yes_and_no_are_read_in_both_languages(word: str | bool, value: bool) -> None:
    assert read_profile({"hnte": word}).profile.hnte is value


def test_sectors_may_be_named_in_either_language() -> None:
    assert read_profile({"sectors": "半导体、photovoltaics"}).profile.sectors == ("semiconductor", "photovoltaic")


def test_a_loss_is_a_taxable_income() -> None:
    assert read_profile({"taxable_income": -200_000}).profile.taxable_income == -200_000


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_asks_its_question_in_both_languages(field: str) -> None:
    assert question(field, "en").endswith(")?") or "?" in question(field, "en")
    assert "？" in question(field, "zh") or "）" in question(field, "zh")
    assert label(field, "en") != label(field, "zh")
