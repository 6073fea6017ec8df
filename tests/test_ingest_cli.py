"""`python -m ingest` as a person runs it: the report, the exit status, and one clear line for every bad file."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter
from toys import PLAN, write_files

from ingest.__main__ import main
from ingest.embed import open_embedder
from ingest.glossary import Glossary
from ingest.settings import PROJECT, Settings
from ingest.store import current, open_generation

pytestmark = pytest.mark.usefixtures("embedder")


def pdf(path: Path, text: str) -> None:
    """A one-page PDF; without text it is what a scanner makes: a page that shows marks and holds no letters."""
    sheet = FPDF()
    sheet.add_page()
    sheet.set_font("helvetica", size=12)
    if text:
        sheet.multi_cell(0, text=text)
    else:
        sheet.rect(20, 20, 120, 160, style="F")
    sheet.output(str(path))


def bad_files(folder: Path) -> Path:
    """One good document among every kind of bad file."""
    write_files(folder, {"good": PLAN})
    (folder / "empty.txt").write_bytes(b"")
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "renamed.pdf").write_text("This is text, whatever its name says.")
    (folder / "program.exe").write_bytes(b"MZ" + bytes(200))
    pdf(folder / "scan.pdf", "")
    pdf(folder / "whole.pdf", "Sales grow by 9 percent a year. " * 40)
    (folder / "cut.pdf").write_bytes((folder / "whole.pdf").read_bytes()[:400])
    locked = PdfWriter(clone_from=PdfReader(folder / "whole.pdf"))
    locked.encrypt("open sesame", algorithm="AES-256")
    locked.write(folder / "locked.pdf")
    with (folder / "huge.txt").open("wb") as sparse:
        sparse.truncate(200 * 2**20)
    with zipfile.ZipFile(folder / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", bytes(20 * 2**20))
    (folder / "inner").mkdir()
    (folder / "inner" / "again").symlink_to(folder, target_is_directory=True)
    return folder


REMEDIES = {
    "empty.txt": "empty",
    "noise.txt": "UTF-8",
    "renamed.pdf": "it is no PDF; rename it",
    "program.exe": "convert it to PDF",
    "scan.pdf": "OCR",
    "cut.pdf": "damaged",
    "locked.pdf": "password",
    "huge.txt": "PLANQUERY_MAX_FILE_MB",
    "bomb.docx": "PLANQUERY_MAX_UNPACKED_MB",
    "inner/again": "remove the link",
}


def test_every_bad_file_gets_one_clear_line_and_the_rest_is_indexed(tmp_path: Path) -> None:
    folder, store = bad_files(tmp_path / "files"), tmp_path / "store"
    limits = {"PLANQUERY_MAX_FILE_MB": "100", "PLANQUERY_MAX_UNPACKED_MB": "10"}
    command = [sys.executable, "-m", "ingest", str(folder), "--store", str(store)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, cwd=PROJECT, env={**os.environ, **limits})
    assert done.returncode == 1, done.stderr
    failures = [line for line in done.stderr.splitlines() if line.startswith("failed: ")]
    for name, remedy in REMEDIES.items():
        (line,) = [line for line in failures if f"/{name}:" in line or f" {name}:" in line]
        assert remedy in line
    assert len(failures) == len(REMEDIES)
    assert "Traceback" not in done.stderr
    index = open_generation(store)
    assert {source.id for source in index.sources} == {"good", "whole"}
    index.close()


def test_the_report_has_a_line_a_document_and_the_totals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_files(tmp_path / "files")
    assert main([str(folder), "--store", str(tmp_path / "store")]) == 0
    head, plan, talent, totals = capsys.readouterr().out.splitlines()
    assert head.split()[:4] == ["document", "pages", "sect.", "chunks"]
    assert plan.split()[:4] == ["plan", "-", "3", "3"]
    assert talent.split()[:4] == ["talent", "-", "1", "1"]
    assert totals.startswith("2 documents (0 unchanged), 4 chunks")
    assert main([str(folder), "--store", str(tmp_path / "store"), "--quiet"]) == 0
    (totals,) = capsys.readouterr().out.splitlines()
    assert totals.startswith("2 documents (2 unchanged)")
    assert "index unchanged" in totals


def test_pages_without_text_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf(tmp_path / "half.pdf", "Sales grow by 9 percent a year.")
    writer = PdfWriter(clone_from=PdfReader(tmp_path / "half.pdf"))
    writer.add_blank_page()
    writer.write(tmp_path / "half.pdf")
    assert main([str(tmp_path / "half.pdf"), "--store", str(tmp_path / "store")]) == 0
    assert "note: half.pdf: pages without text: 2" in capsys.readouterr().err


def test_a_lone_file_needs_no_manifest(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("The plan aims for revenue of more than 40 billion yuan by 2028.", encoding="utf-8")
    assert main([str(tmp_path / "report.txt"), "--store", str(tmp_path / "store")]) == 0
    index = open_generation(tmp_path / "store")
    assert [source.id for source in index.sources] == ["report"]
    index.close()


@pytest.mark.parametrize("name", ["nowhere", ""])
def test_a_path_that_is_not_there_ends_with_status_2(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "nowhere" / name), "--store", str(tmp_path / "store")]) == 2
    assert "does not exist; give a file or a folder" in capsys.readouterr().err


def test_a_folder_without_documents_leaves_no_index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "files").mkdir()
    assert main([str(tmp_path / "files"), "--store", str(tmp_path / "store")]) == 1
    assert "nothing could be indexed" in capsys.readouterr().err
    assert current(tmp_path / "store") is None


def test_a_faulty_manifest_is_named_by_row_and_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_files(tmp_path / "files", {"plan": PLAN})
    (folder / "manifest.yaml").write_text("- id: plan\n  file: plan.md\n  title: Plan\n  language: fr\n", encoding="utf-8")
    assert main([str(folder), "--store", str(tmp_path / "store")]) == 2
    assert "manifest.yaml: row 1 (plan), field 'language'" in capsys.readouterr().err


def test_a_setting_out_of_range_ends_with_status_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLANQUERY_CHUNK_TOKENS", "3")
    assert main([str(tmp_path), "--store", str(tmp_path / "store")]) == 2
    assert "chunk_tokens" in capsys.readouterr().err


def test_without_a_path_the_corpus_of_the_settings_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANQUERY_CORPUS", str(write_files(tmp_path / "mine", {"plan": PLAN})))
    monkeypatch.setenv("PLANQUERY_STORE", str(tmp_path / "store"))
    assert main([]) == 0
    settings = Settings(_env_file=None)
    index = open_generation(settings.store)
    assert index.info.model == open_embedder(settings, Glossary.load(settings.glossary).glosses()).identity
    index.close()
