"""Files to a live index: what has not changed is not embedded again, what is gone is gone, what cannot be read is named."""

from pathlib import Path
from typing import Any

import pytest
from toys import DOCUMENTS, PLAN, write_files

from ingest.build import build_index
from ingest.schema import IngestReport, PlanQueryError
from ingest.settings import Settings
from ingest.store import Generation, current, open_generation

MEASURE = """
- id: m1
  title_en: Settling grant
  title_zh: 安家补贴
  gives_en: 200,000 yuan
  gives_zh: 20万元
  document: talent
  section: [河谷机器人人才办法, 安家补贴]
  quote: {quote}
  conditions: []
"""


def settings(folder: Path, **more: Any) -> Settings:
    return Settings(_env_file=None, store=folder / "store", **more)


def build(folder: Path, **more: Any) -> IngestReport:
    return build_index([folder / "files"], settings(folder, **more))


def opened(folder: Path) -> Generation:
    return open_generation(folder / "store")


def ids(folder: Path) -> list[str]:
    index = opened(folder)
    found = index.row_ids()
    index.close()
    return found


def test_every_document_is_reported(tmp_path: Path) -> None:
    write_files(tmp_path / "files")
    report = build(tmp_path)
    plan, talent = report.documents
    assert (plan.document_id, talent.document_id) == ("plan", "talent")
    assert plan.error is None
    assert (plan.sections, plan.chunks) == (3, 3)
    assert plan.characters > 300
    assert plan.unreadable_share < 0.05 < 0.2 < talent.unreadable_share
    assert report.generation == current(tmp_path / "store")
    assert report.embedded == plan.chunks + talent.chunks


def test_nothing_changed_means_nothing_written(tmp_path: Path) -> None:
    write_files(tmp_path / "files")
    first, second = build(tmp_path), build(tmp_path)
    assert second.generation == first.generation
    assert second.embedded == 0
    assert all(row.reused for row in second.documents)


def test_only_what_is_new_is_embedded_and_ids_stay(tmp_path: Path) -> None:
    write_files(tmp_path / "files")
    build(tmp_path)
    before = ids(tmp_path)
    write_files(tmp_path / "files", {"talent": DOCUMENTS["talent"].replace("20万元", "30万元")})
    report = build(tmp_path)
    assert [row.reused for row in report.documents] == [True, False]
    assert report.embedded == 1
    after = ids(tmp_path)
    assert set(before) - set(after) == {before[-1]}
    index = opened(tmp_path)
    assert "30万元" in index.document("talent").text
    index.close()


def test_carried_over_vectors_equal_fresh_ones(tmp_path: Path) -> None:
    write_files(tmp_path / "files", {"plan": PLAN})
    build(tmp_path)
    write_files(tmp_path / "files")
    build(tmp_path)
    write_files(tmp_path / "again" / "files")
    build(tmp_path / "again")
    carried, fresh = opened(tmp_path), opened(tmp_path / "again")
    assert carried.row_ids() == fresh.row_ids()
    rows = range(carried.info.chunks)
    assert abs(carried.vectors(rows) - fresh.vectors(rows)).max() < 1e-6
    assert (carried.info.corpus, carried.info.model, carried.info.settings) == (fresh.info.corpus, fresh.info.model, fresh.info.settings)
    carried.close()
    fresh.close()


def test_a_deleted_document_is_gone_from_the_index(tmp_path: Path) -> None:
    write_files(tmp_path / "files")
    build(tmp_path)
    (tmp_path / "files" / "talent.md").unlink()
    report = build(tmp_path)
    assert report.embedded == 0
    index = opened(tmp_path)
    assert [source.id for source in index.sources] == ["plan"]
    assert not index.lexical.scores({"补贴": 1.0}).any()
    index.close()


def test_another_chunk_size_cuts_and_embeds_anew(tmp_path: Path) -> None:
    write_files(
        tmp_path / "files",
        {"plan": PLAN.replace("## Key sectors", "Sales of arms and hands grow every year. " * 12 + "\n\n## Key sectors")},
    )
    wide = build(tmp_path)
    narrow = build(tmp_path, chunk_tokens=40)
    assert narrow.generation != wide.generation
    assert narrow.documents[0].chunks > wide.documents[0].chunks


def test_an_unreadable_document_is_named_and_the_others_are_indexed(tmp_path: Path) -> None:
    write_files(tmp_path / "files")
    (tmp_path / "files" / "empty.txt").write_bytes(b"")
    report = build(tmp_path)
    (failed,) = report.failed()
    assert "empty.txt" in (failed.error or "")
    assert report.generation is not None


def test_when_nothing_can_be_read_the_live_index_stays(tmp_path: Path) -> None:
    write_files(tmp_path / "files", {"plan": PLAN})
    first = build(tmp_path)
    (tmp_path / "files" / "plan.md").write_bytes(b"")
    report = build(tmp_path)
    assert report.generation is None
    assert current(tmp_path / "store") == first.generation


def test_a_measure_whose_quote_is_not_in_its_document_is_refused_and_the_live_index_stays(tmp_path: Path) -> None:
    write_files(tmp_path / "files")
    first = build(tmp_path)
    (tmp_path / "files" / "measures.yaml").write_text(MEASURE.format(quote="没有这句话"), encoding="utf-8")
    with pytest.raises(PlanQueryError, match="m1"):
        build(tmp_path)
    assert current(tmp_path / "store") == first.generation


def test_progress_runs_to_the_end_of_every_stage(tmp_path: Path) -> None:
    write_files(tmp_path / "files")
    seen: list[tuple[str, int, int]] = []
    build_index([tmp_path / "files"], settings(tmp_path), lambda stage, done, total: seen.append((stage, done, total)))
    assert list(dict.fromkeys(stage for stage, _, _ in seen)) == ["model", "read", "embed", "write"]
    assert all(max(done for name, done, _ in seen if name == stage) == total for stage, _, total in seen)
