"""Lines with wide gaps to tables: columns where the cells stand over each other, heads from the rows above the first figures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.read.characters import PAGE_BREAK, join_lines
from ingest.read.pdf_lines import Line, Piece
from ingest.read.tables import guess_heads

_AMOUNT = re.compile(
    r"^[(（]?\s*(?:US|RMB|HK)?[$€£¥￥]?\s*[(（]?[-−–+]?\s*\d[\d,，.]*\s*(?:[)）]|%|％|x|bps|pts|[亿万千百]?[元吨个家人项台套米]?)*\s*(?:\([a-z\d]\))*$|^(?:[$€£]\s*)?[—–-]+$|^(?:N/?A|NM|不适用)$"
)
_DATE = re.compile(r"(?:ended|as of|截至|年).*(?:19|20)\d\d|[A-Z][a-z]+ \d{1,2}, ?(?:19|20)\d\d$", re.IGNORECASE)
_YEAR = re.compile(r"^(?:19|20)\d\d(?:年|[AE])?$")
# Rows that a table may lack figures in between before it counts as ended (group labels, wrapped labels).
MAX_BARE_RUN = 3
MAX_HEAD_LINES = 6


@dataclass(frozen=True)
class Table:
    """A table found in lines: head rows, body rows, and the number of lines it took."""

    heads: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    lines: int


def is_amount(text: str) -> bool:
    """Whether a cell is a figure rather than a name; a bare year is a name."""
    return _AMOUNT.match(text) is not None and _YEAR.match(text) is None


def find_table(lines: Sequence[Line], at: int) -> Table | None:
    """The table that starts at line `at`, if one does."""
    if len(lines[at].pieces) < 2 and not _starts_with_head(lines, at):
        return None
    end = _end(lines, at)
    rows = [line for line in lines[at:end] if len(line.pieces) > 1]
    if len(rows) < 2:
        return None
    figures = [line for line in rows if any(is_amount(piece.text) for piece in line.pieces)]
    if len(figures) >= 2:
        return _figure_table(lines[at:end], figures)
    return _word_table(lines[at:end], rows)


def _starts_with_head(lines: Sequence[Line], at: int) -> bool:
    """A lone piece that stands over columns further right: `Years Ended` above the years."""
    following = lines[at + 1 : at + 7]
    is_short = lines[at].right - lines[at].left < 220 and lines[at].text[0] not in "(（"
    has_columns = any(len(line.pieces) > 1 for line in following[:2]) and all(map(_is_near, lines[at : at + 2], following[:2]))
    has_label_left = any(line.left < lines[at].left - 100 and any(is_amount(piece.text) for piece in line.pieces) for line in following)
    return is_short and has_columns and has_label_left


def _is_near(above: Line, below: Line) -> bool:
    return above.page != below.page or 0 < above.y - below.y < 3.2 * max(above.size, below.size)


def _end(lines: Sequence[Line], at: int) -> int:
    """Line after the last row: rows of cells, with few bare lines between."""
    last, bare, has_figures = at, 0, False
    for number in range(at, len(lines)):
        line = lines[number]
        is_apart = number > at and (line.page != lines[last].page or not _is_near(lines[number - 1], line))
        if is_apart or _is_prose(line) or (has_figures and _is_new_head(line)):
            break
        has_figures = has_figures or any(is_amount(piece.text) for piece in line.pieces)
        bare = 0 if len(line.pieces) > 1 else bare + 1
        last = number if not bare else last
        if bare > MAX_BARE_RUN:
            break
    return last + 1


def _is_prose(line: Line) -> bool:
    """Running text: a long line without a figure in a cell of its own, or a whole sentence that leads to something new."""
    if any(is_amount(piece.text) for piece in line.pieces[1:]):
        return False
    longest = max(len(piece.text) for piece in line.pieces)
    is_sentence = len(line.pieces) == 1 and longest > 60 and line.text[-1] in ".:。："
    return is_sentence or (longest > 75 and line.right - line.left > 330)


def _is_new_head(line: Line) -> bool:
    """Years or dates only, after figures: the head of another table."""
    return len(line.pieces) > 1 and all(_YEAR.match(piece.text) or _DATE.search(piece.text) for piece in line.pieces)


def _figure_table(lines: Sequence[Line], figures: Sequence[Line]) -> Table | None:
    columns = _columns([piece for line in figures for piece in line.pieces if is_amount(piece.text)])
    if not columns:
        return None
    first = next(number for number, line in enumerate(lines) if line in figures)
    labels_end = columns[0][0] - 2
    head_lines = list(lines[: min(first, MAX_HEAD_LINES)])
    while (
        head_lines
        and len(head_lines[-1].pieces) == 1
        and head_lines[-1].right < labels_end
        and not any(len(line.pieces) > 1 or line.left > labels_end for line in head_lines)
    ):
        head_lines.pop()
    heads_end = len(head_lines)
    while heads_end and len(head_lines[heads_end - 1].pieces) == 1 and head_lines[heads_end - 1].right < labels_end:
        heads_end -= 1
    heads = [_placed(line, columns, labels_end, is_head=True) for line in head_lines[:heads_end]]
    rows: list[list[str]] = []
    for line in lines[heads_end:]:
        row = _placed(line, columns, labels_end, is_head=False)
        if rows and _continues(rows[-1], row):
            rows[-1] = [join_lines(rows[-1][0], row[0]), *row[1:]]
        else:
            rows.append(row)
    return Table(tuple(map(tuple, heads)), tuple(map(tuple, rows)), len(lines))


def _continues(above: Sequence[str], row: Sequence[str]) -> bool:
    """A label broken over two lines: figures only on the second, which goes on in small letters."""
    return bool(above[0]) and not any(above[1:]) and not above[0].endswith((":", "：")) and row[0][:1].islower()


def _columns(pieces: Sequence[Piece]) -> list[tuple[float, float]]:
    """Ranges of x in which figures stand over each other, left to right."""
    columns: list[tuple[float, float]] = []
    for piece in sorted(pieces, key=lambda piece: piece.left):
        if columns and piece.left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.right))
        else:
            columns.append((piece.left, piece.right))
    return columns


def _placed(line: Line, columns: Sequence[tuple[float, float]], labels_end: float, *, is_head: bool) -> list[str]:
    """The cells of a line, one per column after the label; a head over several columns is said in each."""
    cells = [""] * (len(columns) + 1)
    if is_head and (spanned := _spanned(line, columns, labels_end)):
        return ["", *spanned]
    for piece in line.pieces:
        covered = [number for number, (left, right) in enumerate(columns, 1) if piece.left < right and piece.right > left]
        if piece.right <= labels_end or (piece.left < labels_end and not (covered and is_head)):
            covered = [0]
        elif not covered:
            covered = [_nearest(piece, columns)]
        for column in covered if is_head else covered[:1]:
            cells[column] = join_lines(cells[column], piece.text)
    return cells


def _spanned(line: Line, columns: Sequence[tuple[float, float]], labels_end: float) -> list[str]:
    """Heads centred over groups of equally many columns, said in each column; empty where that is not how they stand."""
    pieces = [piece for piece in line.pieces if piece.right > labels_end]
    if not pieces or len(columns) % len(pieces) or len(pieces) == len(columns) or len(pieces) < len(line.pieces):
        return []
    size = len(columns) // len(pieces)
    groups = [columns[start : start + size] for start in range(0, len(columns), size)]
    middles = [(left + right) / 2 for left, right in columns]
    offsets = [abs((piece.left + piece.right) / 2 - (group[0][0] + group[-1][1]) / 2) for piece, group in zip(pieces, groups, strict=True)]
    pitch = (columns[-1][1] - columns[0][0]) / len(columns)
    # The middle of an even group lies between columns: a piece right over one column is the head of that one.
    is_over_one = size % 2 == 0 and any(abs((p.left + p.right) / 2 - middle) < 0.25 * pitch for p in pieces for middle in middles)
    return [piece.text for piece in pieces for _ in range(size)] if max(offsets) < 0.5 * pitch and not is_over_one else []


def _nearest(piece: Piece, columns: Sequence[tuple[float, float]]) -> int:
    middle = (piece.left + piece.right) / 2
    return min(range(len(columns)), key=lambda number: abs(middle - sum(columns[number]) / 2)) + 1


def _word_table(lines: Sequence[Line], rows: Sequence[Line]) -> Table | None:
    """A table of words: at least three rows whose cells begin at the same places; lines without a first cell go on with the row above."""
    if len(rows) < 3 or any(len(line.pieces) < 2 for line in lines[:1]):
        return None
    columns = _columns([piece for line in rows for piece in line.pieces])
    most = max(len(line.pieces) for line in rows)
    if len(columns) != most or most < 2:
        return None
    grid: list[list[str]] = []
    for line in lines:
        cells = [""] * most
        for piece in line.pieces:
            column = next((number for number, (left, right) in enumerate(columns) if piece.left < right and piece.right > left), 0)
            cells[column] = join_lines(cells[column], piece.text)
        if grid and not cells[0]:
            grid[-1] = [join_lines(above, cell) if cell else above for above, cell in zip(grid[-1], cells, strict=True)]
        else:
            grid.append(cells)
    if len(grid) < 2:
        return None
    heads = guess_heads(grid)
    return Table(tuple(map(tuple, grid[:heads])), tuple(map(tuple, grid[heads:])), len(lines))


def page_break_first(rows: Sequence[Sequence[str]], breaks: int) -> list[list[str]]:
    """The rows with page breaks put before the first cell."""
    return [
        [PAGE_BREAK * breaks * (number == 0 and column == 0) + cell for column, cell in enumerate(row)] for number, row in enumerate(rows)
    ]
