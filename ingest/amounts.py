"""Quantities in text: number, scale, unit and range, with the currency sign before it; dates and references are blanked out already."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ingest.numerals import ARABIC, CHINESE, ENGLISH, number_value
from ingest.units import CURRENCIES, MONEY, UNIT, count_noun, is_counted, unit_of

_SCALE = (
    r"(?:[\s-]?(?i:hundred|thousand|million|billion|trillion)(?![A-Za-z])|\s?(?i:bn|mn|mln|tn|trn)(?![A-Za-z])|[kKmMbB](?![A-Za-z²³0-9])"
    r"|\s?[多余来]?[十百千]?(?:万亿|亿|万)|[多余来]?[百千](?![瓦伏米克字]))"
)
_NUMBER = rf"(?:{ARABIC}|{CHINESE}|(?i:{ENGLISH}))"
_UNIT = rf"(?:{UNIT}(?:\s?(?:/|每|\bper\b)\s?{UNIT})?)"
_SIGN = r"(?:US\$|HK\$|RMB\s?|CNY\s?|USD\s?|人民币|[¥￥$€£])"
_TO = rf"(?:\s?(?P<link>-|–|—|——|~|～|至|到)\s?|\s(?P<word>to|and)\s){_SIGN}?"
_AMOUNT = re.compile(
    rf"(?:(?<![\d.A-Za-z_])|(?<=RMB)|(?<=CNY)|(?<=USD))(?P<a>{_NUMBER})(?P<as>{_SCALE})?[多余来+]?(?:[\s-]?(?P<au>{_UNIT}))?"
    rf"(?P<range>{_TO}(?P<b>{_NUMBER})(?P<bs>{_SCALE})?[多余+]?(?:[\s-]?(?P<bu>{_UNIT}))?)?"
)
_LIST_MARK = re.compile(r"(?:^|\n)[ \t>*#\-(（]*$")
_SIGN_BEFORE = re.compile(rf"{_SIGN}\s?$")
_SHARED_UNIT = re.compile(r"(?:\s?[、/／和或]\s?|,? (?:and|or) )[¥￥$€£]?")
_SCALES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "bn": 9, "mn": 6, "mln": 6, "tn": 12, "trn": 12}
_SCALES |= {"k": 3, "m": 6, "b": 9, "十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}


class Quantity(NamedTuple):
    """A number with its unit in normal form, without the qualifier around it."""

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: str


def quantities(text: str) -> list[Quantity]:
    """Quantities in reading order; list numbers, [1] marks and number words that are none (一般, one of) are left out."""
    found: list[Quantity] = []
    for match in _AMOUNT.finditer(text):
        unit_text = match.group("au") or match.group("bu")
        if not _is_list_mark(text, match) and _is_number(match.group("a"), match.group("as"), unit_text):
            found += _read(text, match)
    return _share_units(found, text)


def _read(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    sign = _SIGN_BEFORE.search(text[max(0, match.start() - 5) : match.start()])
    start = match.start() - len(sign.group()) if sign else match.start()
    money = CURRENCIES.get(sign.group().strip(), "") if sign else ""
    low = (match.group("a"), match.group("as"), match.group("au"))
    if match.group("range") is None:
        yield _negated(_quantity(text, start, match.end(), low, money), text)
        return
    high = (match.group("b"), match.group("bs"), match.group("bu"))
    shared = (low[0], low[1] or (None if low[2] else high[1]), low[2] or high[2])
    upper = _quantity(text, match.start("b"), match.end(), high, money)
    lower = _quantity(text, start, match.start("range"), shared, money)
    before = text[max(0, start - 9) : start]
    # "from 8 to 10 percent" and 从8%到10% tell of a change: two figures, not a range.
    is_change = (match.group("word") == "to" and "from " in before.lower()) or before[-1:] in ("从", "由")
    is_list = match.group("word") == "and" and "between" not in before.lower()
    if is_list:
        yield from (_quantity(text, start, match.start("range"), low, money), upper)
    elif is_change or upper.value < lower.value:
        yield from (lower, upper)
    else:
        yield Quantity(start, match.end(), lower.value, upper.value, upper.unit)


def _quantity(text: str, start: int, end: int, parts: tuple[str, str | None, str | None], money: str) -> Quantity:
    """The quantity of (number, scale, unit); `money` is the currency of a sign before it, "" for none."""
    written, scale, unit_text = parts
    number = (number_value(written) or Decimal(0)) * _scale(scale)
    unit, factor = _unit(unit_text)
    if money and unit not in MONEY:
        unit, factor = money + (f"/{unit}" if unit else ""), Decimal(1)
    noun = "" if unit else count_noun(text[end : end + 80])
    # "30m" is metres unless money or a countable noun follows.
    if scale == "m" and not unit and not noun:
        number, unit = number / 10**6, "m"
    return Quantity(start, end, number * factor, None, unit or noun)


def _negated(quantity: Quantity, text: str) -> Quantity:
    before = text[max(0, quantity.start - 2) : quantity.start]
    is_negative = before[-1:] in ("-", "−") and (len(before) == 1 or before[0] in " (（|:：\n")
    return quantity._replace(start=quantity.start - 1, value=-quantity.value) if is_negative and quantity.value else quantity


def _scale(written: str | None) -> Decimal:
    low = (written or "").strip(" -").lower().lstrip("多余来")
    if low in _SCALES:
        return Decimal(10) ** _SCALES[low]
    return Decimal(10) ** sum(_SCALES[char] for char in low)


def _unit(written: str | None) -> tuple[str, Decimal]:
    if not written:
        return "", Decimal(1)
    parts = re.split(r"\s?(?:/|每|\bper\b)\s?", written, maxsplit=1)
    unit, factor = unit_of(parts[0].strip())
    if len(parts) == 1:
        return unit, factor
    below, divisor = unit_of(parts[1].strip())
    return f"{unit}/{below}", factor / divisor


def _is_list_mark(text: str, match: re.Match[str]) -> bool:
    """Whether the number only counts the items of a list ("1." at the start of a line) or points to a note ("[1]")."""
    before, after = text[max(0, match.start("a") - 12) : match.start("a")], text[match.end("a") : match.end("a") + 2]
    leads_line = _LIST_MARK.search(before) is not None and bool(re.match(r"[.、)）](?!\d)", after))
    is_note = before.endswith("[") and after.startswith("]")
    in_brackets = before.endswith(("（", "(")) and after.startswith(("）", ")")) and len(match.group("a")) <= 2
    return leads_line or is_note or in_brackets


def _is_number(written: str, scale: str | None, unit_text: str | None) -> bool:
    """Whether a number word is one: 一般, 统一, 十分, `one of the parks` are not."""
    if written[0].isdigit():
        return True
    unit = unit_of(unit_text)[0] if unit_text else ""
    if scale or unit in MONEY:
        return True
    is_one = written.lower() in ("one", "zero", "一")
    if written[0].isascii():
        return not is_one or (bool(unit) and not unit.startswith("count"))
    if len(written) == 1:
        is_article = is_one and is_counted(unit) and unit not in ("years", "months")
        return unit not in ("", "score") and not is_article
    is_digit_run = not re.search("[十百千万亿点]", written)
    return unit != "" if is_digit_run else True


def _share_units(found: list[Quantity], text: str) -> list[Quantity]:
    """100、300、500万元 and 1m / 3m / 5m yuan: a bare number takes scale and unit of the next quantity of its list."""
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        this, following = shared[index], shared[index + 1]
        if is_counted(following.unit) or not following.unit or not _SHARED_UNIT.fullmatch(text[this.end : following.start]):
            continue
        own = re.search(ARABIC, text[following.start : following.end])
        written = number_value(own.group()) if own else None
        if this.unit == "m" and following.unit in MONEY:
            shared[index] = this._replace(value=this.value * 10**6, unit=following.unit)
        elif this.unit == "" and this.value < 10**4 and written:
            shared[index] = this._replace(value=this.value * following.value / written, unit=following.unit)
    return shared
