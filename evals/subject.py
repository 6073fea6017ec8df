"""The assistant under test, as little of it as the runner needs, and its answers in the printed form that is scored."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from assistant.schema import Answer, Passage, Turn
from evals.grounding import Texts
from ingest.store import Generation


class Identity(Protocol):
    """What tells one index from another."""

    @property
    def id(self) -> str: ...
    @property
    def corpus(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def settings(self) -> str: ...
    @property
    def version(self) -> str: ...


class Asker(Protocol):
    """What answers questions; `documents` narrows to these document ids, () means all."""

    @property
    def generation(self) -> Identity: ...
    def ask(self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = (), as_of: date | None = None) -> Answer: ...
    def retrieve(self, query: str, k: int, documents: Collection[str] = ()) -> Sequence[Passage]: ...


class VerdictLike(Protocol):
    """A verdict on one measure."""

    @property
    def measure_id(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def missing(self) -> Sequence[str]: ...


class Checker(Protocol):
    """What checks a profile against every measure of the index."""

    def verdicts(self, profile: Mapping[str, Any], as_of: date) -> Sequence[VerdictLike]: ...


def answer_record(answer: Answer) -> dict[str, Any]:
    """The object of `ask --json` without seconds, and with layout and short answer of each claim, which scoring needs."""
    return {
        "question": answer.question,
        "query": answer.query,
        "language": answer.language,
        "status": answer.status,
        "text": answer.text,
        "claims": [claim.model_dump(mode="json") for claim in answer.claims],
        "citations": [
            {
                "number": citation.number,
                "document_id": citation.passage.chunk.source.id,
                "title": citation.passage.chunk.source.title,
                "document_number": citation.passage.chunk.source.document_number,
                "section": list(citation.passage.chunk.heading),
                "page": citation.page,
                "quote": citation.quote,
                "start": citation.start,
                "end": citation.end,
                "url": citation.passage.chunk.source.url,
                "document_status": citation.document_status,
            }
            for citation in answer.citations
        ],
        "notices": list(answer.notices),
        "engine": answer.engine,
        "retrieved": list(answer.retrieved),
        "receipt": answer.receipt.model_dump(mode="json"),
    }


def stored_texts(generation: Generation) -> Texts:
    """Stored text by document id; the last few documents are kept, because an answer cites few."""
    known = {source.id for source in generation.sources}

    @lru_cache(maxsize=64)
    def text(document_id: str) -> str | None:
        return generation.document(document_id).text if document_id in known else None

    return text
