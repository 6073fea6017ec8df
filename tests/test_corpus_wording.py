"""`corpus/wording.py`: runs of identical words are found however they are set, and the corpus shares none with its sources."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "corpus" / "wording.py"
# Eight words of it stand in the first document below, seven in the second.
SOURCE = "By the end of the decade the region will double its output of glass, steel and paper (see page 4)."


def compare(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(SCRIPT), *map(str, arguments)], capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    (tmp_path / "source.txt").write_text(SOURCE, "utf-8")
    (tmp_path / "names.txt").write_text("", "utf-8")
    return tmp_path


def check(folder: Path, text: str, *arguments: object, name: str = "a-en.md") -> subprocess.CompletedProcess[str]:
    (folder / "documents" / name).write_text(text, "utf-8")
    given = [folder / "source.txt", "--documents", folder / "documents", *arguments]
    return compare(*given, *([] if "--allow" in arguments else ["--allow", folder / "names.txt"]))


@pytest.mark.parametrize(
    "text",
    [
        "We read that the region will double its output of glass.",
        "We read: THE REGION\nwill double - its output, of | glass.",  # case, line breaks and punctuation do not hide a run
    ],
)
def test_eight_identical_words_are_found_and_shown(folder: Path, text: str) -> None:
    result = check(folder, text)
    assert result.returncode == 1
    assert "a-en.md  source.txt  8: the region will double its output of glass" in result.stdout


def test_seven_identical_words_pass(folder: Path) -> None:
    result = check(folder, "We read that region will double its output of glass, or so.")
    assert (result.returncode, result.stdout) == (0, "0 runs found, 0 allowed by name\n")


def test_the_length_that_passes_can_be_set(folder: Path) -> None:
    assert check(folder, "It will double its output.", "--longest", "3").returncode == 1


def test_a_run_is_given_once_at_its_full_length(folder: Path) -> None:
    result = check(folder, SOURCE)
    assert result.stdout.count("FOUND") == 1
    assert "  20: by the end" in result.stdout


def test_a_listed_name_is_allowed_but_shown(folder: Path) -> None:
    (folder / "titles.txt").write_text("Double its output of glass\n", "utf-8")
    result = check(folder, "The region will double its output of glass.", "--allow", folder / "titles.txt")
    assert (result.returncode, result.stdout.startswith("allowed  a-en.md")) == (0, True)


def test_a_listed_name_does_not_excuse_the_words_around_it(folder: Path) -> None:
    (folder / "titles.txt").write_text("steel and paper\n", "utf-8")
    assert check(folder, SOURCE, "--allow", folder / "titles.txt").returncode == 1


def test_chinese_documents_are_compared_sign_by_sign_when_asked(folder: Path) -> None:
    (folder / "source.txt").write_text("到2030年，全省玻璃产量翻一番。", "utf-8")
    text = "文件提出全省玻璃产量翻一番的目标。"
    assert check(folder, text, name="a-zh.md").returncode == 0
    result = check(folder, text, "--longest-zh", "8", name="a-zh.md")
    assert "a-zh.md  source.txt  9: 全省玻璃产量翻一番" in result.stdout


def test_a_source_that_is_not_there_is_refused(tmp_path: Path) -> None:
    result = compare(tmp_path / "nothing.txt")
    assert result.returncode == 2
    assert "nothing.txt" in result.stderr


@pytest.mark.skipif("WORDING_SOURCES" not in os.environ, reason="WORDING_SOURCES names no source texts")
def test_the_corpus_shares_no_run_with_the_sources_named() -> None:
    result = compare(*os.environ["WORDING_SOURCES"].split(os.pathsep))
    assert result.returncode == 0, result.stdout
