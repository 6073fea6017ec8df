"""The corpus's PDF, HTML and DOCX files: read back, they say what their Markdown sources say; built again, they are the same bytes."""

import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from ingest.manifest import load_manifest
from ingest.read import read_file
from ingest.schema import Document
from ingest.settings import Settings

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
FILES = {row.id: CORPUS / row.file for row in load_manifest(CORPUS / "manifest.yaml")}
SOURCES = sorted((CORPUS / "sources").glob("*.md"))


def blocks(document: Document) -> list[tuple[str, ...]]:
    """Heading path, kind and text of every block in reading order; rows cell by cell with heads, list items with their depth."""
    found = []
    for section in document.sections:
        for block in section.blocks:
            cells = tuple(part for cell in block.cells for part in (cell.head, document.text[cell.start : cell.end]))
            found.append((*section.heading, block.kind, str(block.level), *(cells or (document.text[block.start : block.end],))))
    return found


def build(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(CORPUS / "build.py"), *map(str, arguments)], capture_output=True, text=True, check=False, timeout=300
    )


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_built_document_reads_back_as_its_source(source: Path) -> None:
    settings = Settings(_env_file=None)
    expected = read_file(source, settings, source.stem)
    actual = read_file(FILES[source.stem], settings, source.stem)
    assert blocks(actual) == blocks(expected)
    assert actual.source.title == expected.source.title
    assert actual.warnings == ()


def test_every_source_is_built_into_another_format() -> None:
    assert {FILES[source.stem].suffix for source in SOURCES} == {".pdf", ".html", ".docx"}


def test_html_and_docx_files_are_what_the_script_builds(tmp_path: Path) -> None:
    ids = [source.stem for source in SOURCES if FILES[source.stem].suffix != ".pdf"]
    result = build(*ids, "--out", tmp_path)
    assert result.returncode == 0, result.stderr
    assert [name for name in ids if (tmp_path / FILES[name].name).read_bytes() != FILES[name].read_bytes()] == []


def test_a_pdf_is_the_same_bytes_when_built_again(tmp_path: Path) -> None:
    name = next(source.stem for source in SOURCES if FILES[source.stem].suffix == ".pdf" and source.stem.endswith("-zh"))
    folders = (tmp_path / "first", tmp_path / "second")
    for folder in folders:
        folder.mkdir()
        result = build(name, "--out", folder)
        if "install the package" in result.stderr:
            pytest.skip(result.stderr.strip())
        assert result.returncode == 0, result.stderr
    first, second = ((folder / FILES[name].name).read_bytes() for folder in folders)
    assert first == second


def test_fonts_of_a_pdf_are_embedded() -> None:
    reader = PdfReader(FILES["s01-electronics-plan-2025-zh"])
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert descriptors
    assert all("/FontFile2" in descriptor for descriptor in descriptors)


def test_the_plan_has_several_pages_and_one_page_in_the_corpus_is_gb18030() -> None:
    assert all(len(PdfReader(FILES[f"s01-electronics-plan-2025-{language}"]).pages) >= 2 for language in ("en", "zh"))
    pages = [path.read_bytes() for path in FILES.values() if path.suffix == ".html"]
    assert any(b'charset="gb18030"' in page for page in pages)


def test_an_unknown_id_is_refused_by_name(tmp_path: Path) -> None:
    result = build("s99-nothing", "--out", tmp_path)
    assert (result.returncode, list(tmp_path.iterdir())) == (1, [])
    assert "s99-nothing" in result.stderr


def test_a_missing_font_is_named_with_its_package(tmp_path: Path) -> None:
    result = build("s01-electronics-plan-2025-zh", "--out", tmp_path, "--fonts", tmp_path)
    assert result.returncode == 1
    assert "LiberationSerif-Regular.ttf" in result.stderr
    assert "fonts-liberation" in result.stderr
