"""The assistant under test, as little of it as the runner needs, and its answers in the printed form that is scored."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from assistant.compose import answer_object
from assistant.profile import Profile
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

    def verdicts(self, profile: Profile, as_of: date) -> Sequence[VerdictLike]: ...


def answer_record(answer: Answer) -> dict[str, Any]:
    """The object of `ask --json` without seconds, and with layout and short answer of each claim, which scoring needs."""
    printed = answer_object(answer)
    printed.pop("seconds")
    return printed | {"claims": [claim.model_dump(mode="json") for claim in answer.claims]}


class Stored(NamedTuple):
    """What the index holds: the text of each document, and the document of each chunk."""

    text: Texts
    homes: Mapping[str, str]


def stored_in(generation: Generation) -> Stored:
    """The texts and chunks of an open index."""
    rows = zip(generation.row_ids(), generation.document_rows, strict=True)
    return Stored(text=stored_texts(generation), homes={chunk: generation.sources[document].id for chunk, document in rows})


def stored_texts(generation: Generation) -> Texts:
    """Stored text by document id; the last few documents are kept, because an answer cites few."""
    known = {source.id for source in generation.sources}

    @lru_cache(maxsize=64)
    def text(document_id: str) -> str | None:
        return generation.document(document_id).text if document_id in known else None

    return text
