"""Documents to chunks: whole blocks of one section, verbatim, with ids that stay."""

from pathlib import Path

import pytest
from toys import PLAN, TALENT, ToyEmbedder, read_documents

from ingest.chunk import chunk_document
from ingest.read import read_file
from ingest.schema import Block, Chunk, Document, Section, Source
from ingest.settings import Settings

COUNT = ToyEmbedder().count_tokens


def chunks(folder: Path, text: str, budget: int = 200) -> tuple[Document, tuple[Chunk, ...]]:
    (document,) = read_documents(folder, {"toy": text})
    return document, chunk_document(document, COUNT, budget)


@pytest.mark.parametrize("text", [PLAN, TALENT])
@pytest.mark.parametrize("budget", [10, 40, 200])
def test_chunks_are_verbatim_and_hold_every_block_of_their_section(text: str, budget: int, tmp_path: Path) -> None:
    document, found = chunks(tmp_path, text, budget)
    for chunk in found:
        assert chunk.text == document.text[chunk.start : chunk.end]
        (section,) = [s for s in document.sections if s.start <= chunk.start and chunk.end <= s.end]
        assert chunk.heading == section.heading
    covered = "".join(chunk.text for chunk in found).replace("\n", "").replace(" ", "")
    assert covered == "".join(document.text[s.start : s.end] for s in document.sections).replace("\n", "").replace(" ", "")
    assert [chunk.order for chunk in found] == list(range(len(found)))


def test_a_small_section_is_one_chunk_and_never_joined_with_the_next(tmp_path: Path) -> None:
    _, found = chunks(tmp_path, PLAN)
    assert [chunk.path() for chunk in found] == [("Targets",), ("Key sectors",), ("Support",)]


def test_no_chunk_is_over_the_budget_unless_one_sentence_is(tmp_path: Path) -> None:
    long = "Sales of arms grow by the year. " * 30 + "One sentence " + "and more " * 60 + "ends."
    _, found = chunks(tmp_path, f"# Notice\n\n{long}\n", 50)
    sizes = [COUNT(chunk.text) for chunk in found]
    assert len([size for size in sizes if size > 50]) == 1
    assert found[-1].text.startswith("One sentence")
    assert all(chunk.text.endswith(".") for chunk in found)


def test_an_item_cut_off_from_its_lead_carries_it_along(tmp_path: Path) -> None:
    items = "\n".join(f"- motors of type number {i} for arms" for i in range(12))
    _, found = chunks(tmp_path, f"# Notice\n\nThe plan supports these motors:\n\n{items}\n", 40)
    assert len(found) > 2
    assert found[0].leads == ()
    for chunk in found[1:]:
        assert [text for _, text in chunk.leads] == ["The plan supports these motors:"]
        assert "The plan supports these motors:" in chunk.embed_text()
        assert "The plan supports these motors:" not in chunk.text


def test_a_table_row_stays_whole_however_long(tmp_path: Path) -> None:
    row = "| " + "motor and sensor. " * 40 + " | 3 million yuan |"
    _, found = chunks(tmp_path, f"# Notice\n\n| Project | Grant |\n|---|---|\n{row}\n", 40)
    holders = [chunk for chunk in found if any(block.kind == "table_row" for block in chunk.blocks)]
    assert len(holders) == 1
    assert "motor and sensor" in holders[0].text
    assert holders[0].text.endswith("3 million yuan")


def test_what_is_embedded_says_where_the_text_belongs(tmp_path: Path) -> None:
    _, found = chunks(tmp_path, PLAN)
    lines = found[0].embed_text().split("\n")
    assert lines[:2] == ["Valley plan for robot making to 2028", "Targets"]
    assert lines[-1] == found[0].text


def test_ids_do_not_change_with_other_parts_of_the_document(tmp_path: Path) -> None:
    _, before = chunks(tmp_path / "1", PLAN)
    _, after = chunks(tmp_path / "2", PLAN.replace("joint motors", "hip motors"))
    assert [a.id == b.id for a, b in zip(before, after, strict=True)] == [True, False, True]


def test_equal_text_under_one_heading_has_ids_of_its_own() -> None:
    text = "Same words.\nSame words."
    blocks = (Block(kind="paragraph", start=0, end=11), Block(kind="paragraph", start=12, end=23))
    document = Document(
        source=Source(id="d", title="D", language="en"),
        file="d.txt",
        text=text,
        sections=(Section(heading=(), start=0, end=23, blocks=blocks),),
        page_starts=(0, 12),
        content_hash="h",
    )
    first, second = chunk_document(document, COUNT, 3)
    assert first.id != second.id
    assert (first.page_of(first.start), second.page_of(second.start)) == (1, 2)


def test_a_chunk_over_a_page_break_knows_both_pages() -> None:
    text = "First page.\nSecond page."
    document = Document(
        source=Source(id="d", title="D", language="en"),
        file="d.txt",
        text=text,
        sections=(Section(heading=(), start=0, end=24, blocks=(Block(kind="paragraph", start=0, end=24),)),),
        page_starts=(0, 12),
        content_hash="h",
    )
    (chunk,) = chunk_document(document, COUNT, 100)
    assert [chunk.page_of(0), chunk.page_of(11), chunk.page_of(12)] == [1, 1, 2]


def test_a_document_of_headings_only_has_no_chunks(tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    path.write_text("# Only a heading\n\nText.\n", encoding="utf-8")
    document = read_file(path, Settings(_env_file=None), "d").model_copy(update={"sections": ()})
    assert chunk_document(document, COUNT, 100) == ()
