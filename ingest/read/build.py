"""Headings, paragraphs, list items and tables, in reading order, to the text and the sections of a document.

The builder is the one place where offsets are made: a reader says what comes next, the builder says where it stands.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.read.characters import PAGE_BREAK, clean, one_line, width
from ingest.schema import Block, BlockKind, Cell, ReadError, Section

CELL_GAP = " | "
MAX_TITLE = 150
# A caption is a short line without the end of a sentence; 120 columns hold a line of English print.
MAX_CAPTION = 120
_SENTENCE_END = re.compile(r"[.!?。！？；]['\"”’）)】」]?\s*$")
_SENTENCE_START = re.compile(r"(?:(?<=[.!?])\s+(?=[\"“(]?[A-Z0-9])|(?<=[。！？]))")
_INTRODUCES = re.compile(
    r"\b(?:following|below|as follows|such as|includ(?:e|es|ing)|these are|any of|all of|one of|either)\b|如下|以下|下列|包括|分别|主要有",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Body:
    """What a reader makes of a file: text and sections with exact offsets, and what the file says of itself."""

    text: str
    sections: tuple[Section, ...]
    page_starts: tuple[int, ...] = ()
    blank_pages: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    title: str | None = None
    front_matter: dict[str, object] = field(default_factory=dict)


class Builder:
    """Collects a document. Text handed in may hold page breaks (form feeds): they leave the text and become page starts."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._page_starts = [0]
        self._path: list[tuple[int, str]] = []
        self._blocks: list[Block] = []
        self._sections: list[Section] = []
        self._bare_heading: tuple[int, int, int] | None = None
        self._first_line = ""

    def heading(self, text: str, level: int) -> None:
        """A heading on its own line. Levels need only be ordered: a smaller number stands higher."""
        line = one_line(clean(text))
        if not line.strip(PAGE_BREAK + " "):
            self._take_pages(line)
            return
        self._close_section()
        self._keep_bare_heading(level)
        start, end = self._append(line, "\n\n")
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        self._path.append((level, self._slice(start, end)))
        self._first_line = self._first_line or self._slice(start, end)[:MAX_TITLE]
        self._bare_heading = (start, end, level)

    def paragraph(self, text: str) -> None:
        """A paragraph; line breaks inside it are taken as wrapped lines."""
        self._add_block("paragraph", one_line(clean(text)), "\n\n")

    def item(self, text: str, level: int = 0, marker: str = "") -> None:
        """A list item. A marker is kept in the text but stands before the block."""
        line = one_line(clean(text))
        gap = "\n" if self._blocks and self._blocks[-1].kind == "list_item" else "\n\n"
        self._add_block("list_item", line, gap, level=level, lead=self._item_lead(level), marker=marker)

    def table(self, heads: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> None:
        """A table: head rows (may be none) and rows of cells. A short line or a sentence right before it becomes its lead."""
        lead = self._table_lead()
        column_heads = _joined_heads([[_cell_text(cell) for cell in row] for row in heads])
        gap = "\n\n"
        for row in heads:
            gap = self._add_row("table_head", row, [], lead, gap)
        for row in rows:
            gap = self._add_row("table_row", row, column_heads, lead, gap)

    def page(self) -> None:
        """The next page of the file begins here."""
        self._page_starts.append(self._length)

    def body(self, *, paged: bool = False, title: str | None = None, warnings: Sequence[str] = (), **more: object) -> Body:
        """The finished document; `ReadError` is the caller's to raise when it has no text."""
        self._close_section()
        self._keep_bare_heading(-1)
        text = "".join(self._parts)
        starts = tuple(self._page_starts) if paged else ()
        front_matter = more.get("front_matter")
        return Body(
            text=text,
            sections=tuple(self._sections),
            page_starts=starts,
            blank_pages=_blank_pages(text, starts),
            warnings=tuple(warnings),
            title=title or self._first_line or None,
            front_matter=front_matter if isinstance(front_matter, dict) else {},
        )

    def _append(self, line: str, gap: str) -> tuple[int, int]:
        """Put one line after `gap`; page breaks in it become page starts. Gives the span of the line."""
        pieces = line.split(PAGE_BREAK)
        while len(pieces) > 1 and not pieces[0]:
            self.page()
            pieces.pop(0)
        if self._length:
            self._put(gap)
        start = self._length
        for number, piece in enumerate(pieces):
            if number:
                self.page()
            self._put(piece)
        return start, self._length

    def _put(self, piece: str) -> None:
        self._parts.append(piece)
        self._length += len(piece)

    def _take_pages(self, line: str) -> None:
        for _ in range(line.count(PAGE_BREAK)):
            self.page()

    def _slice(self, start: int, end: int) -> str:
        """Text of a span that lies at the end of what is written: walks back from there only."""
        parts: list[str] = []
        at = self._length
        for part in reversed(self._parts):
            if at <= start:
                break
            parts.append(part)
            at -= len(part)
        joined = "".join(reversed(parts))
        return joined[start - at : end - at]

    def _add_block(
        self, kind: BlockKind, line: str, gap: str, *, level: int = 0, lead: tuple[int, int] | None = None, marker: str = ""
    ) -> None:
        if not line.strip(PAGE_BREAK + " "):
            self._take_pages(line)
            return
        body = line.lstrip(PAGE_BREAK)
        pages = line[: len(line) - len(body)]
        start, end = self._append(f"{pages}{marker} {body}" if marker else line, gap)
        start += len(marker) + 1 if marker else 0
        self._remember(Block(kind=kind, start=start, end=end, level=level, lead=lead))

    def _add_row(self, kind: BlockKind, row: Sequence[str], heads: list[str], lead: tuple[int, int] | None, gap: str) -> str:
        texts = [_cell_text(cell) for cell in row]
        if not any(text.strip(PAGE_BREAK) for text in texts):
            self._take_pages("".join(texts))
            return gap
        start, end = self._append(CELL_GAP.join(texts), gap)
        cells: list[Cell] = []
        at = start
        for column, text in enumerate(texts):
            size = len(text.replace(PAGE_BREAK, ""))
            cells.append(Cell(start=at, end=at + size, head=heads[column] if column < len(heads) else ""))
            at += size + len(CELL_GAP)
        self._remember(Block(kind=kind, start=start, end=end, lead=lead, cells=tuple(cells)))
        return "\n"

    def _remember(self, block: Block) -> None:
        self._first_line = self._first_line or self._slice(block.start, block.end)[:MAX_TITLE]
        self._bare_heading = None
        self._blocks.append(block)

    def _close_section(self) -> None:
        if self._blocks:
            path = tuple(text for _, text in self._path)
            self._sections.append(Section(heading=path, start=self._blocks[0].start, end=self._blocks[-1].end, blocks=tuple(self._blocks)))
        self._blocks = []

    def _keep_bare_heading(self, next_level: int) -> None:
        """A heading with nothing under it is text like any other: else no question would ever find it."""
        if self._bare_heading is not None and self._bare_heading[2] >= next_level:
            start, end, _ = self._bare_heading
            path = tuple(text for _, text in self._path[:-1])
            self._sections.append(Section(heading=path, start=start, end=end, blocks=(Block(kind="paragraph", start=start, end=end),)))
        self._bare_heading = None

    def _item_lead(self, level: int) -> tuple[int, int] | None:
        if not self._blocks:
            return None
        last = self._blocks[-1]
        if last.kind == "list_item":
            return self._lead_among_items(level)
        sentence = self._last_sentence(last)
        text = self._slice(*sentence)
        introduces = not _SENTENCE_END.search(text) or _INTRODUCES.search(text) is not None
        return sentence if last.kind == "paragraph" and introduces else None

    def _lead_among_items(self, level: int) -> tuple[int, int] | None:
        """Siblings share a lead; a deeper item is explained by the item above it."""
        for block in reversed(self._blocks):
            if block.kind != "list_item":
                break
            if block.level == level:
                return block.lead
            if block.level < level:
                return block.start, block.end
        return None

    def _table_lead(self) -> tuple[int, int] | None:
        """The caption lines right before the table, or the last sentence of the paragraph there."""
        captions: list[Block] = []
        for block in reversed(self._blocks[-3:]):
            text = self._slice(block.start, block.end)
            if block.kind != "paragraph" or width(text) > MAX_CAPTION or _SENTENCE_END.search(text):
                break
            captions.append(block)
        if captions:
            return captions[-1].start, captions[0].end
        is_after_paragraph = bool(self._blocks) and self._blocks[-1].kind == "paragraph"
        return self._last_sentence(self._blocks[-1]) if is_after_paragraph else None

    def _last_sentence(self, block: Block) -> tuple[int, int]:
        text = self._slice(block.start, block.end)
        starts = [match.end() for match in _SENTENCE_START.finditer(text) if match.end() < len(text)]
        return block.start + (starts[-1] if starts else 0), block.end


def require_text(body: Body, name: str) -> Body:
    """The body unchanged, or `ReadError` when nothing in it can be read."""
    if not body.sections:
        raise ReadError(f"{name}: no readable text in it; supply a version with text or leave the file out")
    return body


def _cell_text(cell: str) -> str:
    return one_line(clean(cell))


def _joined_heads(rows: list[list[str]]) -> list[str]:
    """One head per column: the head rows from top to bottom, a value that spans rows said once."""
    heads: list[str] = []
    for column in range(max((len(row) for row in rows), default=0)):
        parts: list[str] = []
        for row in rows:
            text = row[column].replace(PAGE_BREAK, "") if column < len(row) else ""
            if text and text not in parts:
                parts.append(text)
        heads.append(" ".join(parts))
    return heads


def _blank_pages(text: str, starts: tuple[int, ...]) -> tuple[int, ...]:
    ends = (*starts[1:], len(text)) if starts else ()
    return tuple(number for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1) if not text[start:end].strip())
