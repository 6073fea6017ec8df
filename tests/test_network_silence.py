"""Nothing leaves the machine: with every way out of a process watched, ingest and answering never try one, and need no torch."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from toys import write_files

from ingest.embed import Embedder
from ingest.settings import PROJECT

WATCHED = """
import contextlib, io, json, socket, sys

tried = []

def refuse(name):
    def refused(*arguments, **named):
        tried.append(f"{name}{arguments[-2:]}")
        raise OSError("no network in this test")
    return refused

for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, refuse(name))
for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "create_connection"):
    setattr(socket, name, refuse(name))

import assistant.__main__ as ask
import ingest.__main__ as ingest

def said(main, *arguments):
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
        status.append(main(arguments))
    return out.getvalue()

folder, store = sys.argv[1:3]
status = []
if folder:
    said(ingest.main, folder, "--store", store, "--quiet")
questions = ("What revenue is planned for 2028?", "博士的安家补贴是多少？", "Who won the cup?")
answers = [said(ask.main, "ask", question, "--store", store, "--json") for question in questions]
doctor = said(ask.main, "doctor", "--store", store)
heavy = [name for name in ("torch", "sentence_transformers", "transformers") if name in sys.modules]
print(json.dumps({"tried": tried, "status": status, "heavy": heavy, "answers": answers, "doctor": doctor}))
"""


def run_watched(folder: Path | str, store: Path, **environment: str) -> dict[str, Any]:
    """What was tried, loaded and said by ingest (none for folder "") and questions in a process of their own."""
    command = [sys.executable, "-c", WATCHED, str(folder), str(store)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, cwd=PROJECT, env={**os.environ, **environment})
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def silent(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A toy store made under watch, and what was seen."""
    folder, store = write_files(tmp_path_factory.mktemp("documents")), tmp_path_factory.mktemp("store")
    return store, run_watched(folder, store)


def test_ingest_and_answers_try_no_connection(silent: tuple[Path, dict[str, Any]]) -> None:
    _, facts = silent
    assert facts["tried"] == []
    assert facts["status"] == [0, 0, 0, 0, 0], facts
    assert "40 billion" in facts["answers"][0]
    assert "20万元" in facts["answers"][1]
    assert "nothing leaves this machine" in facts["doctor"]


def test_answering_needs_neither_torch_nor_sentence_transformers(silent: tuple[Path, dict[str, Any]]) -> None:
    facts = run_watched("", silent[0])
    assert facts["status"] == [0, 0, 0, 0]
    assert facts["heavy"] == []


def test_tracing_switched_on_for_other_programs_sends_nothing_from_here(silent: tuple[Path, dict[str, Any]]) -> None:
    traced = {"LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING_V2": "true", "LANGSMITH_API_KEY": "key", "LANGCHAIN_API_KEY": "key"}
    facts = run_watched("", silent[0], **traced)
    assert facts["tried"] == []
