"""Runs with a chat model on a real server: beside the extractive run, and as a judge whose failures sink nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evals.__main__ import main
from evals.suites import write_lines
from ingest.build import build_index
from ingest.embed import Embedder
from ingest.settings import Settings
from tests.model_server import Act, Server, claims, model_server, passages_in, user_text
from tests.toys import write_files

pytest.importorskip("langchain_openai")

TARGET = "By 2028, robot makers reach annual revenue of more than 40 billion yuan."
JUDGE = "openai:judge"
CASES: list[dict[str, Any]] = [
    {
        "id": "revenue",
        "question": "What annual revenue do robot makers reach by 2028?",
        "lang": "en",
        "kind": "figure",
        "expected_status": "answered",
        "expected_facts": [["40 billion"]],
    },
    {
        "id": "doctors",
        "question": "博士的安家补贴是多少？",
        "lang": "zh",
        "kind": "figure",
        "expected_status": "answered",
        "expected_facts": [["20万元"]],
    },
]


@pytest.fixture(scope="module")
def folder(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index and a suite."""
    place = tmp_path_factory.mktemp("evals")
    (place / "files").mkdir()
    build_index([write_files(place / "files")], Settings(_env_file=None, store=place / "store"))
    write_lines(place / "toy.jsonl", CASES)
    return place


@pytest.fixture
def speak(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Points the settings at a server."""
    return lambda server: monkeypatch.setenv("PLANQUERY_CHAT_BASE_URL", server.address)


def run(folder: Path, out: Path, *more: str) -> int:
    return main(["run", str(folder / "toy.jsonl"), "--store", str(folder / "store"), "--out", str(out), "--as-of", "2026-11-23", *more])


def honest(body: dict[str, Any]) -> str:
    found = [(key, line) for key, text in passages_in(body).items() for line in text.split("\n") if TARGET in line or "20万元" in line]
    wanted = [(TARGET, key, TARGET) if TARGET in line else (line, key, line) for key, line in found]
    return claims(*wanted)


def opinion(supported: bool, complete: bool) -> str:
    return json.dumps({"supported": supported, "complete": complete, "reason": "so it seems"})


def report(out: Path) -> dict[str, Any]:
    return dict(json.loads((out / "report.json").read_text("utf-8")))


def judged(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "judge.jsonl").read_text("utf-8").splitlines()]


def test_a_run_with_a_model_stands_beside_the_extractive_one(
    folder: Path, tmp_path: Path, speak: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    with model_server(Act(brain=honest)) as server:
        speak(server)
        assert run(folder, tmp_path / "model", "--engine", "openai:toy") == 0
    assert run(folder, tmp_path / "extractive", "--engine", "extractive") == 0
    assert [report(tmp_path / name)["info"]["engine"] for name in ("extractive", "model")] == ["extractive", "openai:toy"]
    assert report(tmp_path / "model")["fallbacks"] == 0
    capsys.readouterr()
    assert main(["compare", str(tmp_path / "extractive"), str(tmp_path / "model"), "--json"]) == 0
    compared = json.loads(capsys.readouterr().out)
    assert {row["metric"]: row["cases"] for row in compared["differences"]}["accuracy"] == 2


def test_the_judge_is_named_and_stands_apart_from_the_metrics(
    folder: Path, tmp_path: Path, speak: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    def brain(body: dict[str, Any]) -> str:
        return opinion(True, "40 billion" in user_text(body))

    with model_server(Act(brain=brain)) as server:
        speak(server)
        assert run(folder, tmp_path / "out", "--engine", "extractive", "--judge", JUDGE) == 0
        assert {body["model"] for body in server.bodies} == {"judge"}
    found = report(tmp_path / "out")
    assert found["extra"] == {f"judge {JUDGE}": {"judge_supported": 1, "judge_complete": 0.5, "judge_cases": 2, "judge_failures": 0}}
    assert not any(name.startswith("judge") for name in found["metrics"])
    assert [row["judge"] for row in judged(tmp_path / "out")] == [JUDGE, JUDGE]
    assert f"judge {JUDGE}" in capsys.readouterr().out


def test_without_being_asked_for_nobody_judges(folder: Path, tmp_path: Path) -> None:
    assert run(folder, tmp_path / "out", "--engine", "extractive") == 0
    assert report(tmp_path / "out")["extra"] == {}
    assert not (tmp_path / "out" / "judge.jsonl").exists()


@pytest.mark.parametrize(
    ("act", "fault"),
    [(Act("status", status=503), "status 503"), (Act(brain=lambda body: "I like it"), "unreadable"), (Act("cut"), "unreadable")],
)
def test_a_judge_that_fails_is_logged_and_sinks_nothing(
    folder: Path, tmp_path: Path, speak: Any, capsys: pytest.CaptureFixture[str], act: Act, fault: str
) -> None:
    run(folder, tmp_path / "out", "--engine", "extractive")
    before = (tmp_path / "out" / "results.jsonl").read_bytes()
    with model_server(act, Act(brain=lambda body: opinion(True, True))) as server:
        speak(server)
        assert main(["score", str(tmp_path / "out"), "--judge", JUDGE]) == 0
    assert [row["fault"] for row in judged(tmp_path / "out")] == [fault, ""]
    assert f"the judge failed on 1 of 2 answers: {fault} (1)" in capsys.readouterr().out
    assert (tmp_path / "out" / "results.jsonl").read_bytes() == before


@pytest.fixture
def silent() -> Iterator[Server]:
    with model_server(Act(brain=lambda body: opinion(True, True))) as server:
        yield server


def test_the_address_of_one_provider_is_not_asked_for_a_judge_of_another(
    folder: Path, tmp_path: Path, silent: Server, speak: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    speak(silent)
    monkeypatch.setenv("PLANQUERY_CHAT_MODEL", "ollama:qwen3")
    monkeypatch.setenv("PLANQUERY_CHAT_API_KEY", "sk-test-of-the-first")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    assert run(folder, tmp_path / "out", "--engine", "extractive", "--judge", JUDGE) == 2
    assert "needs a key" in capsys.readouterr().err
    assert silent.bodies == []


def test_an_unusable_judge_is_refused_before_anything_is_asked(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, tmp_path / "out", "--engine", "extractive", "--judge", "oracle") == 2
    assert "oracle" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
