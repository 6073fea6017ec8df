"""Questions whether a paper still holds: its standing on the day, and the sentence that tells it."""

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.schema import Turn
from ingest.embed import Embedder
from tests.shelf_toys import ask, documents, shelf


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    with shelf(tmp_path_factory.mktemp("in_force")) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "standing"),
    [
        ("Is the harbour plan still in force?", "Harbour plan of Valley: its term has ended"),
        ("Has the harbour plan expired?", "Harbour plan of Valley: its term has ended"),
        ("Are the 2024 rules for ferries still valid?", "Rules for ferries, 2024 edition: in force"),
        ("Have the 2019 rules for ferries been replaced?", "Rules for ferries, 2019 edition: replaced"),
        ("Is the railway scheme only a draft?", "Railway scheme of Valley: a draft for comment"),
        ("疏浚办法现在还有效吗？", "《河谷航道疏浚办法》:现行有效"),
    ],
)
def test_a_paper_is_told_with_its_standing(question: str, standing: str, assistant: Assistant) -> None:
    answer = ask(assistant, question)
    assert answer.status == "answered"
    assert standing in answer.text


def test_its_own_words_on_its_term_are_quoted(assistant: Assistant) -> None:
    answer = ask(assistant, "Is the harbour plan still valid?")
    assert "The plan was valid until the end of 2025." in [citation.quote for citation in answer.citations]
    assert any("2025-12-31" in notice for notice in answer.notices)


def test_where_the_words_fit_several_papers_each_is_told(assistant: Assistant) -> None:
    answer = ask(assistant, "Are the rules for ferries still in force?")
    assert documents(answer) == ["ferries", "ferries-old"]


def test_that_plan_is_the_one_talked_about(assistant: Assistant) -> None:
    asked = "How many berths does the harbour have?"
    history = (Turn(role="user", text=asked), Turn(role="assistant", text=ask(assistant, asked).text))
    assert "Harbour plan of Valley: its term has ended" in ask(assistant, "Is that plan still in force?", history).text


@pytest.mark.parametrize("question", ["Are the 2015 rules for ferries still in force?", "Is the licence still valid?", "Is the plan good?"])
def test_a_paper_that_is_not_on_the_shelf_has_no_standing(question: str, assistant: Assistant) -> None:
    assert ": in force" not in ask(assistant, question).text
