"""Ranked lists, sets and seconds to numbers. Every function returns None where its metric is undefined, never 0."""

import math
from collections.abc import Collection, Mapping, Sequence


def recall_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float | None:
    """Share of the relevant documents among the first k (BEIR); `ranked` names each document once, best first."""
    return len(set(ranked[:k]) & set(relevant)) / len(set(relevant)) if relevant else None


def hit_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float | None:
    """1 when any relevant document is among the first k."""
    return float(bool(set(ranked[:k]) & set(relevant))) if relevant else None


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str], k: int = 10) -> float | None:
    """1 / rank of the first relevant document, 0 when none is among the first k; its mean is MRR@k (Voorhees 1999)."""
    if not relevant:
        return None
    return next((1 / rank for rank, document in enumerate(ranked[:k], 1) if document in relevant), 0.0)


def ndcg(ranked: Sequence[str], gains: Mapping[str, float], k: int = 10) -> float | None:
    """Discounted gain of the first k over the best possible one (Järvelin and Kekäläinen 2002, linear gain)."""
    best = sum(gain / math.log2(rank + 1) for rank, gain in enumerate(sorted(gains.values(), reverse=True)[:k], 1))
    if not best:
        return None
    return sum(gains.get(document, 0) / math.log2(rank + 1) for rank, document in enumerate(ranked[:k], 1)) / best


def f1(precision: float | None, recall: float | None) -> float | None:
    """Harmonic mean; 0 when both are 0, None when either is undefined."""
    if precision is None or recall is None:
        return None
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def share(hits: Sequence[bool]) -> float | None:
    """Share of true values."""
    return sum(hits) / len(hits) if hits else None


def abstention(abstained: bool, should_abstain: bool) -> dict[str, float]:
    """The abstention metrics that one case defines; their means over a suite are precision, recall and false refusals.

    Precision is defined for the cases that were refused, recall for those that should be, false refusals for the others.
    """
    scores = {"abstention_precision": float(should_abstain)} if abstained else {}
    return scores | {"abstention_recall" if should_abstain else "false_refusals": float(abstained)}


def percentile(values: Sequence[float], q: float) -> float | None:
    """The smallest value that at least q percent of the values do not exceed (nearest rank)."""
    return sorted(values)[max(0, math.ceil(q / 100 * len(values)) - 1)] if values else None


def documents_of(ranked_documents: Sequence[str]) -> list[str]:
    """Documents in the order of their best passage, each once."""
    return list(dict.fromkeys(ranked_documents))


def as_expected(documents: Sequence[str], prefixes: Sequence[str]) -> list[str]:
    """Document ids replaced by the expected prefix they begin with, each prefix once; other ids stay as they are."""
    return documents_of([next((prefix for prefix in prefixes if document.startswith(prefix)), document) for document in documents])
