"""Comparisons: which things a question sets side by side, and what is answered for each."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant import Assistant
from assistant.cite import check_answer
from assistant.comparison import split
from assistant.question import plain_query
from ingest.build import build_index
from ingest.embed import Embedder
from ingest.settings import Settings
from tests.toys import write_files

DAY = date(2026, 11, 23)
GRANTS = """---
title: Valley grants for robot makers
language: en
status: in_force
---
# Valley grants for robot makers

## Pilot line

A firm that builds a pilot line receives a grant of 3 million yuan from the valley.

## Test centre

A firm that opens a test centre receives a grant of 5 million yuan from the valley.

## Fees

| Kind of permit | Fee in 2021 | Fee in 2024 |
|---|---|---|
| Water permit | 200 yuan | 300 yuan |
| Noise permit | 100 yuan | 150 yuan |
"""


@pytest.fixture(scope="module")
def assistant(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    settings = Settings(_env_file=None, store=tmp_path_factory.mktemp("store"))
    build_index([write_files(tmp_path_factory.mktemp("documents"), {"grants": GRANTS})], settings)
    with Assistant.open(settings) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How does the fee for a water permit differ from that for a noise permit?", ("water permit", "noise permit")),
        ("What is the fee under the 2021 rules compared with the 2024 rules?", ("2021 rules", "2024 rules")),
        ("Which is higher, the grant for a pilot line or the one for a test centre?", ("pilot line", "test centre")),
        ("P-type versus N-type: which lasts longer?", ("P-type", "N-type")),
        ("一等、二等和三等示范县各奖多少？", ("一等", "二等", "三等")),
        ("中试线和测试线分别补多少？", ("中试线", "测试线")),
        ("2024年的规范和2021年的相比，门槛提了多少？", ("2024年的规范", "2021年的规范")),
        ("“山和水”港与“灯和塔”港分别奖多少？", ("“山和水”港", "“灯和塔”港")),
        (
            'Which is higher, the "boats and nets" prize or the "gulls and terns" prize?',
            ('"boats and nets" prize', '"gulls and terns" prize'),
        ),
    ],
)
def test_the_things_set_side_by_side_are_told(question: str, names: tuple[str, ...]) -> None:
    found = split(plain_query(question), None)
    assert found is not None
    assert tuple(side.name for side in found.sides) == names


@pytest.mark.parametrize(
    "question",
    [
        "What do joint motors and force sensors need?",
        "Is the share 15 or 20 percent?",
        "Did the fee change compared with before?",
        "Can I update, change or modify my application?",
        "上限是一个项目还是全部加起来？",
        "比例和以前一样吗？",
        "“灯、塔、船”五个港分别奖多少？",
        'What does each "boats and nets" port pay?',
    ],
)
def test_a_question_that_compares_no_two_things_is_not_split(question: str) -> None:
    assert split(plain_query(question), None) is None


def test_each_side_is_asked_with_what_the_question_says_of_both() -> None:
    found = split(plain_query("中试线和测试线分别补多少？"), None)
    assert found is not None
    assert [side.question for side in found.sides] == ["中试线补多少?", "测试线补多少?"]


def test_sides_stand_in_one_table_each_with_its_quote(assistant: Assistant) -> None:
    answer = assistant.ask("Which is higher, the grant for a pilot line or the grant for a test centre?", as_of=DAY)
    assert answer.status == "answered"
    assert "3 million yuan" in answer.text
    assert "5 million yuan" in answer.text
    assert answer.text.startswith("|")
    assert check_answer(answer) == []


def test_rows_of_one_table_are_shown_under_its_own_heads(assistant: Assistant) -> None:
    answer = assistant.ask("How does the fee for a water permit differ from the fee for a noise permit?", as_of=DAY)
    assert "| Kind of permit | Fee in 2021 | Fee in 2024 |" in answer.text
    assert "| Water permit | 200 yuan | 300 yuan" in answer.text
    assert check_answer(answer) == []


def test_a_difference_that_is_asked_for_is_a_calculation_of_its_own(assistant: Assistant) -> None:
    answer = assistant.ask("By how much does the grant for a test centre exceed the grant for a pilot line?", as_of=DAY)
    assert "5 million yuan - 3 million yuan = 2,000,000 yuan" in answer.text
    assert [claim.layout for claim in answer.claims][-1] == "calculation"
    assert check_answer(answer) == []


def test_the_thing_asked_for_is_no_side() -> None:
    assert split(plain_query("Which prize is higher than the sailing prize?"), None) is None
