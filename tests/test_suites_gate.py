"""The project's own suites on the project's own corpus: they must reach the levels of evals/gates.json."""

from datetime import date
from pathlib import Path

import pytest

from evals.commands import opened
from evals.gates import below_gates, read_gates
from evals.results import score_suites
from evals.run import answer_all, begin, jobs_of, run_info
from evals.schema import Scored
from evals.suites import read_suites
from evals.summary import EXTRACTIVE
from ingest.settings import PROJECT, Settings

GATES = read_gates(PROJECT / "evals" / "gates.json")
# A fixed day: documents expire, and a suite must not turn red by itself.
DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def scored(corpus_store: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Scored]:
    """All cases of the suites that have a gate."""
    out = tmp_path_factory.mktemp("run")
    suites = read_suites([PROJECT / "evals" / "cases" / f"{name}.jsonl" for name in GATES])
    with opened(Settings(_env_file=None, store=corpus_store)) as (assistant, stored):
        begin(out, run_info({suite.name: suite.sha256 for suite in suites}, assistant, EXTRACTIVE, DAY))
        jobs = jobs_of(suites, assistant, assistant, stored.text, DAY)
        answer_all(jobs, out, lambda done, total: None)
    return score_suites(out, suites)


@pytest.mark.parametrize("suite", GATES)
def test_a_suite_reaches_its_levels(scored: list[Scored], suite: str) -> None:
    of = [row for row in scored if row.suite == suite]
    assert of
    assert below_gates(of, GATES) == []
