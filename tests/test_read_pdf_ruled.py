"""`ingest.read.pdf_ruled`: cells are where the ruled lines are, whatever stands in them; page furniture and columns of a built PDF."""

from pathlib import Path

import pytest
from fpdf import FPDF

from ingest.read import read_file
from ingest.schema import Document
from ingest.settings import Settings

# A first cell of two lines, a row whose cells all wrap, and figures in the first column.
ROWS = [
    ("Kind of project", "Support"),
    ("Research on new materials|for batteries", "up to 2 million yuan"),
    ("Purchase of equipment|from other firms", "10 percent of the price,|at most 5 million yuan"),
    ("2 million", "3 million"),
]


def new_pdf() -> FPDF:
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_auto_page_break(False)
    pdf.add_page()
    pdf.set_font("helvetica", size=11)
    return pdf


def read(pdf: FPDF, folder: Path) -> Document:
    path = folder / "plan.pdf"
    pdf.output(str(path))
    return read_file(path, Settings(_env_file=None), "plan")


def add_table(pdf: FPDF, top: float, rows: list[tuple[str, str]], *, by: str = "boxes") -> None:
    """Two columns of 200 points, each row as high as its longest cell; drawn as boxes or as single lines."""
    edges = [top]
    for row in rows:
        height = max(cell.count("|") + 1 for cell in row) * 14 + 8
        for column, cell in enumerate(row):
            left = 60 + 200 * column
            if by == "boxes":
                pdf.rect(left, edges[-1], 200, height)
            for number, line in enumerate(cell.split("|")):
                pdf.text(left + 5, edges[-1] + 14 + 14 * number, line)
        edges.append(edges[-1] + height)
    if by == "lines":
        for y in edges:
            pdf.line(60, y, 460, y)
        for x in (60, 260, 460):
            pdf.line(x, edges[0], x, edges[-1])


def cells(document: Document) -> list[list[str]]:
    blocks = [block for section in document.sections for block in section.blocks if block.cells]
    return [[document.text[cell.start : cell.end] for cell in block.cells] for block in blocks]


@pytest.mark.parametrize("by", ["boxes", "lines"])
def test_wrapped_cells_stay_in_their_row(tmp_path: Path, by: str) -> None:
    pdf = new_pdf()
    pdf.text(60, 60, "The table shows what the plan gives.")
    add_table(pdf, 80, ROWS, by=by)
    assert cells(read(pdf, tmp_path)) == [[cell.replace("|", " ") for cell in row] for row in ROWS]


def test_a_table_over_a_page_break_is_one_table_and_its_repeated_head_is_said_once(tmp_path: Path) -> None:
    pdf = new_pdf()
    pdf.text(60, 60, "The table shows what the plan gives.")
    add_table(pdf, 80, ROWS[:2])
    pdf.add_page()
    add_table(pdf, 60, [ROWS[0], *ROWS[2:]])
    document = read(pdf, tmp_path)
    assert cells(document) == [[cell.replace("|", " ") for cell in row] for row in ROWS]
    assert document.page_of(document.text.index("new materials")) == 1
    assert document.page_of(document.text.index("Purchase")) == 2


def test_a_merged_cell_stands_in_every_row_it_covers(tmp_path: Path) -> None:
    pdf = new_pdf()
    for box in ((60, 80, 100, 60), (160, 80, 200, 30), (160, 110, 200, 30)):
        pdf.rect(*box)
    for place in ((65, 112, "Taiyuan"), (165, 100, "first award"), (165, 130, "second award")):
        pdf.text(*place)
    assert cells(read(pdf, tmp_path)) == [["Taiyuan", "first award"], ["Taiyuan", "second award"]]


def test_a_frame_around_prose_is_no_table(tmp_path: Path) -> None:
    pdf = new_pdf()
    pdf.rect(50, 50, 420, 60)
    pdf.text(60, 70, "The plan supports firms of the province")
    pdf.text(60, 84, "that make new materials.")
    document = read(pdf, tmp_path)
    assert cells(document) == []
    assert "firms of the province that make" in document.text


class Furnished(FPDF):
    """A page whose head is marked as word processors mark it."""

    def header(self) -> None:
        self.set_font("helvetica", size=9)
        self._out("/Artifact <</Type /Pagination /Subtype /Header>> BDC")
        self.text(60, 40, "Ministry of Plans")
        self._out("EMC")
        self.set_font("helvetica", size=11)


def test_a_marked_running_head_is_left_out_even_of_a_single_page(tmp_path: Path) -> None:
    pdf = Furnished(unit="pt", format="A4")
    pdf.add_page()
    pdf.text(60, 100, "The plan runs to the end of the year.")
    assert read(pdf, tmp_path).text == "The plan runs to the end of the year."


def test_text_is_kept_when_the_file_marks_everything_as_furniture(tmp_path: Path) -> None:
    pdf = Furnished(unit="pt", format="A4")
    pdf.add_page()
    assert read(pdf, tmp_path).text == "Ministry of Plans"


def test_a_list_item_goes_on_with_an_address_on_its_own_line(tmp_path: Path) -> None:
    pdf = new_pdf()
    pdf.text(60, 60, "The sources of the plan are these pages and papers, read in the order given:")
    for number in range(3):
        top = 80 + 34 * number
        pdf.text(64, top, chr(149))
        pdf.text(76, top, f"Report number {number}. Grade A.")
        pdf.text(76, top + 14, f"http://example.org/{number}.html")
    document = read(pdf, tmp_path)
    items = [document.text[b.start : b.end] for s in document.sections for b in s.blocks if b.kind == "list_item"]
    assert items == [f"Report number {number}. Grade A. http://example.org/{number}.html" for number in range(3)]
