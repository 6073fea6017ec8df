"""Fitting the reader: public questions to groups, groups to pairs, and weights that the export adds as they were fitted."""

import json
import random
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

import ingest.export as export
from evals.fit_reader import BATCH, RANK, UNANSWERED, WRONG, Batches, Reader, averaged, batches, chosen, first_right, fit, loss_of, main
from evals.reading_groups import ARTICLES, Group, groups_of, swapped
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
        {"context": "One sentence alone.", "qas": [{"question": "What?", "answers": [{"text": "alone", "answer_start": 13}]}]},
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
PAGE = """<html><body><h1>Berths</h1>
<p>You can apply for a berth if you own a boat.</p>
<li>you must be over 18</li>
<p>Fees are due in May.</p>"""
CHANCE = random.Random(0)  # noqa: S311 - a sample, not a secret
QUESTIONS = [
    {
        "id": "1",
        "question": "Is that all?",
        "answers": ["no"],
        "lang": "en",
        "doc_id": "the-berths_3_0",
        "evidence": ["<li>you must be over 18</li>"],
        "history": [{"role": "user", "text": "May I have a berth?"}, {"role": "assistant", "text": "If you own a boat."}],
    },
    {"id": "2", "question": "What else?", "answers": [], "lang": "en", "doc_id": "the-berths_3_0", "evidence": None},
]


@pytest.fixture
def top(tmp_path: Path) -> Path:
    (tmp_path / "train").mkdir()
    for name, article in zip(ARTICLES, (ARTICLE, CHINESE), strict=True):
        (tmp_path / name).write_text(json.dumps({"data": [article]}), "utf-8")
    docs = tmp_path / "conditionalqa_excerpts_en" / "docs"
    docs.mkdir(parents=True)
    (docs / "the-berths_3_0.html").write_text(PAGE, "utf-8")
    lines = "".join(json.dumps(question) + "\n" for question in QUESTIONS)
    (docs.parent / "questions.jsonl").write_text(lines, "utf-8")
    return tmp_path


def test_questions_come_with_the_sentences_of_their_text_and_the_right_one(top: Path) -> None:
    found = {group.question: group for group in groups_of(top, articles=10, seed=0) if group.right}
    chinese = "has how many berth ?"
    assert set(found) == {"How many berths are there?", "Who pays dues?", "May I have a berth? Is that all?", chinese}
    berths = found["How many berths are there?"]
    assert (berths.title, [berths.sentences[at].strip() for at in berths.right]) == ("Harbour rules", ["It has 12 berths."])
    page = found["May I have a berth? Is that all?"]
    assert (page.title, [page.sentences[at] for at in page.right]) == ("the berths", ["you must be over 18"])
    assert [found[chinese].sentences[at] for at in found[chinese].right] == ["it has 12 berth ."]
    assert len([group for group in groups_of(top, articles=1, seed=0) if group.right]) == 3


def test_every_other_document_gives_its_unanswerable_questions(top: Path) -> None:
    docs = top / "squad2_en" / "docs"
    docs.mkdir(parents=True)
    names = [f"page-{number}" for number in range(8)]
    for name in names:
        (docs / f"{name}.txt").write_text("The quay opens in May. It has 12 berths.\n", "utf-8")
    asked = {"question": "Who built it?", "answers": [], "lang": "en", "evidence": None, "history": []}
    lines = [json.dumps({**asked, "id": name, "doc_id": name}) + "\n" for name in names]
    (docs.parent / "questions.jsonl").write_text("".join(lines), "utf-8")
    found = [group for group in groups_of(top, articles=10, seed=0) if group.question == "Who built it?"]
    assert 0 < len(found) < len(names)
    assert all(group.right == () and len(group.sentences) == 2 for group in found)
    pairs, right = chosen(found[0], CHANCE)
    assert (len(pairs), right) == (UNANSWERED, 0)
    assert float(loss_of(torch.tensor([-3.0, -3.0]), [(2, 0)])) < float(loss_of(torch.tensor([3.0, 3.0]), [(2, 0)]))


def test_a_question_with_another_number_or_name_has_no_answer() -> None:
    text = ("In 1998 Anna Berg built the quay.", "In 2004 it burnt, and Olaf Lund left.", "Nets are free.")
    by_year = swapped(Group("Who built the quay in 1998?", "Harbour", text, (0,)), CHANCE)
    assert by_year == Group("Who built the quay in 2004?", "Harbour", text, ())
    by_name = swapped(Group("What did Anna Berg build?", "Harbour", (*text[1:], "The quay is by Anna Berg."), (2,)), CHANCE)
    assert by_name is not None
    assert (by_name.question, by_name.right) == ("What did Olaf Lund build?", ())
    assert swapped(Group("Who built it?", "Harbour", text, (0,)), CHANCE) is None


def test_a_file_without_articles_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlanQueryError, match="layout of SQuAD"):
        groups_of(tmp_path, articles=10, seed=0)


def group(number: int) -> Group:
    sentences = ("Boats pay 5 yuan.", "Nets are free.", "Ropes are sold.", "Oars are lent.", "Sails are white.")
    return Group(f"Question {number} on boats?", "Harbour", sentences, (0,))


def test_right_sentences_stand_ahead_of_the_wrong_ones() -> None:
    pairs, right = chosen(group(1), CHANCE)
    assert (len(pairs), right) == (1 + WRONG, 1)
    assert "Boats pay" in pairs[0][1]
    assert not any("Boats pay" in text for _, text in pairs[1:])


def test_every_group_comes_once() -> None:
    groups = [group(number) for number in range(2 * BATCH + 3)]
    seen = [one for part in batches(groups, CHANCE) for one in part]
    assert sorted(seen) == sorted(groups)


def test_the_loss_falls_as_the_right_sentence_rises() -> None:
    low, high = (float(loss_of(torch.tensor([score, 0.0, 0.0]), [(3, 1)])) for score in (-1.0, 3.0))
    assert high < low


def test_what_is_fitted_is_what_is_exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    torch.manual_seed(0)
    reader = Reader()
    before = {name: value.clone() for name, value in reader.changes().items()}
    fit(reader, [group(number) for number in range(2 * BATCH)], 1e-3, seed=0)
    after = reader.changes()
    assert any((after[name] != before[name]).any() for name in after)
    path = tmp_path / "reader.safetensors"
    save_file(after, str(path))
    again = Reader()
    again.resume(load_file(str(path)))
    pair = Batches()([("Who pays?", "A ferry pays dues.")])
    monkeypatch.setattr(export, "ADAPTER", path)
    with torch.no_grad():
        fitted, resumed, exported = (float(model(*pair)) for model in (reader, again, export._reader().eval()))
    assert resumed == pytest.approx(fitted, abs=0.05)
    assert exported == pytest.approx(fitted, abs=0.05)
    assert 0 <= first_right(again, [group(1)]) <= 100


def test_the_mean_of_changes_is_the_mean_of_what_they_add() -> None:
    torch.manual_seed(1)
    one, two = ({"l.a": torch.randn(2, 5), "l.b": torch.randn(4, 2), "head.weight": torch.randn(1, 3)} for _ in range(2))
    mean = averaged(one, two)
    added = (one["l.b"] @ one["l.a"] + two["l.b"] @ two["l.a"]) / 2
    assert torch.allclose(mean["l.b"].float() @ mean["l.a"].float(), added, atol=0.02)
    assert torch.allclose(mean["head.weight"].float(), (one["head.weight"] + two["head.weight"]) / 2, atol=0.01)


def test_weights_are_resumed_and_averaged(top: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = tmp_path / "first.safetensors", tmp_path / "second.safetensors"
    assert main([str(top), "--out", str(first)]) == 0
    assert main([str(top), "--out", str(second), "--resume", str(first)]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["questions"] > 0
    ranks = [load_file(str(path))["encoder.layer.0.output.dense.a"].shape[0] for path in (first, second)]
    assert ranks == [RANK, 2 * RANK]


def test_too_few_questions_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), "--out", str(tmp_path / "x.safetensors")]) == 2
    assert "layout of SQuAD" in capsys.readouterr().err
