"""`ingest.read.pdf_open_tables`: columns and rows of tables that have lines across only."""

from itertools import pairwise

import pytest
from fpdf import FPDF

from ingest.read.build import Body
from ingest.read.pdf import read_pdf
from ingest.settings import Settings

ROWS = [
    ("Class", "Staff", "Yearly revenue"),
    ("Medium", "300 or more", "20 million yuan|or more"),
    ("Small", "20 or more", "3 million yuan"),
]


def new_pdf() -> FPDF:
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_auto_page_break(False)
    pdf.add_page()
    pdf.set_font("helvetica", size=11)
    pdf.text(60, 60, "The table shows the classes of firms.")
    return pdf


def read(pdf: FPDF) -> Body:
    return read_pdf(bytes(pdf.output()), "a.pdf", Settings(_env_file=None))


def add_table(pdf: FPDF, *, rules: str) -> None:
    """Columns that stand close; a line goes across `whole` or cell by cell, or lines are left out (`two`)."""
    y = 80.0
    heights = {"0": 80.0}
    for number, row in enumerate(ROWS):
        for left, cell in zip((60, 112, 182), row, strict=True):
            for line, text in enumerate(cell.split("|")):
                pdf.text(left, y + 14 + 14 * line, text)
        y += 20 + 14 * max(cell.count("|") for cell in row)
        heights[str(number + 1)] = y
    kept = [heights["0"], heights["1"], y] if rules != "two" else [heights["0"], y]
    for height in kept:
        edges = [60, 110, 180, 320] if rules == "cells" else [60, 320]
        for left, right in pairwise(edges):
            pdf.line(left, height, right, height)


def cells(body: Body) -> list[list[str]]:
    blocks = [block for section in body.sections for block in section.blocks if block.cells]
    return [[body.text[cell.start : cell.end] for cell in block.cells] for block in blocks]


@pytest.mark.parametrize("rules", ["whole", "cells"])
def test_close_columns_between_three_lines_are_a_table(rules: str) -> None:
    pdf = new_pdf()
    add_table(pdf, rules=rules)
    body = read(pdf)
    assert cells(body) == [[cell.replace("|", " ") for cell in row] for row in ROWS]
    assert [cell.head for cell in body.sections[0].blocks[-1].cells] == list(ROWS[0])


def test_prose_between_lines_is_no_table() -> None:
    pdf = new_pdf()
    for height in (80, 120, 160):
        pdf.line(60, height, 400, height)
        pdf.text(60, height + 16, "The province supports firms that make new materials,")
        pdf.text(60, height + 30, "and pays a part of what their new equipment costs.")
    body = read(pdf)
    assert cells(body) == []
    assert "new materials, and pays a part" in body.text
