"""Word documents (DOCX) to a document: headings by style and outline level, numbered paragraphs as list items, merged cells resolved."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree  # type: ignore[import-untyped]

from ingest.read.build import Body, Builder
from ingest.read.characters import PAGE_BREAK
from ingest.read.structure import add_line, numbered_level
from ingest.read.tables import Grid, guess_heads, is_layout, split_caption, without_empty
from ingest.schema import ReadError

_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_TITLE_STYLE = re.compile(r"(?:title|标题|文档标题)$", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list\s+(?:bullet|number|paragraph)?\s*([2-9])?|列表(?:项目符号|编号)?\s*([2-9])?", re.IGNORECASE)
_SKIPPED = frozenset(qn(name) for name in ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:instrText", "w:txbxContent")) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_WORDS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_READ_SIZE = 1 << 20


def read_docx(content: bytes, name: str, max_unpacked_mb: int) -> Body:
    """A document from the bytes of a DOCX file; headers and footers are left out, footnotes follow the paragraph they belong to."""
    _check_size(content, name, max_unpacked_mb)
    try:
        document = docx.Document(io.BytesIO(content))
    except (OpcError, KeyError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile) as fault:
        raise ReadError(
            f"{name}: no readable Word document ({type(fault).__name__}); open it in a word processor and save it as .docx"
        ) from fault
    builder = Builder()
    walk = _Walk(builder, document)
    for child in document.element.body:
        walk.visit(child)
    title = (document.core_properties.title or "").strip()
    return builder.body(title=walk.title or (title if _is_sensible(title) else None))


def _check_size(content: bytes, name: str, max_unpacked_mb: int) -> None:
    """Refuse a file that unpacks to more than allowed: by what it declares, then by what really comes out."""
    most = max_unpacked_mb * 1_000_000
    bomb = ReadError(f"{name}: unpacks to more than {max_unpacked_mb} MB (a zip bomb?); raise PLANQUERY_MAX_UNPACKED_MB if you trust it")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > most:
                raise bomb
            read = 0
            for entry in archive.infolist():
                with archive.open(entry) as part:
                    while piece := part.read(_READ_SIZE):
                        read += len(piece)
                        if read > most:
                            raise bomb
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as fault:
        raise ReadError(f"{name}: damaged or protected Word document; open it in a word processor and save it again as .docx") from fault
    except Exception as fault:
        if isinstance(fault, ReadError):
            raise
        raise ReadError(f"{name}: damaged Word document; open it in a word processor and save it again as .docx") from fault


def _is_sensible(title: str) -> bool:
    return len(title) > 3 and not re.search(r"\.docx?$|^(?:microsoft word|document\d*|文档\d*|untitled)", title, re.IGNORECASE)


class _Walk:
    """Goes through the body in reading order; knows the styles of the document."""

    def __init__(self, builder: Builder, document: Any) -> None:
        self._builder = builder
        self._styles = {style.style_id: style for style in document.styles if getattr(style, "style_id", None)}
        self._notes = _footnotes(document)
        self.title: str | None = None

    def visit(self, element: Any) -> None:
        """Add a paragraph, a table, or what stands in a content control."""
        if element.tag == qn("w:p"):
            self._add_paragraph(element)
        elif element.tag == qn("w:tbl"):
            self._add_table(element)
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag")):
            for child in element:
                self.visit(child)

    def _add_paragraph(self, paragraph: Any) -> None:
        text = _text(paragraph)
        names = self._style_names(paragraph)
        level = self._heading_level(paragraph, names)
        if not text.strip():
            return
        if any(_TITLE_STYLE.match(style) for style in names) and self.title is None:
            self.title = " ".join(text.split())
        if level is not None:
            self._builder.heading(text, level)
        elif (depth := self._list_depth(paragraph, names)) is not None:
            self._builder.item(text, depth)
        elif (guessed := _guessed_level(paragraph, text)) is not None:
            self._builder.heading(text, 10 + guessed)
        else:
            for line in text.split("\n"):
                add_line(self._builder, line, 0)
        for reference in paragraph.iter(qn("w:footnoteReference")):
            self._builder.paragraph(self._notes.get(reference.get(qn("w:id")), ""))

    def _chain(self, paragraph: Any) -> Iterator[Any]:
        """The paragraph's style and those it builds on; cycles in a damaged file end."""
        properties = paragraph.find(qn("w:pPr"))
        named = properties.find(qn("w:pStyle")) if properties is not None else None
        style = self._styles.get(named.get(qn("w:val"))) if named is not None else None
        for _ in range(10):
            if style is None:
                return
            yield style
            style = getattr(style, "base_style", None)

    def _style_names(self, paragraph: Any) -> list[str]:
        return [str(style.name or "").strip() for style in self._chain(paragraph)]

    def _property(self, paragraph: Any, name: str) -> Any:
        """A paragraph property, set here or by a style."""
        for element in (paragraph, *(style.element for style in self._chain(paragraph))):
            properties = element.find(qn("w:pPr"))
            found = properties.find(qn(name)) if properties is not None else None
            if found is not None:
                return found
        return None

    def _heading_level(self, paragraph: Any, names: list[str]) -> int | None:
        for name in names:
            if found := _HEADING_STYLE.match(name):
                return int(found.group(1))
            if _TITLE_STYLE.match(name):
                return 0
        outline = self._property(paragraph, "w:outlineLvl")
        value = outline.get(qn("w:val")) if outline is not None else None
        return int(value) + 1 if value is not None and value.isdigit() and int(value) < 9 else None

    def _list_depth(self, paragraph: Any, names: list[str]) -> int | None:
        numbering = self._property(paragraph, "w:numPr")
        if numbering is not None:
            number, level = numbering.find(qn("w:numId")), numbering.find(qn("w:ilvl"))
            if number is not None and number.get(qn("w:val")) == "0":
                return None
            depth = level.get(qn("w:val"), "") if level is not None else ""
            if depth.isdigit():
                return int(depth)
        for name in names:
            if (found := _LIST_STYLE.fullmatch(name)) and name.lower() not in ("list paragraph", "list", "列表"):
                return int(found.group(1) or found.group(2) or 1) - 1
        return 0 if numbering is not None else None

    def _add_table(self, table: Any) -> None:
        grid = without_empty(_grid(table))
        if not grid or is_layout(grid) or table.find(f".//{qn('w:tc')}/{qn('w:tbl')}") is not None:
            for cell in table.iter(qn("w:tc")):
                if next(cell.iterancestors(qn("w:tbl"))) is table:
                    for child in cell:
                        self.visit(child)
            return
        captions, grid = split_caption(grid)
        for line in captions:
            self._builder.paragraph(line)
        marked = sum(row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.findall(qn("w:tr"))) - len(captions)
        heads = min(marked, len(grid) - 1) if marked > 0 else guess_heads(grid, _head_reach(grid))
        self._builder.table(grid[:heads], grid[heads:])


def _guessed_level(paragraph: Any, text: str) -> int | None:
    """Depth of an unstyled heading: numbered like one, and set bold or centred or in a Chinese heading's manner."""
    level = numbered_level(" ".join(text.split()))
    runs = [run for run in paragraph.iter(qn("w:r")) if _text(run).strip()]
    is_bold = bool(runs) and all(run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None for run in runs)
    return level if level is not None and (is_bold or level <= 7) else None


def _text(element: Any) -> str:
    """The words of an element as shown: no deleted, hidden or fallback text."""
    parts: list[str] = []
    for child in element:
        if child.tag in _SKIPPED or (child.tag == qn("w:r") and child.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None):
            continue
        if child.tag == qn("w:t"):
            parts.append((child.text or "").replace(PAGE_BREAK, " ").replace("\u00a0", " "))
        elif child.tag in _WORDS:
            parts.append("" if child.get(qn("w:type")) == "page" else _WORDS[child.tag])
        elif isinstance(child.tag, str):
            parts.append(_text(child))
    return "".join(parts)


def _cell_text(cell: Any) -> str:
    return "\n".join(filter(None, (_text(paragraph).strip() for paragraph in cell.iter(qn("w:p")))))


def _grid(table: Any) -> Grid:
    """The table as rows of texts; a merged cell's value stands in every place it covers."""
    grid: Grid = []
    for row in table.findall(qn("w:tr")):
        texts: list[str] = []
        for cell in row.iter(qn("w:tc")):
            if next(cell.iterancestors(qn("w:tr"))) is not row:
                continue
            properties = cell.find(qn("w:tcPr"))
            span = properties.find(qn("w:gridSpan")) if properties is not None else None
            merge = properties.find(qn("w:vMerge")) if properties is not None else None
            continues = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
            above = grid[-1][len(texts)] if continues and grid and len(texts) < len(grid[-1]) else None
            size = min(int(span.get(qn("w:val"), "1") or 1), 100) if span is not None else 1
            texts += [above if above is not None else _cell_text(cell)] * size
        grid.append(texts)
    return grid


def _head_reach(grid: Grid) -> int:
    """Two head rows where the first repeats a value across columns and the second tells those apart."""
    has_groups = any(left and left == right for left, right in zip(grid[0], grid[0][1:], strict=False))
    return 2 if has_groups and len(grid) > 2 else 1


def _footnotes(document: Any) -> dict[str, str]:
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/footnotes") and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(relation.target_part.blob, parser)
            return {note.get(qn("w:id")): _text(note).strip() for note in root.findall(qn("w:footnote")) if not note.get(qn("w:type"))}
    return {}
