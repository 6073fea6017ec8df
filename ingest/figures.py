"""Text to figures: amounts, shares, dates, counts and document numbers of both languages in one normal form.

`2300亿元以上`, `RMB 230 bn or more` and `不低于二千三百亿元` are the same figure. Offsets are positions in the text given.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from ingest.amounts import quantities
from ingest.dates import blanked, date_matches
from ingest.numerals import ARABIC, CHINESE, PARTS, number_value
from ingest.qualifiers import Qualifier, compatible, qualifier_after, qualifier_before
from ingest.schema import Record
from ingest.units import PERIODS, is_counted

Kind = Literal["amount", "percent", "date", "count", "number", "ordinal", "reference"]


class Figure(Record):
    """One figure; `surface` is its text with qualifier, sign and unit.

    `value` and `high` (the upper end of a range) are in the unit's normal form: yuan, percent, m, w, years, persons, count:<noun>, "".
    Dates are written 2025, 202512 or 20251231 with the unit year, month or day; document numbers have the unit no:<year>:<prefix>.
    """

    start: int
    end: int
    surface: str
    value: Decimal
    high: Decimal | None = None
    unit: str = ""
    qualifier: Qualifier = "exact"
    kind: Kind = "number"


_NARROW = {ord("０") + digit: str(digit) for digit in range(10)} | str.maketrans("．％－～＋＄／＜＞＝\u00a0", ".%-~+$/<>= ")
_WIDE_SEPARATOR = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_DOCUMENT = re.compile(
    r"(?P<prefix>[\u4e00-\u9fff]{2,12})?[〔\[(（【]\s?(?P<y1>(?:19|20)\d\d)\s?[〕\])）】]\s?(?:第|(?i:no\.?)\s?)?(?P<n1>\d+)\s?号?"
    r"|(?P<y2>(?:19|20)\d\d)年第(?P<n2>\d+)号|\b(?i:no)\.\s?(?P<n3>\d+) (?:of|\() ?(?P<y3>(?:19|20)\d\d)\b"
)
_BEFORE_PREFIX = re.compile("^.*(?:根据|按照|依据|依照|印发|[见号和及与以照])")
_ORDINAL = re.compile(
    rf"第(?P<zh>\d+|{CHINESE})(?P<of>[条章节款项号批届期次部编个阶]?)"
    r"|\b(?P<word>No|(?i:no(?=\.)|article|section|chapter|paragraph|item|table|figure|annex|appendix|part|phase))\.?\s(?P<n>\d+(?:\.\d+)?)\b"
    r"|\b(?P<th>\d+)(?:st|nd|rd|th)\b"
)
_ORDINAL_UNITS = {"条": "article", "章": "chapter", "节": "section", "款": "paragraph", "项": "item", "号": "no", "部": "part"}
_FRACTION = re.compile(
    rf"(?P<base>百分之|千分之|万分之)(?P<share>{ARABIC}|{CHINESE})|(?P<below>{CHINESE})分之(?P<top>{CHINESE})|(?P<zhhalf>一半|减半|折半)"
    rf"|\b(?i:(?P<count>one|two|three|four|five|seven|a)[ -](?P<part>{'|'.join(PARTS)})s?\b(?= of\b|(?<=s)\b))"
    r"|(?<!first )(?<!second )(?<!First )(?<!Second )\b(?P<half>[Hh]alf)(?![- ](?:year|a year))\b"
)
_BASES = {"百分之": Decimal(1), "千分之": Decimal("0.1"), "万分之": Decimal("0.01")}
# 5G, N02, TOPCon3, 1+130: names that hold digits; a claim may not change them either.
_MARK = re.compile(
    r"(?<![A-Za-z0-9_.])(?!RMB|CNY|USD)(?:[A-Za-z]+-?\d[A-Za-z0-9]*(?:\.\d+)?|\d+[AC-JN-SUX-Z](?![A-Za-z0-9])|\d+\+\d+)(?![A-Za-z0-9])"
)
REMEMBERED = 20_000
"""Texts whose figures are remembered: an answer reads the same sentences for many questions."""

_TIME = {"years": ("months", 12), "quarters": ("months", 3), "weeks": ("days", 7), "minutes": ("seconds", 60), "hours": ("seconds", 3600)}


@lru_cache(maxsize=REMEMBERED)
def find_figures(text: str) -> tuple[Figure, ...]:
    """All figures of `text` in reading order. List numbers and [1] marks are none; names such as 5G are, as kind `reference`."""
    narrow = _WIDE_SEPARATOR.sub(",", text).translate(_NARROW)
    found: list[Figure] = []
    rest = narrow
    for finder in (_documents, _dates, _ordinals, _fractions, _marks, _amounts):
        fresh = list(finder(narrow, rest))
        found += fresh
        rest = blanked(rest, [(figure.start, figure.end) for figure in fresh])
    ordered = sorted(found, key=lambda figure: figure.start)
    return tuple(figure.model_copy(update={"surface": text[figure.start : figure.end]}) for figure in ordered)


def _documents(narrow: str, rest: str) -> Iterator[Figure]:
    for match in _DOCUMENT.finditer(rest):
        parts = match.groupdict()
        prefix = _BEFORE_PREFIX.sub("", parts["prefix"] or "")
        start = match.start() + len(parts["prefix"] or "") - len(prefix)
        year = next(parts[name] for name in ("y1", "y2", "y3") if parts[name])
        number = next(parts[name] for name in ("n1", "n2", "n3") if parts[name])
        yield _figure(narrow, start, match.end(), Decimal(number), f"no:{year}:{prefix}", "reference")


def _dates(narrow: str, rest: str) -> Iterator[Figure]:
    for start, end, value, high, unit in date_matches(rest):
        yield _figure(narrow, start, end, value, unit, "date", high=high)


def _ordinals(narrow: str, rest: str) -> Iterator[Figure]:
    for match in _ORDINAL.finditer(rest):
        parts = match.groupdict()
        value = number_value(parts["zh"] or parts["n"] or parts["th"] or "")
        word = _ORDINAL_UNITS.get(parts["of"] or "", "") or (parts["word"] or "").lower()
        if value is not None:
            yield _figure(narrow, match.start(), match.end(), value, word, "ordinal")


def _fractions(narrow: str, rest: str) -> Iterator[Figure]:
    for match in _FRACTION.finditer(rest):
        parts = match.groupdict()
        value: Decimal | None = Decimal(50)
        if parts["base"]:
            share = number_value(parts["share"])
            value = None if share is None else share * _BASES[parts["base"]]
        elif parts["below"] or parts["part"]:
            top, below = number_value(parts["top"] or parts["count"]), _denominator(parts)
            value = top * 100 / below if top and below else None
        if value is not None:
            yield _bounded(narrow, match.start(), match.end(), value, None, "percent", "percent")


def _denominator(parts: dict[str, str | None]) -> Decimal | None:
    return number_value(parts["below"]) if parts["below"] else Decimal(PARTS[(parts["part"] or "half").lower()])


def _marks(narrow: str, rest: str) -> Iterator[Figure]:
    for match in _MARK.finditer(rest):
        yield _figure(narrow, match.start(), match.end(), Decimal(0), f"name:{match.group().lower()}", "reference")


def _amounts(narrow: str, rest: str) -> Iterator[Figure]:
    for start, end, value, high, unit in quantities(rest):
        yield _bounded(narrow, start, end, value, high, unit, _kind(unit))


def _kind(unit: str) -> Kind:
    if unit in ("percent", "point"):
        return "percent"
    if is_counted(unit):
        return "count"
    return "amount" if unit else "number"


def _bounded(narrow: str, start: int, end: int, value: Decimal, high: Decimal | None, unit: str, kind: Kind) -> Figure:
    """The figure with the qualifier that stands before or after it."""
    before, begin = qualifier_before(narrow, start)
    # 近三年 is "the last three years", not "about three years".
    if before == "about" and unit in PERIODS and narrow[begin] == "近":
        before, begin = "exact", start
    after, finish = qualifier_after(narrow, end)
    qualifier = before if before != "exact" else after if after != "exact" else _inner_qualifier(narrow[start : end + 1])
    return _figure(narrow, begin, finish, value, unit, kind, high=high, qualifier=qualifier)


def _inner_qualifier(surface: str) -> Qualifier:
    """1500余家, 20多万人 and 20m+ yuan carry their qualifier inside."""
    if re.search(r"[\d十百千万亿][多余]", surface):
        return "more_than"
    return "at_least" if re.search(r"[\dA-Za-z]\+ ", surface) else "exact"


def _figure(
    narrow: str, start: int, end: int, value: Decimal, unit: str, kind: Kind, *, high: Decimal | None = None, qualifier: Qualifier = "exact"
) -> Figure:
    surface = narrow[start:end]
    return Figure(start=start, end=end, surface=surface, value=value, high=high, unit=unit, qualifier=qualifier, kind=kind)


def same(left: Figure, right: Figure) -> bool:
    """Whether two figures say the same: value, unit and qualifier, across languages and scales."""
    if left.kind != right.kind and {left.kind, right.kind} & {"reference", "ordinal", "date"}:
        return False
    if left.kind == "reference":
        return left.value == right.value and _same_name(left.unit, right.unit)
    a, b = _comparable(left), _comparable(right)
    return (
        a[:2] == b[:2]
        and _same_unit(a[2], b[2], left.surface, right.surface)
        and compatible(left.qualifier, left.surface, right.qualifier, right.surface)
    )


def supports(quoted: Figure, claimed: Figure) -> bool:
    """Whether a quoted figure proves a claimed one: the same, or a date of which the claim names only the year, the month or an end."""
    if same(quoted, claimed):
        return True
    if quoted.kind != "date" or claimed.kind != "date" or claimed.high is not None:
        return False
    if quoted.unit == claimed.unit == "year":
        return claimed.value in (quoted.value, quoted.high)
    coarser = {("day", "month"): 100, ("day", "year"): 10**4, ("month", "year"): 100}.get((quoted.unit, claimed.unit))
    return coarser is not None and int(quoted.value) // coarser == int(claimed.value)


def _comparable(figure: Figure) -> tuple[Decimal, Decimal | None, str]:
    unit, factor = _TIME.get(figure.unit, (figure.unit, 1))
    return figure.value * factor, None if figure.high is None else figure.high * factor, unit


def _same_unit(left: str, right: str, left_surface: str, right_surface: str) -> bool:
    if left == right:
        return True
    counts = ("", "persons", "score")
    both_count = all(unit in counts or unit.startswith("count:") for unit in (left, right))
    if not both_count:
        return False
    is_open = {left, right} & {"", "count:"}
    is_translation = left_surface.isascii() != right_surface.isascii() and {left, right} != {"persons", "count:firm"}
    return bool(is_open) or is_translation


def _same_name(left: str, right: str) -> bool:
    if not (left.startswith("no:") and right.startswith("no:")):
        return left == right
    _, left_year, left_prefix = left.split(":", 2)
    _, right_year, right_prefix = right.split(":", 2)
    is_same_series = left_prefix.endswith(right_prefix) or right_prefix.endswith(left_prefix)
    return left_year == right_year and is_same_series
