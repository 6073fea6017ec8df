"""Written numbers of both languages."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.numerals import chinese_value, english_value, number_value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("二千三百亿", 2300 * 10**8),
        ("三十", 30),
        ("十五", 15),
        ("两", 2),
        ("三百五", 350),
        ("三百零五", 305),
        ("一万二千", 12000),
        ("一万二", 12000),
        ("一点五亿", 150_000_000),
        ("二〇二五", 2025),
        ("一万亿", 10**12),
        ("二十四万亿", 24 * 10**12),
        ("一亿五千万", 150_000_000),
        ("壹佰万", 10**6),
        ("百亿", 10**10),
    ],
)
def test_chinese_numerals_have_their_value(written: str, value: int) -> None:
    assert chinese_value(written) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("two hundred and thirty billion", 230 * 10**9),
        ("twenty-five", 25),
        ("a million", 10**6),
        ("one thousand two hundred", 1200),
        ("12", 12),
    ],
)
def test_english_number_words_have_their_value(written: str, value: int) -> None:
    assert number_value(written) == value


def test_words_that_are_no_numbers_have_no_value() -> None:
    assert chinese_value("一般") is None
    assert english_value("two parks") is None
    assert number_value("1,234.5") == Decimal("1234.5")


def written_in_chinese(number: int) -> str:
    """A plain writer, as the reader's counterpart: 万 groups with zeros where a step is skipped."""
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        gap = "零" if 0 < low < 1000 else ""
        return written_in_chinese(high) + "万" + gap + (written_in_chinese(low) if low else "")
    text, pending = "", False
    for step, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, step)
        if digit:
            text += ("零" if pending else "") + "零一二三四五六七八九"[digit] + name
            pending = False
        elif text:
            pending = True
    return text


@given(st.integers(min_value=1, max_value=99_999_999))
def test_every_number_written_out_in_chinese_is_read_back(number: int) -> None:
    assert chinese_value(written_in_chinese(number)) == number
