"""What one question needs of the open index, behind a few verbs: asking, searching, ranking, reading."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from assistant.absence import speaks_of_absence
from assistant.across import Across
from assistant.candidates import Candidate, candidates
from assistant.decision import NEVER_SEEN, answerable
from assistant.extract import extract
from assistant.home_places import Places, known_places
from assistant.mentions import Mentions
from assistant.question import Query, standalone
from assistant.ranked import Ranked, rank
from assistant.ranker import ranking
from assistant.retrieve import Filters, HybridRetriever
from assistant.schema import Draft, Passage
from assistant.typos import Vocabulary
from ingest.glossary import Glossary
from ingest.reader import Read, Scores
from ingest.schema import Chunk, Language, Source
from ingest.store import Generation


class Remembering:
    """A reader that reads no pair twice within one question: the sides of a comparison share most of their candidates."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._known: dict[tuple[str, str], float] = {}

    def __call__(self, question: str, texts: Sequence[str]) -> Scores:
        """One score a text, as the reader gives it."""
        new = [text for text in dict.fromkeys(texts) if (question, text) not in self._known]
        if new:
            self._known.update(((question, text), float(score)) for text, score in zip(new, self._read(question, new), strict=True))
        return np.array([self._known[question, text] for text in texts], dtype=np.float32)


class Desk(NamedTuple):
    """The index as one request may see it. `own_terms` finds the terms of the glossary where it was written for these
    documents, none elsewhere: another one's terms prove nothing here."""

    generation: Generation
    read: Read
    retriever: HybridRetriever
    glossary: Glossary | None
    own_terms: Mentions
    vocabulary: Vocabulary
    filters: Filters
    as_of: date
    places: Places = known_places

    def standalone(self, text: str) -> Query:
        """The query for text that stands alone."""
        return standalone(text, (), self.glossary, self.vocabulary)

    def search(self, query: Query, documents: Sequence[str] = ()) -> Sequence[Passage]:
        """Passages best first, of these documents alone where any are given and the reader has chosen none."""
        is_narrowed = bool(documents) and not self.filters.documents
        filters = self.filters.model_copy(update={"documents": tuple(documents)}) if is_narrowed else self.filters
        return self.retriever.search(query, filters)

    def rank(self, query: Query, passages: Sequence[Passage]) -> Ranked:
        """The candidates of the passages, best first."""
        return rank(query, passages, self.read, self.idf, self.concepts, self.across(), self.places)

    def across(self) -> Across:
        """How texts in the other language than the question's are compared with it."""
        return Across(self.retriever.embedder.readable, self.generation.readable.idf)

    def confidence(self, query: Query, ranked: Ranked) -> float:
        """Probability (0-1) that the best candidate answers the query; 0 without candidates."""
        return answerable(query.language, ranked, self.idf(NEVER_SEEN), self.concepts) if ranked.found else 0.0

    def least(self, language: Language) -> float:
        """The probability from which an answer is given."""
        return ranking().threshold[language]

    def extract(self, query: Query, passages: Sequence[Passage]) -> Draft:
        """The draft of a question that one passage answers."""
        return extract(
            query, passages, self.read, self.idf, self.concepts, self.generation.section, self.left_open, self.across(), self.places
        )

    def left_open(self, document_id: str) -> list[Chunk]:
        """The sections in which a document says what it does not state."""
        return [chunk for chunk in self.chunks(document_id) if speaks_of_absence(chunk.heading)]

    def idf(self, term: str) -> float:
        """How rare a term is in the index."""
        return self.generation.lexical.idf(term)

    def concepts(self, text: str) -> list[tuple[int, int, str]]:
        """Glossary terms of a text: (start, end, id)."""
        return [(found.start, found.end, found.term.id) for found in self.own_terms.find(text)]

    def indicators(self, text: str) -> frozenset[str]:
        """Ids of the glossary terms that say what a text measures."""
        return frozenset(found.term.id for found in self.own_terms.find(text) if found.term.kind == "indicator")

    def sources(self) -> tuple[Source, ...]:
        """Every document that the request may see."""
        return tuple(source for source in self.generation.sources if self.filters.admits(source))

    def statements(self, document_id: str) -> list[Candidate]:
        """All sentences, items and rows of a document in reading order; [] for one that only has headings."""
        return candidates([Passage(chunk=chunk, score=0.0, rank=1) for chunk in self.chunks(document_id)])

    def chunks(self, document_id: str) -> list[Chunk]:
        """All chunks of a document in reading order."""
        number = next(at for at, source in enumerate(self.generation.sources) if source.id == document_id)
        return self.generation.chunks(np.flatnonzero(self.generation.document_rows == number).tolist())
