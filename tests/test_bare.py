"""Bare questions: told from those that name something, and asked of what the last question was about."""

import pytest

from assistant.asked import Asked
from assistant.bare import bare, conditioned, is_bare, offered
from ingest.schema import Language

EN = "How much is the grant for a pilot line?"
ZH = "河谷机器人中试线的补贴是多少?"


def asked(text: str, language: Language, previous: str) -> Asked:
    """A question after one other."""
    return Asked(text=text, language=language, previous=previous, answer="", turns=(), glossary=None)


@pytest.mark.parametrize(
    ("text", "language", "previous", "expected"),
    [
        ("Until when?", "en", EN, "Until when (the grant for a pilot line)?"),
        ("Who pays?", "en", EN, "Who pays (the grant for a pilot line)?"),
        ("And the deadline?", "en", EN, "The deadline for the grant for a pilot line?"),
        ("什么时候截止?", "zh", ZH, "河谷机器人中试线的补贴什么时候截止?"),
        ("那有什么条件?", "zh", ZH, "河谷机器人中试线的补贴有什么条件?"),
    ],
)
def test_a_bare_question_is_asked_of_what_the_last_one_was_about(text: str, language: Language, previous: str, expected: str) -> None:
    resolved = bare(asked(text, language, previous))
    assert resolved is not None
    assert (resolved.text, resolved.relation, resolved.asks) == (expected, "ellipsis", text)


@pytest.mark.parametrize(
    ("text", "language", "previous"),
    [
        ("Until when does the test centre run?", "en", EN),
        ("What is that?", "en", EN),  # asks nothing of a thing
        ("博士有什么条件?", "zh", ZH),
        ("多少?", "zh", ZH),
    ],
)
def test_a_question_that_names_something_or_asks_nothing_of_it_is_not_bare(text: str, language: Language, previous: str) -> None:
    assert not is_bare(asked(text, language, previous))
    assert bare(asked(text, language, previous)) is None


@pytest.mark.parametrize(("text", "language", "previous"), [("有什么条件?", "zh", EN), ("What conditions?", "en", ZH)])
def test_a_bare_question_takes_nothing_from_a_question_in_the_other_language(text: str, language: Language, previous: str) -> None:
    assert is_bare(asked(text, language, previous))
    assert bare(asked(text, language, previous)) is None


@pytest.mark.parametrize(
    ("fragment", "language", "previous", "expected"),
    [
        ("without a loan", "en", EN, "How much is the grant for a pilot line without a loan?"),
        ("a loan", "en", EN, ""),
        ("自己出钱", "zh", "用贷款购买设备补多少?", "自己出钱购买设备补多少?"),
        ("自己出钱", "zh", ZH, ""),
    ],
)
def test_another_condition_is_put_where_it_fits(fragment: str, language: Language, previous: str, expected: str) -> None:
    assert conditioned(fragment, asked("x", language, previous)) == expected


@pytest.mark.parametrize(
    ("what", "language", "previous", "expected"),
    [
        ("the deadline", "en", EN, "The deadline for the grant for a pilot line?"),
        ("the test centres", "en", EN, ""),
        ("申报条件", "zh", ZH, "河谷机器人中试线的补贴申报条件?"),
        ("博士的补贴", "zh", ZH, ""),
    ],
)
def test_an_offer_that_names_nothing_of_its_own_is_of_the_same_thing(what: str, language: Language, previous: str, expected: str) -> None:
    assert offered(what, asked("yes", language, previous)) == expected
