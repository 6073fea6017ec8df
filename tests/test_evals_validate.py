"""What the validator finds in a suite, one fault a row."""

from pathlib import Path
from typing import Any

import pytest
from evals_toys import CASES, TEXTS

from evals.suites import write_lines
from evals.validate import as_text, validate

RIGHT = CASES[0]
RULES = frozenset({"grant", "e01-size"})


def faults_of(tmp_path: Path, *rows: dict[str, Any]) -> list[tuple[str, str]]:
    write_lines(tmp_path / "suite.jsonl", rows)
    return [(fault.level, fault.message) for fault in validate(tmp_path / "suite.jsonl", list(TEXTS), TEXTS.get, RULES)]


def test_a_right_suite_has_no_fault(tmp_path: Path) -> None:
    retrieval = {"id": "r", "question": "q?", "lang": "en", "expected_documents": ["plan-"]}
    profile = {"id": "p", "as_of": "2026-11-23", "profile": {}, "expected_verdicts": {"grant": "applies", "E01": "applies"}}
    assert faults_of(tmp_path, *CASES, retrieval, profile) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "poem"}, "`kind`"),
        ({"extra": 1}, "unknown field `extra`"),
        ({"expected_sources": [{"document": "plan-fr", "quote": None}]}, "no document id begins with 'plan-fr'"),
        ({"expected_sources": [{"document": "plan-en", "quote": "revenue reaches 231 billion"}]}, "quote not found in plan-en"),
        ({"expected_facts": []}, "give `expected_facts` and `expected_sources`"),
        ({"expected_status": "not_found"}, "`expected_facts` must be []"),
        ({"expected_facts": [["2300亿元"], []]}, "a fact has no alternative"),
        ({"forbidden": ["2300亿"]}, "is forbidden, and part of the required fact"),
        ({"kind": "followup"}, "a follow-up needs `history`"),
    ],
)
def test_a_fault_is_an_error(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    found = faults_of(tmp_path, RIGHT | change)
    assert [level for level, _ in found] == ["error"]
    assert message in found[0][1]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"expected_facts": [["231 billion", "2310亿"]]}, "fact stands in no expected document: 231 billion | 2310亿"),
        ({"lang": "zh"}, "the question looks like the other language"),
    ],
)
def test_what_may_be_meant_is_a_warning(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    found = faults_of(tmp_path, RIGHT | change)
    assert found[0][0] == "warning"
    assert message in found[0][1]


def test_a_decision_need_not_stand_in_a_document(tmp_path: Path) -> None:
    assert faults_of(tmp_path, RIGHT | {"kind": "yesno", "expected_facts": [["yes"]], "forbidden": ["no"]}) == []


def test_a_quote_may_differ_in_spaces_and_width_only(tmp_path: Path) -> None:
    source = {"document": "plan-zh", "quote": "产业规模 达到\n２３００亿元"}
    assert faults_of(tmp_path, RIGHT | {"expected_sources": [source]}) == []


def test_ids_occur_once_and_rules_exist(tmp_path: Path) -> None:
    profile = {
        "id": "p",
        "as_of": "2026-11-23",
        "profile": {},
        "expected_verdicts": {"loan": "applies"},
        "expected_missing": {"loan": ["city"]},
    }
    messages = [message for _, message in faults_of(tmp_path, RIGHT, RIGHT, profile)]
    assert messages == [
        "id 'figure-en' occurs twice",
        "no measure 'loan' in the index",
        "`expected_missing` names 'loan', which is not expected to need information",
    ]


def test_the_printed_list_ends_with_the_counts(tmp_path: Path) -> None:
    write_lines(tmp_path / "suite.jsonl", [RIGHT | {"expected_facts": []}, RIGHT | {"id": "b", "lang": "zh"}])
    printed = as_text(validate(tmp_path / "suite.jsonl", list(TEXTS), TEXTS.get))
    assert printed.splitlines()[-1] == "1 errors, 1 warnings"
    assert printed.startswith("error: suite.jsonl line 1 (figure-en): ")
