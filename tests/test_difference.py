"""The difference between two sides: calculated where it is asked for and both state one amount, left out otherwise."""

from collections.abc import Iterator

import pytest

from assistant.candidates import Candidate
from assistant.difference import difference
from assistant.question import plain_query
from ingest.store import Generation
from tests.toys import candidate_of, toy_index

GRANTS = """---
title: Valley grants for robot makers
language: en
status: in_force
---
# Valley grants for robot makers

A pilot line receives a grant of 3 million yuan. A test centre receives a grant of 5 million yuan.
A workshop receives a grant of up to 4 million yuan. A school receives a grant of 20 percent.
A large hall receives 6 million yuan and a small hall 2 million yuan. A depot receives a grant of 3 million yuan.
"""
TALENT = """---
title: 河谷机器人人才办法
language: zh
status: in_force
---
# 河谷机器人人才办法

对新引进的博士，给予安家补贴20万元。对新引进的硕士，给予安家补贴5万元。
"""
EN = "By how much does the grant for one exceed the grant for the other?"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    opened = toy_index(tmp_path_factory.mktemp("difference"), {"grants": GRANTS, "talent": TALENT})
    yield opened
    opened.close()


def sides(index: Generation, *parts: str) -> list[Candidate]:
    """The candidate that holds each part."""
    return [candidate_of(index, "对新引进的博士硕士给予安家补贴 grant for a pilot line", part) for part in parts]


@pytest.mark.parametrize(
    ("question", "parts", "formula"),
    [
        (EN, ("A pilot line", "A test centre"), "5 million yuan - 3 million yuan = 2,000,000 yuan"),
        (EN, ("A test centre", "A pilot line"), "5 million yuan - 3 million yuan = 2,000,000 yuan"),
        ("博士和硕士的安家补贴相差多少？", ("的博士", "的硕士"), "20万元 - 5万元 = 15万元"),
        ("硕士比博士少多少？", ("的硕士", "的博士"), "20万元 - 5万元 = 15万元"),
    ],
)
def test_the_smaller_amount_is_taken_from_the_larger_and_both_are_quoted(
    index: Generation, question: str, parts: tuple[str, str], formula: str
) -> None:
    found = sides(index, *parts)
    claims = difference(plain_query(question), found)
    assert [claim.layout for claim in claims] == ["calculation"]
    assert formula in claims[0].text
    assert [evidence.quote for evidence in claims[0].evidence] == [candidate.text for candidate in found]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Which is higher, the grant for a pilot line or a test centre?", ("A pilot line", "A test centre")),  # no amount is asked for
        ("博士和硕士各补多少？", ("的博士", "的硕士")),
        (EN, ("A workshop", "A test centre")),  # a ceiling is no amount
        (EN, ("A school", "A test centre")),  # a share cannot be taken from money
        (EN, ("A large hall", "A test centre")),  # which of its two amounts is meant cannot be known
        (EN, ("A depot", "A pilot line")),  # they are equal
        (EN, ("A test centre",)),
        (EN, ("A pilot line", "A test centre", "A depot")),
    ],
)
def test_nothing_is_calculated_where_it_is_not_asked_for_or_the_amounts_are_not_alike(
    index: Generation, question: str, parts: tuple[str, ...]
) -> None:
    assert difference(plain_query(question), sides(index, *parts)) == []


def test_an_amount_that_the_question_itself_states_is_no_answer_of_a_side(index: Generation) -> None:
    question = "By how much does the grant of 3 million yuan for a pilot line differ from that for a test centre?"
    assert difference(plain_query(question), sides(index, "A pilot line", "A test centre")) == []
