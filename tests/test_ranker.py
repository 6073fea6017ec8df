"""Weights to scores, and the weights that are shipped."""

import numpy as np
import pytest

from assistant.confidence import SIGNS
from assistant.doubt import SIGNS as DOUBTS
from assistant.features import NAMES
from assistant.ranker import Linear, doubt, ranking


def test_a_linear_model_scores_standardised_features() -> None:
    model = Linear(names=("a", "b"), mean=(1.0, 10.0), scale=(2.0, 5.0), weights=(3.0, -1.0), offset=0.5)
    # (3 - 1) / 2 * 3 - (20 - 10) / 5 + 0.5 = 1.5
    assert model.score(np.array([[3.0, 20.0], [1.0, 10.0]], np.float32)) == pytest.approx([1.5, 0.5])
    assert model.score(np.zeros((0, 2), np.float32)).shape == (0,)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_shipped_weights_fit_the_features(language: str) -> None:
    shipped = ranking()
    for model, names in ((shipped.sentence[language], NAMES), (shipped.answerable[language], SIGNS)):
        assert model.names == names
        assert len(model.mean) == len(model.scale) == len(model.weights) == len(names)
        assert min(model.scale) > 0
    assert 0 < shipped.threshold[language] < 1


def test_the_shipped_weights_of_doubt_fit_its_signs() -> None:
    shipped = doubt()
    assert shipped.model.names == DOUBTS
    assert len(shipped.model.mean) == len(shipped.model.scale) == len(shipped.model.weights) == len(DOUBTS)
    assert min(shipped.model.scale) > 0
    assert set(shipped.threshold) == {"en", "zh"}
    assert shipped.provenance["fitted by"] == "evals/fit_doubt.py"


def test_weights_are_read_once() -> None:
    assert doubt() is doubt()
    assert ranking() is ranking()
