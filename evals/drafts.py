"""Feedback to draft cases to approved suites, and cases to the layouts of CSV, ragas and LangSmith.

A thumbs-down becomes a draft without expectations; an expert fills them in, sets `approved`, and `approved_cases` lets it into a suite.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import Field

from assistant.history import Feedback as Rated
from assistant.question import language_of
from assistant.schema import Turn
from evals.schema import AnswerCase, CaseRecord
from evals.suites import as_line, read_case
from ingest.schema import PlanQueryError

COLUMNS = tuple(AnswerCase.model_fields)
STRUCTURED = ("history", "expected_sources")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet (OWASP, CSV injection); an apostrophe before it makes it text again."""


class Feedback(CaseRecord):
    """A line exported from the chat: what was asked, what came, and why it was not good."""

    question: str = Field(min_length=1)
    history: tuple[Turn, ...] = ()
    answer: str = ""
    reason: str = ""
    receipt: dict[str, Any] | None = None


def complaints(ratings: Iterable[Rated]) -> list[dict[str, Any]]:
    """The thumbs-down of a chat's history, one row of feedback each."""
    return [
        {
            "question": one.question,
            "history": [turn.model_dump() for turn in one.history],
            "answer": one.answer.text if one.answer else "",
            "reason": ": ".join(filter(None, [", ".join(one.rating.reasons), one.rating.comment])),
            "receipt": one.receipt.model_dump(mode="json") if one.receipt else None,
        }
        for one in ratings
        if one.rating.verdict == "down"
    ]


def draft(feedback: Feedback) -> dict[str, Any]:
    """A draft case. The id comes from question and history, so that the same complaint twice is one draft."""
    told = json.dumps([feedback.question, *(turn.text for turn in feedback.history)], ensure_ascii=False)
    case = AnswerCase(
        id=f"draft-{hashlib.sha256(told.encode()).hexdigest()[:10]}",
        question=feedback.question,
        lang=language_of(feedback.question),
        kind="followup" if feedback.history else "figure",
        history=feedback.history,
        expected_status="answered",
        note=feedback.reason,
    )
    return case.model_dump(mode="json") | {"approved": False, "answer": feedback.answer, "receipt": feedback.receipt}


def drafts(rows: Iterable[Mapping[str, Any]], existing: Sequence[Mapping[str, Any]] = ()) -> list[dict[str, Any]]:
    """Existing drafts, as the expert left them, and the new ones after them."""
    kept = {row["id"]: dict(row) for row in existing}
    for row in rows:
        new = draft(read_feedback(row))
        kept.setdefault(new["id"], new)
    return list(kept.values())


def read_feedback(row: Mapping[str, Any]) -> Feedback:
    """One line of feedback."""
    try:
        return Feedback.model_validate(row)
    except ValueError as error:
        raise PlanQueryError(f"feedback {str(row)[:80]!r} cannot be read ({error}); export it from the chat again") from error


def approved_cases(rows: Iterable[Mapping[str, Any]]) -> list[AnswerCase]:
    """The cases that an expert approved; rows without the column are approved already. A wrong one is refused by its id."""
    cases = []
    for row in rows:
        if str(row.get("approved", True)).lower() not in ("true", "1", "yes"):
            continue
        try:
            case = read_case(row)
        except PlanQueryError as error:
            raise PlanQueryError(f"case {row.get('id', '?')!r}: {error}") from error
        if not isinstance(case, AnswerCase):
            raise PlanQueryError(f"case {case.id!r} is not an answers case; only those are drafted and exported")
        cases.append(case)
    return cases


def to_jsonl(cases: Sequence[AnswerCase]) -> str:
    """A suite."""
    return "".join(as_line(case.model_dump(mode="json")) for case in cases)


def to_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """A table to edit: one fact a line with ` | ` between alternatives, one forbidden text a line, history and sources as JSON."""
    columns = [*COLUMNS, *(name for name in ("approved", "answer", "receipt") if any(name in row for row in rows))]
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[to_cell(name, row.get(name)) for name in columns] for row in rows])
    return sheet.getvalue()


def to_cell(name: str, value: Any) -> str:
    """One value as a cell."""
    if name == "expected_facts":
        text = "\n".join(" | ".join(one.replace("|", "\\|") for one in fact) for fact in value)
    elif name == "forbidden":
        text = "\n".join(value)
    elif name in (*STRUCTURED, "receipt"):
        text = json.dumps(value, ensure_ascii=False)
    else:
        text = "" if value is None else str(value)
    return f"'{text}" if text.startswith((*FORMULA, "'")) else text


def from_csv(text: str) -> list[dict[str, Any]]:
    """The rows that `to_csv` wrote, as edited; cells may be empty."""
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    try:
        return [{name: from_cell(name, cell or "") for name, cell in row.items() if name} for row in rows]
    except json.JSONDecodeError as error:
        raise PlanQueryError(f"a cell of {', '.join(STRUCTURED)} is not JSON ({error}); keep the brackets as exported") from error


def from_cell(name: str, cell: str) -> Any:
    """One cell as a value."""
    text = cell.removeprefix("'")
    if name == "expected_facts":
        lines = [line for line in text.splitlines() if line.strip()]
        return [[one.replace("\0", "|").strip() for one in line.replace("\\|", "\0").split("|")] for line in lines]
    if name == "forbidden":
        return [line for line in text.splitlines() if line.strip()]
    if name in STRUCTURED:
        return json.loads(text) if text else []
    if name == "receipt":
        return json.loads(text) if text else None
    return text


def reference(case: AnswerCase) -> str:
    """An answer in words: the first alternative of every fact, or the status where there is none."""
    return "; ".join(fact[0] for fact in case.expected_facts) or case.expected_status


def to_ragas(cases: Sequence[AnswerCase], actual: Mapping[str, Mapping[str, Any]]) -> str:
    """JSONL in the fields of ragas' SingleTurnSample; `actual` gives answers by case id, cases without one have no response."""
    rows = []
    for case in cases:
        row: dict[str, Any] = {
            "user_input": "\n".join([*(turn.text for turn in case.history), case.question]),
            "reference": reference(case),
            "reference_contexts": [source.quote for source in case.expected_sources if source.quote],
        }
        if case.id in actual:
            answer = actual[case.id]
            row |= {"response": answer["text"], "retrieved_contexts": [citation["quote"] for citation in answer["citations"]]}
        rows.append(row)
    return "".join(map(as_line, rows))


def to_langsmith(cases: Sequence[AnswerCase]) -> str:
    """JSONL in the fields of a LangSmith dataset example: inputs, outputs, metadata."""
    return "".join(
        as_line(
            {
                "inputs": {"question": case.question, "history": [turn.model_dump() for turn in case.history]},
                "outputs": {"answer": reference(case), "status": case.expected_status},
                "metadata": case.model_dump(mode="json", exclude={"question", "history"}),
            }
        )
        for case in cases
    )
