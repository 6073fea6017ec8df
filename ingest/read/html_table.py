"""An HTML table to head rows and body rows: spans resolved, the value repeated in every cell it covers."""

import re

from bs4 import Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from ingest.read.build import Builder
from ingest.read.tables import Grid, guess_heads, is_layout, split_caption, without_empty

# Browsers cap spans as well; a page that claims more is wrong or hostile.
MAX_COLSPAN, MAX_ROWSPAN, MAX_COLUMNS = 100, 1000, 500
_BLOCK_IN_CELL = ("p", "div", "br", "li", "tr", "td", "dd", "dt")
_STRUCTURE_IN_CELL = ("table", "h1", "h2", "h3", "h4")


def is_layout_table(table: Tag) -> bool:
    """Whether the table only arranges the page: it holds tables or headings, is marked so, or its cells are no values."""
    if str(table.get("role", "")).lower() in ("presentation", "none") or table.find(_STRUCTURE_IN_CELL) is not None:
        return True
    grid = without_empty(_grid(table))
    return not grid or is_layout(grid)


def add_table(builder: Builder, table: Tag) -> None:
    """Add a table of values, its caption as a paragraph before it."""
    caption = table.find("caption")
    if caption is not None:
        builder.paragraph(_text(caption))
    rows = _rows(table)
    grid = _grid(table)
    marked = _marked_heads(rows)
    kept = [number for number, row in enumerate(grid) if any(cell.strip() for cell in row)]
    captions, body = split_caption(without_empty(grid))
    for line in captions:
        builder.paragraph(line)
    marked = max(0, sum(number < marked for number in kept) - len(captions))
    heads = marked or guess_heads(body, _reach(rows[kept[len(captions)]]))
    heads = min(heads, len(body) - 1)
    builder.table(body[:heads], body[heads:])


def _rows(table: Tag) -> list[Tag]:
    return [row for row in table.find_all("tr") if row.find_parent("table") is table]


def _cells(row: Tag) -> list[Tag]:
    return [cell for cell in row.find_all(["td", "th"]) if cell.find_parent("tr") is row]


def _marked_heads(rows: list[Tag]) -> int:
    """Rows at the top that stand in `thead` or hold heads only."""
    for number, row in enumerate(rows):
        cells = _cells(row)
        is_head = row.find_parent("thead") is not None or (bool(cells) and all(cell.name == "th" for cell in cells))
        if not is_head:
            return number
    return len(rows) if len(rows) > 1 else 0


def _reach(row: Tag) -> int:
    """How many rows the cells of the first row reach down; a first row with spans over columns has a second below it."""
    spans = [_span(cell, "rowspan", MAX_ROWSPAN) for cell in _cells(row)]
    has_groups = any(_span(cell, "colspan", MAX_COLSPAN) > 1 for cell in _cells(row))
    return min(max(spans, default=1), 4) if has_groups else 1


def _span(cell: Tag, name: str, most: int) -> int:
    found = re.match(r"\s*(\d+)", str(cell.get(name, "1")))
    return min(max(int(found.group(1)[:6]), 1), most) if found else 1


def _grid(table: Tag) -> Grid:
    """The table as a rectangle of texts."""
    rows = _rows(table)
    placed: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in _cells(row):
            while (number, column) in placed:
                column += 1
            text = _text(cell)
            columns = min(_span(cell, "colspan", MAX_COLSPAN), max(1, MAX_COLUMNS - column))
            for down in range(min(_span(cell, "rowspan", MAX_ROWSPAN), len(rows) - number)):
                for right in range(columns):
                    placed[number + down, column + right] = text
            column += columns
    size = max((column for _, column in placed), default=-1) + 1
    return [[placed.get((number, column), "") for column in range(size)] for number in range(len(rows))]


def _text(cell: Tag) -> str:
    """The text of a cell; blocks and line breaks in it are line breaks."""
    parts: list[str] = []
    _gather(cell, parts)
    return "\n".join(line.strip() for line in "".join(parts).replace("\f", " ").split("\n") if line.strip())


def _gather(node: PageElement, parts: list[str]) -> None:
    if isinstance(node, NavigableString):
        if not isinstance(node, PreformattedString):
            parts.append(re.sub(r"[ \t\r\u00a0]+", " ", str(node)))
    elif isinstance(node, Tag):
        is_block = node.name in _BLOCK_IN_CELL
        parts.append("\n" if is_block else "")
        for child in node.children:
            _gather(child, parts)
        parts.append("\n" if is_block else "")
