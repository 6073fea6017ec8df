"""Blocks to a Word document: real heading, list and table styles, running head, page number field."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from outline import Block, Heading, Items, Paragraph, Table

from ingest.schema import Source

# Zip entries carry a time; a fixed one makes the same text the same bytes.
_ZIP_TIME = (2026, 1, 1, 0, 0, 0)
_FIXED_DAY = datetime(2026, 1, 1)


def docx_bytes(blocks: Sequence[Block], source: Source, note: str) -> bytes:
    """The document as DOCX; `note` stands in the running head beside the number or issuer."""
    document = docx.Document()
    _set_properties(document, source)
    _set_page(document, source, note)
    for block in blocks:
        _add(document, block)
    packed = io.BytesIO()
    document.save(packed)
    return _with_fixed_times(packed.getvalue())


def _set_properties(document: Any, source: Source) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.language = source.title, source.issuer or "", source.language
    properties.comments, properties.last_modified_by, properties.revision = "", "", 1
    properties.created = properties.modified = _FIXED_DAY


def _set_page(document: Any, source: Source, note: str) -> None:
    is_chinese = source.language == "zh"
    _set_fonts(document.styles["Normal"], "Times New Roman", "仿宋", 12 if is_chinese else 11)
    for level, size in ((1, 20), (2, 15), (3, 12.5)):
        style = document.styles[f"Heading {level}"]
        _set_fonts(style, "Arial", "黑体", size)
        style.font.color.rgb = RGBColor(0, 0, 0)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    head = section.header.paragraphs[0]
    head.text = "  ·  ".join(part for part in (source.document_number or source.issuer, note) if part)
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("第 " if is_chinese else "Page ")
    _add_field(foot, "PAGE")
    if is_chinese:
        foot.add_run(" 页")


def _set_fonts(style: Any, latin: str, chinese: str, size: float) -> None:
    style.font.name, style.font.size = latin, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), chinese)


def _add_field(paragraph: Any, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _add(document: Any, block: Block) -> None:
    match block:
        case Heading(level, text):
            heading = document.add_heading(text, level)
            if level == 1:
                heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        case Paragraph(text):
            document.add_paragraph(text)
        case Items(texts):
            for text in texts:
                document.add_paragraph(text, style="List Bullet")
        case Table():
            _add_table(document, block)


def _add_table(document: Any, block: Table) -> None:
    table = document.add_table(rows=0, cols=len(block.head), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for number, texts in enumerate((block.head, *block.rows)):
        row = table.add_row()
        for cell, text in zip(row.cells, texts, strict=True):
            cell.paragraphs[0].add_run(text).bold = number == 0 or None
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    document.add_paragraph()


def _with_fixed_times(packed: bytes) -> bytes:
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as read, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as written:
        for entry in sorted(read.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            place = zipfile.ZipInfo(entry, _ZIP_TIME)
            place.compress_type, place.create_system = zipfile.ZIP_DEFLATED, 3
            written.writestr(place, read.read(entry))
    return fixed.getvalue()
