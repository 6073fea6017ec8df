"""Rows of candidates to the two models of `assistant/ranking.json`: which candidate answers best, and whether any does."""

from collections.abc import Iterable, Sequence
from math import exp
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression

from assistant.confidence import SIGNS, adjustment, signs
from assistant.features import NAMES, no_concepts
from assistant.ranker import Linear
from evals.training_rows import Label, Row
from ingest.schema import Language

Floats = NDArray[np.float64]

PENALTY: dict[Language, float] = {"en": 0.03, "zh": 0.001}
"""Strength of the squared penalty on sentence weights beside a mean loss of about 1. What reading tells in English repeats much else."""

STRENGTH: dict[Language, float] = {"en": 0.1, "zh": 0.3}
"""Inverse strength of the penalty on abstention weights. English has more sets, of more kinds, and more to overfit."""

IMPORTANCE: dict[Label, float] = {"answerable": 1.0, "unanswerable": 1.0, "left out": 0.6}
"""A near miss that people wrote says more than a question whose document was taken away."""

UNUSED = frozenset({"document_gap", "margin"})
"""Signs without a weight: editions of one plan in two languages say the same, so that neither gap is there although the answer is."""

LEAST_SPREAD = 0.02
"""A feature that hardly varies here is not blown up where it does."""


class Judged(NamedTuple):
    """What abstention is decided on: the signs of a ranking, the log-odds that rules add, and the label."""

    signs: NDArray[np.float32]
    ruled: float
    label: Label


def fit_sentences(rows: Sequence[Row], language: Language) -> Linear:
    """Weights of a softmax over the candidates of each question that has a right one, with the least mean loss."""
    rows = [row for row in rows if row.right.any()]
    stacked = np.concatenate([row.matrix for row in rows]).astype(np.float64)
    mean, scale = _centre(stacked)
    features, right = (stacked - mean) / scale, np.concatenate([row.right for row in rows])
    sizes = np.array([len(row.found) for row in rows])
    starts, of_row = np.cumsum(sizes) - sizes, np.repeat(np.arange(len(rows)), sizes)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = features @ weights
        chance = np.exp(scores - np.maximum.reduceat(scores, starts)[of_row])
        chance /= np.add.reduceat(chance, starts)[of_row]
        held = np.add.reduceat(chance * right, starts) + 1e-12
        slope = features.T @ (chance - chance * right / held[of_row]) / len(rows)
        return float(PENALTY[language] * weights @ weights - np.log(held).mean()), slope + 2 * PENALTY[language] * weights

    found = minimize(loss, np.zeros(len(NAMES)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return linear(NAMES, mean, scale, found)


def judge(row: Row, sentences: Linear) -> Judged:
    """The signs of a row under a sentence model, as the assistant takes them."""
    scores = sentences.score(row.matrix)
    order = np.argsort(-scores, kind="stable")
    found = [row.found[i] for i in order]
    ruled = adjustment(row.asked, found, no_concepts)
    return Judged(signs(row.asked, found, scores[order], row.matrix[order], row.highest_idf), ruled, row.label)


def fit_answerable(rows: Sequence[Judged], language: Language) -> Linear:
    """Weights of a logistic regression in which answerable questions and others count the same on the whole."""
    used = np.array([name not in UNUSED for name in SIGNS])
    stacked = np.array([row.signs for row in rows], np.float64)
    mean, scale = _centre(stacked)
    mean[~used], scale[~used] = 0.0, 1.0
    model: Any = LogisticRegression(C=STRENGTH[language], max_iter=1000, class_weight="balanced")
    answers = [row.label == "answerable" for row in rows]
    model.fit(((stacked - mean) / scale)[:, used], answers, sample_weight=[IMPORTANCE[row.label] for row in rows])
    weights = np.zeros(len(SIGNS))
    weights[used] = model.coef_[0]
    return linear(SIGNS, mean, scale, weights, float(model.intercept_[0]))


def probabilities(rows: Iterable[Judged], model: Linear) -> Floats:
    """The assistant's confidence for each row, rules included."""
    return np.array([1 / (1 + exp(-float(model.score(row.signs[None, :])[0]) - row.ruled)) for row in rows])


def _centre(stacked: Floats) -> tuple[Floats, Floats]:
    return stacked.mean(axis=0), np.maximum(stacked.std(axis=0), LEAST_SPREAD)


def linear(names: Sequence[str], mean: Floats, scale: Floats, weights: Floats, offset: float = 0.0) -> Linear:
    """The model with numbers short enough to read."""
    return Linear(
        names=tuple(names),
        mean=tuple(round(float(value), 5) for value in mean),
        scale=tuple(round(float(value), 5) for value in scale),
        weights=tuple(round(float(value), 4) for value in weights),
        offset=round(offset, 4),
    )


def first_right(rows: Sequence[Row], model: Linear) -> float:
    """Percent of questions whose best candidate holds an accepted answer."""
    return percent([row.right[int(np.argmax(model.score(row.matrix)))] > 0 for row in rows])


def percent(hits: Sequence[bool] | NDArray[np.bool_]) -> float:
    """Share of hits in percent; 0 for none."""
    return round(100 * float(np.mean(hits)), 1) if len(hits) else 0.0
