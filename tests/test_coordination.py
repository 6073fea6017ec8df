"""Things side by side: where each begins and ends around a connective, and that a glossary term is never cut in two."""

import re

import pytest

from assistant.coordination import LEAST, things
from ingest.glossary import Glossary, Term
from ingest.schema import Language

TERMS = Glossary(
    terms=(
        Term(id="semiconductor", kind="sector", zh=("半导体",), en=("semiconductor",)),
        Term(id="photovoltaic", kind="sector", zh=("光伏",), en=("photovoltaics",)),
        Term(id="research", kind="indicator", zh=("研究与开发",), en=("research and development",)),
    )
)
JOINS: dict[Language, str] = {"en": r",? and (?:the )?", "zh": "[和与、]"}


def joins(text: str, language: Language) -> list[tuple[int, int]]:
    """Every connective of the text."""
    return [match.span() for match in re.finditer(JOINS[language], text)]


def named(text: str, language: Language, glossary: Glossary | None = None) -> list[str]:
    """The things of a text, [] for none."""
    found = things(text, joins(text, language), language, glossary)
    return [text[start:end] for start, end in found.spans] if found else []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("the grant for pilot lines and test centres", "en", ["pilot lines", "test centres"]),
        ("gold, silver and bronze: how much does each get", "en", ["gold", "silver", "bronze"]),
        ("What do the 2021 rules and the 2024 rules say", "en", ["2021 rules", "2024 rules"]),
        ("博士和硕士分别补多少", "zh", ["博士", "硕士"]),
        # What is set beside 一等 ends with the same character, though 示范县 follows.
        ("一等、二等和三等示范县各奖多少", "zh", ["一等", "二等", "三等"]),
    ],
)
def test_each_thing_is_cut_out_with_its_own_words_only(text: str, language: Language, expected: list[str]) -> None:
    assert named(text, language) == expected


@pytest.mark.parametrize("text", ["和博士相比,硕士补多少?", "与硕士比补贴高多少?", "、硕士各补多少?", "和", "和?"])
def test_a_connective_at_the_very_start_of_a_chinese_text_raises_nothing(text: str) -> None:
    assert things(text, [(0, 1)], "zh", TERMS) is None


@pytest.mark.parametrize(
    ("text", "language", "split"),
    [
        ("the budget for research and development", "en", ["research", "development"]),
        ("研究与开发补贴多少", "zh", ["研究", "开发"]),
    ],
)
def test_a_connective_inside_a_glossary_term_joins_nothing(text: str, language: Language, split: list[str]) -> None:
    assert named(text, language) == split
    assert named(text, language, TERMS) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [("What does the plan do for semiconductors and photovoltaics", "en"), ("半导体与光伏的奖励", "zh")],
)
def test_terms_of_one_kind_are_surely_two_things(text: str, language: Language) -> None:
    known = things(text, joins(text, language), language, TERMS)
    unknown = things(text, joins(text, language), language, None)
    assert known is not None
    assert unknown is not None
    assert known.alikeness >= LEAST > unknown.alikeness


def test_of_several_connectives_the_one_between_the_two_most_alike_decides() -> None:
    assert named("What do we need and what do the 2021 rules and the 2024 rules say", "en") == ["2021 rules", "2024 rules"]
    assert named("我们和谁比,2021年规定和2024年规定分别补多少", "zh") == ["2021年规定", "2024年规定"]
