"""Index generations: written beside the live one, switched in one step, removed when nobody reads them."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from toys import DOCUMENTS, ToyEmbedder, read_documents, toy_index, write_index

from ingest.schema import PlanQueryError
from ingest.store import Generation, current, open_generation, publish, remove_unused, writing

TOY = ToyEmbedder()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Generation]:
    generation = toy_index(tmp_path)
    yield generation
    generation.close()


def generations(store: Path) -> list[str]:
    return sorted(folder.name for folder in (store / "generations").iterdir())


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    documents = read_documents(tmp_path / "files")
    chunks = write_index(tmp_path / "store", "g1", documents, TOY, {"note": {"wert": "北"}})
    publish(tmp_path / "store", "g1")
    index = open_generation(tmp_path / "store")
    assert index.chunks(range(len(chunks))) == chunks
    assert index.chunks([2, 0]) == [chunks[2], chunks[0]]
    assert index.row_ids() == [chunk.id for chunk in chunks]
    assert [index.document(document.source.id) for document in documents] == documents
    assert [source.id for source in index.sources] == list(DOCUMENTS)
    assert index.stored("note") == {"wert": "北"}
    assert index.stored("nothing of that name") is None
    assert np.allclose(index.vectors([1, 0]), TOY.embed_documents([chunks[1].embed_text(), chunks[0].embed_text()]), atol=1e-6)
    index.close()


def test_dense_search_gives_cosines_best_first(index: Generation) -> None:
    chunks = index.chunks(range(index.info.chunks))
    query = TOY.embed_query(chunks[1].embed_text())
    rows, cosines = index.dense(query, 3)
    assert rows[0] == 1
    assert cosines[0] == pytest.approx(1.0, abs=1e-5)
    assert list(cosines) == sorted(cosines, reverse=True)
    assert cosines[1] == pytest.approx(float(query @ index.vectors([int(rows[1])])[0]), abs=1e-5)


def test_dense_search_keeps_to_the_documents_allowed(index: Generation) -> None:
    rows, _ = index.dense(TOY.embed_query("robot revenue"), 50, np.array([False, True]))
    assert len(rows) == 1
    assert index.document_rows[rows[0]] == 1


def test_dense_search_for_nothing_finds_nothing(index: Generation) -> None:
    rows, cosines = index.dense(TOY.embed_query("robot"), 0)
    assert len(rows) == len(cosines) == 0


def test_an_unknown_document_is_named_with_the_remedy(index: Generation) -> None:
    with pytest.raises(PlanQueryError, match=r"no document 'missing'.*doctor"):
        index.document("missing")


def test_a_store_without_an_index_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(PlanQueryError, match=r"no index in .*python -m ingest --store"):
        open_generation(tmp_path)


def test_a_pointer_to_nothing_is_a_damaged_index(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("gone")
    with pytest.raises(PlanQueryError, match="damaged; remove the folder"):
        open_generation(tmp_path)


def test_a_written_generation_is_invisible_until_it_is_published(index: Generation, tmp_path: Path) -> None:
    write_index(tmp_path / "store", "g2", read_documents(tmp_path / "files", {"plan": DOCUMENTS["plan"]}), TOY)
    assert current(tmp_path / "store") == "g1"
    publish(tmp_path / "store", "g2")
    assert current(tmp_path / "store") == "g2"


def test_a_reader_keeps_its_generation_until_it_closes(tmp_path: Path) -> None:
    index = toy_index(tmp_path)
    store = tmp_path / "store"
    write_index(store, "g2", read_documents(tmp_path / "files", {"plan": DOCUMENTS["plan"]}), TOY)
    publish(store, "g2")
    assert generations(store) == ["g1", "g2"]
    assert index.document("talent").source.id == "talent"
    assert index.dense(TOY.embed_query("robot"), 2)[0].size == 2
    index.close()
    remove_unused(store)
    assert generations(store) == ["g2"]


def test_what_a_killed_ingest_left_is_removed(index: Generation, tmp_path: Path) -> None:
    half = tmp_path / "store" / "generations" / "half"
    (half / "chroma").mkdir(parents=True)
    (half / "chroma" / "chroma.sqlite3").write_bytes(b"half")
    remove_unused(tmp_path / "store")
    assert generations(tmp_path / "store") == ["g1"]


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    with writing(tmp_path), pytest.raises(PlanQueryError, match=r"another ingest is writing to .*wait until it ends"), writing(tmp_path):
        pass
    with writing(tmp_path):
        assert (tmp_path / "writer.lock").exists()
