"""A ranked list to the numbers that tell whether its best candidate answers the question, or nothing does."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Candidate
from assistant.features import NAMES, Asked, Matrix

OF_BEST = (
    "covered", "covered_with_lead", "covered_with_section", "covered_in_passage", "pairs", "saturation", "similar_words", "rarest",
    "rarest_in_section", "names", "figures", "cosine", "passage_cosine", "type_found", "type_missing", "novelty", "characters", "run",
    "wh_noun", "context", "length", "residual", "local",
)  # fmt: skip
OF_ANY = ("covered", "covered_in_passage", "cosine", "names", "pairs")
SIGNS = (*OF_BEST, *(f"most_{name}" for name in OF_ANY), "score", "margin", "unknown", "lexical", "document_gap", "terms")

_BEST = [NAMES.index(name) for name in OF_BEST]
_ANY = [NAMES.index(name) for name in OF_ANY]
MOST_BM25 = 2.2
"""BM25 gives a term at most idf times (k1 + 1): dividing by it makes lexical scores shares."""


def signs(asked: Asked, found: Sequence[Candidate], scores: NDArray[np.float64], matrix: Matrix, highest_idf: float) -> NDArray[np.float32]:
    """One row, columns as in SIGNS, for candidates that are sorted best first; there must be one at least."""
    total = sum(asked.weights.values()) or 1.0
    best = found[0].passage
    others = [c.passage.score for c in found if c.passage.chunk.source.id != best.chunk.source.id]
    unknown = sum(weight for weight in asked.weights.values() if weight >= 0.999 * highest_idf) / total
    lexical = max(c.passage.lexical for c in found) / (MOST_BM25 * total)
    gap = max(c.passage.score for c in found) - max(others) if others else 3.0
    margin = float(scores[0] - scores[1]) if len(scores) > 1 else 3.0
    tail = [float(scores[0]), margin, unknown, lexical, gap, float(np.log1p(len(asked.weights)))]
    return np.concatenate([matrix[0, _BEST], matrix[:, _ANY].max(axis=0), tail]).astype(np.float32)
