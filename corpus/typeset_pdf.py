"""Blocks to a PDF as offices publish them: A4, running head, page numbers, embedded fonts, one column or two, ruled tables."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from font_files import FONTS
from fpdf import FPDF
from fpdf.enums import TextMode
from fpdf.fonts import TTFFont
from line_breaks import unbreakable
from outline import Block, Heading, Items, Paragraph, Table

from ingest.schema import Source

_FIXED_DAY = datetime(2026, 1, 1, tzinfo=UTC)

# Points. Heading sizes by level; the smaller Chinese headings are set bold by an outline of this width.
_HEADING_SIZE, _OUTLINE = {1: 19.0, 2: 15.6, 3: 13.8}, 0.35
_MARGIN, _TOP, _FOOT, _GUTTER, _PADDING = 68.0, 76.0, 64.0, 24.0, 4.5
# Parts of the type size.
_TABLE_LEADING = 1.35


@dataclass(frozen=True)
class Face:
    """Size in points and weight of a piece of text."""

    size: float
    is_bold: bool = False


_SMALL = Face(9.0)


@dataclass(frozen=True)
class Style:
    """How a document is set: type size, distance of lines (both in points), and number of columns."""

    size: float = 11.5
    leading: float = 17.0
    columns: int = 1


def pdf_bytes(blocks: Sequence[Block], source: Source, note: str, style: Style, fonts: dict[str, Path]) -> bytes:
    """The document as PDF; `note` stands in the running head beside the number or issuer."""
    sheet = _Sheet(source, note, fonts)
    flow = _Flow(sheet, style, is_chinese=source.language == "zh")
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        flow.add(block, following)
    return bytes(sheet.output())


class _Sheet(FPDF):
    """Pages with running head and page number."""

    def __init__(self, source: Source, note: str, fonts: dict[str, Path]) -> None:
        super().__init__(unit="pt", format="A4")
        for name, family, style, _ in FONTS:
            self.add_font(family, style, fonts[name])
        plain = [(family, self.fonts[family]) for _, family, style, _ in FONTS if not style]
        self._cmaps = [(family, font.cmap) for family, font in plain if isinstance(font, TTFFont)]
        self.set_auto_page_break(False)
        self.set_creation_date(_FIXED_DAY)
        self.set_title(source.title)
        self.set_author(source.issuer or "")
        self.set_lang("zh-CN" if source.language == "zh" else "en")
        self._is_chinese = source.language == "zh"
        self._left_head = source.document_number or source.issuer or ""
        self._right_head = note

    def header(self) -> None:
        """Number or issuer on the left, the note on the right, a line below."""
        with self._artifact("Header"):
            self.put(_MARGIN, 50, self._left_head[:60], _SMALL)
            self.put(self.w - _MARGIN - self.width(self._right_head, _SMALL), 50, self._right_head, _SMALL)
            self.set_line_width(0.5)
            self.line(_MARGIN, 56, self.w - _MARGIN, 56)

    def footer(self) -> None:
        """The page number, in the manner of either language."""
        number = f"— {self.page_no()} —" if self._is_chinese else f"Page {self.page_no()}"
        with self._artifact("Footer"):
            self.put((self.w - self.width(number, _SMALL)) / 2, self.h - 38, number, _SMALL)

    @contextmanager
    def _artifact(self, kind: str) -> Iterator[None]:
        """Mark what is drawn as belonging to the page, not the text, as word processors do when they export a PDF."""
        self._out(f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC")
        yield
        self._out("EMC")

    def width(self, text: str, face: Face) -> float:
        """Points that the text takes on one line."""
        width = 0.0
        for family, run in self._runs(text):
            self._choose(family, face)
            width += self.get_string_width(run)
        return width

    def put(self, left: float, baseline: float, text: str, face: Face) -> None:
        """Write one line; each sign in the first font that has it."""
        for family, run in self._runs(text):
            self._choose(family, face)
            if face.is_bold and family != "latin":
                # No bold cut of the Chinese font is at hand.
                with self.local_context(text_mode=TextMode.FILL_STROKE, line_width=_OUTLINE):
                    self.text(left, baseline, run)
            else:
                self.text(left, baseline, run)
            left += self.get_string_width(run)

    def _choose(self, family: str, face: Face) -> None:
        self.set_font(family, "B" if face.is_bold and family == "latin" else "", face.size)

    def _runs(self, text: str) -> Iterator[tuple[str, str]]:
        for family, signs in groupby(text, self._family):
            yield family, "".join(signs)

    def _family(self, sign: str) -> str:
        return next((family for family, cmap in self._cmaps if ord(sign) in cmap), "latin")


class _Flow:
    """Puts blocks on sheets one after the other; knows where the next line goes."""

    def __init__(self, sheet: _Sheet, style: Style, *, is_chinese: bool) -> None:
        self._sheet, self._style, self._is_chinese = sheet, style, is_chinese
        self._columns, self._column = 1, 0
        self._full = sheet.w - 2 * _MARGIN
        self._bottom = sheet.h - _FOOT
        self._turn_page()

    def add(self, block: Block, following: Block | None) -> None:
        """Set one block; a heading keeps two lines of what follows with it."""
        match block:
            case Heading():
                self._add_heading(block)
            case Paragraph(text):
                keep = 3 * self._style.leading if isinstance(following, Items | Table) else 0
                self._reserve(min(keep + self._style.leading, 5 * self._style.leading))
                self._set_lines(text, Face(self._style.size), self._style.leading, indent=2 * self._style.size if self._is_chinese else 0)
                self._y += 0.4 * self._style.leading
            case Items(texts):
                for text in texts:
                    self._add_item(text)
                self._y += 0.3 * self._style.leading
            case Table():
                self._add_table(block)

    @property
    def _width(self) -> float:
        return (self._full - (self._columns - 1) * _GUTTER) / self._columns

    @property
    def _x(self) -> float:
        return _MARGIN + self._column * (self._width + _GUTTER)

    def _turn_page(self) -> None:
        self._sheet.add_page()
        self._y, self._band_top, self._column = _TOP, _TOP, 0

    def _reserve(self, height: float) -> None:
        """Go on to the next column or page unless `height` fits here."""
        if self._y + height <= self._bottom:
            return
        if self._column + 1 < self._columns:
            self._column, self._y = self._column + 1, self._band_top
        else:
            self._turn_page()

    def _add_heading(self, heading: Heading) -> None:
        face = Face(_HEADING_SIZE[heading.level], is_bold=True)
        self._reserve(face.size * 2 + 3 * self._style.leading)
        self._y += 0.2 * face.size if self._y == self._band_top else 0.7 * face.size
        self._set_lines(heading.text, face, 1.35 * face.size, is_centred=heading.level == 1)
        self._y += 0.45 * face.size
        if heading.level == 1:
            self._columns, self._band_top = self._style.columns, self._y

    def _add_item(self, text: str) -> None:
        face = Face(self._style.size)
        self._reserve(self._style.leading)
        self._put_line(self._x + 4, "•", face, self._style.leading)
        self._set_lines(text, face, self._style.leading, hanging=16)
        self._y += 0.2 * self._style.leading

    def _set_lines(self, text: str, face: Face, leading: float, *, indent: float = 0, hanging: float = 0, is_centred: bool = False) -> None:
        for number, line in enumerate(self._broken(text, face, self._width - hanging, indent)):
            self._reserve(leading)
            left = self._x + hanging + (indent if number == 0 else 0)
            if is_centred:
                left = self._x + (self._width - self._sheet.width(line, face)) / 2
            self._put_line(left, line, face, leading)
            self._y += leading

    def _put_line(self, left: float, text: str, face: Face, leading: float) -> None:
        # The baseline lies so that a line looks centred in its leading.
        self._sheet.put(left, self._y + leading / 2 + 0.35 * face.size, text, face)

    def _broken(self, text: str, face: Face, width: float, indent: float = 0) -> Iterator[str]:
        """Lines that fit `width`, the first `indent` narrower; a unit that fits no line is cut."""
        line, room = "", width - indent
        for unit in unbreakable(text):
            if line and self._sheet.width((line + unit).rstrip(), face) > room:
                yield line.rstrip()
                line, room = "", width
            line += unit if line else unit.lstrip()
            while self._sheet.width(line.rstrip(), face) > room:
                cut = next(end for end in range(len(line) - 1, 0, -1) if self._sheet.width(line[:end], face) <= room)
                yield line[:cut]
                line, room = line[cut:], width
        if line:
            yield line.rstrip()

    def _add_table(self, table: Table) -> None:
        head, body = Face(self._style.size - 1.5, is_bold=True), Face(self._style.size - 1.5)
        widths = self._column_widths(table, head)
        self._reserve(self._row_height(table.head, widths, head) + self._row_height(table.rows[0], widths, body))
        self._add_row(table.head, widths, head)
        for row in table.rows:
            place = self._sheet.page_no(), self._column
            self._reserve(self._row_height(row, widths, body))
            if (self._sheet.page_no(), self._column) != place:
                self._add_row(table.head, widths, head)
            self._add_row(row, widths, body)
        self._y += 0.8 * self._style.leading

    def _column_widths(self, table: Table, face: Face) -> list[float]:
        """As wide as the longest cell where all fit; else what is over is taken from the widest."""
        columns = zip(table.head, *table.rows, strict=True)
        widths = [max(self._sheet.width(cell, face) for cell in column) + 2 * _PADDING + 2 for column in columns]
        while sum(widths) > self._width:
            widest = max(range(len(widths)), key=widths.__getitem__)
            widths[widest] -= min(8.0, sum(widths) - self._width)
        spare = (self._width - sum(widths)) / len(widths)
        return [width + spare for width in widths]

    def _row_height(self, row: Sequence[str], widths: Sequence[float], face: Face) -> float:
        lines = max(len(list(self._broken(cell, face, width - 2 * _PADDING))) for cell, width in zip(row, widths, strict=True))
        return lines * _TABLE_LEADING * face.size + 2 * _PADDING

    def _add_row(self, row: Sequence[str], widths: Sequence[float], face: Face) -> None:
        left, top, leading = self._x, self._y, _TABLE_LEADING * face.size
        height = self._row_height(row, widths, face)
        for cell, width in zip(row, widths, strict=True):
            self._sheet.set_fill_color(236 if face.is_bold else 255)
            self._sheet.set_line_width(0.4)
            self._sheet.rect(left, top, width, height, style="DF")
            self._sheet.set_fill_color(0)
            for number, line in enumerate(self._broken(cell, face, width - 2 * _PADDING)):
                self._y = top + _PADDING + number * leading
                self._put_line(left + _PADDING, line, face, leading)
            left += width
        self._y = top + height
