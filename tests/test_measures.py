"""Reading measures.yaml: what is accepted, what is refused and by which name, and the project's own file against its documents."""

from pathlib import Path

import pytest

from ingest.measures import Condition, Measure, check_quotes, has_rule, load_measures
from ingest.read import read_file
from ingest.schema import PlanQueryError
from ingest.settings import PROJECT, Settings

OWN = load_measures(PROJECT / "corpus" / "measures.yaml")
ENTRY = """
measures:
  - id: m1-grant
    title: {en: Grant, zh: 补助}
    kind: entitlement
    gives: {en: money, zh: 资金}
    document: notice
    section: Amounts
    gives_clause: gives
    conditions:
      all_of:
        - {fact: employees, operator: '>=', value: 10, clause: gives}
    clauses:
      gives:
        en: {document: notice, section: Amounts, quote: A firm with at least 10 employees receives a grant.}
        zh: {document: notice-zh, section: 金额, quote: 员工不少于10人的企业获得补助。}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "measures.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_clause_named_once_is_filled_in_wherever_it_is_used(tmp_path: Path) -> None:
    (measure,) = load_measures(written(tmp_path, ENTRY))
    (test,) = measure.conditions.tests() if measure.conditions else ()
    assert test.clause == measure.gives_clause
    assert test.clause_zh is not None
    assert test.clause_zh.document == "notice-zh"


def test_a_quote_found_across_a_line_break_is_accepted(tmp_path: Path) -> None:
    measures = load_measures(written(tmp_path, ENTRY))
    check_quotes(
        measures, {"notice": "A firm with at least\n10 employees receives a grant.", "notice-zh": "员工不少于10人\n的企业获得补助。"}
    )


@pytest.mark.parametrize(
    ("documents", "named"),
    [
        (
            {"notice": "A firm with at least 11 employees receives a grant.", "notice-zh": "员工不少于10人的企业获得补助。"},
            "'m1-grant', gives_clause",
        ),
        ({"notice": "A firm with at least 10 employees receives a grant."}, "no document 'notice-zh'"),
    ],
)
def test_a_quote_that_does_not_stand_in_its_document_is_refused_by_name(tmp_path: Path, documents: dict[str, str], named: str) -> None:
    with pytest.raises(PlanQueryError, match=named):
        check_quotes(load_measures(written(tmp_path, ENTRY)), documents)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("clause: gives}", "clause: other}"), "'m1-grant', clauses: 'other'"),
        (("operator: '>=', ", ""), "conditions.all_of.0"),
        (("kind: entitlement", "kind: gift"), "'m1-grant', kind"),
        (("id: m1-grant", "id: M1 Grant"), "'M1 Grant', id"),
        (("    conditions:", "    condition:"), "condition"),
        (
            ("    section: Amounts", "    section: Amounts\n    valid_from: 2026-02-01\n    valid_to: 2026-01-01"),
            "valid_to is before valid_from",
        ),
        (("    section: Amounts", "    section: Amounts\n    superseded_by: m2-grant"), "names 'm2-grant'"),
        (("value: 10, clause: gives}", "value: 10}"), "needs a clause"),
        (("measures:", "measures: 3\nother:"), "expected a list"),
        (("measures:", "measures: ["), "cannot be read as YAML"),
    ],
)
def test_a_faulty_entry_is_refused_with_its_name_and_field(tmp_path: Path, change: tuple[str, str], named: str) -> None:
    with pytest.raises(PlanQueryError, match=named):
        load_measures(written(tmp_path, ENTRY.replace(*change)))


def test_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    second = ENTRY.split("measures:\n")[1]
    with pytest.raises(PlanQueryError, match="stands twice"):
        load_measures(written(tmp_path, ENTRY + second))


def test_a_condition_is_a_group_or_a_test_and_not_both() -> None:
    test = {"fact": "employees", "operator": ">=", "value": 1, "inferred": {"en": "x", "zh": "x"}}
    with pytest.raises(ValueError, match="a condition is one of"):
        Condition.model_validate({"all_of": [test], **test})


def test_measures_survive_the_index_as_json() -> None:
    assert [Measure.model_validate(measure.model_dump(mode="json")) for measure in OWN] == list(OWN)


@pytest.mark.parametrize("rule", [*(f"E{number:02}" for number in range(1, 21)), "E07b"])
def test_every_rule_of_the_collection_is_exactly_one_measure(rule: str) -> None:
    assert len([measure for measure in OWN if has_rule(measure.id, rule)]) == 1


def test_a_rule_id_does_not_stand_for_its_neighbour() -> None:
    assert not has_rule("e07b-landing-support-revised", "E07")


def test_every_own_quote_stands_in_what_is_read_from_the_document() -> None:
    wanted = {clause.document for measure in OWN for _, clause in measure.clauses()}
    files = {path.stem: path for path in (PROJECT / "corpus" / "documents").iterdir() if path.stem in wanted}
    check_quotes(OWN, {id_: read_file(path, Settings(), id_).text for id_, path in files.items()})


def test_directions_state_no_condition_and_entitlements_do() -> None:
    assert all(measure.no_condition_stated == (measure.kind == "direction") for measure in OWN)


def test_every_own_measure_is_told_in_both_languages() -> None:
    chinese = [text for measure in OWN for text in (measure.title, measure.gives, *measure.notes)]
    assert all(any("\u4e00" <= character <= "\u9fff" for character in text.zh) for text in chinese)
    assert not any("\u4e00" <= character <= "\u9fff" for text in chinese for character in text.en)
