"""From a thumbs-down to a suite and to the layouts of others."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from evals_toys import CASES, ToyAssistant, cases

from assistant.history import Feedback, Rating
from evals.drafts import approved_cases, complaints, drafts, from_csv, to_csv, to_jsonl, to_langsmith, to_ragas
from evals.subject import answer_record
from ingest.schema import PlanQueryError

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
COMPLAINT = {
    "question": "规模有多大？",
    "history": [{"role": "user", "text": "你好"}],
    "answer": "500",
    "reason": "wrong figure",
    "receipt": {"corpus": "c1"},
}


def test_a_complaint_becomes_an_unapproved_draft() -> None:
    (made,) = drafts([COMPLAINT])
    assert (made["question"], made["lang"], made["kind"], made["approved"]) == ("规模有多大？", "zh", "followup", False)
    assert (made["answer"], made["note"], made["receipt"]) == ("500", "wrong figure", {"corpus": "c1"})
    assert approved_cases([made]) == []


def test_a_draft_that_an_expert_edited_is_kept() -> None:
    (made,) = drafts([COMPLAINT])
    edited = made | {"expected_facts": [["2300亿"]], "approved": True}
    again = drafts([COMPLAINT, {"question": "And jobs?"}], [edited])
    assert again[0] == edited
    assert [row["question"] for row in again] == ["规模有多大？", "And jobs?"]
    assert [case.expected_facts for case in approved_cases(again)] == [(("2300亿",),)]


def test_only_thumbs_down_of_the_history_become_complaints() -> None:
    said = ToyAssistant().ask("What share is paid?")
    down = Feedback(
        message=2,
        question=said.question,
        history=(),
        rating=Rating(verdict="down", reasons=("wrong",), comment="60%"),
        answer=said,
        created=NOON,
    )
    up = down.model_copy(update={"rating": Rating(verdict="up")})
    (row,) = complaints([up, down])
    assert (row["question"], row["answer"], row["reason"]) == (said.question, said.text, "wrong: 60%")
    assert drafts([row])[0]["receipt"]["corpus"] == "c1"


def test_feedback_without_a_question_is_refused() -> None:
    with pytest.raises(PlanQueryError, match="export it from the chat again"):
        drafts([{"answer": "x"}])


def test_a_suite_survives_jsonl_and_csv() -> None:
    assert approved_cases([json.loads(line) for line in to_jsonl(cases()).splitlines()]) == cases()
    assert approved_cases(from_csv(to_csv([case.model_dump(mode="json") for case in cases()]))) == cases()


@pytest.mark.parametrize(
    "change",
    [
        {"question": "=1+1"},
        {"question": "'quoted"},
        {"note": 'line\nbreak, comma and "quotes"'},
        {"expected_facts": [["a|b", "c"], ["d"]]},
        {"forbidden": ["-5%", "x"]},
    ],
)
def test_awkward_cells_survive_csv_and_start_no_formula(change: dict[str, Any]) -> None:
    row = CASES[0] | {"note": ""} | change
    sheet = to_csv([{"history": []} | row])
    assert approved_cases(from_csv(sheet)) == approved_cases([row])
    assert not any(line.startswith(("=", "+", "-", "@")) for line in sheet.split(","))


def test_a_broken_cell_is_refused_with_its_remedy() -> None:
    sheet = to_csv([cases()[0].model_dump(mode="json")]).replace("[]", "[", 1)
    with pytest.raises(PlanQueryError, match="keep the brackets"):
        from_csv(sheet)


def test_only_answers_cases_are_exported() -> None:
    with pytest.raises(PlanQueryError, match="not an answers case"):
        approved_cases([{"id": "r", "question": "q", "lang": "en", "expected_documents": ["a"]}])


def test_ragas_rows_hold_reference_and_response() -> None:
    said = answer_record(ToyAssistant().ask(CASES[0]["question"]))
    rows = [json.loads(line) for line in to_ragas(cases(), {"figure-en": said}).splitlines()]
    assert rows[0]["reference"] == "2300亿元"
    assert rows[0]["reference_contexts"] == ["revenue reaches 230 billion"]
    assert rows[0]["retrieved_contexts"] == ["By 2025, revenue reaches 230 billion yuan."]
    assert rows[3]["user_input"] == "What share is paid?\nAnd at most?"
    assert "response" not in rows[1]


def test_langsmith_rows_hold_inputs_outputs_and_metadata() -> None:
    row = json.loads(to_langsmith(cases()).splitlines()[3])
    assert row["inputs"] == {"question": "And at most?", "history": [{"role": "user", "text": "What share is paid?"}]}
    assert row["outputs"] == {"answer": "300万元", "status": "answered"}
    assert row["metadata"]["kind"] == "followup"
