"""What rules add to the scores of candidates."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tier_toys import EDITIONS, ranked
from toys import toy_index

from assistant.extract import is_graded
from assistant.preferences import HEADED, INTRODUCES, SOURCES, marks_of, preferences
from ingest.store import Generation


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    opened = toy_index(Path(tmp_path_factory.mktemp("preferences")), EDITIONS)
    yield opened
    opened.close()


def _gains(index: Generation, question: str) -> dict[str, float]:
    found = ranked(index, question)
    return {c.text: float(gain) for c, gain in zip(found.found, preferences(found.asked, found.found, found.matrix), strict=True)}


def _of(gains: dict[str, float], part: str) -> float:
    return next(gain for text, gain in gains.items() if part in text)


def test_the_tier_that_the_amount_falls_into_comes_first_and_stands_alone(index: Generation) -> None:
    found = ranked(index, "What award does a robot maker with sales of 300 million yuan get?")
    assert found.found[0].text.endswith("4 million yuan")
    assert is_graded(found)


def test_the_edition_named_is_preferred_to_another(index: Generation) -> None:
    gains = _gains(index, "What award does the revised edition pay a robot maker?")
    assert _of(gains, "7 million yuan") > _of(gains, "1 million yuan")


def test_a_sentence_that_presents_its_document_loses_where_something_else_is_asked(index: Generation) -> None:
    asked, who = (_gains(index, question) for question in ("Why do robot makers get awards?", "Who pays the awards to robot makers?"))
    assert _of(who, "pays awards to robot makers") - _of(asked, "pays awards to robot makers") == INTRODUCES


def test_a_statement_under_sources_loses(index: Generation) -> None:
    gains = _gains(index, "Why do robot makers get awards by sales?")
    assert _of(gains, "read at the office") == -SOURCES


def test_a_heading_in_the_questions_terms_counts(index: Generation) -> None:
    found = ranked(index, "Until when does the award scheme for robot makers apply?")
    plain = preferences(found.asked, found.found, found.matrix)
    with_terms = preferences(
        found.asked, found.found, found.matrix, lambda text: [(0, 1, "validity")] if "Until when" in text or text == "Validity" else []
    )
    gained = {c.text for c, one, other in zip(found.found, plain, with_terms, strict=True) if other - one == HEADED}
    assert gained == {"It runs until 31 December 2026."}


def test_years_and_editions_are_read_in_both_languages() -> None:
    assert marks_of("the revised rules of 2023") == {"revised", "2023"}
    assert marks_of("2021年征求意见稿") == {"draft", "2021"}
