"""The command line: what is printed and written, and the exit status, with a toy assistant in place of an index."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from evals_toys import CASES, TEXTS, Crasher, ToyAssistant

from evals import commands
from evals.__main__ import main
from evals.subject import Stored
from evals.suites import write_lines
from ingest.settings import Settings


@pytest.fixture
def suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The toy suite, and toy assistants where an index would be opened: one that crashes for a store named so."""

    @contextmanager
    def opened(settings: Settings) -> Iterator[tuple[ToyAssistant, Stored]]:
        asker = Crasher() if settings.store.name == "crashing" else ToyAssistant()
        yield asker, Stored(text=TEXTS.get, homes={})

    monkeypatch.setattr(commands, "opened", opened)
    write_lines(tmp_path / "toy.jsonl", CASES)
    return tmp_path / "toy.jsonl"


def run(suite: Path, out: Path, *more: str) -> int:
    return main(["run", str(suite), "--out", str(out), "--engine", "extractive", *more])


def test_a_run_prints_its_table_and_passes_its_gate(suite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(suite, tmp_path / "out", "--require", "accuracy>=0.9", "false_refusals<=0") == 0
    printed = capsys.readouterr().out
    assert "toy: 5 cases, 0 errors" in printed
    assert {"results.jsonl", "report.json", "report.html"} <= {path.name for path in (tmp_path / "out").iterdir()}


def test_a_missed_gate_exits_with_one_and_says_which(suite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(suite, tmp_path / "out", "--store", str(tmp_path / "crashing"), "--require", "accuracy>=0.5") == 1
    assert "FAILED: 1 of 5 cases ended in an error" in capsys.readouterr().out


def test_an_error_alone_is_reported_but_fails_no_gate(suite: Path, tmp_path: Path) -> None:
    assert run(suite, tmp_path / "out", "--store", str(tmp_path / "crashing")) == 0


def test_levels_of_a_file_gate_a_run(suite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gates = tmp_path / "gates.json"
    gates.write_text('{"toy": {"accuracy": 1.0}}', "utf-8")
    assert run(suite, tmp_path / "out", "--gates", str(gates)) == 0
    gates.write_text('{"toy": {"verdict_accuracy": 0.5}}', "utf-8")
    assert main(["score", str(tmp_path / "out"), "--gates", str(gates)]) == 1
    assert "FAILED: toy: verdict_accuracy is required and was not measured" in capsys.readouterr().out
    assert run(suite, tmp_path / "other", "--gates", str(tmp_path / "none.json")) == 2
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("arguments", [["--require", "accuracy=1"], ["--as-of", "2026-11-23", "--require", "x"]])
def test_unusable_arguments_exit_with_two(suite: Path, tmp_path: Path, arguments: list[str]) -> None:
    assert run(suite, tmp_path / "out", *arguments) == 2


def test_a_missing_suite_exits_with_two(suite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "none.jsonl", tmp_path / "out") == 2
    assert "give a JSONL file" in capsys.readouterr().err


def test_scores_and_page_can_be_made_again(suite: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(suite, out)
    before = (out / "results.jsonl").read_bytes()
    assert main(["score", str(out), "--require", "accuracy>=1"]) == 0
    assert main(["report", str(out)]) == 0
    assert (out / "results.jsonl").read_bytes() == before


def test_two_runs_are_compared(suite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(suite, tmp_path / "a", "--store", str(tmp_path / "crashing"))
    run(suite, tmp_path / "b")
    assert main(["compare", str(tmp_path / "a"), str(tmp_path / "b"), "--out", str(tmp_path / "c.json")]) == 0
    assert "won by accuracy: 1\n  toy/share" in capsys.readouterr().out
    assert json.loads((tmp_path / "c.json").read_text("utf-8"))["won"] == ["toy/share"]
    assert main(["compare", str(tmp_path / "a"), str(tmp_path / "b"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["won"] == ["toy/share"]


def test_variants_are_asked_and_scored_by_rule(suite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["metamorphic", str(suite), "--out", str(tmp_path / "out"), "--engine", "extractive"]) == 0
    assert "consistency" in capsys.readouterr().out
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert set(report["slices"]["rule"]) >= {"typo", "width"}
    assert report["extra"] == {"originals": {"accuracy": 1.0}}


def test_a_complaint_travels_through_a_spreadsheet_into_a_suite(tmp_path: Path) -> None:
    write_lines(tmp_path / "feedback.jsonl", [{"question": "规模有多大？", "answer": "500", "reason": "wrong"}])
    sheet, suite = tmp_path / "drafts.csv", tmp_path / "suite.jsonl"
    assert main(["cases", "draft", str(tmp_path / "feedback.jsonl"), "--out", str(sheet)]) == 0
    assert sheet.read_bytes().startswith(b"\xef\xbb\xbf")
    sheet.write_text(sheet.read_text("utf-8-sig").replace("False", "True"), "utf-8")
    assert main(["cases", "import", str(sheet), "--out", str(suite)]) == 0
    assert main(["cases", "import", str(sheet), "--out", str(suite)]) == 0  # the second time replaces
    assert [json.loads(line)["question"] for line in suite.read_text("utf-8").splitlines()] == ["规模有多大？"]


@pytest.mark.parametrize(("layout", "written"), [("jsonl", "x"), ("csv", "x.csv"), ("ragas", "x"), ("langsmith", "x")])
def test_exports_are_written(suite: Path, tmp_path: Path, layout: str, written: str) -> None:
    assert main(["cases", "export", str(suite), "--format", layout, "--out", str(tmp_path / "x")]) == 0
    assert "230" in (tmp_path / written).read_text("utf-8")
