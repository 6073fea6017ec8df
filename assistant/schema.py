"""The records between a question and its answer: turn, passage, draft, citation, claim, answer."""

from datetime import date
from typing import Literal

from pydantic import Field

from ingest.schema import Chunk, DocumentStatus, Language, Record

AnswerStatus = Literal["answered", "partial", "not_found", "out_of_scope", "clarify"]


class Turn(Record):
    """One message of a conversation."""

    role: Literal["user", "assistant"]
    text: str


class Passage(Record):
    """A chunk retrieved for a query. Higher `score` is better; `rank` counts from 1.

    `dense` and `lexical` are the raw cosine and BM25 scores, kept for ranking features and for people who ask why.
    """

    chunk: Chunk
    score: float
    rank: int
    dense: float = 0.0
    lexical: float = 0.0


class Evidence(Record):
    """A span (document offsets) of a passage that a draft claim leans on; nothing is trusted until `cite` has found it."""

    passage: Passage
    quote: str
    start: int
    end: int


class AnswerSpan(Record):
    """The short answer inside a quote: verbatim text and document offsets."""

    text: str
    start: int
    end: int


class DraftClaim(Record):
    """One statement of a draft with what it leans on, unverified."""

    text: str
    evidence: tuple[Evidence, ...]
    answer_span: AnswerSpan | None = None
    layout: Literal["sentence", "item", "row", "lead", "calculation"] = "sentence"


class Draft(Record):
    """An unverified answer: claims in reading order, and what the engine already knows about its own limits."""

    status: AnswerStatus
    claims: tuple[DraftClaim, ...] = ()
    notices: tuple[str, ...] = ()
    refusal: str = Field(default="", description="what to say when no claim is shown: the refusal, greeting or question back")
    engine: str = "extractive"
    confidence: float = Field(default=0.0, description="0-1, from the abstention model; 0 when there is no claim")


class Citation(Record):
    """A verified quote: `quote` equals the document's stored text from `start` to `end`. `number` is the [n] mark, from 1."""

    number: int
    passage: Passage
    quote: str
    start: int
    end: int
    document_status: DocumentStatus

    @property
    def page(self) -> int | None:
        """File page of the quote's first character; None for formats without pages."""
        return self.passage.chunk.page_of(self.start)


class Claim(Record):
    """A verified statement and the numbers of the citations that prove it."""

    text: str
    citations: tuple[int, ...]
    answer_span: AnswerSpan | None = None
    layout: Literal["sentence", "item", "row", "lead", "calculation"] = "sentence"


class Receipt(Record):
    """What is needed to replay an answer: hashes of corpus, index, model and settings, and the code's version."""

    generation: str
    corpus: str
    model: str
    settings: str
    version: str
    as_of: date


class Answer(Record):
    """A verified answer. `text` carries [n] marks; `removed` counts claims that failed verification."""

    question: str
    query: str
    language: Language
    status: AnswerStatus
    text: str
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    notices: tuple[str, ...] = ()
    engine: str = "extractive"
    retrieved: tuple[str, ...] = ()
    removed: int = 0
    confidence: float = 0.0
    seconds: float = 0.0
    receipt: Receipt
