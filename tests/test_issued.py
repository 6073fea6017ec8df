"""Questions when, by whom and under which number a paper was issued: answered from that paper alone."""

from collections.abc import Iterator

import pytest

from assistant import Assistant
from ingest.embed import Embedder
from tests.shelf_toys import ask, documents, shelf


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    with shelf(tmp_path_factory.mktemp("issued")) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("When was the harbour plan published?", "The Harbour Office published the plan on 4 March 2021."),
        ("Who issued the harbour plan?", "The Harbour Office published the plan on 4 March 2021."),
        ("疏浚办法是什么时候印发的？", "本办法由河谷航道局于2022年5月6日印发。"),
        ("疏浚办法是哪个部门印发的？", "本办法由河谷航道局于2022年5月6日印发。"),
        ("What is the document number of the 2024 rules for ferries?", "These rules (V-2024-7) say how ferries are run."),
    ],
)
def test_the_paper_says_it_itself(question: str, told: str, assistant: Assistant) -> None:
    answer = ask(assistant, question)
    assert [citation.quote for citation in answer.citations] == [told]


def test_another_papers_date_is_not_told_for_one_that_states_none(assistant: Assistant) -> None:
    assert "harbour" not in documents(ask(assistant, "When was the railway scheme published?"))


def test_an_expired_paper_is_told_to_be_so(assistant: Assistant) -> None:
    assert any("2025-12-31" in notice for notice in ask(assistant, "Who issued the harbour plan?").notices)
