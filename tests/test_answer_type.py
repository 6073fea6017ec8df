"""The type of answer a question asks for, and whether a text holds one."""

import pytest
from harbour_toys import candidate

from assistant.answer_type import expected_unit, has_type, same_value
from assistant.features import ask
from assistant.kinds import Kind
from assistant.question import plain_query
from ingest.figures import find_figures


@pytest.mark.parametrize(
    ("text", "kind", "unit"),
    [
        ("What share must go to research?", "figure", "percent"),
        ("研发占比要几个点?", "figure", "percent"),
        ("How much money does a firm get?", "figure", "yuan"),
        ("what are the sums for the three grades?", "list", "yuan"),
        ("奖励金额是多少?", "figure", "yuan"),
        ("How long is the road?", "figure", ""),
        ("Which award is meant?", "definition", ""),
    ],
)
def test_a_question_tells_the_unit_of_its_answer(text: str, kind: str, unit: str) -> None:
    assert expected_unit(text, kind) == unit  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "is_same"), [("5亿元", "500 million yuan", True), ("5 percent", "5 years", False), ("40%", "百分之四十", True)]
)
def test_figures_are_the_same_however_written(one: str, other: str, is_same: bool) -> None:
    assert same_value(find_figures(one)[0], find_figures(other)[0]) is is_same


def holds(question: str, kind: Kind, text: str, block: str = "paragraph") -> bool | None:
    """What is told of a text by a question of this kind."""
    query = plain_query(question).model_copy(update={"kind": kind})
    return has_type(ask(query, lambda _: 1.0), candidate(text, kind=block))


@pytest.mark.parametrize(
    ("question", "text", "is_so"),
    [
        ("Which department runs the ferry?", "The Bureau of Ferries sells the tickets.", True),
        ("Which department runs the ferry?", "Captain Brown sells the tickets.", False),
        ("Who issued the ferry rules?", "They were issued by the Harbour Committee.", True),
        ("What does the Bureau of Ferries, as the body in charge, say?", "The Bureau of Ferries is quiet.", False),
        ("渡船由哪个部门负责？", "渡船由港口管理局管理。", True),
        ("渡船由哪个部门负责？", "渡船由老王驾驶。", False),
        ("渡船办法是谁印发的？", "由河谷镇人民政府印发。", True),
    ],
)
def test_who_is_in_charge_is_a_body_that_the_question_does_not_name(question: str, text: str, is_so: bool) -> None:
    assert holds(question, "who", text) is is_so


@pytest.mark.parametrize(("text", "is_so"), [("Brown steers it.", False), ("The ferry is steered by Brown.", True)])
def test_who_did_something_else_is_a_name_within_a_sentence(text: str, is_so: bool) -> None:
    assert holds("Who steers the ferry?", "who", text) is is_so


@pytest.mark.parametrize(
    ("text", "block", "is_so"),
    [
        ("The boats are red, green and blue ones.", "paragraph", False),
        ("The boats are painted red, dark green, bright yellow and blue.", "paragraph", True),
        ("The boats (red, dark green, bright yellow and blue) are old.", "paragraph", False),
        ("The boats are these:", "paragraph", True),
        ("red boats", "list_item", True),
        ("red boats | 4", "table_row", True),
        ("船有红色、绿色、蓝色三种。", "paragraph", True),
        ("船（红色、绿色、蓝色）很旧。", "paragraph", False),
        ("船是红色的。", "paragraph", False),
        ("船如下：", "paragraph", True),
    ],
)
def test_a_list_is_an_item_a_row_a_lead_or_three_things_in_a_row_outside_brackets(text: str, block: str, is_so: bool) -> None:
    assert holds("Which boats are there?", "list", text, block) is is_so


def test_a_list_of_amounts_holds_an_amount() -> None:
    question = "What are the sums for the boats?"
    assert holds(question, "list", "red boats | 400 yuan", "table_row") is True
    assert holds(question, "list", "red boats | old", "table_row") is False


@pytest.mark.parametrize(
    ("question", "text", "is_so"),
    [
        ("How old must a skipper be?", "A skipper has sailed for three years.", True),
        ("How old must a skipper be?", "A skipper is calm.", False),
        ("How old must a skipper be?", "A skipper is 21 years old.", True),
        ("How long does a trip take?", "It takes a week.", True),
        ("How wide is the ferry?", "It takes a week.", False),
        ("渡船要满几年？", "使用满三年。", True),
        ("渡船要修多久？", "大约两个月。", True),
        ("渡船要修多久？", "船很旧。", False),
    ],
)
def test_a_time_in_words_answers_how_long_and_how_old(question: str, text: str, is_so: bool) -> None:
    assert holds(question, "figure", text) is is_so


@pytest.mark.parametrize(
    ("question", "text", "is_so"),
    [
        ("How wide is the ferry?", "It was built in 1998.", False),
        ("How much is a ticket?", "A ticket costs 5 yuan.", True),
        ("How much is a ticket of 5 yuan?", "A ticket costs 5 yuan.", False),
        ("船票多少钱？", "船票5元。", True),
        ("船票多少钱？", "渡船建于1998年。", False),
    ],
)
def test_a_year_or_a_figure_of_the_question_is_no_size(question: str, text: str, is_so: bool) -> None:
    assert holds(question, "figure", text) is is_so


@pytest.mark.parametrize(("text", "is_so"), [("In May 2020 it sank.", False), ("It sank in 2021.", True), ("It sank.", False)])
def test_a_date_is_one_that_neither_question_nor_title_names(text: str, is_so: bool) -> None:
    query = plain_query("When did the ferry of May sink?")
    assert has_type(ask(query, lambda _: 1.0), candidate(text, title="Ferries of 2020")) is is_so


@pytest.mark.parametrize(("text", "is_so"), [("It sank because of a leak.", True), ("It sank.", False)])
def test_a_reason_is_told_by_its_connective_and_a_fact_by_nothing(text: str, is_so: bool) -> None:
    assert holds("Why did it sink?", "reason", text) is is_so
    assert holds("Why did it sink?", "fact", text) is None
