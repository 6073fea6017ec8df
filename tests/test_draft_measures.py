"""Draft measures from a document: every clause is copied from it, whatever the model says."""

import json
from pathlib import Path

import pytest
import yaml
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from assistant.__main__ import main
from assistant.draft_measures import draft_measures, to_yaml
from assistant.model import ChatModel
from tests.model_server import Act, model_server
from tests.toys import TALENT, read_documents, write_files

GIVES = "对新引进的博士，一次性给予安家补贴20万元。"


def drafts_of(folder: Path, *replies: str):  # type: ignore[no-untyped-def]
    document = read_documents(folder, {"talent": TALENT})[0]
    return document, draft_measures(document, ChatModel("fake:list", FakeListChatModel(responses=list(replies))), 5)


def test_words_of_the_document_are_kept_and_others_dropped_and_counted(tmp_path: Path) -> None:
    rows = [
        {"title": "安家补贴", "gives": GIVES, "conditions": ["新引进的博士", "年龄40岁以下"]},
        {"title": "购房", "gives": "给予购房补贴100万元。", "conditions": []},
        "nonsense",
    ]
    document, drafts = drafts_of(tmp_path, json.dumps({"measures": rows}, ensure_ascii=False))
    assert [(draft.gives, draft.conditions) for draft in drafts.measures] == [(GIVES, ("新引进的博士",))]
    assert drafts.dropped == 3
    (entry,) = yaml.safe_load(to_yaml(document, drafts))
    assert entry["id"] == "talent-draft-1"
    assert entry["gives_clause"]["quote"] in document.text


def test_a_section_the_model_does_not_answer_for_is_named(tmp_path: Path) -> None:
    _, drafts = drafts_of(tmp_path, "no idea")
    assert drafts.measures == ()
    assert "安家补贴" in drafts.faults[0]


def test_a_long_section_is_sent_in_parts(tmp_path: Path) -> None:
    paragraphs = "\n\n".join(f"第{number}段。" + "政策" * 400 for number in range(20))
    document = read_documents(tmp_path, {"talent": TALENT.replace(GIVES, f"{GIVES}\n\n{paragraphs}")})[0]
    drafts = draft_measures(document, ChatModel("fake:list", FakeListChatModel(responses=["x"])), 5)
    assert len(drafts.faults) >= 3


def test_the_verb_prints_drafts_and_tells_what_was_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("langchain_openai")
    reply = json.dumps({"measures": [{"title": "安家补贴", "gives": GIVES, "conditions": ["从未写过"]}]}, ensure_ascii=False)
    write_files(tmp_path, {"talent": TALENT})
    with model_server(Act(brain=lambda body: reply)) as server:
        monkeypatch.setenv("PLANQUERY_CHAT_MODEL", "openai:toy")
        monkeypatch.setenv("PLANQUERY_CHAT_BASE_URL", server.address)
        assert main(["draft-measures", str(tmp_path / "talent.md")]) == 0
    printed = capsys.readouterr()
    assert yaml.safe_load(printed.out)[0]["gives_clause"]["quote"] == GIVES
    assert "1 drafts to review; 1 statements left out" in printed.err


def test_without_a_chat_model_the_verb_says_what_to_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_files(tmp_path, {"talent": TALENT})
    assert main(["draft-measures", str(tmp_path / "talent.md")]) == 2
    assert "PLANQUERY_CHAT_MODEL" in capsys.readouterr().err
