"""The records of a benchmark folder: its questions, what was predicted for one, and what a pipeline cost."""

from pathlib import Path
from typing import Any

from pydantic import Field

from evals.schema import CaseRecord
from evals.suites import read_lines
from ingest.schema import Language, PlanQueryError, Record

QUESTIONS, DOCUMENTS = "questions.jsonl", "docs"
READABLE = (".txt", ".md", ".html", ".htm", ".pdf")


class BenchQuestion(CaseRecord):
    """A line of questions.jsonl. No `answers` means that abstaining is right; `doc_id` is a file name without its ending."""

    id: str
    question: str
    answers: tuple[str, ...]
    lang: Language
    kind: str = ""
    doc_id: str | None = None
    doc_ids: tuple[str, ...] | None = None
    qrels: dict[str, float] | None = None
    evidence: tuple[str, ...] | None = None
    history: tuple[dict[str, str], ...] = ()
    must_include: tuple[tuple[str, ...], ...] | None = None
    answers_with_conditions: tuple[tuple[str, tuple[str, ...]], ...] | None = None
    scope: str | None = None
    absent: bool | None = None
    gold_string_in_corpus_top10: bool | None = None

    def gains(self) -> dict[str, float]:
        """Relevant documents with their gain; {} when retrieval is not scored."""
        if self.absent:
            return {}
        single = [self.doc_id] if self.doc_id else []
        gains = self.qrels or dict.fromkeys(self.doc_ids or single, 1.0)
        return {document: gain for document, gain in gains.items() if gain > 0}


class Prediction(Record):
    """What is scored of one answer. The first four fields are the line of predictions.jsonl that the folders' scorer reads."""

    id: str
    answer: str = Field(description='the short answer; "" is abstaining')
    retrieved: tuple[str, ...] = Field(default=(), description="documents by their best passage")
    evidence: tuple[str, ...] | None = Field(default=None, description="quotes of the citations in order")
    claim: str = Field(default="", description="text of the first claim")
    text: str = Field(default="", description="the whole answer")
    status: str = "answered"


class Cost(Record):
    """What a pipeline took; `peak_mb` is the largest resident memory of its process."""

    ingest_seconds: float
    latency_p50: float | None = None
    latency_p95: float | None = None
    peak_mb: float

    def columns(self) -> dict[str, float]:
        """The numbers that are known."""
        return {name: value for name, value in self.model_dump().items() if value is not None}


def read_questions(folder: Path, limit: int | None) -> list[BenchQuestion]:
    """The questions of a folder, or `limit` of them spread evenly over the file, so that every kind has its share."""
    if not (folder / DOCUMENTS).is_dir():
        raise PlanQueryError(f"{str(folder)!r} has no folder `{DOCUMENTS}`; give a folder with {DOCUMENTS}/ and {QUESTIONS}")
    questions = [parse_question(number, fields) for number, fields in read_lines(folder / QUESTIONS)]
    if not questions:
        raise PlanQueryError(f"{str(folder / QUESTIONS)!r} holds no question; write one object a line")
    if limit is None or limit >= len(questions):
        return questions
    return [questions[i * len(questions) // limit] for i in range(limit)]


def parse_question(number: int, fields: dict[str, Any]) -> BenchQuestion:
    """One question; the message of an error names the line and the fields."""
    try:
        return BenchQuestion.model_validate(fields)
    except ValueError as error:
        raise PlanQueryError(f"{QUESTIONS} line {number}: {error}; the fields are described in evals/README.md") from error


def document_files(folder: Path) -> list[Path]:
    """The documents of a folder in the order of their names."""
    return sorted(path for path in (folder / DOCUMENTS).iterdir() if path.suffix.lower() in READABLE)
