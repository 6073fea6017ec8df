"""Words for papers: the titles that hold them, kinds and years considered."""

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.desk import Desk
from assistant.meant import meant, naked, share
from ingest.embed import Embedder
from tests.shelf_toys import DAY, shelf


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    with shelf(tmp_path_factory.mktemp("meant")) as opened:
        yield opened


@pytest.fixture
def desk(assistant: Assistant) -> Desk:
    return assistant.desk(assistant.request("papers", (), (), DAY))


@pytest.mark.parametrize(
    ("paper", "ids"),
    [
        ("the harbour plan", {"harbour"}),
        ("the ferry rules", {"ferries", "ferries-old"}),
        ("the 2019 rules for ferries", {"ferries-old"}),
        ("the 2015 rules for ferries", set()),
        ("the rules for submarines", set()),
        ("疏浚办法", {"dredging"}),
        ("the scheme", {"railway"}),
        ("these documents", {"harbour", "ferries", "ferries-old", "railway", "dredging"}),
    ],
)
def test_papers_are_found_by_their_titles(paper: str, ids: set[str], desk: Desk) -> None:
    assert {source.id for source in meant(paper, desk)} == ids


def test_the_kind_of_a_paper_is_none_of_its_words() -> None:
    assert naked("the harbour plan").split() == ["harbour"]


def test_a_text_holds_nothing_of_no_words(desk: Desk) -> None:
    assert share("", "Harbour plan", desk) == 0.0
