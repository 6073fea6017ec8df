"""A grid of cells to head rows and body rows, and the signs by which a table that only lays out a page is known."""

import re

# A column head is a name, not a passage; 60 columns hold a long one in either language.
MAX_HEAD = 60
# A cell that holds this much is prose in a frame.
MAX_CELL = 1500
_LETTER = re.compile(r"[^\W\d_]")

Grid = list[list[str]]


def without_empty(grid: Grid) -> Grid:
    """The grid without rows and columns that hold nothing, every row as long as the longest."""
    columns = max((len(row) for row in grid), default=0)
    square = [[*row, *[""] * (columns - len(row))] for row in grid if any(cell.strip() for cell in row)]
    kept = [column for column in range(columns) if any(row[column].strip() for row in square)]
    return [[row[column] for column in kept] for row in square]


def is_layout(grid: Grid) -> bool:
    """Whether the cells are parts of a page rather than values: one column, one row, or a cell of page length."""
    return len(grid) < 2 or len(grid[0]) < 2 or any(len(cell) > MAX_CELL for row in grid for cell in row)


def split_caption(grid: Grid) -> tuple[list[str], Grid]:
    """Leading rows whose one value spans all columns are captions of the table."""
    captions: list[str] = []
    while len(grid) > 2 and len(grid[0]) > 1 and len(set(grid[0])) == 1:
        captions.append(grid[0][0])
        grid = grid[1:]
    return captions, grid


def guess_heads(grid: Grid, spanned: int = 1) -> int:
    """How many first rows are heads where the file does not say: `spanned`, the rows its cells reach down, when they read as names."""
    first = grid[0]
    filled = [cell for cell in first[1:] if cell.strip()]
    are_names = bool(filled) and all(len(cell) <= MAX_HEAD and (_LETTER.search(cell) or _is_year(cell)) for cell in filled)
    is_distinct = len(set(first)) > 1
    return min(spanned, len(grid) - 1) if are_names and is_distinct and len(grid) > 1 else 0


def _is_year(cell: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", cell.strip()) is not None
