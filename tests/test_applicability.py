"""Verdicts on small measures made here: three values, dates, steps, sums, reasons; and the suite on the project's own measures."""

import json
from datetime import date
from typing import Any

import pytest

from assistant.applicability import check, next_questions, to_object
from assistant.profile import Profile
from assistant.verdicts import Verdict
from ingest.measures import Measure, has_rule, load_measures
from ingest.schema import PlanQueryError
from ingest.settings import PROJECT

TODAY = date(2026, 11, 23)
WHY = {"en": "made for the test", "zh": "测试用"}
BOTH = {"en": "text", "zh": "文本"}


def test_of(fact: str, operator: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"fact": fact, "operator": operator, "value": value, "inferred": WHY, **more}


test_of.__test__ = False  # type: ignore[attr-defined]

BIG = test_of("annual_revenue", ">=", 20_000_000)
STAFF = test_of("employees", "<=", 300)
CERTIFIED = test_of("hnte", "==", True)


def measure(conditions: dict[str, Any] | None, **more: Any) -> Measure:
    fields = {
        "id": "m1-test",
        "title": BOTH,
        "kind": "entitlement",
        "gives": BOTH,
        "document": "d",
        "section": "s",
        "conditions": conditions,
    }
    return Measure.model_validate({**fields, **more})


def verdict(conditions: dict[str, Any] | None, as_of: date = TODAY, measure_fields: dict[str, Any] | None = None, **facts: Any) -> Verdict:
    (only,) = check((measure(conditions, **(measure_fields or {})),), Profile(**facts), as_of)
    return only


@pytest.mark.parametrize(
    ("conditions", "facts", "status", "missing"),
    [
        (BIG, {"annual_revenue": 20_000_000}, "applies", ()),  # exactly the line
        (BIG, {"annual_revenue": 19_999_999}, "does_not_apply", ()),  # one yuan below
        (BIG, {}, "needs_information", ("annual_revenue",)),
        ({"all_of": [BIG, STAFF]}, {"employees": 301}, "does_not_apply", ()),  # false outranks unknown
        ({"all_of": [BIG, STAFF]}, {"employees": 300}, "needs_information", ("annual_revenue",)),
        ({"any_of": [BIG, STAFF]}, {"employees": 300}, "applies", ()),  # true outranks unknown
        ({"any_of": [BIG, STAFF]}, {"employees": 301}, "needs_information", ("annual_revenue",)),
        ({"any_of": [BIG, STAFF]}, {"employees": 301, "annual_revenue": 1}, "does_not_apply", ()),
        ({"not": CERTIFIED}, {}, "needs_information", ("hnte",)),
        ({"not": CERTIFIED}, {"hnte": False}, "applies", ()),
        ({"not": CERTIFIED}, {"hnte": True}, "does_not_apply", ()),
        (
            {"all_of": [{"any_of": [BIG, CERTIFIED]}, STAFF]},
            {"hnte": True},
            "needs_information",
            ("employees",),
        ),  # decided branch not asked
        (test_of("sectors", "includes_any", ["semiconductor"]), {"sectors": ["software", "semiconductor"]}, "applies", ()),
        (test_of("sectors", "includes_any", ["semiconductor"]), {"sectors": ["other"]}, "does_not_apply", ()),
        (test_of("sectors", "includes_any", ["software"], open_values=["computing"]), {"sectors": ["computing"]}, "needs_information", ()),
        (test_of("province", "in", ["山西", "陕西"]), {"province": "Shaanxi"}, "applies", ()),
        (test_of("province", "==", "山西"), {"province": "Shaanxi"}, "does_not_apply", ()),
        (test_of("province", "==", "山西"), {"city": "Taiyuan"}, "applies", ()),  # the city tells the province
        (test_of("province", "==", "山西"), {"reform_zone": True}, "applies", ()),  # so does the zone
        (test_of("reform_zone", "==", True), {"city": "西安"}, "does_not_apply", ()),  # no firm of Shaanxi is in it
        (test_of("rd_spend", ">=", 1_000_000), {"rd_ratio": 0.05, "annual_revenue": 20_000_000}, "applies", ()),
        (test_of("rd_spend", ">=", 1_000_000), {"rd_ratio": 0.05}, "needs_information", ("annual_revenue",)),
        ({"all_of": [BIG], "proved_by": "hnte"}, {"hnte": True, "annual_revenue": 1}, "applies", ()),  # the certificate shows it
        ({"all_of": [BIG], "proved_by": "hnte"}, {"annual_revenue": 1}, "does_not_apply", ()),
        ({"all_of": [BIG], "proved_by": "hnte"}, {}, "needs_information", ("hnte", "annual_revenue")),
        ({"all_of": [CERTIFIED, {**BIG, "role": "confirm"}]}, {"hnte": True}, "applies", ()),
        ({"all_of": [CERTIFIED, {**BIG, "role": "confirm"}]}, {"hnte": True, "annual_revenue": 1}, "does_not_apply", ()),
        ({"all_of": [CERTIFIED, {**BIG, "role": "advisory"}]}, {"hnte": True, "annual_revenue": 1}, "applies", ()),
        ({"all_of": [CERTIFIED, {"asks": BOTH, "inferred": WHY}]}, {"hnte": True}, "needs_information", ()),  # the profile cannot tell
        ({"all_of": [CERTIFIED, {"asks": BOTH, "inferred": WHY}]}, {"hnte": False}, "does_not_apply", ()),
    ],
)
def test_conditions_have_three_values(conditions: dict[str, Any], facts: dict[str, Any], status: str, missing: tuple[str, ...]) -> None:
    found = verdict(conditions, **facts)
    assert (found.status, found.missing) == (status, missing)


STEP = test_of("annual_revenue", "first_reaches", [100, 500], previous="previous_best_revenue")


@pytest.mark.parametrize(
    ("now", "before", "status", "missing"),
    [
        (100, 99, "applies", ()),
        (99, 50, "does_not_apply", ()),
        (300, 100, "does_not_apply", ()),  # the step was reached before
        (500, 100, "applies", ()),  # the next step
        (900, 500, "does_not_apply", ()),  # nothing left
        (99, None, "does_not_apply", ()),  # too little now: the past does not matter
        (100, None, "needs_information", ("previous_best_revenue",)),
        (None, 50, "needs_information", ("annual_revenue",)),
        (None, 500, "does_not_apply", ()),
        (None, None, "needs_information", ("annual_revenue", "previous_best_revenue")),
    ],
)
def test_a_step_counts_when_it_is_reached_for_the_first_time(
    now: int | None, before: int | None, status: str, missing: tuple[str, ...]
) -> None:
    found = verdict(STEP, annual_revenue=now, previous_best_revenue=before)
    assert (found.status, found.missing) == (status, missing)


@pytest.mark.parametrize(
    ("dates", "day", "status", "state"),
    [
        ({"valid_from": "2025-06-01", "valid_to": "2026-05-31"}, date(2025, 6, 1), "applies", "in_force"),
        ({"valid_from": "2025-06-01", "valid_to": "2026-05-31"}, date(2026, 5, 31), "applies", "in_force"),
        ({"valid_from": "2025-06-01", "valid_to": "2026-05-31"}, date(2025, 5, 31), "does_not_apply", "not_yet"),
        ({"valid_from": "2025-06-01", "valid_to": "2026-05-31"}, date(2026, 6, 1), "does_not_apply", "expired"),
        ({"valid_from": "2025-06-01"}, date(2030, 1, 1), "applies", "end_not_stated"),
        ({"known_by": "2025-03-26"}, date(2025, 3, 25), "needs_information", "start_unknown"),
        ({"known_by": "2025-03-26"}, date(2025, 3, 26), "applies", "end_not_stated"),
        ({"known_by": "2025-03-26", "not_before": "2024-01-01"}, date(2023, 12, 31), "does_not_apply", "not_yet"),
    ],
)
def test_dates_decide_before_conditions(dates: dict[str, Any], day: date, status: str, state: str) -> None:
    found = verdict(CERTIFIED, day, dates, hnte=True)
    assert (found.status, found.dates) == (status, state)


def test_an_end_that_is_not_stated_is_said_aloud() -> None:
    assert "end of validity is not stated" in " ".join(verdict(CERTIFIED, hnte=True).notices("en"))


def test_a_direction_without_condition_is_never_reported_as_applying() -> None:
    direction = {"kind": "direction", "no_condition_stated": True}
    found = verdict(test_of("province", "==", "山西"), measure_fields=direction, province="山西")
    assert found.status == "needs_information"
    assert "No condition stated" in found.reason("en")
    assert "未载明条件" in found.reason("zh")
    assert verdict(test_of("province", "==", "山西"), measure_fields=direction, province="陕西").status == "does_not_apply"


def test_the_nearest_change_names_value_and_need_in_both_languages() -> None:
    found = verdict({"all_of": [BIG, STAFF]}, annual_revenue=18_000_000, employees=20)
    assert found.nearest_change("en") == "annual revenue: now 18 million yuan, needs at least 20 million yuan"
    assert found.nearest_change("zh") == "年营业收入：现为1800万元，要求不低于2000万元"


def test_the_nearest_change_takes_the_shortest_way() -> None:
    found = verdict({"any_of": [{"all_of": [BIG, STAFF]}, CERTIFIED]}, annual_revenue=1, employees=900, hnte=False)
    assert [test.fact for test in found.changes] == ["hnte"]


def test_a_step_reached_before_names_the_next_one() -> None:
    change = verdict(STEP, annual_revenue=300, previous_best_revenue=100).nearest_change("en") or ""
    assert "100 yuan was already reached" in change
    assert "next step is 500 yuan" in change


@pytest.mark.parametrize(("investment", "value"), [(100_000_000, 2_000_000), (500_000_000, 10_000_000), (900_000_000, 10_000_000)])
def test_a_rate_is_worked_out_and_capped(investment: float, value: float) -> None:
    amount = {"amount": {"rate": 0.02, "base": "planned_fixed_investment", "cap": 10_000_000}}
    worth = verdict(CERTIFIED, measure_fields=amount, hnte=True, planned_fixed_investment=investment).worth("en")
    assert worth.value == value
    assert "x 2%" in (worth.formula or "")


def test_a_rate_without_its_base_gives_the_rule_and_names_the_fact() -> None:
    amount = {"amount": {"rate": 0.02, "base": "planned_fixed_investment"}}
    worth = verdict(CERTIFIED, measure_fields=amount, hnte=True).worth("en")
    assert (worth.value, worth.depends_on) == (None, ("planned_fixed_investment",))


TIERS = {"tier_fact": "annual_revenue", "tiers": [{"at_least": 100, "amount": {"value": 1}}, {"at_least": 500, "amount": {"value": 3}}]}


@pytest.mark.parametrize(("now", "value", "next_step"), [(100, 1, "500 yuan"), (499, 1, "500 yuan"), (500, 3, None)])
def test_the_step_reached_sets_the_sum_and_the_next_is_named(now: int, value: int, next_step: str | None) -> None:
    worth = verdict(STEP, measure_fields=TIERS, annual_revenue=now, previous_best_revenue=0).worth("en")
    assert worth.value == value
    assert (next_step or "") in (worth.next_step or "")
    assert (worth.next_step is None) == (next_step is None)


def test_a_better_tier_that_is_not_known_is_said_to_be_possible() -> None:
    tiers = {"tiers": [{"when": BIG, "amount": {"value": 390}}, {"amount": {"value": 300}}]}
    worth = verdict(CERTIFIED, measure_fields=tiers, hnte=True).worth("en")
    assert (worth.value, worth.depends_on) == (300, ("annual_revenue",))


def test_what_does_not_apply_shows_no_sum() -> None:
    assert verdict(CERTIFIED, measure_fields={"amount": {"value": 5}}, hnte=False).worth("en").value is None


def test_questions_come_by_the_number_of_verdicts_they_settle() -> None:
    measures = (measure({"all_of": [BIG, STAFF]}), measure(BIG, id="m2-test"), measure(CERTIFIED, id="m3-test"))
    rows = next_questions(check(measures, Profile(), TODAY), "en")
    assert [(row.fact, row.resolves) for row in rows] == [("annual_revenue", 2), ("hnte", 1), ("employees", 1)]


def test_directions_ask_no_questions() -> None:
    direction = measure(test_of("province", "==", "山西"), kind="direction", no_condition_stated=True)
    assert next_questions(check((direction,), Profile(), TODAY), "en") == []


def test_a_fact_that_no_profile_has_is_refused_by_name() -> None:
    with pytest.raises(PlanQueryError, match="'moon_phase'"):
        check((measure(test_of("moon_phase", "==", 1)),), Profile(), TODAY)


def test_the_object_is_json_and_carries_the_contract() -> None:
    clause = {"document": "d", "section": "s", "quote": "A firm needs a certificate."}
    content = to_object(check((measure({**CERTIFIED, "clause": clause}),), Profile(hnte=False), TODAY), TODAY)
    (row,) = json.loads(json.dumps(content))["verdicts"]
    assert row["status"] == "does_not_apply"
    assert row["conditions"][0] | {"fact": "hnte", "operator": "==", "value": True, "actual": False, "met": False} == row["conditions"][0]
    assert row["conditions"][0]["quote"] == "A firm needs a certificate."
    assert row["citations"] == [{"document_id": "d", "section": "s", "quote": "A firm needs a certificate."}]
    assert {"measure_id", "title", "gives", "document_id", "missing", "nearest_change", "reason"} <= set(row)


OWN = load_measures(PROJECT / "corpus" / "measures.yaml")
CASES = [json.loads(line) for line in (PROJECT / "evals" / "cases" / "applicability.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_own_suite(case: dict[str, Any]) -> None:
    verdicts = check(OWN, Profile.model_validate(case["profile"]), date.fromisoformat(case["as_of"]))
    found = {rule: next(v for v in verdicts if has_rule(v.measure_id, rule)) for rule in case["expected_verdicts"]}
    assert {rule: v.status for rule, v in found.items()} == case["expected_verdicts"]
    assert all(set(fields) <= set(found[rule].missing) for rule, fields in case["expected_missing"].items())
