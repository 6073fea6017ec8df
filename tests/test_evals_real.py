"""The command line on a small real index and a real history: repeatable runs, distractors, and the way from a thumbs-down to a suite."""

import csv
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from evals_small import CASES, REVENUE, small_index

from assistant import Assistant
from assistant.history import History, Rating
from assistant.schema import Turn
from evals.__main__ import main
from evals.results import read_results
from evals.suites import write_lines
from ingest.settings import PROJECT, Settings

DAY = "2026-11-23"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    small_index(folder)
    write_lines(folder / "small.jsonl", CASES)
    return folder


def test_two_runs_in_two_processes_give_the_same_bytes_and_scores(folder: Path, tmp_path: Path) -> None:
    for name, seed in (("a", "1"), ("b", "2")):
        arguments = ["run", str(folder / "small.jsonl"), "--store", str(folder / "store"), "--out", str(tmp_path / name)]
        command = [sys.executable, "-m", "evals", *arguments, "--engine", "extractive", "--as-of", DAY, "--require", "accuracy>=1"]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
    for file in ("answers.jsonl", "results.jsonl", "run.json"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
    one, two = (json.loads((tmp_path / name / "report.json").read_text("utf-8")) for name in ("a", "b"))
    assert {**one, "costs": {}} == {**two, "costs": {}}


def test_distractors_are_added_to_the_corpus_and_scored_as_a_rule(folder: Path, tmp_path: Path) -> None:
    arguments = ["--store", str(folder / "store"), "--corpus", str(folder / "corpus"), "--distractors", str(folder / "further")]
    status = main(["metamorphic", str(folder / "small.jsonl"), "--out", str(tmp_path / "out"), "--engine", "extractive", *arguments])
    assert status == 0
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    of = report["slices"]["rule"]["distractors"]
    assert (of["consistency"]["value"], of["consistency"]["cases"], of["kept"]["value"]) == (1.0, 2, 1.0)
    rows = [json.loads(line) for line in (tmp_path / "out" / "answers.jsonl").read_text("utf-8").splitlines()]
    corpora = {row["id"]: row["answer"]["receipt"]["corpus"] for row in rows}
    assert corpora["revenue"] != corpora["revenue~distractors"]


class Office:
    """A history that the chat filled: Ann asked twice and rated both answers down, Bob rated one up and one down."""

    def __init__(self, folder: Path, store: Path) -> None:
        self._moment = datetime(2026, 11, 23, 9, tzinfo=UTC)
        self.history = History(folder, self._now)
        with Assistant.open(Settings(_env_file=None, store=store)) as self._assistant:
            self.ann = self.history.begin("ann", REVENUE["question"])
            self._ask("ann", self.ann, REVENUE["question"], Rating(verdict="down", reasons=("wrong_fact",), comment="=40 billion"))
            self._ask("ann", self.ann, "And exports?", Rating(verdict="down", reasons=("incomplete", "other")))
            bob = self.history.begin("bob", "补贴是多少？")
            self._ask("bob", bob, "补贴是多少？", Rating(verdict="down", reasons=("misunderstood",)))
            self._ask("bob", bob, "Which sectors come first?", Rating(verdict="up"))

    def _now(self) -> datetime:
        self._moment += timedelta(seconds=1)
        return self._moment

    def _ask(self, user: str, conversation: str, question: str, rating: Rating) -> None:
        before: list[Turn] = [message.turn() for message in self.history.messages(user, conversation)]
        answer = self._assistant.ask(question, before, as_of=date.fromisoformat(DAY))
        self.history.rate(user, self.history.add(user, conversation, answer), rating)


@pytest.fixture
def office(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("PLANQUERY_HISTORY", str(tmp_path / "history"))
    return Office(tmp_path / "history", folder / "store")


def rows_of(sheet: Path) -> list[dict[str, str]]:
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def save(sheet: Path, rows: list[dict[str, str]]) -> None:
    """As a spreadsheet saves."""
    with sheet.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_a_thumbs_down_becomes_a_case_that_an_expert_edits_approves_and_runs(office: Office, folder: Path, tmp_path: Path) -> None:
    sheet, suite = tmp_path / "drafts.csv", tmp_path / "from_use.jsonl"
    assert main(["cases", "draft", "--out", str(sheet)]) == 0
    rows = rows_of(sheet)
    assert [row["question"] for row in rows] == [REVENUE["question"], "And exports?", "补贴是多少？"]
    assert [row["note"] for row in rows] == ["wrong_fact: =40 billion", "incomplete, other", "misunderstood"]
    assert [row["kind"] for row in rows] == ["figure", "followup", "figure"]
    assert [turn["role"] for turn in json.loads(rows[1]["history"])] == ["user", "assistant"]
    assert "40 billion" in rows[0]["answer"]
    assert json.loads(rows[0]["receipt"])["generation"] == json.loads(rows[2]["receipt"])["generation"]
    assert {row["approved"] for row in rows} == {"False"}
    rows[0] |= {"approved": "TRUE", "expected_facts": "40 billion | 400亿", "expected_sources": '[{"document": "plan"}]'}
    rows[1] |= {"approved": "TRUE", "expected_facts": "9%", "expected_sources": '[{"document": "plan"}]'}
    save(sheet, rows)
    assert main(["cases", "draft", "--out", str(sheet)]) == 0
    assert rows_of(sheet)[0]["expected_facts"] == "40 billion | 400亿"
    assert main(["cases", "import", str(sheet), "--out", str(suite)]) == 0
    assert main(["validate", str(suite), "--store", str(folder / "store")]) == 0
    run = ["run", str(suite), "--store", str(folder / "store"), "--out", str(tmp_path / "out"), "--engine", "extractive", "--as-of", DAY]
    assert main([*run, "--require", "quotes_found>=1"]) == 0
    scored = {row.id: row for row in read_results(tmp_path / "out")}
    assert [scored[row["id"]].error for row in rows[:2]] == [None, None]
    assert scored[rows[0]["id"]].scores["accuracy"] == 1
    assert "followup_resolved" in scored[rows[1]["id"]].scores


def test_drafts_of_one_visitor_hold_nothing_of_another(office: Office, tmp_path: Path) -> None:
    assert main(["cases", "draft", "--user", "ann", "--out", str(tmp_path / "ann.csv")]) == 0
    assert len(rows_of(tmp_path / "ann.csv")) == 2
    assert "补贴" not in (tmp_path / "ann.csv").read_text("utf-8-sig")
    assert main(["cases", "draft", "--user", "nobody", "--out", str(tmp_path / "none.csv")]) == 0
    assert rows_of(tmp_path / "none.csv") == []


def test_a_deleted_conversation_leaves_no_complaint(office: Office, tmp_path: Path) -> None:
    office.history.delete("ann", office.ann)
    assert main(["cases", "draft", "--out", str(tmp_path / "drafts.jsonl")]) == 0
    rows = [json.loads(line) for line in (tmp_path / "drafts.jsonl").read_text("utf-8").splitlines()]
    assert [row["question"] for row in rows] == ["补贴是多少？"]


def test_an_index_of_another_version_of_the_code_is_not_measured_in_silence(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = ["run", str(folder / "small.jsonl"), "--store", str(folder / "store"), "--engine", "extractive", "--out"]
    assert main([*run, str(tmp_path / "same")]) == 0
    assert "another version" not in capsys.readouterr().err
    monkeypatch.setattr("evals.commands.code_version", lambda: "later")
    assert main([*run, str(tmp_path / "later")]) == 0
    assert "built by another version of the code" in capsys.readouterr().err
