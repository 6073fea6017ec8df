"""The assistant: one open index, its embedder and the chain behind a few verbs."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from toys import DOCUMENTS, PLAN, TALENT, write_files

from assistant import Answer, Assistant
from assistant.chain import STAGES
from assistant.schema import Turn
from ingest.build import build_index
from ingest.embed import Embedder
from ingest.schema import PlanQueryError
from ingest.settings import Settings

REVENUE = "What annual revenue do robot makers reach by 2028?"
DAY = date(2026, 11, 23)
INTERNAL = TALENT.replace("language: zh", "language: zh\naudience: internal")


@pytest.fixture(scope="module")
def settings(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = write_files(tmp_path_factory.mktemp("documents"), DOCUMENTS | {"inner": INTERNAL.replace("20万元", "88万元")})
    settings = Settings(_env_file=None, store=tmp_path_factory.mktemp("store"))
    build_index([folder], settings)
    return settings


@pytest.fixture(scope="module")
def assistant(settings: Settings) -> Iterator[Assistant]:
    with Assistant.open(settings) as opened:
        yield opened


def test_a_question_is_answered_with_a_receipt(assistant: Assistant) -> None:
    answer = assistant.ask(REVENUE, as_of=DAY)
    assert "more than 40 billion yuan" in answer.text
    receipt, info = answer.receipt, assistant.generation
    assert (receipt.generation, receipt.corpus, receipt.model, receipt.as_of) == (info.id, info.corpus, info.model, DAY)


def test_a_stream_tells_its_stages_and_ends_with_the_same_answer(assistant: Assistant) -> None:
    *stages, answer = assistant.stream(REVENUE, as_of=DAY)
    assert tuple(stages) == STAGES
    assert isinstance(answer, Answer)
    assert answer.text == assistant.ask(REVENUE, as_of=DAY).text


@pytest.mark.parametrize("question", ["hello", "你好"])
def test_a_greeting_is_no_question(question: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert answer.status == "out_of_scope"
    assert answer.claims == ()
    assert answer.text


def test_the_answer_is_in_the_language_of_the_question(assistant: Assistant) -> None:
    assert assistant.ask("博士的安家补贴是多少？").language == "zh"
    assert assistant.ask(REVENUE).language == "en"


def test_earlier_turns_are_taken_and_change_nothing_about_proof(assistant: Assistant) -> None:
    history = [Turn(role="user", text=REVENUE), Turn(role="assistant", text="More than 40 billion yuan. [1]")]
    answer = assistant.ask("And how fast do exports grow?", history, as_of=DAY)
    assert "about 9 percent" in answer.text
    assert "about 9 percent" in answer.citations[0].quote


def test_an_internal_document_is_neither_listed_nor_quoted_to_the_public(assistant: Assistant, settings: Settings) -> None:
    assert [source.id for source in assistant.sources()] == ["plan", "talent"]
    assert "88万元" not in assistant.ask("博士的安家补贴是多少？").text
    with Assistant.open(settings.model_copy(update={"audience": "internal"})) as insider:
        assert {source.id for source in insider.sources()} == {"plan", "talent", "inner"}


def test_an_internal_document_cannot_be_opened_by_the_public(assistant: Assistant) -> None:
    with pytest.raises(PlanQueryError, match="no document 'inner'"):
        assistant.document("inner")
    assert assistant.register("inner").targets == ()


@pytest.mark.parametrize("question", ["", " \n"])
def test_an_empty_question_is_refused(question: str, assistant: Assistant) -> None:
    with pytest.raises(PlanQueryError):
        assistant.ask(question)


def test_a_question_over_the_limit_is_refused(assistant: Assistant) -> None:
    with pytest.raises(PlanQueryError, match="the limit is 2000"):
        assistant.ask("x" * 2001)


def test_passages_come_without_an_answer_too(assistant: Assistant) -> None:
    passages = assistant.retrieve(REVENUE, k=1)
    assert [passage.chunk.path() for passage in passages] == [("Targets",)]
    assert assistant.retrieve(REVENUE, documents=["talent"])[0].chunk.source.id == "talent"


def test_an_index_made_with_another_model_is_refused(settings: Settings, tmp_path: Path) -> None:
    copied = shutil.copytree(settings.store, tmp_path / "store")
    (manifest,) = copied.glob("generations/*/manifest.json")
    manifest.write_text(manifest.read_text("utf-8").replace("minilm-int8:", "another-model:"), encoding="utf-8")
    with pytest.raises(PlanQueryError, match=r"built with the model 'another-model:.*; run `python -m ingest"):
        Assistant.open(settings.model_copy(update={"store": copied}))


def test_an_index_made_with_other_settings_is_refused(settings: Settings) -> None:
    with pytest.raises(PlanQueryError, match=r"built with other settings .*; run `python -m ingest"):
        Assistant.open(settings.model_copy(update={"document_prompt": "passage: ", "embedder": "minilm"}))


def test_a_newer_index_makes_an_open_assistant_stale(embedder: Embedder, tmp_path: Path) -> None:
    settings = Settings(_env_file=None, store=tmp_path / "store")
    build_index([write_files(tmp_path / "files", {"plan": PLAN})], settings)
    with Assistant.open(settings) as assistant:
        assert not assistant.is_stale()
        build_index([write_files(tmp_path / "files")], settings)
        assert assistant.is_stale()
