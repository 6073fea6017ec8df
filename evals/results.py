"""Saved answers to the files of a run: results.jsonl, report.json, report.html; and back, to score or compare them again."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from evals.report import page
from evals.run import ANSWERS, read_info, saved_lines, seconds_of
from evals.schema import Estimate, Report, Scored, Suite
from evals.scoring import score_case
from evals.suites import read_case, read_lines, write_lines
from evals.summary import latency, summarise
from ingest.schema import PlanQueryError

CASES, RESULTS, REPORT, PAGE = "cases.jsonl", "results.jsonl", "report.json", "report.html"
UNANSWERED = "not answered yet; run the suite again with the same --out"
CHANGED = "the question has changed since it was answered; run the suite with another --out"


def save_cases(out: Path, suites: Sequence[Suite]) -> None:
    """Keep the cases beside the answers, so that a run can be scored again without its suites."""
    write_lines(out / CASES, [{"suite": suite.name} | case.model_dump(mode="json") for suite in suites for case in suite.cases])


def saved_cases(out: Path) -> list[Suite]:
    """The suites that `save_cases` kept."""
    path = out / CASES
    if not path.exists():
        raise PlanQueryError(f"{str(out)!r} holds no run of suites; give the --out of `python -m evals run`")
    rows = [(fields["suite"], read_case(fields)) for _, fields in read_lines(path)]
    names = list(dict.fromkeys(name for name, _ in rows))
    return [Suite(name=name, cases=tuple(case for of, case in rows if of == name), sha256="") for name in names]


def score_suites(out: Path, suites: Sequence[Suite]) -> list[Scored]:
    """Score the saved answers of a run against cases, which may have other expectations than when they were asked."""
    answers = saved_lines(out / ANSWERS)
    rows = []
    for suite in suites:
        for case in suite.cases:
            actual = {name: value for name, value in answers.get((suite.name, case.id), {}).items() if name not in ("suite", "id")}
            asked = actual.get("answer", actual).get("question")
            if not actual:
                actual = {"error": UNANSWERED}
            elif asked is not None and asked != getattr(case, "question", asked):
                actual = {"error": CHANGED}
            rows.append(score_case(suite.name, case, actual))
    return rows


def finish(
    out: Path,
    title: str,
    rows: Sequence[Scored],
    costs: Mapping[str, float],
    derived: Mapping[str, Estimate] | None = None,
    extra: Mapping[str, Mapping[str, float]] | None = None,
) -> Report:
    """Write results and report of a run whose answers are saved. `derived` are metrics over the whole run, `extra` further columns."""
    info = read_info(out)
    if info is None:
        raise PlanQueryError(f"{str(out)!r} holds no run; give the --out of `python -m evals run` or `bench`")
    report = summarise(title, info, rows, latency(seconds_of(out)) | dict(costs))
    report = report.model_copy(update={"metrics": report.metrics | dict(derived or {}), "extra": dict(extra or {})})
    write_lines(out / RESULTS, [row.model_dump(mode="json") for row in rows])
    (out / REPORT).write_text(report.model_dump_json(indent=1) + "\n", "utf-8")
    (out / PAGE).write_text(page(report, rows), "utf-8")
    return report


def write_page(out: Path) -> Report:
    """Write report.html anew from the saved report and results."""
    report = read_report(out)
    (out / PAGE).write_text(page(report, read_results(out)), "utf-8")
    return report


def read_results(out: Path) -> list[Scored]:
    """The scored cases of a run, in order."""
    path = out / RESULTS if out.is_dir() else out
    if not path.exists():
        raise PlanQueryError(f"{str(path)!r} does not exist; give the --out folder of a run")
    return [Scored.model_validate(row) for _, row in read_lines(path)]


def read_report(out: Path) -> Report:
    """The report of a run."""
    path = out / REPORT
    if not path.exists():
        raise PlanQueryError(f"{str(path)!r} does not exist; give the --out folder of a run")
    return Report.model_validate_json(path.read_text("utf-8"))
