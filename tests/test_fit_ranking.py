"""Fitting the rankers: rows from a small folder of sets, the two models, thresholds, and the file that comes out."""

import json
from pathlib import Path

import numpy as np
import pytest

import evals.fit_ranking as fit_ranking
from assistant.candidates import candidates
from assistant.features import NAMES, ask
from assistant.question import plain_query
from assistant.ranker import Ranking
from assistant.schema import Passage
from evals.bench_schema import BenchQuestion
from evals.fit_ranking import allowing, fitted, in_language, main
from evals.ranking_models import first_right, fit_sentences
from evals.training_rows import BESIDE, CONTEXTS_OF_ARTICLE, SETS, Label, Row, Rows, TrainingSet, as_folder, rightness, rows_of
from ingest.schema import Block, Chunk, PlanQueryError, Source

EN_PLACES = ("Alder", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Juniper", "Larch", "Maple", "Oak")
ZH_PLACES = ("东湖", "西山", "南岭", "北川", "青河", "白塔", "红石", "紫金", "黄埔", "绿洲")


def english(number: int, place: str) -> tuple[str, str, str]:
    """A text, a question it answers, and the answer."""
    text = (
        f"The {place} works opened long ago and many people remember the day. The mayor of {place} praised the river. "
        f"The {place} factory makes {400 + number} motors in a year. Nobody counts the bread."
    )
    return text, f"How many motors does the {place} factory make in a year?", str(400 + number)


def chinese(number: int, place: str) -> tuple[str, str, str]:
    """The same in Chinese."""
    text = f"{place}历史悠久，风景很好。{place}的居民喜欢河流。{place}工厂每年生产{400 + number}台电机。这里的面包也很有名。"
    return text, f"{place}工厂每年生产多少台电机？", str(400 + number)


def write_sets(top: Path) -> None:
    """A folder with one set of questions and one file of articles in each language."""
    for folder, trained, lang, make, places in (
        ("xquad_en", "squad11_train_rebuilt", "en", english, EN_PLACES),
        ("xquad_zh", "cmrc2018_train_expmrc_pseudo_evidence", "zh", chinese, ZH_PLACES),
    ):
        made = [make(number, place) for number, place in enumerate(places)]
        (top / folder / "docs").mkdir(parents=True)
        lines = []
        for number, (text, question, answer) in enumerate(made):
            (top / folder / "docs" / f"d{number}.txt").write_text(text, "utf-8")
            lines.append({"id": str(number), "question": question, "answers": [answer], "doc_id": f"d{number}", "lang": lang})
        absent = "Who painted the cathedral of Rome?" if lang == "en" else "谁画了罗马的教堂？"
        lines.append({"id": "absent", "question": absent, "answers": [], "lang": lang})
        (top / folder / "questions.jsonl").write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
        articles = []
        for number, (text, question, answer) in enumerate(made):
            asked = {"id": number, "question": question, "answers": [{"text": answer}]}
            articles.append({"title": f"Place_{number}", "paragraphs": [{"context": text, "qas": [asked]}]})
        (top / "train").mkdir(exist_ok=True)
        (top / "train" / f"{trained}.json").write_text(json.dumps({"data": articles}), "utf-8")


@pytest.fixture(autouse=True)
def no_practice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The project's own practice folders would be read as well, for minutes."""
    monkeypatch.setattr(fit_ranking, "SETS", [one for one in SETS if not Path(one.path).is_absolute()])


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small sets by the names of the public ones."""
    folder = tmp_path_factory.mktemp("bench")
    write_sets(folder)
    return folder


def test_a_fit_writes_the_same_bytes_again_with_its_provenance(top: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    for out in (one, two):
        assert main([str(top), "--out", str(out), "--work", str(tmp_path / "work"), "--threshold", "zh=0.3"]) == 0
    assert one.read_bytes() == two.read_bytes()
    found = Ranking.model_validate_json(one.read_text("utf-8"))
    assert found.sentence["en"].names == NAMES
    assert found.threshold["zh"] == 0.3
    threshold = found.provenance["threshold"]
    assert isinstance(threshold, dict)
    assert (threshold["en"]["on"], threshold["zh"]["chosen"]) == (["xquad_en"], "by hand")
    assert found.threshold["en"] == threshold["en"]["by the rule"]
    table = found.provenance["percent, by weights of sets of other origins"]
    assert isinstance(table, dict)
    assert table["xquad_zh"]["sentence"] == {"questions": 10, "found": 100.0, "first": 100.0, "first by words": 100.0}
    assert table["xquad_en"]["at the threshold"]["answerable refused"] <= 10
    assert table["xquad_en"]["at the threshold"]["left out questions"] == 10
    assert "date" not in one.read_text("utf-8")


def test_nothing_is_written_without_out_and_a_check_against_strange_weights_fails(
    top: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main([str(top), "--limit", "6", "--check"])
    lines = capsys.readouterr().out.splitlines()
    scores = [json.loads(line.partition(": ")[2].replace("'", '"'))["scores"] for line in lines[-4:]]
    assert status == int(min(scores) < 0.95)
    assert [line.partition(":")[0] for line in lines[-4:]] == ["sentence en", "answerable en", "sentence zh", "answerable zh"]


def test_documents_left_out_are_not_searched_and_a_limit_holds_for_each_label(top: Path, tmp_path: Path) -> None:
    one = TrainingSet("xquad_en", "en", "SQuAD dev", 9, 9)
    rows = rows_of(one, top, tmp_path, 4, seed=0)
    left = [row for row in rows.judged if row.label == "left out"]
    assert [len(rows.sentences), len(left), len(rows.judged)] == [4, 4, 9]
    for row, full in zip(left, rows.sentences, strict=True):
        assert row.asked.text == full.asked.text
        (gold,) = {c.passage.chunk.source.id for c, right in zip(full.found, full.right, strict=True) if right}
        assert gold not in {c.passage.chunk.source.id for c in row.found}
        assert not row.right.any()


def test_articles_become_documents_under_their_title_with_few_of_each(tmp_path: Path) -> None:
    paragraph = {"context": "A text.", "qas": [{"id": n, "question": f"Q{n}?", "answers": [{"text": "A"}]} for n in range(5)]}
    path = tmp_path / "set.json"
    path.write_text(json.dumps({"data": [{"title": "Some_place", "paragraphs": [paragraph] * 40}]}), "utf-8")
    folder = as_folder(path, tmp_path / "made", "en", seed=0)
    assert (folder / "docs" / "00000.txt").read_text("utf-8") == "Some place\n\nA text.\n"
    assert len(list((folder / "docs").iterdir())) == CONTEXTS_OF_ARTICLE
    assert len((folder / "questions.jsonl").read_text("utf-8").splitlines()) == CONTEXTS_OF_ARTICLE * 3


def test_a_file_without_articles_is_named(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_text("[]", "utf-8")
    with pytest.raises(PlanQueryError, match=r"set\.json.*layout of SQuAD"):
        as_folder(path, tmp_path / "made", "en", seed=0)


def passage(text: str, document: str) -> Passage:
    """One paragraph of a document as the best passage."""
    source = Source(id=document, title="A plan", language="en")
    block = Block(kind="paragraph", start=0, end=len(text))
    chunk = Chunk(id="1", source=source, heading=(), start=0, end=len(text), text=text, blocks=(block,), leads=(), pages=(), order=0)
    return Passage(chunk=chunk, score=1.0, rank=1, dense=0.5, lexical=1.0)


@pytest.mark.parametrize(
    ("document", "evidence", "expected"),
    [("a", None, 1.0), ("a", ("It makes 5 motors.",), 1.0), ("a", ("Other words.",), BESIDE), ("b", None, 0.0)],
)
def test_a_sentence_is_right_by_document_answer_and_evidence(document: str, evidence: tuple[str, ...] | None, expected: float) -> None:
    question = BenchQuestion(id="1", question="How many?", answers=("5 motors",), lang="en", doc_id="a", evidence=evidence)
    (candidate,) = candidates([passage("It makes 5  motors.", document)])
    assert rightness(question, candidate, frozenset({"a"})) == expected
    elsewhere = question.model_copy(update={"answers": ("6",), "evidence": ("It makes 6 motors.",)})
    assert rightness(elsewhere, candidate, frozenset({"a"})) == 0.0


def test_evidence_without_an_accepted_answer_is_right_as_a_whole() -> None:
    question = BenchQuestion(id="1", question="Any?", answers=("yes",), lang="en", doc_id="a", evidence=("It makes 5 motors.",))
    right, wrong = candidates([passage("It makes 5 motors.", "a"), passage("It makes 6 boats.", "a")])
    assert [rightness(question, candidate, frozenset({"a"})) for candidate in (right, wrong)] == [1.0, 0.0]


def row(label: Label, best: int, count: int = 3) -> Row:
    """A question whose right candidate is the only one with the eighth feature."""
    found = candidates([passage(" ".join(f"Sentence {n} is here." for n in range(count)), "a")])
    matrix = np.zeros((count, len(NAMES)), np.float32)
    matrix[:, 0] = np.linspace(1, 0, count)
    matrix[best, 7] = 1.0
    right = np.array([float(n == best and label == "answerable") for n in range(count)])
    return Row(label, ask(plain_query("Which?"), lambda _: 1.0), tuple(found), matrix, right, 9.0)


def test_the_sentence_model_learns_which_feature_tells_the_right_one_and_uses_no_other() -> None:
    model = fit_sentences([row("answerable", n % 3) for n in range(30)], "zh")
    assert int(np.argmax(np.abs(model.weights))) == 7
    assert model.weights[7] > 1
    assert abs(model.weights[20]) == 0
    assert first_right([row("answerable", n) for n in range(3)], model) == 100.0


def test_a_threshold_lets_a_tenth_of_the_answerable_fall_below_it_and_no_more() -> None:
    chances = np.array([*np.linspace(0.051, 0.951, 10), 0.999])
    rows = [*(row("answerable", 0) for _ in range(10)), row("left out", 0)]
    assert allowing(rows, chances) == 0.15
    assert allowing(rows[-1:], chances[-1:]) == 0.5


def test_a_set_is_judged_by_sets_of_other_origins_only() -> None:
    sets = {name: Rows(origin, "en", (), (), False) for name, origin in (("a", "first"), ("b", "first"), ("c", "second"))} | {
        "d": Rows("second", "zh", (), (), False)
    }
    assert list(in_language(sets, "en", without="a")) == ["c"]
    assert list(in_language(sets, "en")) == ["a", "b", "c"]


def test_too_few_questions_are_refused_with_what_to_do() -> None:
    with pytest.raises(PlanQueryError, match="a: too few questions to fit `en`; add sets or raise --limit"):
        fitted({"a": Rows("first", "en", (row("unanswerable", 0),), (), False)}, "en")


def test_every_language_has_sets_of_two_origins_for_both_models() -> None:
    for language in ("en", "zh"):
        own = [one for one in SETS if one.language == language]
        assert len({one.origin for one in own if one.sentences}) > 1
        assert len({one.origin for one in own if one.judged and one.sets_threshold}) >= 1
