"""What texts are about: questions and statements of absence name one attribute in different words."""

import pytest

from assistant.attributes import asked_attributes, attributes, named_attributes
from assistant.kinds import Kind


@pytest.mark.parametrize(
    ("question", "statement", "name"),
    [
        ("Who looks after the lighthouse?", "The responsible department is not named.", "body"),
        ("By when must a skipper file the form?", "The closing date for filing is not stated.", "deadline"),
        ("How much does a skipper get?", "The amount of the grant is not given.", "amount"),
        ("What percentage of the catch is taxed?", "The share of the catch is not stated.", "share"),
        ("Until when is the licence valid?", "The end of validity is not stated.", "end"),
        ("How do I apply for a berth?", "The procedure is not set out.", "procedure"),
        ("Was the goal actually reached?", "The actual outturn is not stated.", "result"),
        ("How many jobs are there?", "Employment figures are not given.", "jobs"),
        ("灯塔归谁管？", "牵头单位未说明。", "body"),
        ("几月几号申报？", "申报截止时间未载明。", "deadline"),
        ("给渔民发多少？", "奖励金额未载明。", "amount"),
        ("渔获要交几成？", "具体比例未说明。", "share"),
        ("这份证书管到哪年？", "有效期未载明。", "end"),
        ("怎么申请泊位？", "申报流程未说明。", "procedure"),
        ("实际完成了没有？", "完成情况未载明。", "result"),
    ],
)
def test_a_question_and_a_statement_in_other_words_name_the_same_attribute(question: str, statement: str, name: str) -> None:
    assert name in named_attributes(question)
    assert name in named_attributes(statement)


@pytest.mark.parametrize("text", ["What is the weather like?", "The gulls sleep.", "风景如何", "海鸥睡了。"])
def test_a_text_without_an_attribute_names_none(text: str) -> None:
    assert named_attributes(text) == attributes(text) == frozenset()


@pytest.mark.parametrize(("text", "closest"), [("The closing date for the award", "deadline"), ("奖励的申报时间", "deadline")])
def test_a_general_attribute_stands_back_behind_a_closer_one(text: str, closest: str) -> None:
    assert named_attributes(text) == {"amount", closest}
    assert attributes(text) == {closest}


@pytest.mark.parametrize("text", ["How much is the award?", "奖励金额多少？"])
def test_a_general_attribute_that_stands_alone_is_kept(text: str) -> None:
    assert attributes(text) == {"amount"}


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("When did the gulls come?", "date", {"start"}),
        ("When does the licence expire?", "date", {"end"}),
        ("海鸥哪年来的？", "date", {"start"}),
        ("Which gulls?", "list", {"names"}),
        ("Any gulls?", "count", {"count"}),
        ("Any gulls?", "fact", set()),
        ("What is paid by whom?", "definition", {"amount"}),
    ],
)
def test_where_the_words_name_nothing_the_kind_of_question_tells(text: str, kind: Kind, expected: set[str]) -> None:
    assert asked_attributes(text, kind) == expected
