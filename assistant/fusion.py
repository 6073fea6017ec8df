"""Scores of several sides to one order of rows."""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

LATEST = 2
"""Place (from 0) that the row which shares most words comes at, whatever the sum says, where a question stands alone. With it recall@5 of
domainrag_zh rises from 91.1 to 93.4; within a conversation that of doc2dial_en and mtrag_en would fall. To bring the best by meaning in as
well finds more, and refuses fewer near misses."""


def weighted(cosines: Scores, weights: Scores) -> Scores:
    """The cosines standardised over the rows that have a weight, times it; 0 for the others."""
    found, counts = np.zeros_like(cosines), weights > 0
    if counts.any():
        found[counts] = weights[counts] * standardise(cosines[counts])
    return found


def best_of_document(scores: Scores, documents: NDArray[np.int32]) -> Scores:
    """For every row the best score of any candidate row of its document."""
    _, group = np.unique(documents, return_inverse=True)
    best = np.full(int(group.max()) + 1, -np.inf, np.float32)
    np.maximum.at(best, group, scores)
    return best[group]


def with_best(order: NDArray[np.int64], scores: Scores) -> NDArray[np.int64]:
    """The order with the row of the best score moved up to `LATEST`, unless it comes earlier."""
    best = int(scores.argmax())
    if best in order[: LATEST + 1]:
        return order
    others = order[order != best]
    return np.concatenate([others[:LATEST], [best], others[LATEST:]])


def standardise(scores: Scores) -> Scores:
    """Zero mean, unit variance; zeros where all are equal."""
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread > 1e-9 else np.zeros_like(scores)
