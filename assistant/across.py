"""Candidates in the other language than the question: compared with it as the embedder reads both, Chinese by its English glosses."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from assistant.candidates import Candidate
from assistant.features import Matrix, ask, features
from assistant.question import Query, plain_query
from assistant.romanised import spelled
from assistant.schema import Passage


class Across(NamedTuple):
    """How texts read where they are not compared as they are written, and how rare a term of that reading is in the index."""

    readable: Callable[[str], str]
    idf: Callable[[str], float]


def features_across(query: Query, found: Sequence[Candidate], matrix: Matrix, across: Across) -> Matrix:
    """The features with those of candidates in the other language raised to what the readings share.

    What the texts share as they are written still counts: names, figures and terms of the glossary.
    """
    abroad = [at for at, candidate in enumerate(found) if candidate.passage.chunk.source.language != query.language]
    if not abroad:
        return matrix

    def readable(text: str) -> str:
        return across.readable(spelled(text, query.names))

    passages = {id(found[at].passage): found[at].passage for at in abroad}
    read = {key: _passage(passage, readable) for key, passage in passages.items()}
    candidates = [_candidate(found[at], read[id(found[at].passage)], readable) for at in abroad]
    asked = ask(plain_query(readable(query.text)), across.idf)
    raised = matrix.copy()
    raised[abroad] = np.maximum(matrix[abroad], features(asked, candidates))
    return raised


def _passage(passage: Passage, readable: Callable[[str], str]) -> Passage:
    chunk = passage.chunk
    source = chunk.source.model_copy(update={"title": readable(chunk.source.title)})
    heading = tuple(readable(part) for part in chunk.heading)
    return passage.model_copy(
        update={"chunk": chunk.model_copy(update={"text": readable(chunk.text), "source": source, "heading": heading})}
    )


def _candidate(candidate: Candidate, passage: Passage, readable: Callable[[str], str]) -> Candidate:
    text, lead, before = (readable(part) for part in (candidate.text, candidate.lead, candidate.before))
    return candidate._replace(passage=passage, text=text, lead=lead, before=before)
