"""Scores of several sides to one order."""

import numpy as np
import pytest

from assistant.fusion import standardise, with_best


def test_standardised_scores_have_mean_0_and_spread_1_and_equal_ones_say_nothing() -> None:
    scores = standardise(np.array([1.0, 2.0, 3.0, 6.0], np.float32))
    assert float(scores.mean()) == pytest.approx(0, abs=1e-6)
    assert float(scores.std()) == pytest.approx(1)
    assert not standardise(np.array([2.0, 2.0], np.float32)).any()


def test_the_best_by_words_and_by_meaning_are_not_lost_in_the_sum() -> None:
    order = np.arange(10)
    words, meaning = np.zeros(10, np.float32), np.zeros(10, np.float32)
    words[9], meaning[[8, 7]] = 1.0, (2.0, 3.0)
    assert with_best(order, (words, meaning)).tolist() == [0, 1, 9, 2, 3, 4, 5, 7, 6, 8]
    assert with_best(order, ()).tolist() == order.tolist()


def test_what_comes_early_already_stays_where_it_is() -> None:
    scores = np.arange(10, 0, -1, dtype=np.float32)
    assert with_best(np.arange(10), (scores, scores)).tolist() == list(range(10))
