"""The type of answer a question asks for, and whether a text holds one."""

import pytest

from assistant.answer_type import expected_unit, same_value
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
