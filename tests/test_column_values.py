"""Rows of a table that hold what a question names, where a column groups them."""

from contextlib import closing
from pathlib import Path

import pytest

from assistant.column_values import rows_asked
from assistant.features import no_concepts
from ingest.schema import Language
from tests.toys import passages_of, toy_index

TABLE = """| Target | 2030 | Kind |
| --- | --- | --- |
| Berths | 20 | expected |
| Waste | 3 | binding |
| Ferries | 40 | expected |
| Noise | 50 | binding |
"""
ZH = """| 港口 | 泊位 | 主管 |
| --- | --- | --- |
| 东港 | 12 | 市港务局 |
| 西港 | 20 | 省交通厅 |
| 北港 | 30 | 市港务局 |
"""


def first_cells(folder: Path, table: str, question: str, language: Language) -> list[str]:
    with closing(toy_index(folder, {"table": f"# Harbour\n\n{table}"})) as index:
        passage = passages_of(index, question)[0]
    rows = [(passage, block) for block in passage.chunk.blocks if block.kind == "table_row"]
    found = rows_asked(question, language, rows, no_concepts)
    return [passage.chunk.slice(block.cells[0].start, block.cells[0].end) for _, block in found]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Which targets are binding?", ["Waste", "Noise"]),
        ("Which targets are there?", ["Berths", "Waste", "Ferries", "Noise"]),
        ("Which targets are not binding?", ["Berths", "Waste", "Ferries", "Noise"]),
        ("Which are binding or expected targets?", ["Berths", "Waste", "Ferries", "Noise"]),
    ],
)
def test_rows_of_the_value_named_are_kept(question: str, rows: list[str], tmp_path: Path) -> None:
    assert first_cells(tmp_path, TABLE, question, "en") == rows


@pytest.mark.parametrize(
    ("question", "rows"),
    [("市港务局主管哪些港口?", ["东港", "北港"]), ("省里管哪些港口?", ["西港"]), ("有哪些港口?", ["东港", "西港", "北港"])],
)
def test_values_in_chinese_are_named_as_written_or_by_their_level(question: str, rows: list[str], tmp_path: Path) -> None:
    assert first_cells(tmp_path, ZH, question, "zh") == rows


def test_no_rows_stay_none() -> None:
    assert rows_asked("Which?", "en", [], no_concepts) == []
