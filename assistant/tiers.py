"""Rows and items that grade something by size to the one that the amount in a question falls into."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from assistant.candidates import Candidate
from ingest.figures import Figure, find_figures

_SIZED = ("amount", "count", "number")
_LEAST = 1000
"""A bare number from here on may be money ("half a billion in sales"); below, it may be anything."""


class _Bounds(NamedTuple):
    """From `low` (None: no lower end) to `high` (None: open) of what a row is for, and whether the ends themselves belong to it."""

    low: Decimal | None
    high: Decimal | None
    has_low: bool = True
    has_high: bool = True


def graded(asked: Sequence[Figure], found: Sequence[Candidate]) -> dict[int, bool]:
    """For candidates (by number) of tables and lists that grade an amount of the question: whether it falls into this one.

    {} where the question names no amount, or nothing found grades it. Shares grade nothing: a question that names one checks it.
    Of rows that all admit an amount the narrowest counts.
    """
    groups: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, candidate in enumerate(found):
        if candidate.kind != "sentence":
            block = candidate.passage.chunk.blocks[candidate.block]
            groups[(candidate.passage.chunk.source.id, candidate.kind, block.lead, len(block.cells))].append(number)
    verdicts: dict[int, bool] = {}
    for members in groups.values():
        for amount in (figure for figure in asked if _is_size(figure)):
            verdicts |= _of_group(amount, members, found)
    return verdicts


def _is_size(figure: Figure) -> bool:
    return figure.kind in _SIZED and not figure.unit.startswith("year") and (figure.unit != "" or figure.value >= _LEAST)


def _of_group(amount: Figure, members: Sequence[int], found: Sequence[Candidate]) -> dict[int, bool]:
    """The verdicts by the first column in which at least two rows give a size in the amount's unit, or one a range that leaves it out."""
    columns = max(1, max(len(_cells(found[i])) for i in members))
    for column in range(columns):
        bounds = {i: _bounds(amount, cells[column]) for i in members if column < len(cells := _cells(found[i]))}
        known = {i: one for i, one in bounds.items() if one is not None}
        if len({(one.low, one.high) for one in known.values()}) < 2:
            if any(one.low is not None and one.high is not None and not _holds(amount.value, one) for one in known.values()):
                return dict.fromkeys(known, False)
            continue
        fitting = [i for i, one in known.items() if _holds(amount.value, one)]
        best = min(fitting, key=lambda i: _width(known[i]), default=None)
        return {i: i == best or (best is not None and known[i] == known[best]) for i in known}
    return {}


def _cells(candidate: Candidate) -> list[str]:
    chunk = candidate.passage.chunk
    block = chunk.blocks[candidate.block]
    return [chunk.slice(cell.start, cell.end) for cell in block.cells] or [candidate.text]


def _bounds(amount: Figure, text: str) -> _Bounds | None:
    """What sizes a cell admits: its bounds in the amount's unit, from a bare size on; None where it gives no size."""
    sizes = [figure for figure in find_figures(text) if _alike(amount, figure)]
    if not sizes:
        return None
    if sizes[0].high is not None:
        return _Bounds(sizes[0].value, sizes[0].high)
    low = next((figure for figure in sizes if figure.qualifier in ("at_least", "more_than")), None)
    high = next((figure for figure in sizes if figure.qualifier in ("at_most", "less_than")), None)
    if low is None and high is None:
        return _Bounds(sizes[0].value, None)
    return _Bounds(
        low.value if low else None,
        high.value if high else None,
        low is None or low.qualifier == "at_least",
        high is None or high.qualifier == "at_most",
    )


def _alike(amount: Figure, figure: Figure) -> bool:
    is_bare = not amount.unit and amount.value >= _LEAST
    return figure.kind in _SIZED and (figure.unit == amount.unit or (is_bare and figure.unit == "yuan"))


def _holds(value: Decimal, bounds: _Bounds) -> bool:
    reaches = bounds.low is None or value > bounds.low or (bounds.has_low and value == bounds.low)
    stays = bounds.high is None or value < bounds.high or (bounds.has_high and value == bounds.high)
    return reaches and stays


def _width(bounds: _Bounds) -> tuple[Decimal, Decimal]:
    """Narrower first: the highest lower end, then the lowest upper end."""
    return (-(bounds.low or Decimal(0)), bounds.high if bounds.high is not None else Decimal("Infinity"))
