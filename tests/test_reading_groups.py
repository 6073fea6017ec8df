"""Public questions to groups: right texts, and the wrong ones that look most like an answer."""

import json
import random
from pathlib import Path
from zlib import crc32

import pytest

import evals.reading_groups as reading_groups
from evals.reading_groups import ARTICLES, ELSEWHERE, OWN, Pool, groups_of, main, swapped
from evals.reading_schema import PRACTICE, UNREAD, Group, Text, read_groups
from ingest.schema import PlanQueryError

ARTICLE = {
    "title": "Harbour_rules",
    "paragraphs": [
        {
            "context": "The quay opens on 3 May. It has 12 berths. A ferry pays dues.",
            "qas": [
                {"question": " How many berths are there? ", "answers": [{"text": "12", "answer_start": 32}]},
                {"question": "Who pays dues?", "answers": [{"text": "A ferry", "answer_start": 43}]},
            ],
        },
    ],
}
CHINESE = {
    "title": "码头",
    "paragraphs": [
        {
            "context": "码头5月3日开放。它有12个泊位。",
            "qas": [{"question": "有几个泊位？", "answers": [{"text": "12", "answer_start": 11}]}],
        },
    ],
}
PAGE = """<html><head><title>Berths</title></head><body><h1>Berths</h1>
<h2>Who may apply</h2><p>You can apply for a berth if:</p><ul><li>you own a boat</li><li>you must be over 18 years old</li></ul>
<p>Fees are due in May.</p></body></html>"""
QUESTIONS = [
    {
        "id": "1",
        "question": "Is that all?",
        "answers": ["no"],
        "lang": "en",
        "doc_id": "the-berths",
        "evidence": ["<li>you must be over 18 years old</li>"],
        "history": [{"role": "user", "text": "May I have a berth?"}, {"role": "assistant", "text": "If you own a boat."}],
    },
    {"id": "2", "question": "What else?", "answers": ["x"], "lang": "en", "doc_id": "the-berths", "evidence": None},
]


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(reading_groups, "PRACTICE", tmp_path / "practice")
    (tmp_path / "train").mkdir()
    for name, article in zip(ARTICLES, (ARTICLE, CHINESE), strict=True):
        (tmp_path / name).write_text(json.dumps({"data": [article]}), "utf-8")
    set_of(tmp_path / "conditionalqa_excerpts_en", {"the-berths.html": PAGE}, QUESTIONS)
    return tmp_path


def set_of(folder: Path, documents: dict[str, str], questions: list[dict[str, object]]) -> None:
    (folder / "docs").mkdir(parents=True)
    for name, text in documents.items():
        (folder / "docs" / name).write_text(text, "utf-8")
    (folder / "questions.jsonl").write_text("".join(json.dumps(question) + "\n" for question in questions), "utf-8")


def test_questions_come_with_the_right_text_and_wrong_ones_of_the_same_paper(top: Path) -> None:
    found = {group.question: group for group in groups_of(top, seed=0) if group.right}
    chinese = "has how many berth ?"
    assert set(found) == {"How many berths are there?", "Who pays dues?", "May I have a berth? Is that all?", chinese}
    berths = found["How many berths are there?"]
    assert berths.right == (Text("It has 12 berths.", "", "Harbour rules"),)
    assert {text.text.strip() for text in berths.wrong} == {"The quay opens on 3 May.", "A ferry pays dues."}
    assert [text.text for text in found[chinese].right] == ["it has 12 berth ."]


def test_a_text_of_a_page_is_read_as_the_assistant_reads_it(top: Path) -> None:
    (page,) = (group for group in groups_of(top, seed=0) if group.set == "conditionalqa_excerpts_en")
    assert page.right == (Text("You can apply for a berth if: you must be over 18 years old", "Who may apply", "Berths"),)
    assert "You can apply for a berth if: you own a boat" in {text.text for text in page.wrong}


def test_practice_folders_are_read_but_for_those_kept_for_the_rankers(top: Path) -> None:
    question = {"id": "1", "question": "Who pays?", "answers": [], "lang": "en", "doc_id": "rules", "evidence": []}
    for name in ("harbours_en", UNREAD[0]):
        set_of(top / "practice" / name, {"rules.md": "# Rules\n\nA ferry pays dues. Nets are free.\n"}, [question])
    (found,) = (group for group in groups_of(top, seed=0) if group.set == "practice")
    assert (found.right, len(found.wrong)) == ((), 2)


def test_every_other_document_gives_its_unanswerable_questions(top: Path) -> None:
    names = [f"page-{number}" for number in range(8)]
    asked = {"question": "Who built it?", "answers": [], "lang": "en", "evidence": None}
    lines = [{**asked, "id": name, "doc_id": name} for name in names]
    set_of(top / "squad2_en", {f"{name}.txt": "The quay opens in May. It has 12 berths.\n" for name in names}, lines)
    found = [group for group in groups_of(top, seed=0) if group.question == "Who built it?"]
    assert len(found) == sum(crc32(name.encode()) % 2 == 0 for name in names)
    assert all(group.right == () and group.wrong for group in found)


def test_the_likest_wrong_texts_come_first_and_what_reads_like_the_right_one_is_none() -> None:
    said = ("A ferry pays dues.", "Ferries pay no dues in May.", "Nets are free.", "a ferry pays dues", *["Oars."] * 30)
    pool = Pool([Text(text, "", "") for text in said])
    wrong = pool.wrong("Which ferry pays dues?", [pool.texts[0]], range(3))
    assert [text.text for text in wrong[:2]] == ["Ferries pay no dues in May.", "Nets are free."]
    assert len(wrong) <= OWN + ELSEWHERE
    assert "a ferry pays dues" not in {text.text for text in wrong}


def test_a_question_with_another_number_or_name_has_no_answer() -> None:
    chance = random.Random(0)  # noqa: S311 - a sample, not a secret
    built, burnt, nets, quay = (
        Text(text, "", "Harbour")
        for text in (
            "In 1998 Anna Berg built the quay.",
            "In 2004 it burnt, and Olaf Lund left.",
            "Nets are free.",
            "The quay is by Anna Berg.",
        )
    )
    by_year = swapped(Group("s", "Who built the quay in 1998?", (built,), (burnt, nets)), chance)
    assert by_year == Group("s", "Who built the quay in 2004?", (), (built, burnt, nets))
    by_name = swapped(Group("s", "What did Anna Berg build?", (quay,), (burnt, nets)), chance)
    assert by_name is not None
    assert (by_name.question, by_name.right) == ("What did Olaf Lund build?", ())
    assert swapped(Group("s", "Who built it?", (built,), (burnt,)), chance) is None


def test_a_file_without_articles_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlanQueryError, match="layout of SQuAD"):
        groups_of(tmp_path, seed=0)


def test_groups_are_written_and_read_again(top: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "groups.jsonl"
    assert main([str(top), "--out", str(path)]) == 0
    assert sum(json.loads(capsys.readouterr().out).values()) == len(read_groups(path)) > 0
    assert main([str(tmp_path / "none"), "--out", str(path)]) == 2
    assert "layout of SQuAD" in capsys.readouterr().err


@pytest.mark.parametrize("folder", sorted(PRACTICE.glob("*/")), ids=lambda folder: folder.name)
def test_the_evidence_of_a_practice_folder_stands_in_its_documents(folder: Path) -> None:
    questions = [json.loads(line) for line in (folder / "questions.jsonl").read_text("utf-8").splitlines()]
    texts = {path.stem: path.read_text("utf-8") for path in (folder / "docs").iterdir()}
    assert len(questions) > 200
    assert all(mark in texts[question["doc_id"]] for question in questions for mark in question["evidence"])
    assert all(bool(question["evidence"]) == bool(question["answers"]) for question in questions)
