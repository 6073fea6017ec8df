"""The door of the reading room: formats by extension, bad input by name and remedy."""

import os
import zipfile
from pathlib import Path

import pytest

from ingest.read import read_file
from ingest.schema import ReadError
from ingest.settings import Settings

SETTINGS = Settings(_env_file=None)


def _file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.md", b" \n\n\t", "empty"),
        ("sheet.xyz", b"words", "not read"),
        ("no-extension", b"words", "not read"),
        ("report.txt", b"%PDF-1.7\n1 0 obj", "it is a PDF"),
        ("report.docx", b"%PDF-1.7\n1 0 obj", "it is a PDF"),
        ("report.pdf", b"PK\x03\x04rest", "zip file"),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old Office file"),
        ("notes.docx", b"just words", "no Word document"),
        ("words.pdf", b"just words", "it is no PDF"),
        ("binary.txt", bytes(range(256)) * 20, "no text in"),
        ("tags.html", b"<html><body><script>var x = 1</script></body></html>", "no readable text"),
    ],
)
def test_bad_input_gets_one_line_that_names_the_file_and_the_fault(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = _file(tmp_path, name, content)
    with pytest.raises(ReadError) as caught:
        read_file(path, SETTINGS, "d")
    message = str(caught.value)
    assert name in message
    assert says in message
    assert "\n" not in message


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 200_000_000)
    with pytest.raises(ReadError, match=r"large\.txt: 200 MB is more than the 100 MB allowed"):
        read_file(path, SETTINGS, "d")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"gone\.txt: cannot be opened"):
        read_file(tmp_path / "gone.txt", SETTINGS, "d")


def test_a_zip_that_is_no_word_document_is_named(tmp_path: Path) -> None:
    path = tmp_path / "photos.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.jpg", b"x")
    with pytest.raises(ReadError, match=r"photos\.docx: no readable Word document"):
        read_file(path, SETTINGS, "d")


def test_the_source_holds_what_the_file_tells(tmp_path: Path) -> None:
    document = read_file(
        _file(tmp_path, "规划.txt", "某市制造业发展规划\n\n到2030年，营业收入达到100亿元以上。\n".encode()), SETTINGS, "plan"
    )
    assert document.source.id == "plan"
    assert document.source.title == "某市制造业发展规划"
    assert document.source.language == "zh"
    assert document.file == "规划.txt"
    assert document.page_starts == ()


def test_the_same_bytes_give_the_same_document(tmp_path: Path) -> None:
    path = _file(tmp_path, "a.md", b"# Plan\n\nText with figures: 1.\n\n- one\n- two\n")
    assert read_file(path, SETTINGS, "d") == read_file(path, SETTINGS, "d")


def test_the_hash_changes_with_the_bytes_and_with_the_source(tmp_path: Path) -> None:
    path = _file(tmp_path, "a.txt", b"Words of a plan.")
    first = read_file(path, SETTINGS, "d").content_hash
    assert read_file(path, SETTINGS, "e").content_hash != first
    path.write_bytes(b"Words of a plan!")
    assert read_file(path, SETTINGS, "d").content_hash != first
