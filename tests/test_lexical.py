"""Text to terms and terms to BM25 scores."""

from math import log
from pathlib import Path

import numpy as np
import pytest

from ingest.lexical import LexicalIndex, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The plan supports robots", ["plan", "support", "robot"]),
        ("Ｒｏｂｏｔｓ １２", ["robot", "12"]),
        ("2,300 or 2.5 or 12.", ["2300", "2.5", "12"]),
        ("营业收入", ["营业", "业收", "收入"]),
        ("到2025年", ["到", "2025", "年"]),
        ("的", []),
        ("是多少", []),
        ("LED芯片", ["led", "芯片"]),
        ("", []),
        ("?! 。", []),
    ],
)
def test_terms_are_stems_numbers_and_pairs_of_ideographs(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_scores_are_those_of_bm25() -> None:
    index = LexicalIndex.build([["robot", "robot", "arm"], ["arm"], ["leg", "leg"]])
    # idf = ln(1 + (3 - 1 + .5) / (1 + .5)); tf part = 2 * 2.2 / (2 + 1.2 * (.25 + .75 * 3 / 2)): three rows of 3, 1 and 2 terms.
    expected = log(1 + 2.5 / 1.5) * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2))
    assert index.scores({"robot": 1.0}) == pytest.approx([expected, 0.0, 0.0])
    assert index.scores({"robot": 2.0, "unseen": 5.0})[0] == pytest.approx(2 * expected)


def test_a_rarer_term_weighs_more_and_an_unseen_one_most() -> None:
    index = LexicalIndex.build([["common", "rare"], ["common"], ["common"]])
    assert 0 < index.idf("common") < index.idf("rare") < index.idf("unseen")
    assert "rare" in index
    assert "unseen" not in index


def test_a_saved_index_scores_as_before(tmp_path: Path) -> None:
    index = LexicalIndex.build([terms("机器人营业收入"), terms("robot revenue"), []])
    index.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path)
    query = {"收入": 1.0, "revenu": 0.5}
    assert np.array_equal(loaded.scores(query), index.scores(query))
    assert loaded.size == 3


def test_an_index_of_nothing_has_no_scores(tmp_path: Path) -> None:
    LexicalIndex.build([]).save(tmp_path)
    assert LexicalIndex.load(tmp_path).scores({"robot": 1.0}).shape == (0,)
