"""DOCX: styles, lists, merged cells, bombs."""

import io
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from ingest.read.build import Body
from ingest.read.docx import read_docx
from ingest.schema import ReadError


def _read(document: "docx.document.Document") -> Body:
    file = io.BytesIO()
    document.save(file)
    return read_docx(file.getvalue(), "a.docx", 500)


def _texts(body: Body) -> list[tuple[str, str]]:
    return [(block.kind, body.text[block.start : block.end]) for section in body.sections for block in section.blocks]


def test_headings_lists_and_paragraphs_come_by_style() -> None:
    document = docx.Document()
    document.add_heading("Plan", 0)
    document.add_heading("Aid", 1)
    document.add_paragraph("Firms get:")
    document.add_paragraph("a grant", style="List Bullet")
    document.add_paragraph("a loan", style="List Bullet 2")
    body = _read(document)
    assert body.title == "Plan"
    assert body.sections[0].heading == ("Plan", "Aid")
    assert _texts(body) == [("paragraph", "Firms get:"), ("list_item", "a grant"), ("list_item", "a loan")]
    assert [block.level for block in body.sections[0].blocks] == [0, 0, 1]


def test_an_outline_level_makes_a_heading() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("目标")
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().append(level)
    document.add_paragraph("达到100亿元。")
    assert _read(document).sections[0].heading == ("目标",)


def test_merged_cells_repeat_their_value() -> None:
    document = docx.Document()
    table = document.add_table(rows=4, cols=3)
    for row, texts in enumerate([["Sector", "Revenue", ""], ["Sector", "2020", "2025"], ["Chips", "10", "20"], ["", "11", "21"]]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(2, 0).merge(table.cell(3, 0))
    body = _read(document)
    last = body.sections[0].blocks[-1]
    assert body.text[last.start : last.end] == "Chips | 11 | 21"
    assert [cell.head for cell in last.cells] == ["Sector", "Revenue 2020", "Revenue 2025"]


def test_hidden_and_deleted_text_is_left_out() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Seen.")
    paragraph.add_run(" hidden").font.hidden = True
    deleted = OxmlElement("w:del")
    deleted.append(paragraph.add_run(" gone")._r)
    paragraph._p.append(deleted)
    assert _read(document).text == "Seen."


def test_inserted_text_and_content_controls_are_read() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Seen")
    inserted = OxmlElement("w:ins")
    inserted.append(paragraph.add_run(" too.")._r)
    paragraph._p.append(inserted)
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    content.append(document.add_paragraph("In a control.")._p)
    control.append(content)
    document.element.body.insert(1, control)
    assert _texts(_read(document)) == [("paragraph", "Seen too."), ("paragraph", "In a control.")]


def test_a_zip_bomb_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 3_000_000)
    with pytest.raises(ReadError, match=r"a\.docx: unpacks to more than 2 MB"):
        read_docx(file.getvalue(), "a.docx", 2)


def test_a_bomb_that_understates_its_size_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 3_000_000)
    lying = file.getvalue().replace((3_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    with pytest.raises(ReadError, match=r"a\.docx"):
        read_docx(lying, "a.docx", 2)


def test_a_cut_off_document_is_refused() -> None:
    file = io.BytesIO()
    docx.Document().save(file)
    with pytest.raises(ReadError, match=r"a\.docx: damaged"):
        read_docx(file.getvalue()[:5000], "a.docx", 500)
