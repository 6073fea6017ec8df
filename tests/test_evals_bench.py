"""A toy benchmark folder end to end, and the published metrics checked by hand."""

import json
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from evals_toys import DAY, TEXTS, ToyAssistant

from assistant.schema import Answer, Turn
from evals import bench
from evals.baseline import measure
from evals.bench_schema import BenchQuestion, Prediction, document_files, read_questions
from evals.bench_scores import decision, score_prediction
from evals.schema import Report
from evals.subject import Stored
from evals.suites import write_lines
from ingest.embed import Vectors
from ingest.schema import DocumentReport, IngestReport, PlanQueryError
from ingest.settings import Settings


def asked(id_: str, question: str, answers: list[str], doc_id: str | None, kind: str, **more: Any) -> dict[str, Any]:
    """A line of questions.jsonl."""
    fields = {
        "id": id_,
        "question": question,
        "answers": answers,
        "doc_id": doc_id,
        "kind": kind,
        "lang": "en",
        "evidence": None,
        "history": [],
    }
    return fields | more


TOLD = [{"role": "user", "text": "What share is paid?"}, {"role": "context", "text": "40%"}]
QUESTIONS = [
    asked(
        "1",
        "How large is revenue in 2025?",
        ["230 billion yuan"],
        "plan-en",
        "extractive",
        evidence=["By 2025, revenue reaches 230 billion yuan."],
    ),
    asked("2", "And at most?", ["3 million yuan"], "notice-en", "followup", history=TOLD),
    asked("3", "How many towns?", [], None, "unanswerable"),
    asked("4", "What share is paid?", ["half"], "notice-en", "extractive", scope="document"),
]


class ToyEmbedder:
    """Counts of letters: enough for a question to be near the text that shares its words."""

    identity, max_tokens = "letters", 999

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        counts = np.array([[text.lower().count(chr(code)) + 0.01 for code in range(97, 123)] for text in texts], dtype=np.float32)
        unit: Vectors = counts / np.linalg.norm(counts, axis=1, keepdims=True)
        return unit

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self.embed_documents([text])[0]
        return vector

    def count_tokens(self, text: str) -> int:
        return len(text)

    def unreadable_share(self, text: str) -> float:
        return 0.0

    def readable(self, text: str) -> str:
        return text

    def knows(self, _: str) -> bool:
        return False

    def unrelated(self, _: str) -> float:
        return -1.0


class Listener(ToyAssistant):
    """Remembers what it was asked with."""

    def __init__(self) -> None:
        self.heard: dict[str, tuple[list[str], list[str]]] = {}

    def ask(self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = (), as_of: date | None = None) -> Answer:
        self.heard[question] = ([turn.role for turn in history], list(documents))
        return super().ask(question)


def toy_ingest(paths: Sequence[Path], settings: Settings) -> IngestReport:
    rows = tuple(DocumentReport(file=path.name, document_id=path.stem) for path in paths)
    return IngestReport(documents=rows, generation="g1", embedded=3, seconds=1.5)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    docs = tmp_path / "toybench" / "docs"
    docs.mkdir(parents=True)
    for name, text in TEXTS.items():
        (docs / f"{name}.txt").write_text(text, "utf-8")
    write_lines(tmp_path / "toybench" / "questions.jsonl", QUESTIONS)
    return tmp_path / "toybench"


def perform(folder: Path, out: Path, asker: ToyAssistant) -> Report:
    prepared = bench.prepare(folder, out, None, Settings(store=out / "store"), toy_ingest)
    bench.ask_all(prepared, out, asker, Stored(text=TEXTS.get, homes={"plan-en#0": "plan-en"}), "extractive", DAY, lambda done, total: None)
    return bench.score_bench(out)


def test_a_folder_is_asked_and_scored(folder: Path, tmp_path: Path) -> None:
    asker = Listener()
    report = perform(folder, tmp_path / "out", asker)
    assert asker.heard["And at most?"] == (["user", "assistant"], [])
    assert asker.heard["What share is paid?"] == ([], ["notice-en"])
    values = {name: (one.value, one.cases) for name, one in report.metrics.items()}
    assert values["EM"] == (0.75, 4)  # 1, 2 and the refusal of 3
    assert values["contains_first_quote"] == pytest.approx((2 / 3, 3))
    assert values["hit@1"] == (1.0, 3)
    assert values["abstention_recall"] == (1.0, 1)
    assert values["false_refusals"] == (0.0, 3)
    assert values["evidence_F1"] == (1.0, 1)
    assert report.costs["ingest_seconds"] == 1.5
    assert report.slices["kind"]["extractive"]["EM"].value == 0.5


def test_predictions_are_written_in_the_published_form(folder: Path, tmp_path: Path) -> None:
    perform(folder, tmp_path / "out", ToyAssistant())
    lines = [json.loads(line) for line in (tmp_path / "out" / "predictions.jsonl").read_text("utf-8").splitlines()]
    assert lines[0] == {
        "id": "1",
        "answer": "230 billion yuan",
        "retrieved": ["plan-en", "plan-zh", "notice-en"],
        "evidence": ["By 2025, revenue reaches 230 billion yuan."],
    }
    assert (lines[2]["answer"], lines[2]["evidence"]) == ("", [])


def test_scoring_again_needs_no_folder_and_gives_the_same(folder: Path, tmp_path: Path) -> None:
    first = perform(folder, tmp_path / "out", ToyAssistant())
    (folder / "questions.jsonl").unlink()
    assert bench.score_bench(tmp_path / "out").metrics == first.metrics


def test_the_limit_spreads_questions_over_the_file(folder: Path) -> None:
    assert [question.id for question in read_questions(folder, 2)] == ["1", "3"]
    assert len(read_questions(folder, 99)) == 4


def test_a_folder_without_docs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanQueryError, match="has no folder `docs`"):
        read_questions(tmp_path, None)


def test_the_baseline_ranks_its_best_chunk_first(folder: Path, tmp_path: Path) -> None:
    (folder / "docs" / "page.html").write_text("<p>Zebras &amp; quizzes, jazz</p>", "utf-8")
    questions = [
        *read_questions(folder, None),
        BenchQuestion(id="z", question="quiz jazz zebra", answers=("Zebras",), lang="en", doc_id="page"),
    ]
    predictions, cost = measure(document_files(folder), questions, ToyEmbedder(), tmp_path / "chroma")
    assert predictions[-1].answer.strip() == "Zebras & quizzes, jazz"
    assert predictions[-1].retrieved[0] == "page"
    assert predictions[3].retrieved == ("notice-en",)  # its document is given
    assert cost.latency_p50 is not None
    assert cost.peak_mb > 10


def score(question: dict[str, Any], **said: Any) -> dict[str, float]:
    base = {"id": "q", "question": "?", "answers": ["x"], "lang": "en", "kind": "k"}
    return score_prediction(BenchQuestion.model_validate(base | question), Prediction(**({"id": "q", "answer": ""} | said)))


def test_several_gold_documents_share_the_recall() -> None:
    scores = score({"doc_ids": ["a", "b"]}, retrieved=("x", "a"))
    assert (scores["recall@5"], scores["hit@5"], scores["MRR@10"]) == (0.5, 1.0, 0.5)


def test_a_document_that_was_left_out_is_not_looked_for() -> None:
    assert "recall@5" not in score({"doc_id": "a", "absent": True, "answers": []}, retrieved=("a",))


def test_a_gold_string_elsewhere_in_the_corpus_leaves_refusal_unscored() -> None:
    assert "abstention_recall" not in score({"answers": [], "gold_string_in_corpus_top10": True})


def test_every_group_of_facts_is_needed() -> None:
    groups = {"must_include": [["red", "rouge"], ["blue"]]}
    assert score(groups, answer="rouge and blue")["all_facts"] == 1.0
    assert score(groups, answer="rouge")["all_facts"] == 0.0


def test_a_number_within_one_percent_matches() -> None:
    assert score({"kind": "count", "answers": ["$1,000"]}, answer="about 1009")["number_match"] == 1.0
    assert score({"kind": "count", "answers": ["$1,000"]}, answer="about 1011")["number_match"] == 0.0


def test_evidence_is_counted_in_quotes_and_sentences() -> None:
    gold = {"evidence": ["<p>one two three</p>", "four five six"]}
    scores = score(gold, answer="x", evidence=("one two three", "seven eight"))
    assert (scores["evidence_P"], scores["evidence_R"], scores["evidence_F1"]) == (0.5, 0.5, 0.5)


def test_expmrc_multiplies_answer_and_evidence() -> None:
    scores = score({"kind": "extractive+evidence", "evidence": ["one two"]}, answer="x y", evidence=("one",))
    # answer F1 2*1/(2+1), evidence F1 2*1/(1+2)
    assert scores["overall_F1"] == pytest.approx(4 / 9)


@pytest.mark.parametrize(
    ("kind", "answers", "text", "status", "right"),
    [
        ("decision_yesno", ["Yes"], "Yes. You can apply.", "answered", 1.0),
        ("decision_yesno", ["No"], "Yes. You can apply.", "answered", 0.0),
        ("decision_yesno", ["No"], "You can apply.", "answered", 0.0),
        ("decision_yesno", ["No"], "No risk of loss. [1]", "answered", 0.0),  # a statement that begins with the word decides nothing
        ("decision_yesno", ["No"], "No", "answered", 1.0),
        ("clarify_inquire", ["Are you 18?"], "Are you 18?", "clarify", 1.0),
        ("clarify_inquire", ["Are you 18?"], "No.", "answered", 0.0),
    ],
)
def test_decisions(kind: str, answers: list[str], text: str, status: str, right: float) -> None:
    assert score({"kind": kind, "answers": answers}, answer=text, text=text, status=status)["decision_micro"] == right


def test_chinese_decisions_are_read_too() -> None:
    said = [
        decision(Prediction(id="q", answer=text, text=text)) for text in ("是的，可以。", "不可以。", "规模", "不超过300万元。", "是否纳统")
    ]
    assert said == ["yes", "no", "", "", ""]
