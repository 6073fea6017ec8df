"""The figure that a question asks for: told from other figures, and from what the question said itself."""

from pathlib import Path

import pytest

from assistant.asked_figure import has_own_language, holds_asked, holds_bound, told_with
from assistant.kinds import Kind
from tests.toys import candidate_of, toy_index


@pytest.mark.parametrize(
    ("question", "kind", "right", "wrong"),
    [
        ("When does the scheme end?", "date", "It ends on 31 December 2028.", "It pays 3 million yuan."),
        ("How long does it run?", "date", "It runs for 3 years.", "It pays 3 percent."),
        ("What share is paid?", "figure", "It pays 20 percent.", "It pays 3 million yuan."),
        ("How much is paid?", "figure", "It pays 3 million yuan.", "It serves 30 firms."),
        ("How many firms are served?", "count", "It serves 30 firms.", "It began in May 2024."),
        ("什么时候截止？", "date", "2028年12月31日截止。", "补贴3万元。"),
        ("补百分之几？", "figure", "按投资的20%补贴。", "补贴3万元。"),
        ("奖多少？", "figure", "奖励30万元。", "共有30户企业。"),
        ("扶持多少户企业？", "figure", "共有30户企业。", "2028年底前完成。"),
    ],
)
def test_a_figure_answers_only_where_it_is_of_the_kind_asked_for(question: str, kind: Kind, right: str, wrong: str) -> None:
    assert holds_asked(question, kind, right)
    assert not holds_asked(question, kind, wrong)


@pytest.mark.parametrize(
    ("question", "repeated", "more"),
    [
        ("What does a firm with 3 million yuan get?", "A firm with 3 million yuan applies.", "A firm with 3 million yuan gets 20 percent."),
        ("投资3万元的企业补多少？", "投资3万元的企业可以申请。", "投资3万元的企业补贴1万元。"),
    ],
)
def test_a_figure_that_the_question_states_itself_is_no_answer(question: str, repeated: str, more: str) -> None:
    assert not holds_asked(question, "figure", repeated)
    assert holds_asked(question, "figure", more)


@pytest.mark.parametrize(
    ("question", "bound", "other"),
    [
        ("What is the cap?", "It pays up to 3 million yuan.", "It pays at least 3 million yuan."),
        ("What is the minimum investment?", "At least 3 million yuan.", "Up to 3 million yuan."),
        ("上限是多少？", "不超过30万元。", "不低于30万元。"),
        ("最低要投多少？", "不低于30万元。", "不超过30万元。"),
        ("What is the cap?", "It pays up to 3 million yuan.", "It pays 3 million yuan."),
    ],
)
def test_a_cap_is_told_from_a_floor_and_from_a_plain_amount(question: str, bound: str, other: str) -> None:
    assert holds_bound(question, bound)
    assert not holds_bound(question, other)


@pytest.mark.parametrize(("question", "text"), [("How much is paid?", "Up to 3 million yuan."), ("补多少？", "不超过30万元。")])
def test_no_bound_is_held_where_none_is_asked_for(question: str, text: str) -> None:
    assert not holds_bound(question, text)


def test_a_row_is_told_with_its_column_heads_and_headings_but_without_the_title(tmp_path: Path) -> None:
    index = toy_index(tmp_path)
    row = candidate_of(index, "highest grant for a pilot line", "Pilot line")
    told = told_with(row)
    assert "Highest grant" in told
    assert "Support" in told
    assert "Valley plan for robot making" not in told
    assert has_own_language([row], "en")
    assert not has_own_language([row], "zh")
    index.close()
