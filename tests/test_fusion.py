"""Scores of several sides to one order."""

import numpy as np
import pytest

from assistant.fusion import standardise, with_best


def test_standardised_scores_have_mean_0_and_spread_1_and_equal_ones_say_nothing() -> None:
    scores = standardise(np.array([1.0, 2.0, 3.0, 6.0], np.float32))
    assert float(scores.mean()) == pytest.approx(0, abs=1e-6)
    assert float(scores.std()) == pytest.approx(1)
    assert not standardise(np.array([2.0, 2.0], np.float32)).any()


def test_the_best_by_words_is_not_lost_in_the_sum() -> None:
    words = np.zeros(6, np.float32)
    words[5] = 1.0
    assert with_best(np.arange(6), words).tolist() == [0, 1, 5, 2, 3, 4]


def test_what_comes_early_already_stays_where_it_is() -> None:
    assert with_best(np.arange(6), np.arange(6, 0, -1, dtype=np.float32)).tolist() == list(range(6))
