"""Folders of evaluation runs to records: what `python -m evals` wrote, read as files, because the window may not import evals."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from ingest.schema import PlanQueryError

REPORT, RESULTS, INFO, CASES, ANSWERS, PAGE = "report.json", "results.jsonl", "run.json", "cases.jsonl", "answers.jsonl", "report.html"


class _Written(BaseModel):
    """Fields that a later version of evals adds are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Measured(_Written):
    """A mean over the cases that define it, with its 95% interval where there is one."""

    value: float
    cases: int
    low: float | None = None
    high: float | None = None


class RunInfo(_Written):
    """What was measured; `suites` are checksums by name."""

    suites: dict[str, str]
    corpus: str
    generation: str
    engine: str
    as_of: date


class RunReport(_Written):
    """The numbers of a run; `slices` are dimension -> value -> metric."""

    title: str
    info: RunInfo
    cases: int
    errors: int
    fallbacks: int
    metrics: dict[str, Measured]
    slices: dict[str, dict[str, dict[str, Measured]]]
    costs: dict[str, float]


class Run(_Written):
    """A finished run; `finished` is when it was last scored."""

    folder: Path
    finished: datetime
    report: RunReport

    @property
    def name(self) -> str:
        """The name of its folder, which is unique."""
        return self.folder.name


class CaseResult(_Written):
    """One case of a run with what was said to it."""

    suite: str
    id: str
    question: str
    expected: dict[str, Any]
    actual: dict[str, Any]
    scores: dict[str, float]
    reasons: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name of the case across runs."""
        return f"{self.suite}/{self.id}"

    @property
    def is_failing(self) -> bool:
        """Whether it is wrong; a case that is only graded fails when something is said against it."""
        return self.scores["accuracy"] < 1 if "accuracy" in self.scores else bool(self.reasons)


class Shelf(_Written):
    """The runs of a folder, newest first; those stopped before their end; and the names of folders that cannot be read."""

    runs: tuple[Run, ...] = ()
    unfinished: tuple[tuple[Path, RunInfo], ...] = ()
    unreadable: tuple[str, ...] = ()


def shelf(folder: Path) -> Shelf:
    """What stands in the runs folder; folders that hold no run are passed over, an empty shelf when there is no folder."""
    runs, unfinished, unreadable = [], [], []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        try:
            if (path / REPORT).is_file():
                runs.append(read_run(path))
            elif (path / INFO).is_file():
                unfinished.append((path, RunInfo.model_validate_json((path / INFO).read_bytes())))
        except (OSError, ValidationError):
            unreadable.append(path.name)
    runs.sort(key=lambda run: (run.finished, run.name), reverse=True)
    return Shelf(runs=tuple(runs), unfinished=tuple(unfinished), unreadable=tuple(unreadable))


def read_run(folder: Path) -> Run:
    """One finished run."""
    path = folder / REPORT
    finished = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return Run(folder=folder, finished=finished, report=RunReport.model_validate_json(path.read_bytes()))


def read_results(folder: Path) -> tuple[CaseResult, ...]:
    """The cases of a run, in order."""
    path = folder / RESULTS
    try:
        lines = path.read_text("utf-8").split("\n")
        return tuple(CaseResult.model_validate(json.loads(line)) for line in lines if line.strip())
    except (OSError, ValueError) as error:
        raise PlanQueryError(f"{path.name} of run {folder.name!r} cannot be read; run `python -m evals score` on it") from error


def count_lines(path: Path) -> int:
    """Whole lines of a file that may be growing; 0 when it does not exist yet."""
    return path.read_bytes().count(b"\n") if path.exists() else 0
