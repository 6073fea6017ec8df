"""Ingest killed at any moment, two at once, and readers in between: the live index always answers."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from toys import PLAN, write_files

from assistant import Assistant
from ingest.__main__ import main
from ingest.build import build_index
from ingest.embed import Embedder
from ingest.settings import PROJECT, Settings
from ingest.store import current, writing

MANY = {f"notice-{i}": PLAN.replace("40 billion", f"{i + 100} billion").replace("motors", f"motors of type {i}") for i in range(60)}
TELLING = """
import sys
from pathlib import Path
from ingest.build import build_index
from ingest.settings import Settings

folder, store = map(Path, sys.argv[1:])
build_index([folder], Settings(_env_file=None, store=store), lambda *stage: print(*stage, flush=True))
"""
QUESTION = "What annual revenue do robot makers reach by 2028?"


def settings(store: Path) -> Settings:
    return Settings(_env_file=None, store=store)


def generations(store: Path) -> set[str]:
    return {folder.name for folder in (store / "generations").iterdir()}


def answer(store: Path) -> str:
    with Assistant.open(settings(store)) as assistant:
        return assistant.ask(QUESTION).text


def kill_when(is_time: Callable[[str], bool], folder: Path, store: Path) -> None:
    """Start ingest and kill it, without warning, at the first progress line that says it is time."""
    command = [sys.executable, "-c", TELLING, str(folder), str(store)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as ingest:
        assert ingest.stdout is not None
        for line in ingest.stdout:
            if is_time(line):
                os.kill(ingest.pid, signal.SIGKILL)
    assert ingest.returncode == -signal.SIGKILL


@pytest.fixture
def live(embedder: Embedder, tmp_path: Path) -> Path:
    """A store whose live index answers 40 billion."""
    build_index([write_files(tmp_path / "before", {"plan": PLAN})], settings(tmp_path / "store"))
    return tmp_path / "store"


def in_mid_embedding(line: str) -> bool:
    stage, done, total = line.split()
    return stage == "embed" and 0 < int(done) < int(total)


def test_killed_while_embedding_the_old_index_answers_and_the_next_ingest_completes(live: Path, tmp_path: Path) -> None:
    before = current(live)
    many = write_files(tmp_path / "after", MANY)
    kill_when(in_mid_embedding, many, live)
    assert current(live) == before
    assert "40 billion" in answer(live)
    report = build_index([many], settings(live))
    assert len(report.documents) == len(MANY)
    assert not any(report.failed())
    assert generations(live) == {report.generation}


def test_killed_while_writing_the_half_written_generation_is_removed_by_the_next_ingest(live: Path, tmp_path: Path) -> None:
    before = current(live)
    many = write_files(tmp_path / "after", MANY)

    def when_a_generation_appears(line: str) -> bool:
        if not line.startswith("write 0"):
            return False
        while len(generations(live)) < 2:
            time.sleep(0.001)
        return True

    kill_when(when_a_generation_appears, many, live)
    assert len(generations(live)) == 2
    assert current(live) == before
    assert "40 billion" in answer(live)
    report = build_index([many], settings(live))
    assert generations(live) == {report.generation}


def test_a_second_ingest_is_told_to_wait_and_changes_nothing(live: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = current(live)
    with writing(live):
        assert main([str(tmp_path / "before"), "--store", str(live)]) == 2
    assert capsys.readouterr().err.startswith("ingest: another ingest is writing to ")
    assert current(live) == before


def test_a_reader_keeps_answering_from_its_index_while_another_takes_its_place(live: Path, tmp_path: Path) -> None:
    old = current(live)
    assistant = Assistant.open(settings(live))
    changed = write_files(tmp_path / "before", {"plan": PLAN.replace("40 billion", "55 billion")})
    new = build_index([changed], settings(live)).generation
    assert "40 billion" in assistant.ask(QUESTION).text
    assert assistant.is_stale()
    assert "55 billion" in answer(live)
    assert generations(live) == {old, new}
    assistant.close()
    build_index([changed], settings(live))
    assert generations(live) == {new}
