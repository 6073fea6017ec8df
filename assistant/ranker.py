"""Weights in `ranking.json` to scores: which sentence answers best, and whether any does."""

import json
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.schema import Record

WEIGHTS = Path(__file__).with_name("ranking.json")
DOUBT = Path(__file__).with_name("doubt.json")


class Linear(Record):
    """A linear model over standardised features; `offset` makes 0 the point of indifference."""

    names: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    offset: float = 0.0

    def score(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """One score a row, higher is better; shape (0,) for no rows."""
        centred = (rows - np.array(self.mean)) / np.array(self.scale)
        scores: NDArray[np.float64] = centred @ np.array(self.weights) + self.offset
        return scores


class Ranking(Record):
    """The fitted models of one language family and where they come from."""

    sentence: dict[str, Linear]
    answerable: dict[str, Linear]
    threshold: dict[str, float]
    provenance: dict[str, object]


@lru_cache(maxsize=1)
def ranking() -> Ranking:
    """The weights shipped with the project, fitted by `evals/fit_ranking.py` on public data only."""
    return Ranking.model_validate(json.loads(WEIGHTS.read_text("utf-8")))


class Doubt(Record):
    """The model that tells near misses where a document says what it does not state; from the threshold of its language on, a question
    counts as not answered."""

    model: Linear
    threshold: dict[str, float]
    provenance: dict[str, object]


@lru_cache(maxsize=1)
def doubt() -> Doubt:
    """The weights shipped with the project, fitted by `evals/fit_doubt.py` on its own suites: no public set has such statements."""
    return Doubt.model_validate(json.loads(DOUBT.read_text("utf-8")))
