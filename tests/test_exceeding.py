"""Questions whether one thing exceeds another: what each is, so that both figures are told."""

import pytest

from assistant.exceeding import exceeding
from assistant.folding import language_of


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Is the fee for ferries higher than for barges?", ["What is the fee for ferries?", "What is the fee for barges?"]),
        ("Was the ferry fee lower than the barge fee?", ["What is the ferry fee?", "What is the barge fee?"]),
        (
            "Does the harbour pay more than the town for a new boat?",
            ["How much does the harbour pay for a new boat?", "How much does the town pay for a new boat?"],
        ),
        ("Do ferries get more money than barges?", ["How much money do ferries get?", "How much money do barges get?"]),
        ("渡轮的奖励比驳船高吗?", ["渡轮的奖励是多少?", "驳船的奖励是多少?"]),
        ("渡轮奖励比驳船高多少?", ["渡轮的奖励是多少?", "驳船的奖励是多少?"]),
        ("渡轮的补贴比驳船的补贴多多少?", ["渡轮的补贴是多少?", "驳船的补贴是多少?"]),
        ("渡轮比驳船奖得多吗?", ["渡轮奖多少?", "驳船奖多少?"]),
        ("2024年版规范的长度要求比2021年版高吗?", ["2024年版规范的长度要求是多少?", "2021年版规范的长度要求是多少?"]),
    ],
)
def test_each_thing_is_asked_for(question: str, asked: list[str]) -> None:
    split = exceeding(question, language_of(question))
    assert split is not None
    assert [side.question for side in split.sides] == asked
    assert not split.is_sure


@pytest.mark.parametrize(
    "question",
    [
        "Is the fee higher than before?",
        "Is it higher than the barge fee?",
        "Is the fee more than 10 million yuan?",
        "What is the fee for ferries?",
        "渡轮的奖励比以前高吗?",
        "比例是多少?",
        "渡轮的奖励是多少?",
    ],
)
def test_a_time_a_figure_or_a_pronoun_is_no_thing(question: str) -> None:
    assert exceeding(question, language_of(question)) is None
