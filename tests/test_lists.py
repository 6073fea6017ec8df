"""The best candidate to a whole list: never half of one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from toys import candidate_of, toy_index

from assistant.lists import entries, list_draft
from assistant.question import plain_query
from ingest.store import Generation

SECTORS = "Which sectors does the plan develop?"


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Generation]:
    generation = toy_index(tmp_path)
    yield generation
    generation.close()


def test_one_item_brings_its_lead_and_its_neighbours(index: Generation) -> None:
    claims = list_draft(plain_query(SECTORS), candidate_of(index, SECTORS, "force sensors"))
    assert [claim.layout for claim in claims] == ["lead", "item", "item", "item"]
    assert claims[0].text == "The plan develops the following sectors:"
    assert entries(claims) == 3
    for claim in claims:
        (evidence,) = claim.evidence
        assert index.document("plan").text[evidence.start : evidence.end] == evidence.quote == claim.text


def test_a_question_for_one_figure_gets_no_list(index: Generation) -> None:
    question = "How much does a test centre get?"
    assert list_draft(plain_query(question), candidate_of(index, "support for a test centre", "Test centre")) == []


def test_a_plain_sentence_is_no_list(index: Generation) -> None:
    assert list_draft(plain_query(SECTORS), candidate_of(index, "exports", "Exports")) == []
