"""`python -m assistant` as a person or a program runs it: answers, batches, conversations and the doctor."""

import io
import json
import re
import socket
from pathlib import Path
from typing import Any

import pytest
from toys import write_files

from assistant.__main__ import main
from ingest.build import build_index
from ingest.embed import Embedder
from ingest.settings import Settings
from ingest.store import open_generation

REVENUE = "What annual revenue do robot makers reach by 2028?"
SUBSIDY = "博士的安家补贴是多少？"
KEYS = ["question", "query", "language", "status", "text", "claims", "citations", "notices", "engine", "retrieved", "seconds", "receipt"]
CITATION_KEYS = ["number", "document_id", "title", "document_number", "section", "page", "quote", "start", "end", "url", "document_status"]


@pytest.fixture(scope="module")
def store(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder, store = write_files(tmp_path_factory.mktemp("documents")), tmp_path_factory.mktemp("store")
    build_index([folder], Settings(_env_file=None, store=store))
    return str(store)


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["ask", *arguments, "--json"]) == 0
    return dict(json.loads(capsys.readouterr().out))


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err


@pytest.mark.parametrize(("question", "language", "fact"), [(REVENUE, "en", "more than 40 billion yuan"), (SUBSIDY, "zh", "20万元")])
def test_the_object_of_an_answer_keeps_the_contract(
    question: str, language: str, fact: str, store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = asked(capsys, question, "--store", store)
    assert list(answer)[: len(KEYS)] == KEYS
    assert (answer["question"], answer["language"], answer["status"]) == (question, language, "answered")
    assert fact in answer["text"]
    assert answer["engine"] == "extractive"
    numbers = [citation["number"] for citation in answer["citations"]]
    assert {int(mark) for mark in re.findall(r"\[(\d+)\]", answer["text"])} == set(numbers)
    assert {number for claim in answer["claims"] for number in claim["citations"]} == set(numbers)
    index = open_generation(Path(store))
    for citation in answer["citations"]:
        assert list(citation) == CITATION_KEYS
        assert index.document(citation["document_id"]).text[citation["start"] : citation["end"]] == citation["quote"]
    assert answer["retrieved"][0] in index.row_ids()
    index.close()


def test_a_person_reads_the_answer_and_its_numbered_sources(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", REVENUE, "--store", store]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("By 2028, robot makers reach annual revenue of more than 40 billion yuan. [1]")
    assert "[1] Valley plan for robot making to 2028 - Valley Office [2024] No. 7 - Targets (in force)" in printed


def test_the_same_question_gives_the_same_answer(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = (asked(capsys, REVENUE, "--store", store) for _ in range(2))
    del first["seconds"], second["seconds"]
    assert first == second


def test_what_the_documents_do_not_say_is_not_found_with_what_they_cover(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(capsys, "Which cheese do astronauts prefer for breakfast?", "--store", store)
    assert answer["status"] in ("not_found", "out_of_scope")
    assert answer["claims"] == answer["citations"] == []


def test_only_the_document_named_is_searched(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(capsys, REVENUE, "--store", store, "--document", "talent")
    assert {citation["document_id"] for citation in answer["citations"]} <= {"talent"}
    assert "40 billion" not in answer["text"]
    assert "no document 'nowhere' in the index" in refused(capsys, "ask", REVENUE, "--store", store, "--document", "nowhere")


def test_on_a_day_after_the_plan_has_ended_the_answer_says_so(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = asked(capsys, REVENUE, "--store", store, "--as-of", "2028-12-31")
    after = asked(capsys, REVENUE, "--store", store, "--as-of", "2029-01-01")
    assert before["citations"][0]["document_status"] == "in_force"
    assert after["citations"][0]["document_status"] == "expired"
    assert any("2028-12-31" in notice for notice in after["notices"])
    assert after["receipt"]["as_of"] == "2029-01-01"


def test_a_history_file_is_read(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    turns = [{"role": "user", "text": SUBSIDY}, {"role": "assistant", "text": "20万元。[1]", "status": "answered"}]
    (tmp_path / "history.json").write_text(json.dumps(turns), encoding="utf-8")
    answer = asked(capsys, "硕士呢？", "--store", store, "--history", str(tmp_path / "history.json"))
    assert answer["question"] == "硕士呢？"
    assert {citation["document_id"] for citation in answer["citations"]} == {"talent"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("not json", "cannot be read as JSON"),
        ('[{"role": "user"}]', "history, turn 0"),
        ('[{"role": "user", "text": 5}]', "history, turn 0"),
    ],
)
def test_a_history_that_is_none_is_refused(text: str, fault: str, store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "history.json").write_text(text)
    assert fault in refused(capsys, "ask", REVENUE, "--store", store, "--history", str(tmp_path / "history.json"))


def test_a_batch_keeps_order_and_ids_and_goes_on_after_a_bad_line(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        json.dumps({"id": "b", "question": SUBSIDY, "lang": "zh", "expected_facts": [["20万元"]]}, ensure_ascii=False),
        "{broken",
        "",
        json.dumps({"id": "no question"}),
        json.dumps({"id": 7, "question": REVENUE, "history": [], "as_of": "2029-01-01"}),
        json.dumps({"id": "empty", "question": "  "}),
    ]
    (tmp_path / "cases.jsonl").write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    arguments = ["ask", "--store", store, "--batch", str(tmp_path / "cases.jsonl"), "--out", str(tmp_path / "answers.jsonl")]
    assert main(arguments) == 1
    answers = [json.loads(line) for line in (tmp_path / "answers.jsonl").read_text("utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == ["b", None, "no question", 7, "empty"]
    assert ["error" in answer for answer in answers] == [False, True, True, False, True]
    assert list(answers[0])[1 : len(KEYS) + 1] == KEYS
    assert answers[3]["citations"][0]["document_status"] == "expired"
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "no question; a line is an object with `id` and `question`" in printed.err
    assert "2 of 5 answered" in printed.err


def test_a_batch_without_faults_ends_with_status_0(store: str, tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text(json.dumps({"id": "a", "question": REVENUE}) + "\n", encoding="utf-8")
    assert main(["ask", "--store", store, "--batch", str(tmp_path / "cases.jsonl"), "--out", str(tmp_path / "out.jsonl")]) == 0


@pytest.mark.parametrize("arguments", [["ask"], ["ask", "Q?", "--batch", "a.jsonl", "--out", "b.jsonl"], ["ask", "--batch", "a.jsonl"]])
def test_a_question_and_a_batch_exclude_each_other(arguments: list[str], store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "give either a question, or --batch" in refused(capsys, *arguments, "--store", store)


@pytest.mark.parametrize("question", ["", "   ", "\n"])
def test_an_empty_question_is_refused(question: str, store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", question, "--store", store]) == 2
    assert capsys.readouterr().err


def test_an_overlong_question_is_refused_with_the_limit(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "the limit is 2000; shorten it" in refused(capsys, "ask", "why " * 600, "--store", store)


def test_without_an_index_the_command_to_make_one_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"run `python -m ingest --store {tmp_path}`" in refused(capsys, "ask", REVENUE, "--store", str(tmp_path))


def test_an_index_made_with_other_settings_is_refused(
    store: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLANQUERY_CHUNK_TOKENS", "90")
    error = refused(capsys, "ask", REVENUE, "--store", store)
    assert "built with other settings" in error
    assert "run `python -m ingest" in error


def test_a_conversation_goes_on_until_an_empty_line(
    store: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{REVENUE}\n{SUBSIDY}\n\nnever read\n"))
    assert main(["chat", "--store", store]) == 0
    printed = capsys.readouterr().out
    assert "40 billion" in printed
    assert "20万元" in printed


def test_the_doctor_tells_versions_model_index_and_what_leaves_the_machine(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--store", store]) == 0
    printed = capsys.readouterr().out
    for part in ("Python 3.", "chromadb ", "all-MiniLM-L6-v2", "2 documents, 4 chunks", "plan: Valley plan", "nothing leaves this machine"):
        assert part in printed
    assert "to mend" not in printed


def test_the_doctor_says_where_questions_go_when_a_chat_model_is_set(
    store: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLANQUERY_CHAT_MODEL", "ollama:qwen3")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        monkeypatch.setenv("PLANQUERY_CHAT_BASE_URL", address)
        assert main(["doctor", "--store", store]) == 0
    printed = capsys.readouterr().out
    assert f"ollama:qwen3 at {address}" in printed
    assert "this stays on this machine" in printed
    assert "nothing leaves" not in printed
    assert main(["doctor", "--store", store]) == 1
    assert "to mend: 127.0.0.1:" in capsys.readouterr().out


@pytest.mark.parametrize(("model", "remedy"), [("qwen3", "`ollama:MODEL`"), ("nobody:x", "`ollama:MODEL`")])
def test_the_doctor_names_a_chat_model_that_cannot_be_used(
    model: str, remedy: str, store: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLANQUERY_CHAT_MODEL", model)
    assert main(["doctor", "--store", store]) == 1
    printed = capsys.readouterr().out
    assert f"to mend: PLANQUERY_CHAT_MODEL is {model!r}" in printed
    assert remedy in printed


def test_the_doctor_names_what_to_mend(
    tmp_path: Path, store: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", "--store", str(tmp_path)]) == 1
    assert "to mend: no index in" in capsys.readouterr().out
    monkeypatch.setenv("PLANQUERY_CHUNK_TOKENS", "90")
    assert main(["doctor", "--store", store]) == 1
    assert "to mend: the index was built with other settings" in capsys.readouterr().out


def test_a_corpus_without_measures_has_no_verdicts(store: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("{}"))
    assert main(["check", "--profile", "-", "--store", store, "--as-of", "2026-11-23", "--json"]) == 0
    checked = json.loads(capsys.readouterr().out)
    assert checked["as_of"] == "2026-11-23"
    assert checked["verdicts"] == []
