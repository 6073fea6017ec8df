"""What a PDF page draws besides text: straight lines, which rule tables, and dots, which mark list items."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ingest.read.pdf_operations import Operation
from ingest.read.pdf_spans import Span

# Points. A filled box that is thinner is a line; a line that is shorter is a mark or part of a drawing.
THIN, MIN_LENGTH = 2.5, 6.0
# A dot of a list is about a third of its text's size and stands up to this many sizes before it.
MIN_DOT, MAX_DOT, MAX_INDENT = 0.12, 0.75, 2.6
# A page with more dots is a chart.
MAX_DOTS = 200
BULLET = "•"
_STROKES, _FILLS = (b"S", b"s", b"B", b"B*", b"b", b"b*"), (b"f", b"F", b"f*")

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle, its corners in points; also a line, when it is flat."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    def touches(self, other: "Box", slack: float) -> bool:
        """Whether the two meet, give or take `slack`."""
        beside = self.left <= other.right + slack and other.left <= self.right + slack
        return beside and self.bottom <= other.top + slack and other.bottom <= self.top + slack

    def holds(self, span: Span) -> bool:
        """Whether the middle of a piece of text lies inside."""
        middle, height = (span.left + span.right) / 2, span.y + 0.3 * span.size
        return self.left < middle < self.right and self.bottom < height < self.top


@dataclass
class Shapes:
    """Straight lines as flat boxes, and small shapes about as high as wide."""

    lines: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)


def page_shapes(operations: Iterable[Operation]) -> Shapes:
    """The lines and dots that the operations draw."""
    pen = _Pen()
    for operands, operator in operations:
        pen.follow(operands, operator)
    return pen.shapes


class _Pen:
    """Follows the path operators of a page."""

    def __init__(self) -> None:
        self.shapes = Shapes()
        self._matrix: Matrix = (1, 0, 0, 1, 0, 0)
        self._kept: list[Matrix] = []
        self._paths: list[list[Point]] = []
        self._boxes: list[Box] = []

    def follow(self, operands: Any, operator: bytes) -> None:
        """Take one operator into account."""
        if operator == b"q":
            self._kept.append(self._matrix)
        elif operator == b"Q":
            self._matrix = self._kept.pop() if self._kept else self._matrix
        elif operator == b"cm":
            self._matrix = _times([float(number) for number in operands], self._matrix)
        elif operator == b"m":
            self._paths.append([self._placed(operands)])
        elif operator in (b"l", b"c", b"v", b"y") and self._paths:
            self._paths[-1].append(self._placed(operands[-2:]))
        elif operator == b"h" and self._paths:
            self._paths[-1].append(self._paths[-1][0])
        elif operator == b"re":
            left, bottom, width, height = (float(number) for number in operands)
            self._boxes.append(_around([self._placed((left, bottom)), self._placed((left + width, bottom + height))]))
        elif operator in _STROKES or operator in _FILLS:
            self._paint(is_stroked=operator in _STROKES)
        elif operator == b"n":
            self._paths, self._boxes = [], []

    def _placed(self, point: Any) -> Point:
        x, y = float(point[0]), float(point[1])
        a, b, c, d, e, f = self._matrix
        return x * a + y * c + e, x * b + y * d + f

    def _paint(self, *, is_stroked: bool) -> None:
        for path in self._paths:
            if is_stroked:
                self.shapes.lines += [side for side in map(_around, pairwise(path)) if _is_line(side)]
            elif _is_line(_around(path)):
                self.shapes.lines.append(_around(path))
            if len(path) > 2:
                self._keep_dot(_around(path))
        for box in self._boxes:
            self.shapes.lines += _sides(box) if is_stroked and not _is_line(box) else [box] if _is_line(box) else []
            self._keep_dot(box)
        self._paths, self._boxes = [], []

    def _keep_dot(self, box: Box) -> None:
        if max(box.width, box.height) < 20 and 0.75 * box.height < box.width < 1.33 * box.height:
            self.shapes.dots.append(box)


def _times(first: Sequence[float], second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _around(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _is_line(box: Box) -> bool:
    return min(box.width, box.height) <= THIN and max(box.width, box.height) >= MIN_LENGTH


def _sides(box: Box) -> list[Box]:
    across = [Box(box.left, y, box.right, y) for y in (box.bottom, box.top)]
    down = [Box(x, box.bottom, x, box.top) for x in (box.left, box.right)]
    return [side for side in (*across, *down) if _is_line(side)]


def with_bullets(spans: Sequence[Span], dots: Sequence[Box]) -> list[Span]:
    """The spans with a bullet in the place of each drawn dot that stands alone before the first word of a line."""
    if len(dots) > MAX_DOTS:
        return list(spans)
    found = {bullet for dot in dots if (bullet := _bullet(spans, dot)) is not None}
    return [*spans, *found]


def _bullet(spans: Sequence[Span], dot: Box) -> Span | None:
    height = (dot.bottom + dot.top) / 2
    beside = [span for span in spans if span.text.strip() and span.y <= height <= span.y + 0.9 * span.size]
    after = min((span for span in beside if span.left >= dot.right), key=lambda span: span.left, default=None)
    if after is None or not MIN_DOT * after.size < dot.width < MAX_DOT * after.size:
        return None
    reach = MAX_INDENT * after.size
    is_first = not any(span.left < dot.right and span.right > dot.left - reach for span in beside)
    return Span(BULLET, dot.left, dot.right, after.y, after.size, False) if is_first and after.left - dot.right < reach else None
