"""A benchmark folder to a report: ingest its documents, ask its questions, score them, and measure a baseline in the same run."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from assistant.schema import Turn
from evals.baseline import in_own_process, peak_mb
from evals.bench_schema import DOCUMENTS, QUESTIONS, BenchQuestion, Cost, Prediction, document_files, parse_question, read_questions
from evals.bench_scores import score_prediction
from evals.grounding import grounding
from evals.metrics import documents_of
from evals.results import finish
from evals.run import ANSWERS, Act, Job, Progress, answer_all, asked, begin, ranked_documents, read_info, run_info, saved_lines
from evals.schema import Estimate, Report, Scored
from evals.scoring import ANSWERING
from evals.subject import Asker, Stored
from evals.suites import read_lines, write_lines
from evals.summary import estimates
from ingest.schema import IngestReport, PlanQueryError, Record
from ingest.settings import Settings

PREDICTIONS, INGEST, BASELINE, COSTS = "predictions.jsonl", "ingest.json", "baseline.jsonl", "costs.json"
BASELINE_COLUMN = "langchain tutorial"
CLASSES = ("decision_yes", "decision_no", "decision_ask")


class Ingest(Protocol):
    """What indexes files into the store that the settings name."""

    def __call__(self, paths: Sequence[Path], settings: Settings) -> IngestReport: ...


class Prepared(Record):
    """A folder whose documents are indexed. `names` gives the file name, without ending, of each document id."""

    name: str
    files: tuple[Path, ...]
    questions: tuple[BenchQuestion, ...]
    fingerprint: str
    names: dict[str, str]
    ingest_seconds: float


def prepare(folder: Path, out: Path, limit: int | None, settings: Settings, ingest: Ingest) -> Prepared:
    """Read the questions and index the documents into the store that the settings name.

    An unchanged index is built in no time, so the seconds of the build that made it are kept in `out`.
    """
    questions, files = read_questions(folder, limit), document_files(folder)
    report = ingest(files, settings)
    if report.generation is None:
        raise PlanQueryError(f"no document of {str(folder)!r} could be read; `python -m ingest {folder / DOCUMENTS}` says why")
    out.mkdir(parents=True, exist_ok=True)
    saved = out / INGEST
    kept = IngestReport.model_validate_json(saved.read_text("utf-8")) if saved.exists() else None
    if kept is None or kept.generation != report.generation:
        kept = report
        saved.write_text(report.model_dump_json(indent=1) + "\n", "utf-8")
    return Prepared(
        name=folder.resolve().name,
        files=tuple(files),
        questions=tuple(questions),
        fingerprint=f"{hashlib.sha256((folder / QUESTIONS).read_bytes()).hexdigest()}/{len(questions)}",
        names={row.document_id: Path(row.file).stem for row in report.documents if row.document_id},
        ingest_seconds=kept.seconds,
    )


def jobs_of(prepared: Prepared, asker: Asker, stored: Stored, as_of: date) -> list[Job]:
    """One job a question; a question whose document is given is asked of that document only."""
    ids = {file: document for document, file in prepared.names.items()}

    def act_of(question: BenchQuestion) -> Act:
        documents = [ids[question.doc_id]] if question.scope == "document" and question.doc_id in ids else []
        history = [Turn(role="user" if turn["role"] == "user" else "assistant", text=turn["text"]) for turn in question.history]

        def act() -> dict[str, Any]:
            said = asked(asker, question.question, history, documents, stored.text, as_of)
            # What the answer was drawn from comes first; a wider search of the same query fills the ranks below it.
            drawn_from = [stored.homes[chunk] for chunk in said["answer"]["retrieved"]]
            ranked = documents_of([*drawn_from, *ranked_documents(asker, said["answer"]["query"], documents)])
            return said | {"documents": [prepared.names[document] for document in ranked]}

        return act

    return [Job(suite=prepared.name, id=question.id, act=act_of(question)) for question in prepared.questions]


def predict(question_id: str, actual: Mapping[str, Any]) -> Prediction:
    """The prediction that an answer amounts to; an error abstains."""
    if "error" in actual:
        return Prediction(id=question_id, answer="", status="error")
    answer = actual["answer"]
    claim = next(iter(answer["claims"]), None) if answer["status"] in ANSWERING else None
    span = claim["answer_span"]["text"] if claim and claim["answer_span"] else None
    said = claim["text"] if claim else ""
    return Prediction(
        id=question_id,
        answer=said if span is None else span,
        retrieved=tuple(actual["documents"]),
        evidence=tuple(citation["quote"] for citation in answer["citations"]),
        claim=said,
        text=answer["text"] if claim else "",
        status=answer["status"],
    )


def score_question(name: str, question: BenchQuestion, actual: Mapping[str, Any]) -> tuple[Scored, Prediction]:
    """One line of the results, and the prediction it was scored by."""
    prediction = predict(question.id, actual)
    scores = score_prediction(question, prediction)
    if prediction.status in ANSWERING:
        scores |= grounding(actual["answer"], actual["quotes_found"])
    error = actual.get("error")
    expected = question.model_dump(mode="json", include={"answers", "doc_id", "doc_ids", "evidence", "history", "must_include"})
    scored = Scored(
        suite=name,
        id=question.id,
        question=question.question,
        slices={"kind": (question.kind,), "lang": (question.lang,)},
        expected=expected,
        actual={key: value for key, value in actual.items() if key not in ("suite", "id")},
        scores=scores,
        reasons=(f"error: {error}",) if error else tuple(reasons(question, scores)),
        error=error,
    )
    return scored, prediction


def reasons(question: BenchQuestion, scores: Mapping[str, float]) -> list[str]:
    """What went wrong with a question, in words."""
    if not question.answers:
        return [] if scores.get("abstain_correct", 1) else ["answered although the documents hold no answer"]
    faults = {
        "answered": "refused",
        "hit@5": "the right document is not among the first five",
        "text_contains": "no accepted answer stands in the text",
    }
    return [fault for metric, fault in faults.items() if scores.get(metric) == 0]


def score_all(out: Path, name: str, questions: Sequence[BenchQuestion]) -> list[Scored]:
    """Score the saved answers and write the predictions beside them."""
    saved = saved_lines(out / ANSWERS)
    pairs = [score_question(name, question, saved[name, question.id]) for question in questions]
    fields = {"id", "answer", "retrieved", "evidence"}
    write_lines(out / PREDICTIONS, [prediction.model_dump(mode="json", include=fields) for _, prediction in pairs])
    return [scored for scored, _ in pairs]


def baseline_columns(out: Path, questions: Sequence[BenchQuestion]) -> dict[str, float]:
    """The baseline's metrics on the same questions; {} where it was not measured."""
    if not (out / BASELINE).exists():
        return {}
    of = {row["id"]: Prediction.model_validate(row) for _, row in read_lines(out / BASELINE)}
    rows = [
        Scored(suite="", id=one.id, question="", slices={}, expected={}, actual={}, scores=score_prediction(one, of[one.id]))
        for one in questions
        if one.id in of
    ]
    means = estimates(rows, with_interval=False)
    return {name: one.value for name, one in (means | decision_macro(means)).items()}


def decision_macro(means: Mapping[str, Estimate]) -> dict[str, Estimate]:
    """The mean of the class recalls, where decisions were measured."""
    classes = [means[name] for name in CLASSES if name in means]
    if not classes:
        return {}
    return {"decision_macro": Estimate(value=sum(one.value for one in classes) / len(classes), cases=sum(one.cases for one in classes))}


def ask_all(prepared: Prepared, out: Path, asker: Asker, stored: Stored, engine: str, as_of: date, progress: Progress) -> None:
    """Ask every question, or those that an earlier run left, and keep the questions for scoring."""
    begin(out, run_info({prepared.name: prepared.fingerprint}, asker, engine, as_of))
    write_lines(out / QUESTIONS, [question.model_dump(mode="json", exclude_none=True) for question in prepared.questions])
    answer_all(jobs_of(prepared, asker, stored, as_of), out, progress)
    save_cost(out, "ours", Cost(ingest_seconds=prepared.ingest_seconds, peak_mb=peak_mb()))


def measure_baseline(prepared: Prepared, out: Path, settings: Settings) -> None:
    """Run the baseline on the same documents and questions, unless the folder has it already."""
    if (out / BASELINE).exists():
        return
    predictions, cost = in_own_process(prepared.files, prepared.questions, settings)
    save_cost(out, BASELINE_COLUMN, cost)
    write_lines(out / BASELINE, [prediction.model_dump(mode="json") for prediction in predictions])


def save_cost(out: Path, pipeline: str, cost: Cost) -> None:
    """Keep what a pipeline took, beside what others took."""
    path = out / COSTS
    costs = json.loads(path.read_text("utf-8")) if path.exists() else {}
    path.write_text(json.dumps(costs | {pipeline: cost.columns()}, indent=1) + "\n", "utf-8")


def score_bench(out: Path) -> Report:
    """Score saved answers (again) and write the report of the run."""
    questions = [parse_question(number, fields) for number, fields in read_lines(out / QUESTIONS)]
    info = read_info(out)
    name = next(iter(info.suites)) if info else ""
    rows = score_all(out, name, questions)
    costs = json.loads((out / COSTS).read_text("utf-8"))
    baseline = baseline_columns(out, questions) | costs.get(BASELINE_COLUMN, {})
    return finish(out, name, rows, costs["ours"], decision_macro(estimates(rows)), {BASELINE_COLUMN: baseline} if baseline else None)
