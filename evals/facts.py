"""Texts to one normal form, so that "230 billion yuan", "2300亿元" and "RMB 230bn" are the same fact.

A number becomes `#digits#`, scale words and separators worked in; the marks keep 5 from being found in 25 or 2025.
"""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

SCALES = {
    "万亿": 12,
    "trillion": 12,
    "tn": 12,
    "千亿": 11,
    "百亿": 10,
    "十亿": 9,
    "billion": 9,
    "bn": 9,
    "亿": 8,
    "千万": 7,
    "百万": 6,
    "million": 6,
    "mn": 6,
    "十万": 5,
    "万": 4,
    "thousand": 3,
    "千": 3,
    "百": 2,
}
"""Powers of ten. A lone `m` or `k` is left alone: 5m is also five metres."""

CHINESE_SCALES = "|".join(sorted((scale for scale in SCALES if not scale.isascii()), key=len, reverse=True))
ENGLISH_SCALES = "|".join(sorted((scale for scale in SCALES if scale.isascii()), key=len, reverse=True))
# 千 before a unit of measure belongs to the unit: 110千伏 is 110 kV, 500万千瓦 is 5 million kW.
NUMBER = re.compile(rf"(?<![\d#.])(\d+(?:\.\d+)?)\s*(?:((?:{CHINESE_SCALES})(?<!千)|千(?![伏瓦克米卡兆赫帕焦]))|({ENGLISH_SCALES})\b)?")
THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?!\d)")
YUAN = re.compile(r"(?:(?:人民币|rmb|cny|¥)\s*)?(#[\d.]+#)\s*(?:(?:人民币|元人民币|元|yuan|rmb|cny)(?![a-z]))?")
POINTS = re.compile(r"(#[\d.]+#)\s*(?:个百分点|percentage points?|pp(?![a-z]))")
PERCENT = re.compile(r"百分之\s*(#[\d.]+#)|(#[\d.]+#)\s*(?:%|percent\b|per cent\b|pct\b)")
SIGNS = str.maketrans("“”‘’‐‑‒–—―−～﹣", "\"\"''-------~-")
WIDE = r"\u3040-\u30ff\u3400-\u9fff"


def plain(text: str) -> str:
    """Lower case, one width, straight quotes and one kind of dash."""
    # A full-width comma parts items of a list and is no thousands separator; width folding would hide that.
    return unicodedata.normalize("NFKC", text.replace("，", ", ").translate(SIGNS)).lower()


def digits(number: str, scale: str | None) -> str:
    """A number without scale, trailing zeros and exponent: ("1.2", "万亿") -> "1200000000000"."""
    value = Decimal(number).scaleb(SCALES[scale] if scale else 0).normalize()
    return f"{value:f}"


def normalise(text: str) -> str:
    """The form in which facts are sought.

    >>> normalise("RMB 2,300亿元, up 5 per cent")
    '#230000000000#, up#5#%'
    """
    text = THOUSANDS.sub(lambda match: match[0].replace(",", ""), plain(text))
    text = NUMBER.sub(lambda match: f"#{digits(match[1], match[2] or match[3])}#", text)
    text = POINTS.sub(r"\1pp", YUAN.sub(r"\1", text))
    text = PERCENT.sub(lambda match: f"{match[1] or match[2]}%", text)
    text = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text)
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(rf" ?(#[^#]*#|[{WIDE}]) ?", r"\1", text)
    return re.sub(rf" ?(#[^#]*#|[{WIDE}]|[-%~]) ?", r"\1", text)


def occurs(fact: str, text: str) -> bool:
    """Whether a fact stands in a text, both normalised.

    A fact that begins with a Latin letter must begin a word, and a last word of up to three letters must be whole:
    "no" is not found in "know" or "not", "enterprise" is found in "enterprises".
    """
    sought = normalise(fact)
    if not sought:
        return False
    start = r"(?<![a-z])" if re.match(r"[a-z]", sought) else ""
    last = re.search(r"(?<![a-z])[a-z]{1,3}$", sought)
    return re.search(f"{start}{re.escape(sought)}{'(?![a-z])' if last else ''}", normalise(text)) is not None


def missing_facts(facts: Sequence[Sequence[str]], text: str) -> list[Sequence[str]]:
    """The facts of which no alternative stands in the text."""
    return [alternatives for alternatives in facts if not any(occurs(one, text) for one in alternatives)]


def numbers_in(text: str) -> list[str]:
    """The normal forms of all numbers of a text, with their percent mark, in reading order."""
    return re.findall(r"#[\d.]+#(?:%|pp)?", normalise(text))


def unlocked_numbers(claim: str, quotes: str) -> list[str]:
    """The numbers of a claim that do not stand in its quotes.

    A table cell holds a bare number whose scale or percent sign stands in the column's head, outside the quote: a number is locked as
    well when its digits alone stand there bare.
    """
    quoted = set(numbers_in(quotes))
    text = THOUSANDS.sub(lambda match: match[0].replace(",", ""), plain(claim))
    bare = {f"#{digits(match[1], match[2] or match[3])}#": f"#{digits(match[1], None)}#" for match in NUMBER.finditer(text)}
    return [one for one in numbers_in(claim) if one not in quoted and bare.get(one.rstrip("%p")) not in quoted]
