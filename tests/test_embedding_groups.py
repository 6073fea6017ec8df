"""Questions to chunks that hold their answers, and chunks that only look as if they did."""

import json
from pathlib import Path
from zlib import crc32

import pytest
from test_reading_groups import ARTICLE, CHINESE, set_of

import evals.embedding_groups as embedding_groups
from evals.bench_schema import BenchQuestion
from evals.embedding_groups import as_searched, groups_of, is_taught, main
from evals.reading_groups import ARTICLES
from evals.reading_schema import UNREAD, read_groups
from ingest.settings import Settings

ASKED = {
    "id": "1",
    "question": "Who pays dues?",
    "answers": ["a ferry"],
    "lang": "en",
    "doc_id": "rules",
    "evidence": ["A ferry pays dues."],
}
RULES = "# Rules\n\n## Dues\n\nA ferry pays dues.\n\n## Nets\n\nNets are free.\n"


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(embedding_groups, "PRACTICE", tmp_path / "practice")
    monkeypatch.setattr(embedding_groups, "SHARE", 1.0)
    (tmp_path / "train").mkdir()
    for name, article in zip(ARTICLES, (ARTICLE, CHINESE), strict=True):
        (tmp_path / name).write_text(json.dumps({"data": [article]}), "utf-8")
    return tmp_path


def question(**fields: object) -> BenchQuestion:
    return BenchQuestion.model_validate(ASKED | fields)


def test_a_question_of_practice_comes_with_the_chunk_that_holds_its_evidence(top: Path) -> None:
    for name in ("harbours_en", UNREAD[0]):
        set_of(top / "practice" / name, {"rules.md": RULES}, [ASKED])
    (found,) = (group for group in groups_of(top, Settings(), seed=0) if group.set == "practice")
    assert [text.text for text in found.right] == ["Rules\nDues\nA ferry pays dues."]
    assert [text.text for text in found.wrong] == ["Rules\nNets\nNets are free."]


def test_a_paragraph_answers_what_is_asked_of_it_and_chinese_is_read_in_english(top: Path) -> None:
    found = {group.question: group for group in groups_of(top, Settings(), seed=0)}
    assert found["Who pays dues?"].right[0].text.startswith("Harbour rules\nThe quay opens")
    assert "has how many berth ?" in found


def test_without_evidence_the_chunk_counts_that_shares_most_with_the_answer(top: Path) -> None:
    name = next(f"rules-{number}" for number in range(9) if crc32(f"rules-{number}".encode()) % 2 == 0)
    asked = ASKED | {"doc_id": name, "evidence": None, "answers": ["free nets, it seems"]}
    set_of(top / "orsharc_en", {f"{name}.md": RULES}, [asked])
    (found,) = (group for group in groups_of(top, Settings(), seed=0) if group.set == "orsharc_en")
    assert found.right[0].text.endswith("Nets are free.")


def test_every_other_document_of_a_public_set_measures() -> None:
    names = [f"page-{number}" for number in range(20)]
    taught = [name for name in names if is_taught(question(doc_id=name))]
    assert 0 < len(taught) < len(names)


def test_a_follow_up_is_asked_after_the_turns_before_it() -> None:
    assert as_searched(question()) == "Who pays dues?"
    turns = ({"role": "user", "text": "Who may moor?"}, {"role": "assistant", "text": "Ferries."})
    assert as_searched(question(history=turns)) == "Who may moor? Ferries. Who pays dues?"


def test_the_groups_are_written(top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(top), "--out", str(top / "groups.jsonl")]) == 0
    assert sum(json.loads(capsys.readouterr().out).values()) == len(read_groups(top / "groups.jsonl"))
    assert main([str(top / "nowhere"), "--out", str(top / "groups.jsonl")]) == 2
    assert "nowhere" in capsys.readouterr().err
