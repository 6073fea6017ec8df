"""Passages to the sentences, items and rows that an answer may quote."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from toys import candidate_of, passages_of, toy_index

from assistant.candidates import Candidate, candidates
from ingest.store import Generation


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Generation]:
    generation = toy_index(tmp_path)
    yield generation
    generation.close()


def of(index: Generation, question: str) -> list[Candidate]:
    return candidates(passages_of(index, question))


def test_every_candidate_is_a_verbatim_span_of_its_document(index: Generation) -> None:
    found = of(index, "robot makers sectors support 安家补贴")
    assert found
    for candidate in found:
        text = index.document(candidate.passage.chunk.source.id).text
        assert text[candidate.start : candidate.end] == candidate.text
        evidence = candidate.evidence()
        assert (evidence.quote, evidence.start, evidence.end) == (candidate.text, candidate.start, candidate.end)


def test_paragraphs_are_read_sentence_by_sentence_in_both_languages(index: Generation) -> None:
    texts = [candidate.text for candidate in of(index, "robot makers 安家补贴")]
    assert "Exports grow by about 9 percent a year." in texts
    assert "硕士每人补贴5万元。" in texts
    assert candidate_of(index, "exports", "Exports").before.endswith("40 billion yuan.")


def test_items_and_rows_are_whole_and_know_what_explains_them(index: Generation) -> None:
    item, row = candidate_of(index, "sectors", "force sensors"), candidate_of(index, "support", "Pilot line")
    assert (item.kind, item.lead) == ("item", "The plan develops the following sectors:")
    assert row.kind == "row"
    assert "3 million yuan" in row.text


def test_heads_of_tables_are_no_candidates(index: Generation) -> None:
    assert not any("Highest grant" in candidate.text for candidate in of(index, "project support highest grant"))


def test_no_passages_give_no_candidates() -> None:
    assert candidates([]) == []
