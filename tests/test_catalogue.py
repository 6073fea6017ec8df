"""Questions which documents there are: listed whole from the shelf, each with its standing."""

from collections.abc import Iterator

import pytest

from assistant import Assistant
from ingest.embed import Embedder
from tests.shelf_toys import ask, documents, shelf


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    with shelf(tmp_path_factory.mktemp("catalogue")) as opened:
        yield opened


ALL = {"harbour", "ferries", "ferries-old", "railway", "dredging"}


@pytest.mark.parametrize(
    ("question", "listed"),
    [
        ("Which documents do you have?", ALL),
        ("How many documents are in your library?", ALL),
        ("你们库里有哪些文件？", ALL),
        ("Which documents are still in force?", {"ferries", "dredging"}),
        ("Which plans have expired?", {"harbour", "ferries-old"}),
        ("哪些文件已经失效？", {"harbour", "ferries-old"}),
        ("Which of these documents are drafts?", {"railway"}),
        ("哪些还是征求意见稿？", {"railway"}),
        ("Which rules have been replaced?", {"ferries-old"}),
        ("What documents are there about ferries?", {"ferries", "ferries-old"}),
        ("有哪些关于疏浚的文件？", {"dredging"}),
        ("Which documents deal with lighting?", {"railway"}),
        ("Which documents mention lamps?", {"railway"}),
        ("Which documents about ferries are still in force?", {"ferries"}),
    ],
)
def test_the_documents_asked_for_are_listed(question: str, listed: set[str], assistant: Assistant) -> None:
    answer = ask(assistant, question)
    assert answer.status == "answered"
    assert set(documents(answer)) == listed
    assert str(len(listed)) in answer.notices[0]


def test_each_is_told_with_its_standing(assistant: Assistant) -> None:
    text = ask(assistant, "Which documents do you have?").text
    assert "- Harbour plan of Valley: its term has ended" in text
    assert "- Railway scheme of Valley: a draft for comment" in text
    assert "- Rules for ferries, 2024 edition: in force" in text


def test_of_a_topic_that_no_document_names_there_is_none(assistant: Assistant) -> None:
    answer = ask(assistant, "Which documents do you have about submarines?")
    assert (answer.status, answer.text) == ("not_found", "There is no such document in this index.")


@pytest.mark.parametrize("question", ["Which documents must a ferry carry?", "What papers are needed for a berth?", "申报需要哪些材料？"])
def test_papers_that_somebody_must_hand_in_are_another_matter(question: str, assistant: Assistant) -> None:
    assert "standing" not in ask(assistant, question).text
    assert len(documents(ask(assistant, question))) < len(ALL) - 1
