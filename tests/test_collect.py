"""Paths to candidates: manifest rows first, then files dropped in; every candidate has an id of its own."""

from pathlib import Path

import pytest

from ingest.collect import collect, companion
from ingest.schema import PlanQueryError

MANIFEST = """
- id: listed
  file: documents/listed.md
  title: Listed notice
  language: en
- id: lost
  file: documents/lost.md
  title: Lost notice
  language: en
"""


def files(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Some text.", encoding="utf-8")
    return folder


def ids(*paths: Path) -> list[str]:
    return [candidate.document_id for candidate in collect(paths)]


def test_a_lone_file_is_called_by_its_name(tmp_path: Path) -> None:
    files(tmp_path, "notice 7.txt")
    assert ids(tmp_path / "notice 7.txt") == ["notice 7"]


def test_a_folder_is_read_by_name_hidden_files_left_out(tmp_path: Path) -> None:
    files(tmp_path, "b.md", "a.txt", ".hidden.md", ".git/config.md", "inner/c.md")
    assert ids(tmp_path) == ["a", "b", "c"]


def test_what_goes_with_the_documents_is_not_a_document(tmp_path: Path) -> None:
    files(tmp_path, "a.md", "glossary.yaml", "measures.yaml")
    assert ids(tmp_path) == ["a"]
    assert companion([tmp_path / "a.md", tmp_path], "glossary.yaml") == tmp_path / "glossary.yaml"
    assert companion([tmp_path], "other.yaml") is None


def test_manifest_rows_come_first_then_files_dropped_in(tmp_path: Path) -> None:
    files(tmp_path, "documents/listed.md", "documents/dropped.md", "notes/not-a-document.md")
    (tmp_path / "manifest.yaml").write_text(MANIFEST, encoding="utf-8")
    listed, lost, dropped = collect([tmp_path])
    assert listed.source is not None
    assert listed.source.title == "Listed notice"
    assert lost.fault == "documents/lost.md: manifest row lost names it, but it is not there; add the file or remove the row"
    assert (dropped.document_id, dropped.source) == ("dropped", None)


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanQueryError, match="does not exist; give a file or a folder"):
        collect([tmp_path / "nowhere"])


def test_a_folder_that_contains_itself_is_reported_once(tmp_path: Path) -> None:
    files(tmp_path, "inner/a.md")
    (tmp_path / "inner" / "again").symlink_to(tmp_path, target_is_directory=True)
    faults = [candidate.fault for candidate in collect([tmp_path]) if candidate.fault]
    assert len(faults) == 1
    assert "inner/again: the folder links back" in faults[0]
    assert "remove the link" in faults[0]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["2024/notice.md", "2025/notice.md"], ["2024/notice", "2025/notice"]),
        (["notice.md", "notice.txt"], ["notice.md", "notice.txt"]),
        (["notice.md", "2025/notice.md", "other.md"], ["notice", "other", "2025/notice"]),
    ],
)
def test_files_of_one_name_get_longer_ids(names: list[str], expected: list[str], tmp_path: Path) -> None:
    found = ids(files(tmp_path, *names))
    assert sorted(found) == sorted(expected)


def test_one_file_given_twice_is_a_fault(tmp_path: Path) -> None:
    files(tmp_path, "a.md")
    found = collect([tmp_path / "a.md", tmp_path / "a.md"])
    assert all("another file has the id" in (candidate.fault or "") for candidate in found)
