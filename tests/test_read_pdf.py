"""PDF: pages, running heads, columns, tables, damaged and locked files."""

import io
import re

import pytest
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter

from ingest.read.build import Body
from ingest.read.pdf import read_pdf
from ingest.schema import Block, ReadError
from ingest.settings import Settings

SETTINGS = Settings(_env_file=None)
SENTENCE = "The province will support firms that build new plants in the zone and will pay part of the cost. "


def _pdf() -> FPDF:
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_font("Helvetica", size=11)
    return pdf


def _read(pdf: FPDF) -> Body:
    return read_pdf(bytes(pdf.output()), "a.pdf", SETTINGS)


def _blocks(body: Body) -> list[Block]:
    return [block for section in body.sections for block in section.blocks]


def _plain(pages: list[str]) -> FPDF:
    pdf = _pdf()
    for number, text in enumerate(pages, 1):
        pdf.add_page()
        pdf.text(50, 30, "Plan of the province")
        pdf.set_xy(50, 60)
        pdf.multi_cell(480, 14, text)
        pdf.text(290, 820, str(number))
    return pdf


def test_each_quote_stands_on_its_page() -> None:
    body = _read(_plain([f"{SENTENCE * 4}Only page {word} says this." for word in ("one", "two", "three", "four")]))
    assert len(body.page_starts) == 4
    for page, word in enumerate(("one", "two", "three", "four")):
        at = body.text.index(f"Only page {word} says this.")
        assert body.page_starts[page] <= at
        assert page == 3 or at < body.page_starts[page + 1]


def test_running_heads_and_page_numbers_go() -> None:
    body = _read(_plain([SENTENCE * 4] * 4))
    assert "Plan of the province" not in body.text
    assert not re.search(r"(?m)^\d$", body.text)


def test_a_paragraph_is_rejoined_across_lines_and_pages() -> None:
    body = _read(_plain([f"{SENTENCE * 4}This sentence is cut by", "the end of the page. " + SENTENCE, SENTENCE]))
    assert "This sentence is cut by the end of the page." in body.text


def test_pages_without_text_are_recorded() -> None:
    pdf = _plain([SENTENCE])
    pdf.add_page()
    pdf.add_page()
    pdf.text(50, 60, "The last page has words.")
    body = _read(pdf)
    assert body.blank_pages == (2,)
    assert len(body.page_starts) == 3


def test_two_columns_are_read_one_after_the_other() -> None:
    pdf = _pdf()
    pdf.add_page()
    for x, side in ((50, "left"), (310, "right")):
        pdf.set_xy(x, 60)
        pdf.multi_cell(230, 14, f"Start of the {side} column. {SENTENCE * 6} End of the {side} column.")
    text = _read(pdf).text
    assert text.index("End of the left column.") < text.index("Start of the right column.")


def test_rows_of_figures_carry_their_heads() -> None:
    pdf = _pdf()
    pdf.add_page()
    pdf.text(50, 60, "The following table gives the revenue of each sector in million yuan:")
    for row, (label, first, second) in enumerate(
        [("", "2020", "2025"), ("Chips", "1,200", "2,300"), ("Cells", "(15)", "40.5%"), ("Total", "$ 1,185", "$ 2,340")]
    ):
        for x, text in ((50, label), (300, first), (420, second)):
            pdf.text(x, 90 + 16 * row, text)
    body = _read(pdf)
    last = _blocks(body)[-1]
    assert [(body.text[cell.start : cell.end], cell.head) for cell in last.cells] == [
        ("Total", ""),
        ("$ 1,185", "2020"),
        ("$ 2,340", "2025"),
    ]
    assert last.lead is not None
    assert body.text[slice(*last.lead)].startswith("The following table")


def test_larger_and_numbered_lines_are_headings() -> None:
    pdf = _pdf()
    pdf.add_page()
    pdf.set_font("Helvetica", size=20)
    pdf.text(50, 60, "Development plan")
    pdf.set_font("Helvetica", size=11)
    pdf.text(50, 100, "Item 1. Goals")
    pdf.set_xy(50, 120)
    pdf.multi_cell(480, 14, SENTENCE * 3)
    body = _read(pdf)
    assert body.title == "Development plan"
    assert body.sections[0].heading == ("Development plan", "Item 1. Goals")


def test_a_scan_without_text_names_the_remedy() -> None:
    pdf = _pdf()
    pdf.add_page()
    with pytest.raises(ReadError, match="scanned, no text in it; enable OCR"):
        _read(pdf)


def _locked(password: str, algorithm: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(bytes(_plain([SENTENCE]).output()))))
    writer.encrypt(password, "owner", algorithm=algorithm)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_an_empty_password_opens_the_file(algorithm: str) -> None:
    assert "The province" in read_pdf(_locked("", algorithm), "a.pdf", SETTINGS).text


def test_a_real_password_is_named() -> None:
    with pytest.raises(ReadError, match=r"a\.pdf: protected by a password"):
        read_pdf(_locked("secret", "AES-256"), "a.pdf", SETTINGS)


def test_a_cut_off_file_is_named() -> None:
    content = bytes(_plain([SENTENCE * 4] * 5).output())
    for share in (0.2, 0.5, 0.9):
        with pytest.raises(ReadError, match=r"a\.pdf: damaged or cut-off PDF"):
            read_pdf(content[: int(len(content) * share)], "a.pdf", SETTINGS)


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(ReadError, match="2 pages are more than the 1 allowed"):
        read_pdf(bytes(_plain([SENTENCE] * 2).output()), "a.pdf", Settings(_env_file=None, max_pages=1))
