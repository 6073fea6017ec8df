"""Written numbers to values: digits with separators, Chinese numerals, English number words."""

import re
from decimal import Decimal

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_FINANCIAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億", "一二三四五六七八九十百千万亿")
_SMALL_STEPS = {"十": 10, "百": 100, "千": 1000}
_LARGE_STEPS = {"万": 10**4, "亿": 10**8}
_ONES = {
    word: value
    for value, word in enumerate(
        [
            *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
            *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        ]
    )
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ENGLISH_STEPS = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
"""The denominators of English fractions, in the singular."""

ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_D = "[零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖]"
_STEP = "[十百千万亿拾佰仟萬億]"
CHINESE = rf"(?:(?:{_D}|[十拾]|[百千](?=[万亿]+[元级])){_STEP}*(?:{_D}|{_STEP})*(?:点{_D}+{_STEP}*)?)"
"""A Chinese numeral that starts with a digit or 十 (百亿元 and 千亿级 too): 千方百计 and 万一 are no numbers."""
_WORD = "|".join([*sorted(_ONES, key=len, reverse=True), *_TENS])
_WORD_STEP = "|".join(_ENGLISH_STEPS)
_LINK = r"(?:[ -]|(?<=hundred) and |(?<=thousand) and |(?<=million) and |(?<=billion) and )"
ENGLISH = rf"(?:\b(?:(?:{_WORD})\b|a(?= (?:{_WORD_STEP})\b))(?:{_LINK}(?:{_WORD}|{_WORD_STEP})\b)*)"
"""English number words; to be compiled with IGNORECASE."""


def number_value(written: str) -> Decimal | None:
    """The value of a number written in digits, Chinese numerals or English words; None when it is none of these."""
    plain = written.strip().replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return Decimal(plain)
    return english_value(plain) if plain[:1].isascii() else chinese_value(plain)


def chinese_value(written: str) -> Decimal | None:
    """二千三百亿, 三百五, 十五, 二〇二五, 一点五亿; None when a character is no numeral."""
    plain = written.translate(_FINANCIAL)
    if not plain or any(
        char not in "点" and char not in _DIGITS and char not in _SMALL_STEPS and char not in _LARGE_STEPS for char in plain
    ):
        return None
    if "点" in plain:
        whole, _, rest = plain.partition("点")
        digits = "".join(str(_DIGITS[char]) for char in rest if char in _DIGITS)
        return (Decimal(f"{_whole(whole)}.{digits}")) * _steps(rest)
    return Decimal(_whole(plain))


def _steps(written: str) -> int:
    product = 1
    for char in written:
        product *= _SMALL_STEPS.get(char, 1) * _LARGE_STEPS.get(char, 1)
    return product


def _whole(plain: str) -> int:
    if all(char in _DIGITS for char in plain):
        return int("".join(str(_DIGITS[char]) for char in plain))
    total = section = 0
    digit: int | None = None
    last_step = 1
    for char in plain:
        if char in _DIGITS:
            digit = _DIGITS[char]
            # 三百零五 says 305, 三百五 says 350: a zero takes the short reading away.
            last_step = 10 if digit == 0 else last_step
        elif char in _SMALL_STEPS:
            last_step = _SMALL_STEPS[char]
            section += (1 if digit is None else digit) * last_step
            digit = None
        else:
            last_step = _LARGE_STEPS[char]
            section += digit or 0
            total = (total + section or 1) * last_step if last_step > total else total + (section or 1) * last_step
            section, digit = 0, None
    return total + section + (digit or 0) * (last_step // 10 if last_step >= 100 else 1)


def english_value(written: str) -> Decimal | None:
    """`two hundred and thirty billion`, `twenty-five`, `a million`; None when a word is no number word."""
    total = current = 0
    for word in re.split(r"[\s-]+", written.lower().replace(",", " ").strip()):
        if word in _ONES:
            current += _ONES[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in _ENGLISH_STEPS:
            total, current = total + (current or 1) * _ENGLISH_STEPS[word], 0
        elif word not in ("and", "a", "an"):
            return None
    return Decimal(total + current)
