import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
from measure_toys import toy_assistant
from openpyxl import load_workbook

from assistant.enterprises import Matrix, matrix, read_table
from assistant.history import History
from assistant.profile import Profile
from assistant.ui.desk import Desk
from assistant.ui.measure_exports import matrix_csv, matrix_xlsx, to_word, to_xlsx
from ingest.settings import Settings

DAY = date(2026, 11, 23)
PROFILE = Profile(hnte=True, employees=40)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("toy")
    clock = lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # noqa: E731
    with toy_assistant(folder) as assistant:
        yield Desk(Settings(_env_file=None), History(folder / "history", clock), lambda: assistant, clock, "ann", "en")


def table(desk: Desk) -> Matrix:
    rows = read_table(b'name,hnte,employees,industrial\n"=HYPERLINK(""x"")",yes,40,yes\nBeta,no,10,yes\n')
    return matrix(rows, desk.engine().measures(), lambda profile: desk.engine().verdicts(profile, DAY))


def test_word_holds_the_facts_the_quotes_the_document_number_and_the_day(desk: Desk) -> None:
    made = docx.Document(io.BytesIO(to_word(desk, PROFILE, desk.engine().verdicts(PROFILE, DAY), DAY)))
    text = "\n".join(paragraph.text for paragraph in made.paragraphs)
    assert "Verdicts as of 2026-11-23" in text
    assert "employees: 40" in text
    assert "A certified high-tech firm pays corporate income tax at the reduced rate of 15 percent." in text
    assert "Valley Office [2024] No. 3" in text
    assert text.index("Applies (1)") < text.index("Does not apply (1)") < text.index("Expired (1)")


def test_excel_holds_verdicts_conditions_and_facts(desk: Desk) -> None:
    book = load_workbook(io.BytesIO(to_xlsx(desk, PROFILE, desk.engine().verdicts(PROFILE, DAY), DAY)))
    assert book.sheetnames == ["Verdicts", "Conditions", "Facts stated"]
    verdicts = {row[0]: row for row in book["Verdicts"].iter_rows(min_row=3, values_only=True)}
    assert verdicts["Robot grant"][1] == "Does not apply"
    assert verdicts["Robot grant"][5] == "employees: now 40, needs at least 50"
    conditions = list(book["Conditions"].iter_rows(min_row=3, values_only=True))
    assert any(row[3] == "met" and str(row[4]).startswith("A certified high-tech firm") for row in conditions)


def test_the_matrix_counts_near_misses_and_what_nobody_meets(desk: Desk) -> None:
    found = table(desk)
    near = [(row.name, verdict.measure_id) for row, verdict in found.near_misses()]
    assert near[1:] == [("Beta", "t2-robot-grant"), ("Beta", "t3-reduced-tax-rate")]
    assert [measure.id for measure in found.nobody_meets()] == ["t2-robot-grant"]
    book = load_workbook(io.BytesIO(matrix_xlsx(desk, found)))
    assert book.sheetnames == ["Matrix", "Near misses"]
    assert [row[0] for row in book["Matrix"].iter_rows(min_row=3, values_only=True)] == ['\'=HYPERLINK("x")', "Beta", "Applies"]


def test_a_name_is_never_a_formula_in_csv(desk: Desk) -> None:
    rows = list(csv.reader(io.StringIO(matrix_csv(desk, table(desk)).decode("utf-8-sig"))))
    assert rows[1][0] == '\'=HYPERLINK("x")'
    assert rows[-1][:2] == ["Applies", "0"]
