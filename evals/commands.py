"""Command-line options to what is printed and the exit status; assistants and indexes are opened here and nowhere else in evals."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tqdm import tqdm

import evals.bench as benches
import evals.compare as comparison
import evals.judge as judging
import evals.metamorphic as variation
import evals.validate as validation
from assistant import Assistant
from assistant.history import Feedback, History
from evals.bench_schema import QUESTIONS
from evals.drafts import approved_cases, complaints, drafts, from_csv, to_csv, to_jsonl, to_langsmith, to_ragas
from evals.gates import below_gates, read_gates
from evals.results import finish, read_results, save_cases, saved_cases, score_suites, write_page
from evals.run import ANSWERS, Progress, answer_all, begin, jobs_of, read_info, run_info, saved_lines
from evals.schema import Report, Suite
from evals.subject import Stored, stored_in, stored_texts
from evals.suites import read_lines, read_suite, read_suites, write_lines
from evals.summary import EXTRACTIVE, as_text, estimates, missed_gates, parse_gate
from ingest.build import build_index, code_version
from ingest.schema import PlanQueryError
from ingest.settings import Settings
from ingest.store import open_generation

Printed = tuple[str, int]
Command = Callable[[argparse.Namespace], Printed]
OUTDATED = "evals: the index was built by another version of the code, so this measures neither; run `python -m ingest` first"


def settings_of(store: Path | None, engine: str | None) -> Settings:
    """Settings with the store and engine of the command line."""
    given: dict[str, Any] = {} if store is None else {"store": store}
    if engine is not None:
        given["chat_model"] = "" if engine == EXTRACTIVE else engine
    return Settings(**given)


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Assistant, Stored]]:
    """The assistant on an index, and what the index holds."""
    generation = open_generation(settings.store)
    if generation.info.code != code_version():
        tqdm.write(OUTDATED, file=sys.stderr)
    try:
        with Assistant.open(settings) as assistant:
            yield assistant, stored_in(generation)
    finally:
        generation.close()


def bar(title: str) -> Progress:
    """A progress bar on the error stream; none where that is not a terminal."""
    shown = tqdm(desc=title, file=sys.stderr, disable=None, unit="case")

    def show(done: int, total: int) -> None:
        shown.total = total
        shown.update(done - shown.n)
        if done == total:
            shown.close()

    return show


def day(options: argparse.Namespace) -> date:
    """The day asked about: the one given, else that of the run that is continued, else today."""
    saved = read_info(options.out)
    continued: date = saved.as_of if saved else date.today()
    return options.as_of or continued


def judged(report: Report, options: argparse.Namespace) -> Printed:
    """The table of a run, with what it misses of the gates."""
    missed = missed_gates(report, options.require)
    if options.gates:
        missed += below_gates(read_results(options.out), read_gates(options.gates))
    return "\n".join([as_text(report), f"report: {options.out / 'report.html'}", *(f"FAILED: {one}" for one in missed)]), int(bool(missed))


def check_gates(options: argparse.Namespace) -> None:
    """Refuse malformed gates, or a judge that cannot be opened, before an hour of asking."""
    if getattr(options, "judge", None):
        judging.open_judge(options.judge, Settings())
    for gate in options.require:
        parse_gate(gate)
    if options.gates:
        read_gates(options.gates)


def run(options: argparse.Namespace) -> Printed:
    """`run`."""
    check_gates(options)
    suites, settings = read_suites(options.suites), settings_of(options.store, options.engine)
    as_of = day(options)
    with opened(settings) as (assistant, stored):
        begin(options.out, run_info({suite.name: suite.sha256 for suite in suites}, assistant, settings.chat_model or EXTRACTIVE, as_of))
        save_cases(options.out, suites)
        answer_all(jobs_of(suites, assistant, assistant, stored.text, as_of), options.out, bar("asking"))
    return scored(suites, options)


def scored(suites: Sequence[Suite], options: argparse.Namespace) -> Printed:
    """The report of saved answers, with the judge's column where one was asked for."""
    rows = score_suites(options.out, suites)
    if not options.judge:
        return judged(finish(options.out, title(suites), rows, {}), options)
    found = judging.judge_run(options.out, rows, options.judge, Settings(), bar("judging"))
    extra = {f"judge {options.judge}": judging.column(found)}
    text, status = judged(finish(options.out, title(suites), rows, {}, extra=extra), options)
    return "\n".join(filter(None, [text, judging.faults_text(found)])), status


def title(suites: Any) -> str:
    """What a run is called."""
    return ", ".join(suite.name for suite in suites)


def score(options: argparse.Namespace) -> Printed:
    """`score`."""
    check_gates(options)
    if (options.out / QUESTIONS).exists():
        if options.judge:
            raise PlanQueryError("--judge judges the answers of `run`; a benchmark brings its own answers to compare with")
        return judged(benches.score_bench(options.out), options)
    return scored(read_suites(options.suites) if options.suites else saved_cases(options.out), options)


def compare(options: argparse.Namespace) -> Printed:
    """`compare`."""
    result = comparison.compare(read_results(options.first), read_results(options.second))
    if options.out:
        options.out.write_text(result.model_dump_json(indent=1) + "\n", "utf-8")
    return (result.model_dump_json(indent=1) if options.json else comparison.as_text(result)), 0


def bench(options: argparse.Namespace) -> Printed:
    """`bench`."""
    check_gates(options)
    settings = settings_of(options.store or options.out / "store", options.engine)
    as_of = day(options)
    prepared = benches.prepare(options.folder, options.out, options.limit, settings, build_index)
    with opened(settings) as (assistant, stored):
        benches.ask_all(prepared, options.out, assistant, stored, settings.chat_model or EXTRACTIVE, as_of, bar("asking"))
    if not options.no_baseline:
        benches.measure_baseline(prepared, options.out, settings)
    return judged(benches.score_bench(options.out), options)


def report(options: argparse.Namespace) -> Printed:
    """`report`."""
    return f"{as_text(write_page(options.out))}\nreport: {options.out / 'report.html'}", 0


def validate(options: argparse.Namespace) -> Printed:
    """`validate`."""
    generation = open_generation(settings_of(options.store, None).store)
    try:
        ids, texts = [source.id for source in generation.sources], stored_texts(generation)
        measures = generation.stored("measures")
        known = frozenset(measure["id"] for measure in measures) if measures else None
        faults = [fault for path in options.suites for fault in validation.validate(path, ids, texts, known)]
    finally:
        generation.close()
    return validation.as_text(faults), int(any(fault.level == "error" for fault in faults))


def metamorphic(options: argparse.Namespace) -> Printed:
    """`metamorphic`: originals and variants are asked in one run; only the variants are reported."""
    check_gates(options)
    suites, settings = read_suites(options.suites), settings_of(options.store, options.engine)
    variants, as_of = [variation.variants(suite) for suite in suites], day(options)
    originals = [suite.model_copy(update={"cases": tuple(variation.answer_cases(suite))}) for suite in suites]
    with opened(settings) as (assistant, stored):
        begin(options.out, run_info({suite.name: suite.sha256 for suite in suites}, assistant, settings.chat_model or EXTRACTIVE, as_of))
        jobs = jobs_of([*originals, *variants], assistant, None, stored.text, as_of)
        if not options.distractors:
            answer_all(jobs, options.out, bar("asking"))
        else:
            wider = settings.model_copy(update={"store": options.out / "store"})
            build_index([*(options.corpus or [settings.corpus]), *options.distractors], wider)
            repeated = [variation.again(suite) for suite in suites]
            with opened(wider) as (distracted, wider_stored):
                answer_all([*jobs, *jobs_of(repeated, distracted, None, wider_stored.text, as_of)], options.out, bar("asking"))
            variants += repeated
    answers = saved_lines(options.out / ANSWERS)
    of = {suite.name: suite for suite in originals}
    rows = [row for suite in variants for row in variation.score_variants(suite, answers, of[suite.name])]
    before = estimates(score_suites(options.out, originals), with_interval=False)
    extra = {"originals": {"accuracy": before["accuracy"].value}} if "accuracy" in before else {}
    return judged(finish(options.out, f"{title(suites)}: variants", rows, {}, extra=extra), options)


def utc_now() -> datetime:
    """The clock that the history is opened with; reading does not ask it."""
    return datetime.now(UTC)


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Rows of a .csv or .jsonl file."""
    return from_csv(path.read_text("utf-8-sig")) if path.suffix.lower() == ".csv" else [row for _, row in read_lines(path)]


def write_rows(path: Path, rows: list[dict[str, Any]]) -> None:
    """Rows to a .csv or .jsonl file. The CSV begins with a byte order mark, without which Excel misreads Chinese."""
    if path.suffix.lower() == ".csv":
        path.write_text(to_csv(rows), "utf-8-sig", newline="")
    else:
        write_lines(path, rows)


def ratings(user: str | None) -> list[Feedback]:
    """What the visitors of the chat said of its answers, or one of them."""
    history = History(Settings().history, utc_now)
    if user is None:
        return list(history.feedback())
    own = {message.id for one in history.conversations(user) for message in history.messages(user, one.id)}
    return [one for one in history.feedback() if one.message in own]


def draft_cases(options: argparse.Namespace) -> Printed:
    """`cases draft`."""
    existing = read_rows(options.out) if options.out.exists() else []
    rows = [row for _, row in read_lines(options.feedback)] if options.feedback else complaints(ratings(options.user))
    made = drafts(rows, existing)
    write_rows(options.out, made)
    return f"{len(made) - len(existing)} new drafts, {len(made)} in {options.out}; fill in what is expected and set `approved`", 0


def import_cases(options: argparse.Namespace) -> Printed:
    """`cases import`: cases already in the suite are replaced by their id."""
    cases = approved_cases(read_rows(options.drafts))
    kept = {case.id: case.model_dump(mode="json") for case in read_suite(options.out).cases} if options.out.exists() else {}
    write_lines(options.out, (kept | {case.id: case.model_dump(mode="json") for case in cases}).values())
    return f"{len(cases)} approved cases taken into {options.out}", 0


def export_cases(options: argparse.Namespace) -> Printed:
    """`cases export`."""
    cases = approved_cases([row for _, row in read_lines(options.suite)])
    answers = saved_lines(options.answers / ANSWERS) if options.answers else {}
    actual = {id_: row["answer"] for (_, id_), row in answers.items() if "answer" in row}
    match options.format:
        case "csv":
            write_rows(options.out.with_suffix(".csv"), [case.model_dump(mode="json") for case in cases])
            return f"{len(cases)} cases in {options.out.with_suffix('.csv')}", 0
        case "ragas":
            text = to_ragas(cases, actual)
        case "langsmith":
            text = to_langsmith(cases)
        case _:
            text = to_jsonl(cases)
    options.out.write_text(text, "utf-8")
    return f"{len(cases)} cases in {options.out}", 0
