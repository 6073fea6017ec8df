"""Questions whether documents mention a thing: looked up word for word, not judged by likeness."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant import Answer, Assistant
from assistant.mentioned import mentioned
from assistant.question import plain_query
from ingest.build import build_index
from ingest.embed import Embedder
from ingest.settings import Settings
from tests.toys import write_files

PLAN = """---
title: Harbour plan of Valley
language: en
status: in_force
---
# Harbour plan of Valley

## Berths

The harbour has 12 berths. Fishing boats moor at the west pier. Ferries moor at the east pier.

## Cranes

A gantry crane unloads the ferries.

## What is not stated

- The price of diesel.
- Who keeps the lighthouse.
"""
RULES = """---
title: 河谷港口管理办法
language: zh
status: in_force
---
# 河谷港口管理办法

## 泊位

渔船停靠西码头。渡轮停靠东码头。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("mentioned")
    settings = Settings(_env_file=None, store=folder / "store", glossary=folder / "none.yaml")
    build_index([write_files(folder / "documents", {"plan": PLAN, "rules": RULES})], settings)
    with Assistant.open(settings) as opened:
        yield opened


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(question, as_of=date(2026, 11, 23))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Does the plan mention a gantry crane?", "A gantry crane unloads the ferries."),
        ("Do the documents say anything about fishing boats?", "Fishing boats moor at the west pier."),
        ("Is the east pier mentioned in the harbour plan?", "Ferries moor at the east pier."),
        ("办法里有没有提到渡轮？", "渡轮停靠东码头。"),
        ("这些文件提到渔船了吗？", "渔船停靠西码头。"),
    ],
)
def test_what_is_mentioned_is_quoted(question: str, told: str, assistant: Assistant) -> None:
    answer = ask(assistant, question)
    assert answer.status == "answered"
    assert told in [citation.quote for citation in answer.citations]


@pytest.mark.parametrize(
    "question",
    [
        "Does the plan mention submarines?",
        "Do the documents mention electric ferries?",
        "Is a railway mentioned in the harbour plan?",
        "办法有没有提到潜艇？",
    ],
)
def test_what_stands_nowhere_is_not_mentioned(question: str, assistant: Assistant) -> None:
    answer = ask(assistant, question)
    assert (answer.status, answer.citations) == ("not_found", ())


def test_what_a_document_says_it_does_not_state_is_no_mention(assistant: Assistant) -> None:
    answer = ask(assistant, "Does the plan say anything about diesel?")
    assert answer.status == "not_found"
    assert "The price of diesel" in answer.text


@pytest.mark.parametrize("question", ["Do the documents mention the eastern mole?", "Does any text mention ferries?"])
def test_where_the_documents_are_in_the_other_language_only_no_word_proves_absence(question: str, assistant: Assistant) -> None:
    passages = assistant.retrieve(question)
    desk = assistant.desk(assistant.request(question, (), ("rules",), date(2026, 11, 23)))
    assert mentioned(plain_query(question), passages, desk) is None
