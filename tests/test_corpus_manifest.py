"""The manifest of the corpus: every document has its row, every row its file, and both languages say the same."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from ingest.manifest import ManifestRow, load_manifest
from ingest.read import read_file
from ingest.settings import Settings

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
ROWS = load_manifest(CORPUS / "manifest.yaml")
BY_ID = {row.id: row for row in ROWS}
CHINESE = [row for row in ROWS if row.language == "zh"]


def test_rows_and_files_match_one_to_one() -> None:
    assert {f"documents/{path.name}" for path in (CORPUS / "documents").iterdir()} == {row.file for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_id_file_language_and_title_of_a_row_agree(row: ManifestRow) -> None:
    assert Path(row.file).stem == row.id
    assert row.id.endswith(f"-{row.language}")
    assert row.title == (row.title_en if row.language == "en" else row.title_zh)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_the_title_in_the_file_is_the_title_of_the_row(row: ManifestRow) -> None:
    document = read_file(CORPUS / row.file, Settings(_env_file=None), row.id)
    assert (document.source.title, document.source.language) == (row.title, row.language)


@pytest.mark.parametrize("row", CHINESE, ids=lambda row: row.id)
def test_a_translation_states_the_same_facts_as_its_original(row: ManifestRow) -> None:
    original = BY_ID[row.translation_of or ""]
    same = ("title_en", "title_zh", "published", "valid_from", "valid_to", "status", "url", "source_grade", "audience", "licence")
    assert [getattr(row, field) for field in same] == [getattr(original, field) for field in same]
    assert bool(row.document_number) == bool(original.document_number)


def test_every_document_is_there_in_both_languages() -> None:
    assert {row.translation_of for row in CHINESE} == {row.id for row in ROWS if row.language == "en"}


def test_all_sources_of_the_fact_base_are_there() -> None:
    numbers = {row.id.split("-")[0] for row in ROWS}
    assert numbers == {*(f"s{number:02}" for number in range(1, 32)), *(f"n{number:02}" for number in range(1, 24)), "c01"}


def test_addresses_of_sources_that_could_not_be_checked_are_not_published() -> None:
    assert [row.id for row in ROWS if row.source_grade == "C" and row.url] == []


def test_no_document_is_called_in_force_after_its_end() -> None:
    assert [row.id for row in ROWS if row.status == "in_force" and row.valid_to and row.valid_to < date(2026, 11, 23)] == []


def test_the_corpus_has_the_formats_that_offices_publish() -> None:
    counts = Counter(Path(row.file).suffix for row in ROWS)
    assert counts[".pdf"] >= 10
    assert counts[".html"] >= 6
    assert counts[".docx"] >= 5
