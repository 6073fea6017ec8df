"""Cases to saved answers: asked one after the other, written as they come, continued where a run stopped."""

import hashlib
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from assistant.profile import Profile
from assistant.schema import Turn
from evals.grounding import Texts, quotes_found
from evals.metrics import documents_of
from evals.schema import AnswerCase, ApplicabilityCase, Case, RetrievalCase, RunInfo, Suite
from evals.scoring import RETRIEVED
from evals.subject import Asker, Checker, answer_record
from evals.suites import as_line, measure_named, read_lines, write_lines
from ingest.schema import PlanQueryError, Record
from ingest.settings import PROJECT

ANSWERS, TIMINGS, RUN = "answers.jsonl", "timings.jsonl", "run.json"
Progress = Callable[[int, int], None]
Act = Callable[[], dict[str, Any]]


class Job(Record):
    """One thing to ask; `act` asks it and returns what was said in the form that is scored."""

    suite: str
    id: str
    act: Act


@cache
def code_version() -> str:
    """Checksum over the sources and weights that make answers, as they were when first asked for: a run is not continued with others."""
    digest = hashlib.sha256()
    for path in sorted(path for room in ("assistant", "ingest") for path in (PROJECT / room).rglob("*") if path.suffix in (".py", ".json")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def run_info(suites: dict[str, str], asker: Asker, engine: str, as_of: date) -> RunInfo:
    """What is about to be measured."""
    index = asker.generation
    return RunInfo(
        suites=suites,
        generation=index.id,
        corpus=index.corpus,
        model=index.model,
        settings=index.settings,
        version=f"{index.version}+{code_version()}",
        engine=engine,
        as_of=as_of,
    )


def begin(out: Path, info: RunInfo) -> None:
    """Save what is measured, or make sure that it is what this folder's answers were given by."""
    out.mkdir(parents=True, exist_ok=True)
    saved = read_info(out)
    if saved is None:
        (out / RUN).write_text(info.model_dump_json(indent=1), "utf-8")
        return
    for name in ("corpus", "model", "settings", "version", "engine", "as_of", "suites"):
        before, now = getattr(saved, name), getattr(info, name)
        if before != now:
            raise PlanQueryError(
                f"the answers in {str(out)!r} were given with {name} {str(before)!r}, now it is {str(now)!r}; "
                "give another --out, or remove the folder to start again"
            )


def read_info(out: Path) -> RunInfo | None:
    """What a folder's answers were given by; None before the first run."""
    path = out / RUN
    return RunInfo.model_validate_json(path.read_text("utf-8")) if path.exists() else None


def saved_lines(path: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """Rows by suite and id. A last line cut off by a crash is dropped: its case is asked again."""
    if not path.exists():
        return {}
    text = path.read_text("utf-8")
    if not text.endswith("\n"):
        path.write_text(text[: text.rfind("\n") + 1], "utf-8")
    return {(row["suite"], row["id"]): row for _, row in read_lines(path)}


def answer_all(jobs: Sequence[Job], out: Path, progress: Progress) -> None:
    """Ask what is not answered yet, cases that ended in an error once more, then put the files into the order of the jobs.

    Seconds go to a file of their own, so that two runs on one index give the same bytes in the other.
    """
    answered = {key: row for key, row in saved_lines(out / ANSWERS).items() if "error" not in row}
    timed = saved_lines(out / TIMINGS)
    with (out / ANSWERS).open("a", encoding="utf-8") as answers, (out / TIMINGS).open("a", encoding="utf-8") as timings:
        for done, job in enumerate(jobs, 1):
            key = (job.suite, job.id)
            if key not in answered:
                answered[key], timed[key] = ask_one(job)
                answers.write(as_line(answered[key]))
                timings.write(as_line(timed[key]))
                answers.flush()
                timings.flush()
            progress(done, len(jobs))
    keys = [(job.suite, job.id) for job in jobs]
    write_lines(out / ANSWERS, [answered[key] for key in keys])
    write_lines(out / TIMINGS, [timed[key] for key in keys if key in timed])


def ask_one(job: Job) -> tuple[dict[str, Any], dict[str, Any]]:
    """The row of one case and its seconds (those that the job names, else all); what the assistant raises becomes the row's `error`."""
    key = {"suite": job.suite, "id": job.id}
    start = time.perf_counter()
    try:
        said = job.act()
    except Exception as error:  # one crashed case must not stop a run, whatever it crashed with
        said = {"error": f"{type(error).__name__}: {error}"}
    seconds = said.pop("seconds", time.perf_counter() - start)
    return {**key, **said}, {**key, "seconds": round(seconds, 4)}


def jobs_of(suites: Sequence[Suite], asker: Asker, checker: Checker | None, texts: Texts, as_of: date) -> list[Job]:
    """The jobs of all cases, in order."""
    return [Job(suite=suite.name, id=case.id, act=act_of(case, asker, checker, texts, as_of)) for suite in suites for case in suite.cases]


def act_of(case: Case, asker: Asker, checker: Checker | None, texts: Texts, as_of: date) -> Act:
    """What asks one case of the assistant."""
    match case:
        case AnswerCase():
            return lambda: asked(asker, case.question, case.history, (), texts, as_of)
        case RetrievalCase():
            return lambda: {"question": case.question, "documents": ranked_documents(asker, case.question)}
        case ApplicabilityCase():
            return lambda: checked(checker, case)


def asked(asker: Asker, question: str, history: Sequence[Turn], documents: Sequence[str], texts: Texts, as_of: date) -> dict[str, Any]:
    """An answer in its printed form, with what the stored text says to its quotes, and the seconds of the answer alone."""
    start = time.perf_counter()
    answer = answer_record(asker.ask(question, history=history, documents=documents, as_of=as_of))
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "answer": answer, "quotes_found": quotes_found(answer, texts)}


def ranked_documents(asker: Asker, query: str, documents: Sequence[str] = ()) -> list[str]:
    """Document ids by their best passage."""
    passages = asker.retrieve(query, RETRIEVED, documents=documents)
    return documents_of([passage.chunk.source.id for passage in passages])


def checked(checker: Checker | None, case: ApplicabilityCase) -> dict[str, Any]:
    """Verdicts of the measures that the case names."""
    if checker is None:
        raise PlanQueryError("this assistant checks no profiles; run answers and retrieval suites only")
    verdicts = {verdict.measure_id: verdict for verdict in checker.verdicts(Profile.model_validate(case.profile), case.as_of)}
    ids = {rule: measure_named(rule, verdicts) for rule in case.expected_verdicts}
    named = {rule: verdicts[id_] for rule, id_ in ids.items() if id_ is not None}
    return {"verdicts": {rule: {"status": verdict.status, "missing": sorted(verdict.missing)} for rule, verdict in named.items()}}


def seconds_of(out: Path) -> list[float]:
    """Seconds of every case that was answered."""
    return [row["seconds"] for row in saved_lines(out / TIMINGS).values()]
