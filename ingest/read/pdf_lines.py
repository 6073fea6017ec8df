"""Spans of a page to lines in reading order: words joined, wide gaps kept as cell borders, two-column pages column by column."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.read.characters import has_chinese, join_lines, squeeze, width
from ingest.read.pdf_ruled import Ruled
from ingest.read.pdf_spans import Span

# In parts of the type size. Words in print stand about 0.25 apart and letters below 0.1; CJK type is justified with up to a character,
# and word processors set about a quarter between CJK and Latin letters where nobody typed a space.
WORD_GAP, MIXED_WORD_GAP, CJK_WORD_GAP, CELL_GAP, FIGURE_GAP = 0.15, 0.4, 1.1, 1.6, 0.7
# Share of the type size by which raised or lowered text may leave the baseline.
SAME_LINE = 0.45
# Lines that a column of print has at least; shorter ones are tables or forms.
MIN_COLUMN_LINES = 8
_FIGURE_END = re.compile(r"(?:[\d)%—–-]|^\$)\s*$")
_FIGURE_START = re.compile(r"\s*(?:US\$|[$€£¥￥]|[(（]?[-−]?\d|[—–]\s*$)")


@dataclass(frozen=True)
class Piece:
    """Text between two wide gaps of a line."""

    text: str
    left: float
    right: float
    y: float = 0.0
    size: float = 0.0
    is_bold: bool = False
    face: str = ""


@dataclass(frozen=True)
class Line:
    """One line of print; more than one piece where wide gaps part it. A ruled table comes as one line with its cells in `grid`.

    `face` is the font of its Chinese characters, "" where it has none or several.
    """

    pieces: tuple[Piece, ...]
    y: float
    size: float
    is_bold: bool
    page: int
    grid: tuple[tuple[str, ...], ...] = ()
    face: str = ""

    @property
    def text(self) -> str:
        """The whole line, pieces parted by one space."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def left(self) -> float:
        """Where the line begins."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Where the line ends."""
        return self.pieces[-1].right


def page_lines(spans: Sequence[Span], page: int, tables: Sequence[Ruled] = ()) -> list[Line]:
    """The lines of a page in reading order, each ruled table as one of them."""
    free = [span for span in spans if not any(table.box.holds(span) for table in tables)]
    lines = [line for row in _rows(free) if (line := _line(row, page)) is not None]
    lines = sorted([*lines, *(_table_line(table, page) for table in tables)], key=lambda line: -line.y)
    return _in_reading_order(lines)


def _table_line(table: Ruled, page: int) -> Line:
    grid = tuple(tuple(_cell_text(cell, page) for cell in row) for row in table.cells)
    size = max(span.size for row in table.cells for cell in row for span in cell)
    words = " ".join(cell for row in grid for cell in row if cell)
    return Line((Piece(words, table.box.left, table.box.right),), table.box.top - size, size, False, page, grid)


def _cell_text(spans: Sequence[Span], page: int) -> str:
    text = ""
    for row in _rows(spans):
        line = _line(row, page)
        text = join_lines(text, line.text) if line is not None else text
    return text


def _rows(spans: Sequence[Span]) -> list[list[Span]]:
    """Spans on one baseline together, from the top; raised figures join the line they belong to."""
    rows: list[list[Span]] = []
    for span in sorted(spans, key=lambda span: (-span.y, span.left)):
        row = rows[-1] if rows else None
        if row is not None and row[0].y - span.y <= SAME_LINE * min(max(span.size, 0.6 * row[0].size), max(row[0].size, 0.6 * span.size)):
            row.append(span)
        else:
            rows.append([span])
    # At the same place drawing order decides: a space drawn after a kerned letter stands after it.
    return [sorted(row, key=lambda span: round(span.left, 1)) for row in rows]


def _line(row: Sequence[Span], page: int) -> Line | None:
    pieces: list[Piece] = []
    group: list[Span] = []
    text, left, right = "", row[0].left, row[0].left
    for span in row:
        gap = span.left - right
        if not span.text.strip():
            # A drawn space parts words even where kerning makes it narrow; it never fills a gap between cells.
            text += " " if text else ""
            continue
        if text and _is_cell_gap(text, span, gap):
            pieces.append(_piece(text, left, right, group))
            text, group = "", []
        elif text and _is_word_gap(text, span, gap):
            text += " "
        if not text:
            left = span.left
        text += span.text if text else span.text.lstrip()
        group.append(span)
        right = max(right, _ink_right(span))
    if group:
        pieces.append(_piece(text, left, right, group))
    kept = tuple(_with_signs([piece for piece in pieces if piece.text]))
    return Line(kept, row[0].y, _size(row), _is_bold(row), page, face=_face(row)) if kept else None


def _piece(text: str, left: float, right: float, spans: Sequence[Span]) -> Piece:
    return Piece(squeeze(text), left, right, spans[0].y, _size(spans), _is_bold(spans), _face(spans))


def _size(spans: Sequence[Span]) -> float:
    return max(spans, key=lambda span: len(span.text.strip())).size


def _is_bold(spans: Sequence[Span]) -> bool:
    return sum(len(span.text.strip()) for span in spans if span.is_bold) > 0.9 * sum(len(span.text.strip()) for span in spans)


def _face(spans: Sequence[Span]) -> str:
    faces = {span.face for span in spans if has_chinese(span.text)}
    return faces.pop() if len(faces) == 1 else ""


def _ink_right(span: Span) -> float:
    """Right end of the visible text: spaces at the end count as gap."""
    trailing = len(span.text) - len(span.text.rstrip())
    return span.right - (span.right - span.left) * trailing / len(span.text) * 0.6 if trailing else span.right


def _is_cell_gap(text: str, span: Span, gap: float) -> bool:
    """A wide gap, or a lesser one between figures: columns of figures stand closer than columns of words."""
    are_figures = _FIGURE_END.search(text) is not None and _FIGURE_START.match(span.text) is not None
    return gap > (FIGURE_GAP if are_figures else CELL_GAP) * span.size and not _is_leader(text, span.text)


def _is_leader(text: str, following: str) -> bool:
    return text.rstrip().endswith("....") or following.lstrip().startswith("....")


def _is_word_gap(text: str, span: Span, gap: float) -> bool:
    if text[-1].isspace() or span.text[0].isspace():
        return False
    wide = (width(text[-1]) == 2) + (width(span.text[0]) == 2)
    return gap > (WORD_GAP, MIXED_WORD_GAP, CJK_WORD_GAP)[wide] * span.size


def _with_signs(pieces: Sequence[Piece]) -> list[Piece]:
    """A currency sign in its own column belongs to the figure after it, a bracket or per cent sign to the one before."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last is not None and last.text in ("$", "€", "£", "¥", "￥", "US$", "RMB"):
            gap = "" if piece.text[:1].isdigit() else " "
            joined[-1] = replace(last, text=f"{last.text}{gap}{piece.text}", right=piece.right)
        elif last is not None and piece.text in (")", "%", ")%", "） ", "）", "％", "pts", "bps"):
            joined[-1] = replace(last, text=last.text + piece.text, right=piece.right)
        else:
            joined.append(piece)
    return joined


def _in_reading_order(lines: list[Line]) -> list[Line]:
    """Left column before right column within each band that has two; lines across the page part the bands."""
    gutter = _gutter(lines)
    if gutter is None:
        return lines
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        if any(piece.left < gutter - 2 and piece.right > gutter + 2 for piece in line.pieces):
            ordered += [*left, *right, line]
            left, right = [], []
            continue
        for side, pieces in (
            (left, [p for p in line.pieces if p.right <= gutter + 2]),
            (right, [p for p in line.pieces if p.left >= gutter - 2]),
        ):
            if pieces:
                # Lines of two columns that stand at nearly the same height may be a heading and running text.
                first = pieces[0]
                side.append(replace(line, pieces=tuple(pieces), y=first.y, size=first.size, is_bold=first.is_bold, face=first.face))
    return [*ordered, *left, *right]


def _gutter(lines: Sequence[Line]) -> float | None:
    """The x between two columns of prose, None on other pages.

    An empty strip near the middle with text on both sides tells columns from one column; that most lines have their own height, or
    fill their column, tells prose from a table, whose cells stand on common lines.
    """
    free = [line for line in lines if not line.grid]
    if len(free) < 12:
        return None
    left, right = min(line.left for line in free), max(line.right for line in free)
    middle = [left + share * (right - left) for share in (0.35, 0.65)]
    starts = sorted({round(piece.left) for line in free for piece in line.pieces if middle[0] < piece.left < middle[1]})
    found = [(score, start - 2.0) for start in starts if (score := _column_score(free, start - 2.0, left, right)) is not None]
    return max(found)[1] if found else None


def _column_score(lines: Sequence[Line], gutter: float, left: float, right: float) -> int | None:
    """How many lines speak for columns beside `gutter` rather than across it; None where the two sides are no prose."""
    beside_left = [piece for line in lines for piece in line.pieces if piece.right <= gutter + 1]
    beside_right = [piece for line in lines for piece in line.pieces if piece.left >= gutter]
    crossing = sum(piece.left < gutter and piece.right > gutter + 1 for line in lines for piece in line.pieces)
    if min(len(beside_left), len(beside_right)) < MIN_COLUMN_LINES or crossing > 0.3 * len(lines):
        return None
    shared = sum(
        any(piece.right <= gutter + 1 for piece in line.pieces) and any(piece.left >= gutter for piece in line.pieces) for line in lines
    )
    full_left = sum(piece.right - piece.left > 0.6 * (gutter - left) for piece in beside_left)
    full_right = sum(piece.right - piece.left > 0.6 * (right - gutter) for piece in beside_right)
    is_filled = full_left >= 0.5 * len(beside_left) and full_right >= 0.5 * len(beside_right)
    is_own_height = shared <= 0.5 * min(len(beside_left), len(beside_right)) and crossing <= 0.15 * len(lines)
    is_long = full_left >= 0.3 * len(beside_left) and full_right >= 0.3 * len(beside_right)
    score = full_left + full_right + len(beside_left) + len(beside_right) - 4 * crossing
    return score if is_filled or (is_own_height and is_long) else None
