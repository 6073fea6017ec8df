"""`python -m evals` as processes beside the window: one run at a time with its progress, comparisons, and drafts of cases."""

import atexit
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import NamedTuple

from pydantic import SecretStr

from assistant.ui.runs import ANSWERS, CASES, count_lines
from ingest.schema import PlanQueryError
from ingest.settings import PROJECT, Settings

SUITES = PROJECT / "evals" / "cases"
EXTRACTIVE = "extractive"
LOG = "log.txt"
SHORT_SECONDS = 120
"""A comparison takes seconds; one that takes minutes hangs."""


class Progress(NamedTuple):
    """Cases answered of all; `total` is 0 until the index is open."""

    done: int
    total: int


class Ended(NamedTuple):
    """How a run ended: `status` is the exit status, `said` what it printed, `folder` where it wrote."""

    folder: Path
    status: int
    said: str
    was_stopped: bool


class Runner:
    """The run of the window, at most one at a time for all visitors."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = Path()
        self._was_stopped = False
        atexit.register(self.stop)

    @property
    def folder(self) -> Path:
        """Where the run writes, or the last one did."""
        return self._folder

    def start(self, settings: Settings, suites: Sequence[Path], engine: str, folder: Path) -> None:
        """Begin a run, or go on with the one in `folder`; refused while another is under way."""
        with self._lock:
            if self.is_running():
                raise PlanQueryError("a run is under way; wait for its end or stop it")
            folder.mkdir(parents=True, exist_ok=True)
            arguments = ["run", *map(str, suites), "--store", str(settings.store), "--out", str(folder), "--engine", engine]
            with (folder / LOG).open("wb") as log:
                # No shell is involved, and suites and engine come from lists of ours, never from what a visitor typed.
                self._process = subprocess.Popen(  # noqa: S603
                    command(arguments), env=environment(settings), stdout=log, stderr=subprocess.STDOUT
                )
            self._folder, self._was_stopped = folder, False

    def is_running(self) -> bool:
        """Whether a run is under way."""
        return self._process is not None and self._process.poll() is None

    def progress(self) -> Progress:
        """How far the run is, counted in its files."""
        return Progress(count_lines(self._folder / ANSWERS), count_lines(self._folder / CASES))

    def stop(self) -> None:
        """End the run; what is answered stays, and the run can go on later."""
        if self._process is not None and self._process.poll() is None:
            self._was_stopped = True
            self._process.terminate()
            self._process.wait(timeout=20)

    def ended(self) -> Ended | None:
        """How the last run ended; None before the first and while one is under way."""
        if self._process is None or self._process.poll() is None:
            return None
        said = (self._folder / LOG).read_text("utf-8", errors="replace") if (self._folder / LOG).exists() else ""
        return Ended(self._folder, self._process.returncode, said, self._was_stopped)


def command(arguments: Sequence[str]) -> list[str]:
    """The command line of evals, in this Python."""
    return [sys.executable, "-m", "evals", *arguments]


def environment(settings: Settings) -> dict[str, str]:
    """The environment with the settings of this window, so that the process measures what visitors use."""
    given = {f"PLANQUERY_{name.upper()}": getattr(settings, name) for name in Settings.model_fields}
    plain = {name: value.get_secret_value() if isinstance(value, SecretStr) else str(value) for name, value in given.items()}
    return {**os.environ, **plain, "PYTHONUTF8": "1"}


def output(settings: Settings, arguments: Sequence[str]) -> str:
    """What a short command prints; PlanQueryError with its own words when it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and every argument is ours
            command(arguments), env=environment(settings), capture_output=True, encoding="utf-8", timeout=SHORT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PlanQueryError(f"`evals {arguments[0]}` took more than {SHORT_SECONDS} seconds; run it on the command line") from error
    if done.returncode:
        raise PlanQueryError(last_line(done.stderr) or f"`evals {arguments[0]}` ended with {done.returncode}")
    return done.stdout


def last_line(text: str) -> str:
    """The last line that says something; a failing command says why in it."""
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "")


def comparison(settings: Settings, first: Path, second: Path) -> str:
    """The JSON of `evals compare`."""
    return output(settings, ["compare", str(first), str(second), "--json"])


def drafts(settings: Settings, user: str) -> bytes:
    """The thumbs-down of one visitor as draft cases, in the CSV that an expert edits."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "drafts.csv"
        output(settings, ["cases", "draft", "--user", user, "--out", str(path)])
        return path.read_bytes()


def new_folder(runs: Path, now: datetime) -> Path:
    """A folder for a run that begins now."""
    return runs / now.strftime("%Y%m%d-%H%M%S")
