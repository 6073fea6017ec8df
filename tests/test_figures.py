"""Figures in text: one normal form for both languages, and what counts as the same figure."""

import time
from decimal import Decimal

import pytest

from ingest.figures import Figure, find_figures, same, supports


def only(text: str) -> Figure:
    (figure,) = find_figures(text)
    return figure


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("over 230 billion yuan", 230 * 10**9, "yuan", "more_than"),
        ("2300亿元以上", 230 * 10**9, "yuan", "at_least"),
        ("不低于二千三百亿元", 230 * 10**9, "yuan", "at_least"),
        ("RMB 230 bn or more", 230 * 10**9, "yuan", "at_least"),
        ("at least RMB230bn", 230 * 10**9, "yuan", "at_least"),
        ("２，３００亿元", 230 * 10**9, "yuan", "exact"),
        ("2.3千亿元", 230 * 10**9, "yuan", "exact"),
        ("百亿元", 10**10, "yuan", "exact"),
        ("24万亿元", 24 * 10**12, "yuan", "exact"),
        ("US$33.07 billion", 33_070_000_000, "usd", "exact"),
        ("$1,577 million", 1_577_000_000, "usd", "exact"),
        ("50k yuan", 50_000, "yuan", "exact"),
        ("not exceeding 5m yuan", 5 * 10**6, "yuan", "at_most"),
        ("最高不超过500万元", 5 * 10**6, "yuan", "at_most"),
        ("最高补贴30万元", 300_000, "yuan", "at_most"),
        ("最多可给予奖励50万元", 500_000, "yuan", "at_most"),
        ("至少补助3万元", 30_000, "yuan", "at_least"),
        ("capped at 5 million yuan", 5 * 10**6, "yuan", "at_most"),
        ("about 15 percent", 15, "percent", "about"),
        ("15%左右", 15, "percent", "about"),
        ("百分之十五", 15, "percent", "exact"),
        ("千分之二", Decimal("0.2"), "percent", "exact"),
        ("2‰", Decimal("0.2"), "percent", "exact"),
        ("三成", 30, "percent", "exact"),
        ("3个百分点", 3, "point", "exact"),
        ("3 percentage points", 3, "point", "exact"),
        ("减半", 50, "percent", "exact"),
        ("节约30%", 30, "percent", "exact"),
        ("-5%", -5, "percent", "exact"),
        ("0.3元/千瓦时", Decimal("0.0003"), "yuan/wh", "exact"),
        ("0.3 yuan per kWh", Decimal("0.0003"), "yuan/wh", "exact"),
        ("30万千瓦", 300_000_000, "w", "exact"),
        ("110 kV or higher", 110_000, "v", "at_least"),
        ("28纳米", Decimal("28e-9"), "m", "exact"),
        ("20m+ yuan", 20 * 10**6, "yuan", "at_least"),
        ("1500余家", 1500, "count:firm", "more_than"),
        ("above 7,500 above-size industrial firms", 7500, "count:firm", "more_than"),
        ("300人以上", 300, "persons", "at_least"),
        ("300 persons or more", 300, "persons", "at_least"),
        ("twenty-five projects", 25, "count:project", "exact"),
        ("近三年", 3, "years", "exact"),
        ("两年内", 2, "years", "at_most"),
        ("2000 firms", 2000, "count:firm", "exact"),
        ("五大产业", 5, "count:", "exact"),
        ("3个省级以上平台", 3, "count:", "exact"),
    ],
)
def test_a_figure_has_one_normal_form(text: str, value: int | Decimal, unit: str, qualifier: str) -> None:
    figure = only(text)
    assert (figure.value, figure.unit, figure.qualifier) == (value, unit, qualifier)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("20-30%", 20, 30, "percent"),
        ("20 to 30 million yuan", 20 * 10**6, 30 * 10**6, "yuan"),
        ("20万元至30万元", 200_000, 300_000, "yuan"),
        ("800万—1亿元", 8 * 10**6, 10**8, "yuan"),
        ("between 20 and 30 firms", 20, 30, "count:firm"),
        ("2023—2025年", 2023, 2025, "year"),
        ("2023-2025", 2023, 2025, "year"),
        ("2026-28", 2026, 2028, "year"),
        ("from 2023 to 2025", 2023, 2025, "year"),
    ],
)
def test_a_range_is_one_figure(text: str, low: int, high: int, unit: str) -> None:
    figure = only(text)
    assert (figure.value, figure.high, figure.unit) == (low, high, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("31 December 2025", 20251231, "day"),
        ("December 31, 2025", 20251231, "day"),
        ("2025年12月31日", 20251231, "day"),
        ("二〇二五年十二月三十一日", 20251231, "day"),
        ("2025-12-31", 20251231, "day"),
        ("2025年3月", 202503, "month"),
        ("March 2025", 202503, "month"),
        ("2025年", 2025, "year"),
        ("by 2025 firms must report", 2025, "year"),
        ("12月31日前", 1231, "month_day"),
        ("“十四五”期间", 14, "five_year_plan"),
        ("the 14th Five-Year Plan", 14, "five_year_plan"),
    ],
)
def test_dates_are_read_in_both_languages(text: str, value: int, unit: str) -> None:
    figure = only(text)
    assert (figure.kind, figure.value, figure.unit) == ("date", value, unit)


def test_a_change_from_one_value_to_another_is_two_figures() -> None:
    assert [figure.value for figure in find_figures("rose from 8% to 10%")] == [8, 10]
    assert [figure.value for figure in find_figures("由8%到10%")] == [8, 10]


def test_a_list_of_amounts_shares_the_last_unit() -> None:
    assert [int(figure.value) for figure in find_figures("分别给予100、300、500万元奖励")] == [10**6, 3 * 10**6, 5 * 10**6]
    assert [int(figure.value) for figure in find_figures("one-off 1m / 3m / 5m yuan")] == [10**6, 3 * 10**6, 5 * 10**6]


def test_words_that_only_look_like_numbers_are_no_figures() -> None:
    assert find_figures("一般企业统一办理，十分重要；千方百计，万一。一方面，二是") == ()
    assert find_figures("one of the parks, in the first half of the year") == ()
    assert find_figures("1. Purpose\n2. Scope [3]\n（一）目的") == ()


def test_a_document_number_matches_only_as_a_whole() -> None:
    whole = only("晋政发〔2021〕17号")
    assert whole.kind == "reference"
    assert same(whole, find_figures("根据晋政发〔2021〕17号")[0])
    assert same(whole, only("No. 17 of 2021"))
    assert not same(whole, only("晋政发〔2021〕7号"))
    assert not same(whole, only("晋政发〔2022〕17号"))
    assert not same(whole, only("并政发〔2021〕17号"))


def test_an_ordinal_is_not_a_count() -> None:
    assert only("第三代半导体").kind == "ordinal"
    assert same(only("第五条"), only("Article 5"))
    assert not same(only("第三"), only("三家"))


def test_the_span_covers_qualifier_sign_and_unit() -> None:
    text = "revenue of more than $2.5 million in all"
    figure = only(text)
    assert text[figure.start : figure.end] == figure.surface == "more than $2.5 million"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("2300亿元以上", "more than 230 billion yuan", True),
        ("2300亿元以上", "230 billion yuan", False),
        ("over 230bn yuan", "at least 230bn yuan", False),
        ("not less than 20m yuan", "20 million yuan or more", True),
        ("230bn yuan", "$230bn", False),
        ("15%", "15个百分点", False),
        ("两年", "24 months", True),
        ("300人", "300 people", True),
        ("50 firms", "50 parks", False),
        ("50家", "50 companies", True),
        ("20件", "20 patents", True),
        ("20-30%", "20%", False),
        ("5G", "6G", False),
        ("一半", "50%", True),
    ],
)
def test_same_compares_value_unit_and_qualifier(left: str, right: str, expected: bool) -> None:
    assert same(only(left), only(right)) is expected
    assert same(only(right), only(left)) is expected


def test_a_date_supports_its_year_but_not_the_other_way_round() -> None:
    day, year, span = only("31 December 2025"), only("2025年"), only("2021-2025")
    assert supports(day, year)
    assert not supports(year, day)
    assert supports(span, year)
    assert not supports(span, only("2023年"))


def test_reading_figures_keeps_pace_with_ingest() -> None:
    text = "到2025年，营业收入达到2300亿元以上，年均增长15%左右。It aims at over 230 billion yuan by 31 December 2025.\n" * 3000
    began = time.perf_counter()
    assert len(find_figures(text)) == 15_000
    assert time.perf_counter() - began < 5.0
