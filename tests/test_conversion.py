"""Amounts in the scale that a question asks for."""

from pathlib import Path

import pytest
from toys import passages_of, plain_query, toy_index

from assistant.candidates import candidates
from assistant.conversion import amount_to_convert, asked_scale, conversion, rescaled, stating
from assistant.extract import claim
from assistant.schema import DraftClaim
from ingest.figures import find_figures
from ingest.schema import Language

PLAN = """---
title: Robot plan
---
# Robot plan

Robot makers reach 230 billion yuan a year. Of 100 makers 40 reach 230 billion yuan, the others 5 billion yuan.
A maker receives one million yuan. 机器人企业年收入达到2300亿元。
"""


def claims_of(folder: Path, start: str) -> list[DraftClaim]:
    index = toy_index(folder, {"plan": PLAN})
    found = candidates(passages_of(index, start))
    index.close()
    return [claim(plain_query(start), next(one for one in found if one.text.startswith(start)))]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("How much is 230 billion yuan in trillions?", "trillion"),
        ("How many million yuan does a maker receive?", "million"),
        ("What is the target, in 亿元?", "亿"),
        ("2300亿元是多少万亿？", "万亿"),
        ("目标折合多少万元？", "万"),
        ("请用亿元表示收入目标", "亿"),
        ("收入目标折合多少亿美元？", None),
        ("How many million dollars is that?", None),
        ("How many million is that?", "million"),
        ("How many million chips are made?", None),
        ("企业有多少万户？", None),
        ("What is the target in 2025?", None),
    ],
)
def test_a_question_may_ask_for_a_scale(question: str, name: str | None) -> None:
    scale = asked_scale(question)
    assert (scale.name if scale else None) == name


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How much is 230 billion yuan in trillions?", 230_000_000_000),
        ("2300亿元是多少万亿？", 230_000_000_000),
        ("How many million yuan does a maker of robots receive?", None),
        ("230 billion yuan in 亿元?", 230_000_000_000),
        ("What is the grant if revenue reaches 2 billion yuan, in 万元?", None),
        ("收入达到20亿元的，奖励是多少万元？", None),
        ("Is a firm with 5 million yuan paid 2 million yuan, and how many million more?", None),
    ],
)
def test_a_question_may_state_the_amount_itself(question: str, value: int | None) -> None:
    amount = amount_to_convert(question)
    assert (int(amount.value) if amount else None) == value


@pytest.mark.parametrize(
    ("text", "previous", "question"),
    [
        ("And in trillions?", "What revenue do makers reach?", "What revenue do makers reach, in trillion yuan?"),
        ("in 万元?", "What revenue do makers reach?", "What revenue do makers reach, in 万元?"),
        ("那是多少万元？", "机器人企业年收入是多少？", "机器人企业年收入是多少,以万元表示?"),
        ("What grant in million yuan?", "What revenue do makers reach?", ""),
        ("And the test centre?", "What revenue do makers reach?", ""),
    ],
)
def test_a_scale_alone_asks_the_last_question_again(text: str, previous: str, question: str) -> None:
    assert rescaled(text, previous) == question
    assert not question or asked_scale(question) == asked_scale(text)


@pytest.mark.parametrize(
    ("start", "question", "language", "formula"),
    [
        ("Robot makers reach", "What do robot makers reach, in trillion yuan?", "en", "230 billion yuan = 0.23 trillion yuan"),
        ("Robot makers reach", "How much is 230 billion yuan in 亿元?", "en", "230 billion yuan = 2300亿元"),
        ("机器人企业", "机器人企业年收入是多少万亿元？", "zh", "2300亿元 = 0.23万亿元"),
        ("机器人企业", "机器人企业年收入是多少亿元？", "zh", None),
        (
            "Robot makers reach",
            "What do makers with 5 billion yuan reach, in trillion yuan?",
            "en",
            "230 billion yuan = 0.23 trillion yuan",
        ),
        ("Robot makers reach", "What do robot makers reach?", "en", None),
        ("Of 100 makers", "What do makers reach, in million yuan?", "en", None),
    ],
)
def test_the_conversion_is_a_calculation_of_one_stated_amount(
    start: str, question: str, language: Language, formula: str | None, tmp_path: Path
) -> None:
    found = conversion(question, claims_of(tmp_path, start), language)
    assert [one.text.split(": ")[-1].split("):")[-1] for one in found] == ([formula] if formula else [])
    assert all(one.layout == "calculation" and one.evidence for one in found)


def test_without_a_claim_nothing_is_converted() -> None:
    assert conversion("How many million yuan is it?", [], "en") == []


def test_the_plainest_sentence_that_states_an_amount_is_quoted(tmp_path: Path) -> None:
    index = toy_index(tmp_path, {"plan": PLAN})
    found = candidates(passages_of(index, "robot makers"))[::-1]
    index.close()
    (amount,) = find_figures("230 billion yuan")
    best = stating(amount, found)
    assert best is not None
    assert best.text in ("Robot makers reach 230 billion yuan a year.", "机器人企业年收入达到2300亿元。")
    (other,) = find_figures("7 billion yuan")
    assert stating(other, found) is None
