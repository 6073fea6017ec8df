"""`ingest.manifest`: rows are read in order, and every fault names its row and field."""

from datetime import date
from pathlib import Path

import pytest

from ingest.manifest import load_manifest
from ingest.schema import PlanQueryError

OLD = """
- id: plan-2021
  file: plan-2021.pdf
  title: Plan of 2021
  language: en
"""
NEW = """
- id: plan-2026
  file: plan-2026.pdf
  title: Plan of 2026
  language: en
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "manifest.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_row_becomes_a_source_with_its_file_and_the_rest_left_unknown(tmp_path: Path) -> None:
    text = OLD + "  published: 2021-03-04\n  valid_to: 2025-12-31\n  document_number: 晋政发〔2021〕17号\n  status: in_force\n"
    (row,) = load_manifest(write(tmp_path, text))
    source = row.source()
    assert row.file == "plan-2021.pdf"
    assert (source.id, source.title, source.published) == ("plan-2021", "Plan of 2021", date(2021, 3, 4))
    assert (source.document_number, source.issuer, source.audience) == ("晋政发〔2021〕17号", None, "public")
    assert source.status_on(date(2025, 12, 31)) == "in_force"
    assert source.status_on(date(2026, 1, 1)) == "expired"


def test_rows_keep_the_order_of_the_file(tmp_path: Path) -> None:
    assert [row.id for row in load_manifest(write(tmp_path, NEW + OLD))] == ["plan-2026", "plan-2021"]


def test_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    assert load_manifest(write(tmp_path, "# nothing yet\n")) == ()


def test_editions_that_name_each_other_are_accepted(tmp_path: Path) -> None:
    rows = load_manifest(write(tmp_path, OLD + "  superseded_by: [plan-2026]\n" + NEW + "  supersedes: [plan-2021]\n"))
    assert rows[0].superseded_by == ("plan-2026",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (OLD + "  published: 2021-13-04\n", ["row 1 (plan-2021)", "'published'"]),  # a month that does not exist
        (OLD + "  valid_to: end of 2025\n", ["row 1 (plan-2021)", "'valid_to'"]),
        (OLD + "  valid_from: 2025-01-01\n  valid_to: 2024-12-31\n", ["plan-2021", "'valid_to'", "2024-12-31"]),
        (OLD + "  status: valid\n", ["row 1 (plan-2021)", "'status'", "in_force"]),
        (OLD + "  audience: secret\n", ["row 1 (plan-2021)", "'audience'", "internal"]),
        (OLD + "  langauge: en\n", ["row 1 (plan-2021)", "'langauge'"]),  # misspelt fields are not dropped silently
        (OLD + "- file: x.pdf\n  title: X\n  language: en\n", ["row 2 (without id)", "'id'"]),
        (OLD.replace("  file: plan-2021.pdf\n", ""), ["row 1 (plan-2021)", "'file'"]),
        ("- plan-2021.pdf\n", ["row 1 (not a mapping)"]),
        ("id: plan-2021\n", ["a list of rows"]),
        ("- id: [\n", ["not valid YAML"]),
        (OLD + OLD, ["'plan-2021'", "2 rows"]),
        (OLD + NEW.replace("plan-2026.pdf", "plan-2021.pdf"), ["file 'plan-2021.pdf'", "2 rows"]),
        (OLD + "  superseded_by: [plan-2030]\n", ["plan-2021", "'superseded_by'", "'plan-2030'"]),
        (OLD + "  superseded_by: [plan-2026]\n" + NEW, ["plan-2021", "supersedes", "lacks"]),
        (OLD + NEW + "  supersedes: [plan-2021]\n", ["plan-2026", "superseded_by", "lacks"]),
        (OLD + "  translation_of: plan-2030\n", ["plan-2021", "'translation_of'", "'plan-2030'"]),
        (OLD + NEW + "  translation_of: plan-2021\n", ["plan-2026", "'translation_of'", "same language"]),
    ],
)
def test_a_fault_names_the_file_the_row_and_the_field(tmp_path: Path, text: str, expected: list[str]) -> None:
    with pytest.raises(PlanQueryError) as caught:
        load_manifest(write(tmp_path, text))
    assert [part for part in ["manifest.yaml", *expected] if part not in str(caught.value)] == []


def test_a_file_in_another_encoding_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "manifest.yaml"
    path.write_bytes("- id: 规划\n".encode("gb18030"))
    with pytest.raises(PlanQueryError, match=r"manifest\.yaml"):
        load_manifest(path)
