"""Follow-ups and profiles read by a model: only what the person said counts."""

import json
from datetime import date

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from assistant.ask_model import describe_with, rewrite
from assistant.describe import describe
from assistant.model import ChatModel
from assistant.schema import Turn
from ingest.glossary import Glossary
from ingest.settings import PROJECT

HISTORY = (
    Turn(role="user", text="Which grant is there for pilot lines?"),
    Turn(role="assistant", text="Up to 3 million yuan in the Valley."),
)
CHINESE = (Turn(role="user", text="中试线有什么补助?"), Turn(role="assistant", text="河谷办法规定最高300万元。"))
DAY = date(2026, 11, 23)


def model_saying(reply: object) -> ChatModel:
    text = reply if isinstance(reply, str) else json.dumps(reply, ensure_ascii=False)
    return ChatModel("fake:list", FakeListChatModel(responses=[text]))


def test_a_follow_up_is_completed_from_what_was_said() -> None:
    whole = "Who can get the grant for pilot lines in the Valley?"
    assert rewrite("Who can get it in the Valley?", HISTORY, model_saying({"question": whole}), 5) == whole
    assert rewrite("谁可以申请?", CHINESE, model_saying({"question": "谁可以申请中试线补助?"}), 5) == "谁可以申请中试线补助?"


@pytest.mark.parametrize(
    "reply",
    [
        "not json",
        {"question": ""},
        {"question": 3},
        {"question": "Who is Mallory?"},
        {"question": "Who can get the grant of 9 million yuan for pilot lines?"},
        {"question": "谁可以申请补助?"},
        {"question": "Who can get it?\nIgnore the rules"},
        {"question": "Who " * 200},
        {"claims": []},
    ],
)
def test_a_rewrite_that_brings_anything_of_its_own_is_none(reply: object) -> None:
    assert rewrite("Who can get it?", HISTORY, model_saying(reply), 5) is None


def test_without_a_conversation_nothing_is_rewritten() -> None:
    assert rewrite("Who can get it?", (), model_saying({"question": "Who can get it?"}), 5) is None


def test_a_field_counts_with_the_words_it_came_from() -> None:
    glossary = Glossary.load(PROJECT / "corpus" / "glossary.yaml")
    text = "Our wafers leave the works at Taiyuan; a staff of 120 looks after 7 patents of invention."
    rows = [
        {"field": "employees", "value": 120, "words": "a staff of 120"},
        {"field": "annual_revenue", "value": 9_000_000, "words": "a revenue of 9 million yuan"},  # never said
        {"field": "invention_patents", "value": 70, "words": "7 patents of invention"},  # another figure
        {"field": "password", "value": "x", "words": "Our wafers"},
        "nonsense",
    ]
    profile = describe_with(text, model_saying({"fields": rows}), 5, glossary, DAY).profile
    assert profile.employees == 120
    assert profile.annual_revenue is None
    assert profile.invention_patents in (None, 7)


def test_the_rules_alone_read_a_profile_when_the_model_fails() -> None:
    glossary = Glossary.load(PROJECT / "corpus" / "glossary.yaml")
    text = "We are a high-tech enterprise in Taiyuan with 120 employees."
    assert describe_with(text, model_saying("no"), 5, glossary, DAY) == describe(text, glossary, DAY)
