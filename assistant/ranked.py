"""Passages to their candidates in the order in which they answer a question: a model fitted on public data, and what rules add."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.absence import is_absence, speaks_of_itself
from assistant.candidates import Candidate, candidates
from assistant.features import Asked, Concepts, Matrix, ask, features, no_concepts
from assistant.preferences import preferences
from assistant.question import Query
from assistant.ranker import ranking
from assistant.retrieve import READABLE
from assistant.schema import Passage
from ingest.embed import Embedder
from ingest.lexical import terms

COMPARED = 16
"""Candidates whose vectors are compared with the question's: embedding one takes several ms and the rest share fewer words."""


class Ranked(NamedTuple):
    """Candidates best first, with their scores (log-odds, comparable within one question) and features in the same order.

    `fitted` are the scores before what rules add, which abstention is fitted on.
    """

    asked: Asked
    found: list[Candidate]
    scores: NDArray[np.float64]
    matrix: Matrix
    fitted: NDArray[np.float64]


def rank(
    query: Query, passages: Sequence[Passage], embedder: Embedder, idf: Callable[[str], float], concepts: Concepts = no_concepts
) -> Ranked:
    """The candidates of all passages, ranked; ties keep reading order."""
    found = candidates(passages)
    asked = ask(query, idf, concepts)
    matrix = features(asked, found, cosines(query, found, embedder), concepts)
    fitted = ranking().sentence[query.language].score(matrix)
    scores = fitted + preferences(asked, found, matrix, concepts)
    order = np.argsort(-scores, kind="stable")
    return Ranked(asked, [found[i] for i in order], scores[order], matrix[order], fitted[order])


def cosines(query: Query, found: Sequence[Candidate], embedder: Embedder) -> Matrix:
    """Cosine of the question to each candidate; the lowest of those compared for the rest, zeros where it cannot be read."""
    values = np.zeros(len(found), np.float32)
    wording = query.views[0].text
    if not found or embedder.unreadable_share(wording) >= READABLE:
        return values
    asked = frozenset(terms(query.text))
    overlap = [len(asked.intersection(terms(c.text))) + 0.5 * len(asked.intersection(terms(c.lead))) - 0.1 * c.passage.rank for c in found]
    chosen = sorted(np.argsort(-np.array(overlap), kind="stable")[:COMPARED].tolist())
    compared = embedder.embed_documents([found[i].text for i in chosen]) @ embedder.embed_query(wording)
    values[:] = compared.min()
    values[chosen] = compared
    return values


def without_absence(ranked: Ranked) -> Ranked:
    """The ranking without statements of absence or about the text itself; as it was when there is nothing else."""
    kept = [i for i, candidate in enumerate(ranked.found) if not is_absence(candidate) and not speaks_of_itself(candidate)]
    if not kept:
        return ranked
    return Ranked(ranked.asked, [ranked.found[i] for i in kept], ranked.scores[kept], ranked.matrix[kept], ranked.fitted[kept])
