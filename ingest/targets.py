"""Statements to targets: which figures of a text are aims for a year, and not outturns, conditions, awards or calculations."""

import re
from collections.abc import Iterable, Iterator

from ingest import target_cues as cues
from ingest.figures import Figure, find_figures
from ingest.qualifiers import Qualifier
from ingest.schema import Record
from ingest.statements import Statement, Terms


class Target(Record):
    """One aim: `indicator` is to have `value` (as written) in `year`. `base` and `scope` are "" where the text names none."""

    indicator: str
    value: str
    figures: tuple[Figure, ...]
    unit: str
    qualifier: Qualifier
    year: int | None
    base: str
    scope: str
    start: int
    end: int


_YEAR_DIVISOR = {"year": 1, "month": 100, "day": 10**4}


def targets_of(statement: Statement, published_year: int | None, terms: Terms | None) -> Iterator[Target]:
    """The targets of one statement; a document's publication year tells aims from outturns where the words do not."""
    if statement.block.kind == "table_row":
        yield from _of_row(statement, terms)
        return
    # What stands in brackets repeats or converts; blanked, it keeps the offsets.
    text = cues.BRACKETS.sub(lambda match: " " * len(match.group()), statement.text)
    figures = find_figures(text)
    under_aims = _is_about_aims(statement.heading[-2:]) or bool(cues.AIM.search(statement.lead))
    if _states_aim(statement, text, figures, published_year, under_aims):
        for figure in figures:
            if _is_value(figure, figures, text, under_aims):
                yield _target(statement, text, figure, figures, terms)


def _is_about_aims(headings: Iterable[str]) -> bool:
    return any(cues.AIM_HEADING.search(heading) and not cues.OUTTURN_HEADING.search(heading) for heading in headings)


def _states_aim(statement: Statement, text: str, figures: tuple[Figure, ...], published_year: int | None, under_aims: bool) -> bool:
    if cues.NOT_A_TARGET.search(statement.text) or cues.NOT_A_TARGET.search(statement.lead):
        return False
    if any(cues.NOT_A_TARGET.search(heading) for heading in statement.heading[-1:]):
        return False
    years = [_year_of(figure) for figure in figures if figure.unit in _YEAR_DIVISOR]
    is_past = bool(years) and published_year is not None and max(years) < published_year
    has_aim = cues.AIM.search(text) is not None
    if not has_aim and (is_past or cues.OUTTURN.search(text)):
        return False
    attains = cues.ATTAINS.search(text) is not None
    has_deadline = bool(years) and cues.DEADLINE.search(text) is not None
    is_listed = statement.block.kind == "list_item"
    return has_aim or (attains and (has_deadline or under_aims)) or (under_aims and is_listed)


def _is_value(figure: Figure, figures: tuple[Figure, ...], text: str, under_aims: bool) -> bool:
    """Whether a figure is what is aimed at, rather than a condition, a conversion, an outturn or the size of what is spoken of."""
    if figure.kind not in cues.VALUE_KINDS or figure.unit in cues.DURATIONS:
        return False
    before, after = text[: figure.start], text[figure.end :]
    if cues.CONDITION_AFTER.match(after) or cues.CONDITION_BEFORE.search(before):
        return False
    if figure.kind in ("count", "number") and cues.OUTLINE_AFTER.match(after):
        return False
    begin, end = _clause(text, figure)
    clause = text[begin:end]
    is_outturn = cues.OUTTURN.search(clause) is not None and not cues.AIM.search(clause)
    is_before_aim = not under_aims and not (cues.AIM.search(text, 0, end) or cues.DEADLINE.search(text, 0, end))
    return not (
        is_outturn
        or is_before_aim
        or cues.MENTIONS.search(clause)
        or _is_scope(figure, figures, text)
        or _is_size_of_counted(figure, figures, text)
    )


def _clause(text: str, figure: Figure) -> tuple[int, int]:
    begin = max((match.end() for match in cues.CLAUSE.finditer(text, 0, figure.start)), default=0)
    stop = cues.CLAUSE.search(text, figure.end)
    return begin, stop.start() if stop else len(text)


def _is_size_of_counted(figure: Figure, figures: tuple[Figure, ...], text: str) -> bool:
    """`12 firms of 10 billion yuan`: the amount says which firms are counted."""
    counted = [other for other in figures if other.kind in ("count", "number") and other.end <= figure.start]
    if figure.kind != "amount" or not counted:
        return False
    between = text[counted[-1].end : figure.start]
    return cues.SIZE_LINK.fullmatch(between) is not None and not cues.ATTAINS.search(between)


def _is_scope(figure: Figure, figures: tuple[Figure, ...], text: str) -> bool:
    """`five provinces are to exceed 1 trillion`: a figure before the verb, in a clause that has another after it, only says of what."""
    begin, end = _clause(text, figure)
    later = [other for other in figures if figure.end <= other.start < end and other.kind in cues.VALUE_KINDS]
    stands_before_verb = not cues.ATTAINS.search(_without_dates(text, begin, figure.start, figures))
    return stands_before_verb and any(cues.ATTAINS.search(text[figure.end : other.end]) for other in later)


def _without_dates(text: str, start: int, end: int, figures: tuple[Figure, ...]) -> str:
    for figure in figures:
        if figure.kind == "date" and start <= figure.start < end:
            text = text[: figure.start] + " " * (figure.end - figure.start) + text[figure.end :]
    return text[start:end]


def _target(statement: Statement, text: str, figure: Figure, figures: tuple[Figure, ...], terms: Terms | None) -> Target:
    base = cues.BASE.search(text)
    return Target(
        indicator=_indicator(statement, text, figure, figures, terms),
        value=figure.surface.strip(),
        figures=(figure,),
        unit=figure.unit,
        qualifier=figure.qualifier,
        year=_year(statement, text, figure, figures, base),
        base=(base.group(1) or base.group(2)) if base else "",
        scope=_scope(text, terms),
        start=statement.start,
        end=statement.end,
    )


def _year(statement: Statement, text: str, figure: Figure, figures: tuple[Figure, ...], base: re.Match[str] | None) -> int | None:
    """The deadline nearest before the figure, else after it, else any other year of the statement, its lead or its heading."""
    base_span = base.span() if base else (-1, -1)
    dated = [one for one in figures if one.unit in _YEAR_DIVISOR and not base_span[0] <= one.start < base_span[1]]
    due = [one for one in dated if one.high is not None or cues.ENDS_IN_CUE.search(text[: one.start])]
    beside = [one for one in dated if cues.BESIDE.fullmatch(text[figure.end : one.start])]
    for group in (beside, due, dated):
        before = [one for one in group if one.start < figure.start]
        for one in [*before[::-1], *group][:1]:
            return _year_of(one)
    for context in (statement.lead, *(statement.heading[::-1] if _is_about_aims(statement.heading) else ())):
        years = [one for one in find_figures(context) if one.unit in _YEAR_DIVISOR]
        if years:
            return _year_of(years[-1])
    return None


def _year_of(figure: Figure) -> int:
    return int(figure.high or figure.value) // _YEAR_DIVISOR[figure.unit]


def _scope(text: str, terms: Terms | None) -> str:
    """Places and size limits named in the statement, in reading order."""
    found = [(match.start(), match.group()) for match in cues.SCOPE.finditer(text)]
    if terms:
        found += [(mention.start, mention.surface) for mention in terms.find(text) if mention.term.kind == "place"]
    return "; ".join(dict.fromkeys(surface for _, surface in sorted(found)))


def _indicator(statement: Statement, text: str, figure: Figure, figures: tuple[Figure, ...], terms: Terms | None) -> str:
    """What is measured: what a count counts, the indicator term nearest before the figure, else the subject of its clause."""
    begin, end = _clause(text, figure)
    if figure.kind in ("count", "number") and (noun := cues.COUNTED_NOUN.match(text[figure.end : end])):
        return noun.group().strip()
    named = [mention.surface for mention in terms.find(text[: figure.start]) if mention.term.kind == "indicator"] if terms else []
    if named:
        return named[-1]
    before = _trimmed(cues.DATE_PHRASE.sub(" ", _without_dates(text, begin, figure.start, figures)))
    verbs = list(cues.ATTAINS.finditer(before))
    subject = _trimmed(before[: verbs[-1].start()] if verbs else before)
    following = _trimmed(text[figure.end : end])
    return subject or following or (statement.heading[-1] if statement.heading else "")


def _trimmed(words: str) -> str:
    """A subject without the cue and the deadline that open its clause."""
    for _ in range(3):
        words = cues.OPENING.sub("", cues.EDGES.sub("", words), count=1)
    return re.sub(r"\s+", " ", cues.EDGES.sub("", words))


def _of_row(statement: Statement, terms: Terms | None) -> Iterator[Target]:
    """A table row under targets: each cell with a figure, except the first, which names the indicator."""
    cells = statement.block.cells
    texts = [statement.text[cell.start - statement.start : cell.end - statement.start] for cell in cells]
    context = " ".join([*statement.heading[-2:], statement.lead])
    if cues.NOT_A_TARGET.search(statement.lead) or len(cells) < 2:
        return
    marks_aims = any(cues.AIM_HEADING.search(cell.head) for cell in cells)
    for cell, text in list(zip(cells, texts, strict=True))[1:]:
        is_aim = bool(cues.AIM_HEADING.search(cell.head)) if marks_aims else _is_about_aims([context])
        is_past = bool(cues.OUTTURN.search(cell.head + text) or cues.BASE_HEAD.search(cell.head))
        values = [figure for figure in find_figures(text) if figure.kind in cues.VALUE_KINDS]
        if values and is_aim and not is_past:
            yield _cell_target(statement, texts[0], cell.head, text, values[0], terms)


def _cell_target(statement: Statement, name: str, head: str, text: str, figure: Figure, terms: Terms | None) -> Target:
    years = [
        one for where in (text, head, statement.lead, *statement.heading[::-1]) for one in find_figures(where) if one.unit in _YEAR_DIVISOR
    ]
    return Target(
        indicator=name.strip(),
        value=figure.surface.strip(),
        figures=(figure,),
        unit=figure.unit,
        qualifier=figure.qualifier,
        year=_year_of(years[0]) if years else None,
        base="",
        scope=_scope(f"{name} {head}", terms),
        start=statement.start,
        end=statement.end,
    )
