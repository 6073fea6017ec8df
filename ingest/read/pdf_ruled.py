"""Ruled lines of a PDF page to tables: the cells are where the lines say, whatever stands in them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ingest.read.pdf_operations import Operation
from ingest.read.pdf_spans import Span
from ingest.read.tables import is_layout

# Points. Lines of one table meet or miss each other by less; a filled box that is thinner is a line.
TOUCH, THIN = 3.0, 2.5
# A line that short is a mark or part of a drawing.
MIN_LENGTH = 6.0
_STROKES, _FILLS = (b"S", b"s", b"B", b"B*", b"b", b"b*"), (b"f", b"F", b"f*")

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle, its corners in points; also a line, when it is flat."""

    left: float
    bottom: float
    right: float
    top: float

    def touches(self, other: "Box") -> bool:
        """Whether the two meet, give or take a little."""
        beside = self.left <= other.right + TOUCH and other.left <= self.right + TOUCH
        return beside and self.bottom <= other.top + TOUCH and other.bottom <= self.top + TOUCH

    def holds(self, span: Span) -> bool:
        """Whether the middle of a piece of text lies inside."""
        middle, height = (span.left + span.right) / 2, span.y + 0.3 * span.size
        return self.left < middle < self.right and self.bottom < height < self.top


@dataclass(frozen=True)
class Ruled:
    """A table's place, and for each row and column the text pieces of its cell; a merged cell stands in every place it covers."""

    box: Box
    cells: tuple[tuple[tuple[Span, ...], ...], ...]


def rules(operations: Iterable[Operation]) -> Iterator[Box]:
    """The straight lines that the operations draw, as flat boxes."""
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    kept: list[Matrix] = []
    path: list[Box] = []
    boxes: list[Box] = []
    at = start = (0.0, 0.0)
    for operands, operator in operations:
        if operator == b"q":
            kept.append(matrix)
        elif operator == b"Q":
            matrix = kept.pop() if kept else matrix
        elif operator == b"cm":
            matrix = _times([float(number) for number in operands], matrix)
        elif operator == b"m":
            at = start = _placed(operands, matrix)
        elif operator == b"l":
            end = _placed(operands, matrix)
            path.append(_box(at, end))
            at = end
        elif operator == b"h":
            path.append(_box(at, start))
            at = start
        elif operator == b"re":
            left, bottom, width, height = (float(number) for number in operands)
            boxes.append(_box(_placed((left, bottom), matrix), _placed((left + width, bottom + height), matrix)))
        elif operator in _STROKES or operator in _FILLS or operator == b"n":
            if operator in _STROKES:
                yield from (line for line in path if _is_line(line))
            if operator != b"n":
                yield from (line for box in boxes for line in _lines(box, is_stroked=operator in _STROKES))
            path, boxes = [], []


def _times(first: Sequence[float], second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _placed(point: Any, matrix: Matrix) -> tuple[float, float]:
    x, y = float(point[0]), float(point[1])
    return x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]


def _box(first: tuple[float, float], second: tuple[float, float]) -> Box:
    return Box(min(first[0], second[0]), min(first[1], second[1]), max(first[0], second[0]), max(first[1], second[1]))


def _is_line(box: Box) -> bool:
    width, height = box.right - box.left, box.top - box.bottom
    return min(width, height) <= THIN and max(width, height) >= MIN_LENGTH


def _lines(box: Box, *, is_stroked: bool) -> list[Box]:
    """The sides of a drawn box, or the box itself where it is as thin as a line; a mere coloured ground has no sides."""
    if _is_line(box):
        return [box]
    if not is_stroked:
        return []
    across = [Box(box.left, y, box.right, y) for y in (box.bottom, box.top)]
    down = [Box(x, box.bottom, x, box.top) for x in (box.left, box.right)]
    return [side for side in (*across, *down) if _is_line(side)]


def ruled_tables(lines: Sequence[Box], spans: Sequence[Span]) -> list[Ruled]:
    """The tables that the lines make, with the text in them: at least two rows and two columns, not a frame around prose."""
    return [table for group in _groups(lines) if (table := _table(group, spans)) is not None]


def _groups(lines: Sequence[Box]) -> list[list[Box]]:
    """Lines that meet, directly or over others, together."""
    groups: list[list[Box]] = []
    for line in lines:
        near = [group for group in groups if any(line.touches(other) for other in group)]
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
