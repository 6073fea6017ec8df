"""Summaries: the document that is meant, section by section; and the question back where nothing is named."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant import Assistant
from assistant.cite import check_answer
from assistant.clarify import unclear
from assistant.question import plain_query
from assistant.schema import Turn
from ingest.build import build_index
from ingest.embed import Embedder
from ingest.settings import Settings
from tests.toys import DOCUMENTS, PLAN, write_files

DAY = date(2026, 11, 23)
SOURCES = "\n## Sources\n\n- Valley Gazette, 3 May 2024, page 7.\n"


@pytest.fixture(scope="module")
def assistant(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    settings = Settings(_env_file=None, store=tmp_path_factory.mktemp("store"))
    build_index([write_files(tmp_path_factory.mktemp("documents"), DOCUMENTS | {"plan": PLAN + SOURCES})], settings)
    with Assistant.open(settings) as opened:
        yield opened


def test_a_summary_has_a_point_of_every_section_and_no_sources(assistant: Assistant) -> None:
    answer = assistant.ask("Give me an overview of the Valley plan for robot making.", as_of=DAY)
    assert answer.status == "answered"
    for told in ("Targets:", "40 billion yuan", "joint motors", "| Pilot line | 3 million yuan"):
        assert told in answer.text
    assert "Gazette" not in answer.text
    assert check_answer(answer) == []


def test_a_summary_of_one_aspect_keeps_to_its_sections(assistant: Assistant) -> None:
    answer = assistant.ask("Summarise the targets of the Valley plan for robot making.", as_of=DAY)
    assert "40 billion yuan" in answer.text
    assert "joint motors" not in answer.text


def test_what_no_document_is_about_is_not_summarised(assistant: Assistant) -> None:
    assert assistant.ask("Summarise the cheese ordinance of Gouda.", as_of=DAY).status == "not_found"


@pytest.mark.parametrize("question", ["And the other one?", "How much is it?", "能给多少？", "那个呢？", "Validity?"])
def test_a_question_that_names_nothing_is_asked_back(question: str, assistant: Assistant) -> None:
    answer = assistant.ask(question, as_of=DAY)
    assert (answer.status, answer.claims) == ("clarify", ())
    assert answer.text.count("?") == 1


@pytest.mark.parametrize("question", ["LFP density?", "Doctor grant?", "链主奖励多少？", "博士补贴？"])
def test_a_short_question_that_names_its_topic_is_complete(question: str) -> None:
    assert unclear(plain_query(question), (), has_history=False) is None


def test_in_a_conversation_what_points_back_is_not_asked_back(assistant: Assistant) -> None:
    history = [Turn(role="user", text="博士的安家补贴是多少？"), Turn(role="assistant", text="20万元。[1]")]
    assert assistant.ask("那硕士呢？", history, as_of=DAY).status != "clarify"
