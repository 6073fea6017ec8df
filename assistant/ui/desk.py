"""What a page works with: the assistant, the history, the visitor and the clock, opened once by app.py and passed in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from assistant.history import History
from assistant.profile import Profile
from assistant.schema import Answer, Passage, Turn
from assistant.ui.texts import say
from assistant.verdicts import Verdict
from ingest.glossary import Glossary
from ingest.measures import Measure
from ingest.register import Register
from ingest.schema import Document, Language, Source
from ingest.settings import Settings


class Engine(Protocol):
    """What the pages ask of `assistant.Assistant`."""

    glossary: Glossary | None

    def stream(
        self, question: str, history: Sequence[Turn] = (), documents: Sequence[str] = (), as_of: date | None = None
    ) -> Iterator[str | Answer]:
        """Names of stages as they begin, then the answer; verified parts of it may come before, the last one is the answer."""

    def retrieve(self, query: str, k: int, documents: Sequence[str] = ()) -> Sequence[Passage]:
        """Passages best first; `documents` limits the search to these ids."""

    def document(self, document_id: str) -> Document:
        """The stored document; PlanQueryError when there is none."""

    def register(self, document_id: str) -> Register:
        """Targets and provisions that ingest found in a document."""

    def sources(self) -> tuple[Source, ...]:
        """All documents of the index."""

    def measures(self) -> tuple[Measure, ...]:
        """The reviewed measures; () where the corpus brings none."""

    def verdicts(self, profile: Profile, as_of: date) -> list[Verdict]:
        """Every measure's verdict for a profile on a day, in the order of `measures`."""


@dataclass(frozen=True)
class Desk:
    """`engine` gives the assistant on the live index and raises PlanQueryError where there is none; `user` is an anonymous id."""

    settings: Settings
    history: History
    engine: Callable[[], Engine]
    now: Callable[[], datetime]
    user: str
    language: Language

    def say(self, key: str, **values: object) -> str:
        """A sentence of `texts` in the visitor's language."""
        return say(self.language, key, **values)

    def today(self) -> date:
        """The day on which statuses are judged."""
        return self.now().date()

    def title(self, source: Source) -> str:
        """The document's title in the visitor's language where the source states it, else its own."""
        translated = source.title_zh if self.language == "zh" else source.title_en
        return translated or source.title

    def choices(self, sources: Sequence[Source]) -> dict[str, str]:
        """Titles by id for a list to choose from, the visitor's language first; one in another language says so."""
        ordered = sorted(sources, key=lambda source: (source.language != self.language, self.title(source).casefold()))
        return {source.id: self._choice(source) for source in ordered}

    def _choice(self, source: Source) -> str:
        title = self.title(source)
        is_own = source.language == self.language
        return title if is_own else self.say("title_in", title=title, tongue=self.say(f"language_{source.language}"))
