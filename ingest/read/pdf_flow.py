"""Lines of all pages to a document: headings by size, weight and number, paragraphs across lines and pages, lists and tables."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.read.build import Body, Builder
from ingest.read.characters import PAGE_BREAK, join_lines, width
from ingest.read.pdf_lines import Line
from ingest.read.pdf_measures import column_width, margin, usual_gap, with_emphasis
from ingest.read.pdf_tables import find_table, page_break_first
from ingest.read.structure import MAX_HEADING, MAX_NUMBERED_HEADING, list_marker, numbered_level
from ingest.read.tables import guess_heads, split_caption

_SENTENCE_END = re.compile(r"[.!?。！？；;:：]['\"”’）)】」]?$")
_NO_HEADING_END = re.compile(r"[.。;；,，、]['\"”’]?$")
# Parts of the body's type size; a heading is set visibly larger.
LARGER = 1.12
# Parts of the usual distance of lines; paragraphs stand further apart.
PARAGRAPH_GAP = 1.3
# Parts of its type size by which lines of one heading may stand apart.
WIDE_HEADING_GAP = 2.2
SIZE_LEVELS, BOLD_LEVEL, NUMBER_LEVEL = 6, 40, 60


def add_lines(pages: Sequence[Sequence[Line]], title: str | None, notes: Sequence[str]) -> Body:
    """The document made of the pages' lines."""
    lines = with_emphasis(_joined_tables([line for page in pages for line in page]))
    flow = _Flow(lines)
    flow.run(len(pages))
    return flow.builder.body(paged=True, title=title or flow.largest_heading, warnings=notes)


class _Flow:
    """Goes through the lines once; an open paragraph waits for the line that ends it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.builder = Builder()
        self.largest_heading: str | None = None
        self._lines = lines
        self._page = 0
        self._open: list[Line] = []
        self._open_text = ""
        sizes = Counter[float]()
        for line in lines:
            sizes[round(line.size, 1)] += width(line.text)
        self._body_size = sizes.most_common(1)[0][0] if sizes else 10.0
        larger = sorted({size for size in sizes if size >= LARGER * self._body_size}, reverse=True)
        self._ranks = {size: min(rank, SIZE_LEVELS) for rank, size in enumerate(larger, 1)}
        self._gap = usual_gap(lines)
        self._right = margin(lines)
        self._width = column_width(lines)

    def run(self, page_count: int) -> None:
        """Add all lines; pages without lines after the last are counted too."""
        at = 0
        while at < len(self._lines):
            at = self._next(at)
        self._close()
        for _ in range(page_count - 1 - self._page):
            self.builder.page()

    def _next(self, at: int) -> int:
        line = self._lines[at]
        if line.grid:
            self._add_ruled(line)
            return at + 1
        table = find_table(self._lines, at)
        if table is not None:
            self._close()
            breaks = self._turn(line)
            heads, rows = table.heads, table.rows
            if heads:
                heads, breaks = tuple(map(tuple, page_break_first(heads, breaks))), 0
            self.builder.table(heads, page_break_first(rows, breaks))
            return at + table.lines
        level = self._heading_level(at)
        if level is not None:
            self._close()
            return self._add_heading(at, level)
        if self._open and not self._goes_on(line):
            self._close()
        self._open_text = join_lines(self._open_text, PAGE_BREAK * self._turn(line) + line.text) if not self._open else self._joined(line)
        self._open.append(line)
        return at + 1

    def _add_ruled(self, line: Line) -> None:
        """Add a ruled table; page breaks inside it stand in its first cells."""
        self._close()
        captions, grid = split_caption([list(row) for row in line.grid])
        heads = guess_heads(grid)
        rows = page_break_first(grid, self._turn(line))
        for caption in captions:
            self.builder.paragraph(caption)
        self.builder.table(rows[:heads], rows[heads:])
        self._page += sum(cell.count(PAGE_BREAK) for row in line.grid for cell in row)

    def _joined(self, line: Line) -> str:
        """The open paragraph and one more line; a page break between them stands right before the line."""
        breaks = self._turn(line)
        joined = join_lines(self._open_text, line.text)
        return joined[: len(joined) - len(line.text)] + PAGE_BREAK * breaks + line.text

    def _turn(self, line: Line) -> int:
        """Pages turned to reach the line."""
        breaks = line.page - self._page
        self._page = line.page
        return breaks

    def _close(self) -> None:
        if not self._open:
            return
        text = self._open_text
        body = text.lstrip(PAGE_BREAK)
        pages = text[: len(text) - len(body)]
        marker = list_marker(body)
        if marker is None:
            self.builder.paragraph(text)
        elif marker.is_bullet:
            self.builder.item(pages + marker.rest, 0, marker.text)
        else:
            self.builder.item(text)
        self._open, self._open_text = [], ""

    def _add_heading(self, at: int, level: int) -> int:
        """A heading may run over lines of the same look."""
        line = self._lines[at]
        text = PAGE_BREAK * self._turn(line) + line.text
        after = at + 1
        while after < len(self._lines) and after < at + 4 and self._is_same_heading(self._lines[after - 1], self._lines[after]):
            text = join_lines(text, self._lines[after].text)
            after += 1
        self.builder.heading(text, level)
        if self.largest_heading is None and line.page == 0 and self._ranks.get(round(line.size, 1)) == 1:
            self.largest_heading = text.strip(PAGE_BREAK)
        return after

    def _is_same_heading(self, above: Line, below: Line) -> bool:
        has_same_look = above.page == below.page and abs(above.size - below.size) < 0.3 and above.is_bold == below.is_bold
        gap = above.y - below.y
        is_close = 0 < gap < 1.4 * above.size or (gap < WIDE_HEADING_GAP * above.size and not self._has_room(above, below))
        is_distinct = self._ranks.get(round(above.size, 1)) is not None and numbered_level(below.text) is None
        return has_same_look and is_close and is_distinct and width(below.text) <= MAX_HEADING and list_marker(below.text) is None

    def _is_cut_heading(self, at: int) -> bool:
        """Whether a large line that ends in a comma goes on as large on the next line."""
        above, below = self._lines[at], self._lines[at + 1] if at + 1 < len(self._lines) else None
        ends_open = above.text[-1] in ",，、"
        return ends_open and below is not None and self._is_same_heading(above, below)

    def _has_room(self, above: Line, below: Line) -> bool:
        """Whether the first word of the line below would have stood at the end of the line above: then the break was wanted."""
        word = 2 * below.size if width(below.text[:1]) == 2 else _part(below, len(below.text.split(" ")[0]))
        return above.right - above.left + 0.3 * above.size + word < self._width

    def _heading_level(self, at: int) -> int | None:
        line = self._lines[at]
        text = line.text
        if (
            width(text) > MAX_NUMBERED_HEADING
            or not any(character.isalpha() for character in text)
            or len(line.pieces) > 2
            or self._is_mid_paragraph(line)
        ):
            return None
        number = numbered_level(text)
        rank = self._ranks.get(round(line.size, 1))
        is_name = (_NO_HEADING_END.search(text) is None or self._is_cut_heading(at)) and list_marker(text) is None
        if text[0] in "(（" and number is None:
            return None
        if rank is not None and (is_name or number is not None):
            return rank * 5 + (number or 0) // 4
        if number is not None:
            return NUMBER_LEVEL + number - (20 if line.is_bold else 0)
        is_bold_name = line.is_bold and is_name and width(text) <= MAX_HEADING and not self._is_all_bold(at)
        return BOLD_LEVEL + 15 if is_bold_name else None

    def _is_mid_paragraph(self, line: Line) -> bool:
        """A line that merely continues a sentence is no heading, whatever it begins with."""
        last = self._open[-1] if self._open else None
        return last is not None and not line.is_bold and self._goes_on(line) and _SENTENCE_END.search(last.text) is None

    def _is_all_bold(self, at: int) -> bool:
        """Three bold lines in a row are bold text."""
        around = self._lines[max(0, at - 1) : at + 3]
        return len(around) >= 3 and all(line.is_bold and width(line.text) > 40 for line in around)

    def _goes_on(self, line: Line) -> bool:
        """Whether the line continues the open paragraph."""
        last = self._open[-1]
        if (
            abs(last.size - line.size) > 0.15 * last.size
            or (last.is_bold != line.is_bold and last.is_bold)
            or list_marker(line.text) is not None
        ):
            return False
        ends = _SENTENCE_END.search(last.text) is not None
        first_left = self._open[0].left
        is_short = last.right < self._right.get(round(last.left / 40), last.right) - 0.12 * max(last.right - last.left, 1)
        if last.page != line.page or line.y > last.y:
            return not ends and (line.text[:1].islower() or width(line.text[:1]) == 2 or not is_short)
        is_far = last.y - line.y > PARAGRAPH_GAP * max(self._gap, 1.0) * max(line.size / self._body_size, 0.8)
        is_indented = line.left > last.left + 1.2 * line.size and len(self._open) > 1 and line.left > first_left - 1
        is_list = list_marker(self._open_text.lstrip(PAGE_BREAK)) is not None
        is_outdented = is_list and len(self._open) > 1 and line.left < last.left - 0.8 * line.size
        is_hanging = is_list and line.left > first_left + 0.5 * line.size and (len(self._open) == 1 or abs(line.left - last.left) < 2)
        if is_hanging:
            return not is_far
        return not is_far and not (is_indented and ends) and not is_outdented and not (is_short and ends)


def _joined_tables(lines: Sequence[Line]) -> list[Line]:
    """Ruled tables that go on at the top of the next page as one, a repeated head said once."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        pages = last.page + sum(cell.count(PAGE_BREAK) for row in last.grid for cell in row) if last is not None else 0
        if last is not None and last.grid and line.grid and len(last.grid[0]) == len(line.grid[0]) and line.page == pages + 1:
            heads = guess_heads([list(row) for row in last.grid])
            is_repeated = heads > 0 and line.grid[:heads] == last.grid[:heads]
            rows = page_break_first(line.grid[heads if is_repeated else 0 :], 1)
            joined[-1] = replace(last, grid=(*last.grid, *map(tuple, rows)))
        else:
            joined.append(line)
    return joined


def _part(line: Line, letters: int) -> float:
    return (line.right - line.left) * letters / max(len(line.text), 1)
