"""Ruled lines of a PDF page to tables: the cells are where the lines say, whatever stands in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.read.pdf_shapes import Box
from ingest.read.pdf_spans import Span
from ingest.read.tables import is_layout

# Points by which lines of one table may miss each other.
TOUCH = 3.0
# A page with more lines is a drawing.
MAX_LINES = 3000


@dataclass(frozen=True)
class Ruled:
    """A table's place, and for each row and column the text pieces of its cell; a merged cell stands in every place it covers."""

    box: Box
    cells: tuple[tuple[tuple[Span, ...], ...], ...]


def ruled_tables(lines: Sequence[Box], spans: Sequence[Span]) -> list[Ruled]:
    """The tables that the lines make, with the text in them: at least two rows and two columns, not a frame around prose."""
    distinct = list(dict.fromkeys(lines))
    if len(distinct) > MAX_LINES:
        return []
    return [table for group in _groups(distinct) if (table := _table(group, spans)) is not None]


def _groups(lines: Sequence[Box]) -> list[list[Box]]:
    """Lines that meet, directly or over others, together."""
    groups: list[list[Box]] = []
    for line in lines:
        near = [group for group in groups if any(line.touches(other, TOUCH) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([line, *(other for group in near for other in group)])
    return groups


def _table(lines: Sequence[Box], spans: Sequence[Span]) -> Ruled | None:
    across = [line for line in lines if line.right - line.left >= line.top - line.bottom]
    down = [line for line in lines if line.right - line.left < line.top - line.bottom]
    ys = _places([(line.top + line.bottom) / 2 for line in across])[::-1]
    xs = _places([(line.left + line.right) / 2 for line in down])
    if len(xs) < 3 or len(ys) < 3:
        return None
    inside = [span for span in spans if Box(xs[0], ys[-1], xs[-1], ys[0]).holds(span)]
    cells: list[list[tuple[Span, ...]]] = []
    for top, bottom in pairwise(ys):
        row: list[tuple[Span, ...]] = []
        for left, right in pairwise(xs):
            box = _cell(Box(left, bottom, right, top), xs, ys, across, down)
            row.append(tuple(span for span in inside if box.holds(span)))
        cells.append(row)
    texts = [["".join(span.text for span in cell) for cell in row] for row in cells]
    if not inside or is_layout(texts) or sum(bool(cell.strip()) for row in texts for cell in row) < 3:
        return None
    return Ruled(Box(xs[0], ys[-1], xs[-1], ys[0]), tuple(tuple(row) for row in cells))


def _places(values: Sequence[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > TOUCH:
            places.append(value)
    return places


def _cell(box: Box, xs: Sequence[float], ys: Sequence[float], across: Sequence[Box], down: Sequence[Box]) -> Box:
    """The cell with what is merged with it: it reaches to the next line on each side."""
    middle_x, middle_y = (box.left + box.right) / 2, (box.bottom + box.top) / 2

    def closes_x(x: float) -> bool:
        return any(abs((line.left + line.right) / 2 - x) <= TOUCH and line.bottom <= middle_y <= line.top for line in down)

    def closes_y(y: float) -> bool:
        return any(abs((line.top + line.bottom) / 2 - y) <= TOUCH and line.left <= middle_x <= line.right for line in across)

    left = next((x for x in reversed(xs) if x <= box.left and closes_x(x)), xs[0])
    right = next((x for x in xs if x >= box.right and closes_x(x)), xs[-1])
    top = next((y for y in reversed(ys) if y >= box.top and closes_y(y)), ys[0])
    bottom = next((y for y in ys if y <= box.bottom and closes_y(y)), ys[-1])
    return Box(left, bottom, right, top)
