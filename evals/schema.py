"""The records of an evaluation: cases of the three kinds of suite, what the assistant said to one, and how that scored."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.schema import AnswerStatus, Turn
from ingest.schema import Language, Record

CaseKind = Literal[
    "figure",
    "date",
    "list",
    "count",
    "yesno",
    "definition",
    "measure",
    "compare",
    "conflict",
    "eligibility",
    "summary",
    "followup",
    "crosslingual",
    "unanswerable",
    "out_of_scope",
    "injection",
    "typo",
]
VerdictStatus = Literal["applies", "does_not_apply", "needs_information"]


class CaseRecord(BaseModel):
    """Base of everything read from files that people write.

    Unknown fields are passed over here, so that a suite with a field of its own still runs; `validate` names them.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")


class ExpectedSource(CaseRecord):
    """A place that a right answer may cite: `document` is a prefix of a document id, `quote` verbatim source text."""

    document: str = Field(min_length=1)
    quote: str | None = None


class AnswerCase(CaseRecord):
    """A question with what a right answer holds. Every fact must be found; any one alternative of a fact is enough."""

    id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    lang: Language
    kind: CaseKind
    expected_status: AnswerStatus
    history: tuple[Turn, ...] = ()
    expected_facts: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    expected_sources: tuple[ExpectedSource, ...] = ()
    note: str = ""


class ApplicabilityCase(CaseRecord):
    """A profile with the verdicts expected of some measures; measures that are not named are not scored."""

    id: str = Field(min_length=1)
    as_of: date
    profile: dict[str, Any]
    expected_verdicts: dict[str, VerdictStatus]
    expected_missing: dict[str, tuple[str, ...]] = {}
    note: str = ""


class RetrievalCase(CaseRecord):
    """A question with the documents (prefixes of their ids) that hold its answer; the order says nothing."""

    id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    lang: Language
    expected_documents: tuple[str, ...] = Field(min_length=1)
    kind: str = ""
    note: str = ""


Case = AnswerCase | ApplicabilityCase | RetrievalCase


class Suite(Record):
    """A file of cases. `name` is the file's name without its ending."""

    name: str
    cases: tuple[Case, ...]
    sha256: str = Field(description="of the file's bytes")


class RunInfo(Record):
    """What was measured: saved before the first question, so that a run is never continued on another index."""

    suites: dict[str, str] = Field(description="name of the suite -> sha256 of its file")
    generation: str
    corpus: str
    model: str
    settings: str
    version: str
    engine: str
    as_of: date


class Scored(Record):
    """One case with what was said to it. `scores` holds only metrics that are defined for the case, each from 0 to 1."""

    suite: str
    id: str
    question: str
    slices: dict[str, tuple[str, ...]] = Field(description="dimension (kind, lang, document, status) -> the values the case counts under")
    expected: dict[str, Any]
    actual: dict[str, Any]
    scores: dict[str, float]
    reasons: tuple[str, ...] = Field(default=(), description="why the case failed, for people; () when nothing did")
    error: str | None = None


class Estimate(Record):
    """A mean over the cases for which it is defined, with its bootstrap 95% interval; no interval below two cases."""

    value: float
    cases: int
    low: float | None = None
    high: float | None = None


class Report(Record):
    """The numbers of a run. A metric that no case defines is absent."""

    title: str
    info: RunInfo
    cases: int
    errors: int
    fallbacks: int = Field(description="answers that another engine gave because the one asked for did not")
    metrics: dict[str, Estimate]
    slices: dict[str, dict[str, dict[str, Estimate]]]
    costs: dict[str, float] = Field(description="latency_p50 and latency_p95 in seconds; for a bench also ingest_seconds and peak_mb")
    extra: dict[str, dict[str, float]] = Field(default_factory=dict, description="further columns beside the metrics, e.g. a baseline")
