"""Tables ruled across only, as print sets them: a line above the heads, one below them, one at the end, and none between columns."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.read.pdf_ruled import Ruled, ruled_tables
from ingest.read.pdf_shapes import Box
from ingest.read.pdf_spans import Span
from ingest.read.tables import is_layout

# Points by which the ends of the lines of one table may differ, the gap in one line, and its least length.
SAME_END, MEET, MIN_WIDTH = 3.0, 1.5, 100.0
# Parts of the type size: the least gap between two columns, and the widest inside a cell.
COLUMN_GAP, CELL_GAP = 0.9, 1.3
MAX_COLUMNS = 10
# Shares of the cells below the heads: those that hold something, and those that hold a number without a unit.
MIN_FILLED, MAX_NUMBERS = 0.85, 0.1
_NUMBER = re.compile(r"[\s$€£¥￥(（)）\d.,—–-]+")
# Parts of the smallest distance of baselines; rows stand further apart than the lines of one cell.
ROW_DISTANCE = 1.15


def page_tables(lines: Sequence[Box], spans: Sequence[Span]) -> list[Ruled]:
    """All tables that lines rule on a page: those with lines on every side of a cell, then those with lines across only."""
    closed = ruled_tables(lines, spans)
    inked = [span for span in spans if span.text.strip() and not any(table.box.holds(span) for table in closed)]
    return [*closed, *(table for rules in _stacks(lines) if (table := _table(rules, inked)) is not None)]


def _stacks(lines: Sequence[Box]) -> Iterator[list[Box]]:
    """Lines across that begin and end at the same places, from the top; at most a double line counts once."""
    stacks: dict[tuple[int, int], list[Box]] = {}
    for line in sorted(_joined(lines), key=lambda line: -line.top):
        if line.width < MIN_WIDTH or line.height > SAME_END:
            continue
        near = ((left, right) for left, right in stacks if abs(left - line.left) < SAME_END and abs(right - line.right) < SAME_END)
        stack = stacks.setdefault(next(near, (round(line.left), round(line.right))), [])
        if not stack or stack[-1].bottom - line.top > SAME_END:
            stack.append(line)
    yield from (stack for stack in stacks.values() if len(stack) >= 3)


def _joined(lines: Sequence[Box]) -> list[Box]:
    """Lines across at one height that meet, as one: browsers draw them cell by cell."""
    joined: list[Box] = []
    for line in sorted((line for line in lines if line.width > line.height), key=lambda line: (-round(line.top), line.left)):
        last = joined[-1] if joined else None
        if last is not None and abs(last.top - line.top) < MEET and line.left - last.right < MEET:
            joined[-1] = Box(last.left, min(last.bottom, line.bottom), max(last.right, line.right), max(last.top, line.top))
        else:
            joined.append(line)
    return joined


def _table(rules: Sequence[Box], spans: Sequence[Span]) -> Ruled | None:
    box = Box(rules[0].left - SAME_END, rules[-1].bottom, rules[0].right + SAME_END, rules[0].top)
    inside = [span for span in spans if box.holds(span)]
    bands = [[span for span in inside if lower.top < span.y + 0.3 * span.size < upper.bottom] for upper, lower in pairwise(rules)]
    body = [span for band in bands[1:] for span in band]
    columns = _columns(body)
    if not bands[0] or not 2 <= len(columns) <= MAX_COLUMNS or not all(bands):
        return None
    rows = [_placed(bands[0], columns)]
    for band in bands[1:]:
        rows += [_placed(band, columns)] if len(rules) > 3 else [_placed(row, columns) for row in _rows(band, columns)]
    texts = [["".join(span.text for span in cell) for cell in row] for row in rows]
    is_table = _is_full(texts) and not is_layout(texts) and not any(_has_wide_gap(cell) for row in rows for cell in row)
    return Ruled(box, tuple(tuple(tuple(cell) for cell in row) for row in rows)) if is_table else None


def _has_wide_gap(cell: Sequence[Span]) -> bool:
    """Whether a line of the cell is parted as columns are: then lines that cross them have hidden columns."""
    ordered = sorted(cell, key=lambda span: (-round(span.y), span.left))
    same_line = (pair for pair in pairwise(ordered) if abs(pair[0].y - pair[1].y) < 0.5 * pair[0].size)
    return any(after.left - before.right > CELL_GAP * after.size for before, after in same_line)


def _is_full(texts: Sequence[Sequence[str]]) -> bool:
    """Whether each column has a head, hardly a cell is empty and few are bare numbers; accounts are read by their figures instead."""
    body = [cell for row in texts[1:] for cell in row]
    numbers = sum(_NUMBER.fullmatch(cell) is not None for cell in body)
    return len(texts) > 2 and all(texts[0]) and sum(map(bool, body)) >= MIN_FILLED * len(body) and numbers <= MAX_NUMBERS * len(body)


def _columns(spans: Sequence[Span]) -> list[tuple[float, float]]:
    """Ranges of x between strips that no text of the body enters."""
    columns: list[tuple[float, float]] = []
    for span in sorted(spans, key=lambda span: span.left):
        if columns and span.left - columns[-1][1] < COLUMN_GAP * span.size:
            columns[-1] = (columns[-1][0], max(columns[-1][1], span.right))
        else:
            columns.append((span.left, span.right))
    return columns


def _placed(spans: Sequence[Span], columns: Sequence[tuple[float, float]]) -> list[list[Span]]:
    """The spans by column; one over several columns stands in the first of them."""
    cells: list[list[Span]] = [[] for _ in columns]
    for span in spans:
        covered = [number for number, (left, right) in enumerate(columns) if span.left < right and span.right > left]
        nearest = min(range(len(columns)), key=lambda number: abs(sum(columns[number]) - span.left - span.right))
        cells[covered[0] if covered else nearest].append(span)
    return cells


def _rows(spans: Sequence[Span], columns: Sequence[tuple[float, float]]) -> list[list[Span]]:
    """Rows between two lines: by their distance where it differs from that of lines in a cell, else each line that has a first cell."""
    lines: list[list[Span]] = []
    for span in sorted(spans, key=lambda span: -span.y):
        if lines and lines[-1][0].y - span.y < 0.5 * span.size:
            lines[-1].append(span)
        else:
            lines.append([span])
    distances = [above[0].y - below[0].y for above, below in pairwise(lines)]
    least = min(distances, default=0.0)
    is_wide = [distance > ROW_DISTANCE * least for distance in distances]
    rows: list[list[Span]] = lines[:1]
    for number, line in enumerate(lines[1:]):
        has_first = bool(_placed(line, columns)[0])
        if is_wide[number] or (has_first and not any(is_wide)):
            rows.append(line)
        else:
            rows[-1] = [*rows[-1], *line]
    return rows
