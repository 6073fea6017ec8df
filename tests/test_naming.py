"""What names a side: its own words, terms and level of government, and what speaks of another side instead."""

from collections.abc import Iterator, Sequence

import pytest

from assistant.comparison import Side
from assistant.features import no_concepts
from assistant.naming import NEUTRAL, Naming, levels_in, namings
from ingest.store import Generation
from tests.toys import candidate_of, toy_index

GRANTS = """---
title: Valley grants for robot makers
language: en
published: 2024-05-01
status: in_force
---
# Valley grants for robot makers

## Pilot line

A builder gets 3 million yuan.

## Others

A test centre gets 5 million yuan.

## Fees

| Kind of permit | Small workshop | Large workshop |
|---|---|---|
| Water | 200 yuan | 300 yuan |
"""
TALENT = """---
title: 河谷机器人人才办法
language: zh
status: in_force
---
# 河谷机器人人才办法

省里给博士补贴20万元。市里给硕士补贴5万元。
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    opened = toy_index(tmp_path_factory.mktemp("naming"), {"grants": GRANTS, "talent": TALENT})
    yield opened
    opened.close()


def names(*said: str, question: str = "") -> list[Naming]:
    return namings([Side(name=name, question=question) for name in said], concepts)


def concepts(text: str) -> Sequence[tuple[int, int, str]]:
    """A glossary of two terms."""
    return [(0, 0, term) for term, word in (("robot", "robot"), ("grant", "grant")) if word in text]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("省里给多少", {"province"}),
        ("the city level", {"city"}),
        ("nationwide and provincial", {"nation", "province"}),
        # The zone has the province's name in its own.
        ("山西转型综改示范区", {"zone"}),
        ("Shanxi Reform Zone", {"zone"}),
        ("市场", set()),
    ],
)
def test_a_level_of_government_is_known_under_whatever_name(text: str, levels: set[str]) -> None:
    assert levels_in(text) == levels


def test_what_both_sides_are_called_tells_neither() -> None:
    pilot, centre = names("grant for a pilot line", "grant for a test centre")
    assert "grant" not in pilot.terms | centre.terms
    assert not pilot.terms & centre.terms
    assert pilot.concepts == frozenset()
    same, again = names("pilot line", "pilot line")
    assert same.terms == again.terms != frozenset()


def test_a_candidate_speaks_of_the_side_that_it_names_and_not_of_the_other(index: Generation) -> None:
    pilot, centre = names("pilot line", "test centre")
    told = candidate_of(index, "test centre", "test centre")
    assert centre.shares(told) == (1.0, 1.0)
    assert pilot.shares(told) == (0.0, 0.0)
    assert pilot.names_other(told)
    assert not centre.names_other(told)


def test_a_heading_names_a_side_a_little_less_than_the_words_themselves(index: Generation) -> None:
    pilot, _ = names("pilot line", "test centre")
    together, own = pilot.shares(candidate_of(index, "pilot line", "3 million"))
    assert 0 < together < 1
    assert own == 0.0


def test_a_row_speaks_of_what_heads_its_columns(index: Generation) -> None:
    small, large = names("small workshop", "large workshop")
    row = candidate_of(index, "workshop water permit", "Water")
    assert (small.shares(row)[1], large.shares(row)[1]) == (1.0, 1.0)


def test_chinese_sides_are_told_apart_by_level_and_by_words(index: Generation) -> None:
    province, city = names("省级", "市级")
    told = candidate_of(index, "博士补贴", "博士")
    assert province.shares(told)[1] > city.shares(told)[1] == 0.0
    doctor, master = names("博士", "硕士")
    assert doctor.shares(told)[1] > master.shares(told)[1]


def test_an_unmarked_side_is_found_wherever_no_other_is_named(index: Generation) -> None:
    ordinary, _ = names("ordinary firms", "test centre")
    assert ordinary.is_unmarked
    assert ordinary.shares(candidate_of(index, "test centre", "5 million")) == (0.0, 0.0)
    assert ordinary.shares(candidate_of(index, "pilot line", "3 million")) == (NEUTRAL, NEUTRAL)
    assert names("一般企业", "博士")[0].is_unmarked


def test_the_subject_is_what_the_question_names_for_all_sides(index: Generation) -> None:
    told = candidate_of(index, "test centre", "test centre")
    named, _ = names("pilot line", "test centre", question="robot grant")
    assert named.subject(told) == 1.0  # both terms stand in the title
    unnamed, _ = names("pilot line", "test centre", question="fee")
    assert unnamed.subject(told) == 0.0
    assert namings([Side(name="a", question="robot")], no_concepts)[0].subject(told) == 0.0
