"""Passages beside those found: the rest of a cut table, and the section that the wording asks for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from harbour_toys import TOYS
from toys import toy_index

from assistant.beside import DOCUMENTS, MOST, beside
from assistant.question import plain_query
from assistant.schema import Passage
from ingest.schema import Chunk
from ingest.store import Generation

ROWS = "\n".join(f"| Boat of berth number {number} under the old lighthouse by the bay | {100 + number} yuan |" for number in range(40))
FEES = f"""---
title: Fees of berths
language: en
---
# Fees of berths

## Tables

The table shows the fees.

| Boat | Fee |
|---|---|
{ROWS}
"""
MANY = "---\ntitle: Rules on nets\nlanguage: en\n---\n# Rules on nets\n" + "".join(
    f"\n## Conditions for nets of kind {number}\n\nNets of kind {number} are dry.\n" for number in range(MOST + 2)
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    opened = toy_index(Path(tmp_path_factory.mktemp("beside")), TOYS | {"fees": FEES, "nets": MANY})
    yield opened
    opened.close()


def chunks(index: Generation) -> list[Chunk]:
    return index.chunks(list(range(len(index.document_rows))))


def in_section(index: Generation, heading: str) -> Passage:
    """The passage of the first chunk under a heading, as if a search had found it."""
    chunk = next(chunk for chunk in chunks(index) if chunk.path()[-1:] == (heading,))
    return Passage(chunk=chunk, score=0.7, rank=3)


def headings(found: list[Passage]) -> list[str]:
    return [passage.chunk.path()[-1] for passage in found]


@pytest.mark.parametrize(
    ("question", "found", "expected"),
    [
        ("Until when do berth fees apply?", "Berths", ["Validity"]),
        ("How long is a berth?", "Berths", []),
        ("Until when do berth fees apply?", "Validity", []),
        ("滴灌补贴何时失效？", "补贴标准", ["有效期"]),
        ("滴灌是什么颜色？", "补贴标准", []),
    ],
)
def test_the_section_that_the_wording_asks_for_is_read_beside_what_was_found(
    question: str, found: str, expected: list[str], index: Generation
) -> None:
    assert headings(beside(plain_query(question), [in_section(index, found)], index)) == expected


def test_a_section_has_the_rank_and_score_of_the_passage_it_stands_by(index: Generation) -> None:
    (added,) = beside(plain_query("Until when do berth fees apply?"), [in_section(index, "Berths")], index)
    assert (added.rank, added.score) == (3, 0.7)


def test_only_the_first_documents_found_are_opened(index: Generation) -> None:
    question = plain_query("Until when do the rules apply?")
    found = [in_section(index, heading) for heading in ("Hives", "Tables", "Berths")]
    assert len(found) > DOCUMENTS
    assert "Validity" not in headings(beside(question, found, index))
    assert "Validity" in headings(beside(question, found[1:], index))


def test_of_many_sections_that_play_the_part_a_few_are_read(index: Generation) -> None:
    added = beside(plain_query("Which conditions must nets meet?"), [in_section(index, f"Conditions for nets of kind {MOST + 1}")], index)
    assert headings(added) == [f"Conditions for nets of kind {number}" for number in range(MOST)]


def test_the_other_parts_of_a_table_that_was_cut_are_read_once(index: Generation) -> None:
    parts = [chunk for chunk in chunks(index) if chunk.path()[-1:] == ("Tables",) and any(b.kind == "table_row" for b in chunk.blocks)]
    assert len(parts) > 2
    found = [Passage(chunk=chunk, score=0.5, rank=number) for number, chunk in enumerate(parts[:2], 1)]
    added = beside(plain_query("How wide is a boat?"), found, index)
    assert [passage.chunk.id for passage in added] == [chunk.id for chunk in parts[2:]]
    assert {passage.rank for passage in added} == {1}


def test_nothing_stands_beside_nothing(index: Generation) -> None:
    assert beside(plain_query("Until when do the rules apply?"), [], index) == []
