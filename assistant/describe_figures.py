"""Figures in a firm's own words to fields: each figure goes to the nearest cue whose kind of value it can be."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant import describe_words as words
from assistant.description import Origin, Unclear
from assistant.profile_input import amount_of
from ingest.figures import Figure, find_figures
from ingest.measures import Bilingual

_RANGE = Bilingual(en="a range gives no single value; please give one", zh="范围不能确定单一数值，请填写具体数值")
_FOREIGN = Bilingual(en="not an amount in yuan; please convert", zh="不是人民币金额，请换算")
_SCALE = Bilingual(en="read in the unit of the figure before it", zh="按前一数字的单位理解")
_EARLIER = Bilingual(en="taken as the best earlier year", zh="视为以往最高年度")
_YEARS = Bilingual(en="counted from the year given", zh="按所述年份推算")
_APPROXIMATE = Bilingual(en="said to be approximate or a bound", zh="原文为约数或界限")
_HEADS = Bilingual(en="a number of people where a share is asked; please give the share", zh="给出的是人数，请填写占比")

_CLAUSE_COST, _SENTENCE_COST, _AFTER_COST = 25, 120, 4
_FARTHEST = 60
"""A cue counts for a figure up to this distance in characters; a comma between them counts as 25. Chosen on the examples of the tests."""


def read_figures(text: str, as_of: date) -> Iterator[Origin | Unclear]:
    """Every figure that a cue gives to a field, in the order of the text; `as_of` turns a founding year into years."""
    for field, pattern in words.NONE_AT_ALL.items():
        for match in pattern.finditer(text):
            yield Origin(field=field, value=0, words=match[0], start=match.start(), end=match.end())
    cues = _cues(text)
    scaled: Figure | None = None
    for figure in find_figures(text.replace("个亿", "亿 ").replace("个万", "万 ")):
        cue = _nearest(text, figure, cues) or (_REVENUE if scaled and _continues(text, figure) else None)
        if (of_staff := _share_of_staff(text, figure)) is not None:
            yield _unclear(text, figure, of_staff, _HEADS)
        elif cue is not None and not _is_growth(text, figure, cue):
            found = _read(text, figure, cue, scaled, as_of)
            if found is not None:
                yield found
            if cue.kind == "yuan" and figure.high is None and _scale(figure) > 1:
                scaled = figure


def _read(text: str, figure: Figure, cue: words.Cue, scaled: Figure | None, as_of: date) -> Origin | Unclear | None:
    """What a figure says of its cue's field; None when its unit says nothing of it."""
    if figure.high is not None:
        return _unclear(text, figure, cue.field, _RANGE)
    if figure.unit == "year":
        age = as_of.year - int(figure.value)
        return _origin(text, figure, cue.field, age, _YEARS) if cue.field == "years_registered" and 0 <= age < 200 else None
    value = _value(figure, cue)
    if value is None:
        return _unclear(text, figure, cue.field, _FOREIGN) if cue.kind == "yuan" and figure.kind == "amount" else None
    if cue.kind == "share" and not 0 <= value <= 1:
        return None
    note = None if figure.qualifier == "exact" else _APPROXIMATE
    if cue.kind == "yuan" and value < 1000 and figure.unit == "" and scaled is not None:
        value, note = value * _scale(scaled), _SCALE
    field = _EARLIER_FIELDS.get(cue.field) if _is_earlier(text, figure.start, figure.end) else None
    if field is not None:
        return _origin(text, figure, field, value, note or _EARLIER)
    return _origin(text, figure, cue.field, int(value) if cue.kind == "count" and value == int(value) else value, note)


_EARLIER_FIELDS = {"annual_revenue": "previous_best_revenue", "chain_revenue": "previous_best_chain_revenue"}


def _continues(text: str, figure: Figure) -> bool:
    """Whether a figure without a cue of its own goes on about revenue: "..., up from 85"."""
    return _fits(figure, _REVENUE) and words.EARLIER.search(text[max(0, figure.start - 40) : figure.start]) is not None


def _is_growth(text: str, figure: Figure, cue: words.Cue) -> bool:
    """Whether a percentage tells how much something grew and not which share it has."""
    return cue.kind == "share" and words.GROWTH.search(words.clause_before(text, figure.start)[-12:]) is not None


def _origin(text: str, figure: Figure, field: str, value: float, note: Bilingual | None) -> Origin:
    return Origin(field=field, value=value, words=text[figure.start : figure.end], start=figure.start, end=figure.end, note=note)


def _unclear(text: str, figure: Figure, field: str, why: Bilingual) -> Unclear:
    return Unclear(field=field, words=text[figure.start : figure.end], start=figure.start, end=figure.end, why=why)


_REVENUE = next(cue for cue in words.CUES if cue.field == "annual_revenue")


def _cues(text: str) -> list[tuple[int, int, words.Cue]]:
    """Every cue in the text; of two that overlap the longer stays, then the earlier in the list."""
    matches = [(match.start(), match.end(), cue) for cue in words.CUES for match in cue.pattern.finditer(text)]
    chosen: list[tuple[int, int, words.Cue]] = []
    for start, end, cue in sorted(matches, key=lambda item: item[0] - item[1]):
        if all(end <= other_start or start >= other_end for other_start, other_end, _ in chosen):
            chosen.append((start, end, cue))
    return chosen


def _nearest(text: str, figure: Figure, cues: Sequence[tuple[int, int, words.Cue]]) -> words.Cue | None:
    """The cue closest to a figure among those whose kind of value it can be; a comma or a full stop between them costs extra."""
    best: tuple[float, words.Cue] | None = None
    for start, end, cue in cues:
        if not _fits(figure, cue):
            continue
        before = end <= figure.start
        between = text[end : figure.start] if before else text[figure.end : start]
        inside = start < figure.end and end > figure.start
        cost = 0.0 if inside else len(between) + (0 if before else _AFTER_COST)
        cost += _SENTENCE_COST * len(words.SENTENCE_BREAK.findall(between)) + _CLAUSE_COST * len(words.CLAUSE_BREAK.findall(between))
        if cost <= _FARTHEST and (best is None or cost < best[0]):
            best = (cost, cue)
    if best is None and figure.unit == "persons":
        return next(cue for cue in words.CUES if cue.field == "employees")
    return best[1] if best else _by_unit(figure)


def _by_unit(figure: Figure) -> words.Cue | None:
    """A figure whose unit alone tells the field: nanometres and kilovolts."""
    surface = figure.surface.casefold()
    if figure.unit == "m" and re.search(r"nm|纳米|nanomet", surface):
        return next(cue for cue in words.CUES if cue.field == "line_width_nm")
    if figure.unit == "v" and figure.value >= 1000:
        return next(cue for cue in words.CUES if cue.field == "grid_voltage_kv")
    return None


def _share_of_staff(text: str, figure: Figure) -> str | None:
    """The share field of which a count of people speaks: "45 R&D staff", "研发人员45人"."""
    if figure.unit not in ("persons", ""):
        return None
    near = text[max(0, figure.start - 8) : figure.end + 16]
    for cue in words.CUES:
        if cue.field in ("rd_staff_share", "degree_staff_share"):
            match = cue.pattern.search(near)
            if match and not words.CLAUSE_BREAK.search(near[: match.start()][8:] if match.start() > 8 else near[match.end() : 8]):
                return cue.field
    return None


def _value(figure: Figure, cue: words.Cue) -> float | None:
    """The figure in the unit of the cue's field. "60m sales" counts sales to the reader of figures; months are twelfths of a year."""
    if cue.kind == "yuan" and figure.unit in _SALES:
        return float(figure.value)
    if cue.kind == "years" and figure.unit == "months":
        return round(float(figure.value) / 12, 4)
    return amount_of(figure, cue.kind, cue.field)


_SALES = ("count:sale", "count:revenue", "count:turnover")


def _fits(figure: Figure, cue: words.Cue) -> bool:
    if cue.field == "line_width_nm":
        return figure.unit == "m" and float(figure.value) < 1e-5
    if cue.field == "grid_voltage_kv":
        return figure.unit == "v"
    if cue.field == "years_registered" and figure.unit == "year":
        return True
    if cue.kind == "share":
        return figure.unit == "percent"
    if cue.kind == "years":
        return figure.unit in ("years", "months")
    if cue.field == "employees":
        return figure.unit in ("persons", "")
    if cue.kind == "count":
        return figure.unit.startswith("count:") or figure.unit == ""
    if figure.unit in _SALES:
        return cue.field == "annual_revenue"
    return figure.kind in ("amount", "number") and (
        figure.unit in ("", "yuan", "usd", "eur") or amount_of(figure, "yuan", cue.field) is not None
    )


def _is_earlier(text: str, start: int, end: int) -> bool:
    """Whether the words around a revenue put it in an earlier year; "last year" does so only where this year is named as well."""
    clause = words.clause_before(text, start)
    if words.EARLIER.search(text[max(0, start - 40) : start]) or words.EARLIER_AFTER.search(text[end : end + 40]):
        return True
    return bool(words.LAST_YEAR.search(clause) and words.THIS_YEAR.search(text))


def _scale(figure: Figure) -> float:
    """The factor that the unit words of a figure stand for: 120 million -> 1,000,000."""
    digits = re.search(r"\d+(?:\.\d+)?", figure.surface.replace(",", ""))
    return float(figure.value) / float(digits[0]) if digits and float(digits[0]) else 1.0
