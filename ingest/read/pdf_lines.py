"""Spans of a page to lines in reading order: words joined, wide gaps kept as cell borders, two-column pages column by column."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.read.characters import squeeze, width
from ingest.read.pdf_spans import Span

# In parts of the type size. Words in print stand about 0.25 apart and letters below 0.1; CJK type is justified with up to half a character.
WORD_GAP, CJK_WORD_GAP, CELL_GAP, FIGURE_GAP = 0.15, 0.8, 1.6, 0.7
# Share of the type size by which raised or lowered text may leave the baseline.
SAME_LINE = 0.45
_FIGURE_END = re.compile(r"(?:[\d)%—–-]|^\$)\s*$")
_FIGURE_START = re.compile(r"\s*(?:US\$|[$€£¥￥]|[(（]?[-−]?\d|[—–]\s*$)")


@dataclass(frozen=True)
class Piece:
    """Text between two wide gaps of a line."""

    text: str
    left: float
    right: float


@dataclass(frozen=True)
class Line:
    """One line of print; more than one piece where wide gaps part it."""

    pieces: tuple[Piece, ...]
    y: float
    size: float
    is_bold: bool
    page: int

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


def page_lines(spans: Sequence[Span], page: int) -> list[Line]:
    """The lines of a page in reading order."""
    lines = [line for row in _rows(spans) if (line := _line(row, page)) is not None]
    return _in_reading_order(lines)


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
    text, left, right = "", row[0].left, row[0].left
    for span in row:
        gap = span.left - right
        if not span.text.strip():
            # A drawn space parts words even where kerning makes it narrow; it never fills a gap between cells.
            text += " " if text else ""
            continue
        if text and _is_cell_gap(text, span, gap):
            pieces.append(Piece(squeeze(text), left, right))
            text, left = "", span.left
        elif text and _is_word_gap(text, span, gap):
            text += " "
        if not text:
            left = span.left
        text += span.text if text else span.text.lstrip()
        right = max(right, _ink_right(span))
    pieces.append(Piece(squeeze(text), left, right))
    kept = tuple(_with_signs([piece for piece in pieces if piece.text]))
    if not kept:
        return None
    letters = sum(len(span.text.strip()) for span in row)
    size = max(row, key=lambda span: len(span.text.strip())).size
    bold = sum(len(span.text.strip()) for span in row if span.is_bold)
    return Line(kept, row[0].y, size, bold > 0.9 * letters, page)


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
    are_cjk = width(text[-1]) == 2 and width(span.text[0]) == 2
    return gap > (CJK_WORD_GAP if are_cjk else WORD_GAP) * span.size


def _with_signs(pieces: Sequence[Piece]) -> list[Piece]:
    """A currency sign in its own column belongs to the figure after it, a bracket or per cent sign to the one before."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last is not None and last.text in ("$", "€", "£", "¥", "￥", "US$", "RMB"):
            joined[-1] = Piece(
                f"{last.text}{piece.text}" if piece.text[:1].isdigit() else f"{last.text} {piece.text}", last.left, piece.right
            )
        elif last is not None and piece.text in (")", "%", ")%", "） ", "）", "％", "pts", "bps"):
            joined[-1] = Piece(last.text + piece.text, last.left, piece.right)
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
                side.append(Line(tuple(pieces), line.y, line.size, line.is_bold, line.page))
    return [*ordered, *left, *right]


def _gutter(lines: Sequence[Line]) -> float | None:
    """The x between two columns of prose, None on other pages.

    Prose fills its column line after line; a table's cells do not. At least eight lines a side must fill 60% of their column.
    """
    if len(lines) < 12:
        return None
    page_left, page_right = min(line.left for line in lines), max(line.right for line in lines)
    span = page_right - page_left
    starts = sorted({round(piece.left) for line in lines for piece in line.pieces if 0.35 < (piece.left - page_left) / max(span, 1) < 0.65})
    best: tuple[int, float] | None = None
    for start in starts:
        gutter = start - 2.0
        lefts = [p for line in lines for p in line.pieces if p.right <= gutter + 1]
        rights = [p for line in lines for p in line.pieces if p.left >= gutter]
        crossing = sum(p.left < gutter and p.right > gutter + 1 for line in lines for p in line.pieces)
        full_left = sum(p.right - p.left > 0.6 * (gutter - page_left) for p in lefts)
        full_right = sum(p.right - p.left > 0.6 * (page_right - gutter) for p in rights)
        is_prose = full_left >= max(8, 0.5 * len(lefts)) and full_right >= max(8, 0.5 * len(rights))
        if is_prose and crossing <= 0.3 * len(lines):
            best = max(best or (0, gutter), (full_left + full_right - 2 * crossing, gutter))
    return best[1] if best else None
