"""Dates in text to numbers: `31 December 2025` and `2025年12月31日` are both 20251231."""

import re
from decimal import Decimal

from ingest.numerals import number_value
from ingest.units import UNIT, count_noun

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?i:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?"
    r"|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_YEAR = r"(?:19|20)\d\d"
_ZH_YEAR = rf"(?:{_YEAR}|[一二][〇零○九][〇零○一二三四五六七八九]{{2}})"
_TO = r"\s?(?:-|–|—|——|~|～|至|到|\bto\b|\band\b)\s?"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_NOT_INSIDE = r"(?<![\d.,$¥￥€£/A-Za-z-])"
_ZH_NUMBER = r"(?:\d{1,2}|[一二三十]{1,3}|[四五六七八九])"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d)(?P<from>{_ZH_YEAR})年?{_TO}(?P<to>{_ZH_YEAR})年(?!第)",
        rf"(?<!\d)(?P<y>{_ZH_YEAR})\s?年(?:\s?(?P<m>{_ZH_NUMBER})\s?月(?:\s?(?P<d>{_ZH_NUMBER})\s?[日号])?)?",
        rf"(?<!\d)(?P<y>{_YEAR})[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<d>{_DAY})(?!\d)",
        rf"\b(?P<d>{_DAY})(?:st|nd|rd|th)?\s(?P<m>{_MONTH}),?\s(?P<y>{_YEAR})\b",
        rf"\b(?P<m>{_MONTH})\s(?P<d>{_DAY})(?:st|nd|rd|th)?,?\s(?P<y>{_YEAR})\b",
        rf"\b(?P<m>{_MONTH}),?\s(?:of\s)?(?P<y>{_YEAR})\b",
        rf"\b(?P<m>{_MONTH})\s(?P<d>{_DAY})(?:st|nd|rd|th)?\b(?![,.]\d|%)",
        rf"\b(?P<d>{_DAY})(?:st|nd|rd|th)?\s(?P<m>{_MONTH})(?![A-Za-z])",
        r"(?<!\d)(?P<m>1[0-2]|[1-9])月(?:(?P<d>[12]\d|3[01]|[1-9])[日号])?",
        rf"{_NOT_INSIDE}(?:FY ?)?(?P<from>{_YEAR}){_TO}(?P<to>{_YEAR}|\d\d)(?![\d%]|[,.]\d|-\d)",
        r"(?P<plan>[一二三四五六七八九十]{1,3})五(?=[”\"’」』]|规划|期间|时期|末|以来|收官|开局)",
        r"\b(?P<plan>\d\d?)th (?i:five-year plan|fyp)\b",
        rf"(?:\bFY ?|{_NOT_INSIDE})(?P<bare>{_YEAR})(?![\d%]|[,.]\d|\s?[万亿]|[A-Za-z])(?!\s?-?{UNIT})",
    )
)
_BEFORE_YEAR = re.compile(
    r"\b(?:by|in|within|of|since|until|till|for|from|to|year|end|before"
    r"|after|during|through|throughout|late|early|mid|than)[\s-]$",
    re.IGNORECASE,
)


def date_matches(text: str) -> list[tuple[int, int, Decimal, Decimal | None, str]]:
    """(start, end, value, high, unit) of each date, by pattern, not by place; units: year, month, day, month_day, five_year_plan."""
    found: list[tuple[int, int, Decimal, Decimal | None, str]] = []
    for pattern in _PATTERNS:
        fresh = [match for match in pattern.finditer(text) if not match.groupdict().get("bare") or _is_year(text, match)]
        found += [(match.start(), match.end(), *_value(match.groupdict())) for match in fresh]
        text = blanked(text, [match.span() for match in fresh])
    return found


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with each span overwritten, so that later patterns do not read it again; length and offsets stay."""
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        parts += [text[done:start], "\0" * (end - max(start, done))]
        done = max(end, done)
    return "".join([*parts, text[done:]])


def _is_year(text: str, match: re.Match[str]) -> bool:
    """Whether a bare number like 2025 is a year: `2000 firms` is not, `by 2025 firms` is."""
    return not count_noun(text[match.end() : match.end() + 80]) or _BEFORE_YEAR.search(text[: match.start()][-12:]) is not None


def _value(parts: dict[str, str | None]) -> tuple[Decimal, Decimal | None, str]:
    if plan := parts.get("plan"):
        # 十四五 is 十四 + 五: the fourteenth plan of five years.
        return number_value(plan) or Decimal(0), None, "five_year_plan"
    if (start := parts.get("from")) and (end := parts.get("to")):
        first = _number(start)
        last = _number(end) if len(end) == 4 else first // 100 * 100 + _number(end)
        return Decimal(first), Decimal(last), "year"
    year, month, day = parts.get("y") or parts.get("bare"), parts.get("m"), parts.get("d")
    if year is None:
        value = _month(month) * 100 + _number(day)
        return Decimal(value), None, "month_day"
    if month is None:
        return Decimal(_number(year)), None, "year"
    if day is None:
        return Decimal(_number(year) * 100 + _month(month)), None, "month"
    return Decimal(_number(year) * 10**4 + _month(month) * 100 + _number(day)), None, "day"


def _month(written: str | None) -> int:
    low = (written or "").lower()[:3]
    return _MONTHS.index(low) + 1 if low in _MONTHS else _number(written)


def _number(written: str | None) -> int:
    return int(number_value((written or "0").replace("○", "〇")) or 0)
