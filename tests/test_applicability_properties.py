"""What must hold for any profile: more knowledge never swaps one certainty for another, order never matters, unknown is never no."""

from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.applicability import check, to_object
from assistant.conditions import DERIVED
from assistant.profile import FIELDS, SECTORS, Profile, kind_of
from ingest.measures import Condition, Measure, load_measures
from ingest.settings import PROJECT

OWN = load_measures(PROJECT / "corpus" / "measures.yaml")
DAYS = st.sampled_from([date(2023, 5, 1), date(2024, 12, 1), date(2025, 7, 1), date(2026, 11, 23), date(2028, 1, 1)])
PLACE_FIELDS = {"province", "city", "reform_zone"}
# Values at and around the lines that policies draw, so that comparisons are hit from both sides.
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "yes_no": st.booleans(),
    "yuan": st.sampled_from(
        [0, 1_000_000, 9_999_999, 10_000_000, 19_999_999, 20_000_000, 100_000_000, 399_999_999, 400_000_000, 5_000_000_000]
    ),
    "share": st.sampled_from([0.0, 0.03, 0.049, 0.05, 0.1, 0.15, 0.3, 0.4, 0.6, 1.0]),
    "count": st.sampled_from([0, 4, 5, 15, 19, 20, 299, 300, 301, 999, 1000]),
    "years": st.sampled_from([0.5, 1, 2, 2.5, 10, 15]),
    "number": st.sampled_from([28, 65, 110, 130, 131]),
    "list": st.lists(st.sampled_from(["chips", "电池"]), max_size=2),
    "choice": st.lists(st.sampled_from(SECTORS), min_size=1, max_size=2, unique=True),
    "text": st.just(""),
}
PLACES = {"province": st.sampled_from(["山西", "Shaanxi", "北京"]), "city": st.sampled_from(["太原", "Datong", "西安", "不知名"])}


def field_value(field: str) -> st.SearchStrategy[Any]:
    return PLACES[field] if field in PLACES else VALUES[kind_of(field)]


PROFILES = st.fixed_dictionaries({}, optional={field: field_value(field) for field in FIELDS})


def facts_used(measure: Measure) -> set[str]:
    names: set[str] = set()

    def walk(condition: Condition) -> None:
        for name in (condition.fact, condition.previous, condition.proved_by):
            names.update(DERIVED.get(name, (name,)) if name else ())
        for child in condition.children():
            walk(child)

    for tree in measure.all_conditions():
        walk(tree)
    return names | (PLACE_FIELDS if names & PLACE_FIELDS else set())


def facts_to_confirm(measure: Measure) -> set[str]:
    """Facts taken for granted until stated: they are listed to be confirmed and not as missing."""
    trees = measure.all_conditions()
    return {test.fact for tree in trees for test in tree.tests() if test.role == "confirm" and test.fact}


CONFIRMED = {measure.id: facts_to_confirm(measure) for measure in OWN}
USED = {measure.id: facts_used(measure) for measure in OWN}


@settings(max_examples=150, deadline=None)
@given(profile=PROFILES, field=st.sampled_from(FIELDS), day=DAYS, drawn=st.data())
def test_one_more_fact_changes_only_what_asks_for_it(profile: dict[str, Any], field: str, day: date, drawn: st.DataObject) -> None:
    before = {known: value for known, value in profile.items() if known != field}
    after = {**before, field: drawn.draw(field_value(field))}
    for old, new in zip(check(OWN, Profile(**before), day), check(OWN, Profile(**after), day), strict=True):
        if field not in USED[old.measure_id]:
            assert old.status == new.status
            assert old.missing == new.missing


@settings(max_examples=100, deadline=None)
@given(profile=PROFILES, day=DAYS, drawn=st.data())
def test_a_field_not_named_as_missing_cannot_settle_the_verdict(profile: dict[str, Any], day: date, drawn: st.DataObject) -> None:
    # A second place may contradict the first; read_profile refuses that.
    unset = [field for field in FIELDS if field not in profile and not (field in PLACE_FIELDS and PLACE_FIELDS & set(profile))]
    assume(unset)
    field = drawn.draw(st.sampled_from(unset))
    extended = {**profile, field: drawn.draw(field_value(field))}
    for old, new in zip(check(OWN, Profile(**profile), day), check(OWN, Profile(**extended), day), strict=True):
        implied = field in PLACE_FIELDS and PLACE_FIELDS & set(old.missing)
        named = field in old.missing or implied or field in CONFIRMED[old.measure_id]
        if old.status == "needs_information" and not named:
            assert new.status == "needs_information"


def turned(node: Any) -> Any:
    """The conditions with every group in reverse order."""
    if isinstance(node, dict):
        return {key: turned(value) for key, value in node.items()}
    return [turned(item) for item in reversed(node)] if isinstance(node, (list, tuple)) and node and isinstance(node[0], dict) else node


TURNED = tuple(
    Measure.model_validate({**measure.model_dump(), "conditions": turned(measure.model_dump()["conditions"])}) for measure in OWN
)


@settings(max_examples=100, deadline=None)
@given(profile=PROFILES, day=DAYS)
def test_the_order_of_conditions_never_matters(profile: dict[str, Any], day: date) -> None:
    for old, new in zip(check(OWN, Profile(**profile), day), check(TURNED, Profile(**profile), day), strict=True):
        assert (old.status, set(old.missing)) == (new.status, set(new.missing))


@pytest.mark.parametrize("day", [date(2023, 5, 1), date(2025, 7, 1), date(2026, 11, 23)])
def test_of_an_unknown_firm_nothing_applies(day: date) -> None:
    assert not [verdict.measure_id for verdict in check(OWN, Profile(), day) if verdict.status == "applies"]


@settings(max_examples=60, deadline=None)
@given(profile=PROFILES, day=DAYS, language=st.sampled_from(["en", "zh"]))
def test_every_verdict_can_be_explained(profile: dict[str, Any], day: date, language: Any) -> None:
    for row in to_object(check(OWN, Profile(**profile), day), day, language)["verdicts"]:
        assert row["reason"]
        assert (row["nearest_change"] is not None) == (row["status"] == "does_not_apply")
        assert not row["missing"] or row["status"] == "needs_information"


@settings(max_examples=60, deadline=None)
@given(profile=PROFILES, day=DAYS)
def test_no_direction_is_reported_as_entitlement(profile: dict[str, Any], day: date) -> None:
    assert not [v for v in check(OWN, Profile(**profile), day) if v.measure.kind == "direction" and v.status == "applies"]
