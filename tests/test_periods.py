"""Periods that a text names, and what held on the day or in the month asked about."""

import pytest
from toys import passages_of, plain_query, toy_index

from assistant.candidates import candidates
from assistant.periods import ALWAYS, Period, holding, moment, periods


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The rate is 6% from 2026-04-01 to 2026-12-31.", [Period(20260401, 20261231)]),
        ("退税率在2026年4月1日至2026年12月31日为6%。", [Period(20260401, 20261231)]),
        ("Between 1 May 2020 and 3 June 2021 it was paid.", [Period(20200501, 20210603)]),
        ("It was paid on 1 May 2020 and 3 June 2021.", []),
        ("The rate is 0 from 1 January 2027 onwards.", [Period(20270101, ALWAYS)]),
        ("自2027年1月1日起为0。", [Period(20270101, ALWAYS)]),
        ("2025年6月1日起施行", [Period(20250601, ALWAYS)]),
        ("In force until 31 December 2027.", [Period(0, 20271231)]),
        ("执行到2027年12月31日。", [Period(0, 20271231)]),
        ("Until 2019 it was 5%, from 2020 it is 4%.", [Period(0, 20191231), Period(20200101, ALWAYS)]),
        ("Issued on 26 September 2022.", []),
        ("", []),
    ],
)
def test_periods_are_told_by_their_ends(text: str, expected: list[Period]) -> None:
    assert periods(text) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What rebate holds in June 2026?", Period(20260601, 20260631)),
        ("2027年1月还能退税吗？", Period(20270101, 20270131)),
        ("What held on 2026-04-01?", Period(20260401, 20260401)),
        ("What is the target for 2025?", None),
        ("What changed between 1 May 2020 and 3 June 2021?", None),
    ],
)
def test_a_question_may_be_about_one_day_or_month(question: str, expected: Period | None) -> None:
    assert moment(question) == expected


RATES = """---
title: Harbour dues
---
# Harbour dues

## Rates

A ferry paid dues of 5% from 2024-12-01. A ferry pays dues of 6% from 2026-04-01 to 2026-12-31. A ferry pays no dues from 2027-01-01.
A ferry is a ship.
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What dues does a ferry pay in June 2026?", [0, 1, -1, 0]),
        ("What dues does a ferry pay in March 2025?", [1, -1, -1, 0]),
        ("What dues does a ferry pay in May 2027?", [0, -1, 1, 0]),
        ("What dues does a ferry pay?", [0, 0, 0, 0]),
    ],
)
def test_the_latest_begun_of_the_periods_holds(question: str, expected: list[float], tmp_path_factory: pytest.TempPathFactory) -> None:
    index = toy_index(tmp_path_factory.mktemp("dues"), {"dues": RATES})
    found = sorted(candidates(passages_of(index, question)), key=lambda candidate: candidate.start)
    index.close()
    assert len(found) == 4
    assert holding(question, found).tolist() == expected


def test_without_candidates_nothing_holds() -> None:
    assert holding(plain_query("What holds in June 2026?").text, []).shape == (0,)
