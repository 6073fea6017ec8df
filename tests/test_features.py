"""A question and its candidates to numbers: what each number stands for."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from toys import passages_of, toy_index

from assistant.candidates import Candidate, candidates
from assistant.features import NAMES, Matrix, ask, features
from assistant.question import plain_query
from ingest.store import Generation

REVENUE = "What annual revenue do robot makers reach by 2028?"


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Generation]:
    generation = toy_index(tmp_path)
    yield generation
    generation.close()


def computed(index: Generation, question: str) -> tuple[list[Candidate], Matrix]:
    found = candidates(passages_of(index, question))
    return found, features(ask(plain_query(question), index.lexical.idf), found)


def value(index: Generation, question: str, part: str, name: str) -> float:
    found, matrix = computed(index, question)
    row = next(i for i, candidate in enumerate(found) if part in candidate.text)
    return float(matrix[row, NAMES.index(name)])


@pytest.mark.parametrize("question", [REVENUE, "博士的安家补贴是多少？", "?", "the of and", "Ｗｈａｔ 2028?"])
def test_there_is_one_finite_row_a_candidate(question: str, index: Generation) -> None:
    found, matrix = computed(index, question)
    assert matrix.shape == (len(found), len(NAMES))
    assert np.isfinite(matrix).all()


def test_no_candidates_give_no_rows(index: Generation) -> None:
    assert features(ask(plain_query(REVENUE), index.lexical.idf), []).shape == (0, len(NAMES))


@pytest.mark.parametrize(
    ("question", "right", "wrong", "name"),
    [
        (REVENUE, "40 billion", "Exports", "covered"),
        (REVENUE, "40 billion", "Exports", "pairs"),
        ("博士的安家补贴是多少？", "博士", "硕士", "covered"),
        ("博士的安家补贴是多少？", "博士", "硕士", "run"),
        ("Which sectors does the plan develop?", "force sensors", "40 billion", "covered_with_lead"),
        ("Which sectors does the plan develop?", "force sensors", "40 billion", "is_item"),
        ("What grant does a pilot line get?", "Pilot line", "force sensors", "is_row"),
        ("How much is the grant for a pilot line?", "3 million", "force sensors", "type_found"),
    ],
)
def test_the_right_candidate_has_more_of_it(question: str, right: str, wrong: str, name: str, index: Generation) -> None:
    assert value(index, question, right, name) > value(index, question, wrong, name)


def test_a_figure_of_the_question_itself_is_no_answer_to_how_much(index: Generation) -> None:
    assert value(index, "How much is more than 40 billion yuan by 2028?", "40 billion", "type_found") == 0
    assert value(index, "How much revenue do robot makers reach by 2028?", "40 billion", "type_found") == 1


def test_shares_lie_between_0_and_1(index: Generation) -> None:
    _, matrix = computed(index, REVENUE)
    for name in ("covered", "covered_with_lead", "covered_with_section", "covered_in_passage", "pairs", "names", "figures", "heading"):
        column = matrix[:, NAMES.index(name)]
        assert column.min() >= 0
        assert column.max() <= 1 + 1e-6
