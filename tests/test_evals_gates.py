"""Levels of suites: what is below them, and files that hold none."""

from pathlib import Path

import pytest
from evals_toys import DAY, TEXTS, Crasher, Refuser, ToyAssistant, cases

from evals.gates import below_gates, read_gates
from evals.run import Job as Asked
from evals.run import act_of, ask_one
from evals.schema import Scored
from evals.scoring import score_case
from ingest.schema import PlanQueryError


def scored(asker: ToyAssistant) -> list[Scored]:
    """The toy suite as this assistant answers it."""
    rows = []
    for case in cases():
        said, _ = ask_one(Asked(suite="toy", id=case.id, act=act_of(case, asker, None, TEXTS.get, DAY)))
        rows.append(score_case("toy", case, {name: value for name, value in said.items() if name not in ("suite", "id")}))
    return rows


def test_a_suite_at_its_level_passes_and_suites_without_one_are_passed_over() -> None:
    assert below_gates(scored(ToyAssistant()), {"toy": {"accuracy": 1.0, "quotes_found": 1.0}, "other": {"accuracy": 1.0}}) == []
    assert below_gates(scored(Refuser()), {"other": {"accuracy": 1.0}}) == []


def test_what_is_below_its_level_is_said_with_both_numbers() -> None:
    assert below_gates(scored(Refuser()), {"toy": {"accuracy": 0.5}}) == ["toy: accuracy is 0.2000, required >= 0.5"]


def test_a_level_that_was_not_measured_is_missed() -> None:
    assert below_gates(scored(ToyAssistant()), {"toy": {"verdict_accuracy": 0.5}}) == [
        "toy: verdict_accuracy is required and was not measured"
    ]


def test_an_error_is_missed_whatever_the_level() -> None:
    (missed,) = below_gates(scored(Crasher()), {"toy": {"accuracy": 0.0}})
    assert missed == "toy: share ended in an error: ConnectionError: the model is gone"


@pytest.mark.parametrize("text", ["{", "[]", '{"toy": 1}', '{"toy": {"accuracy": "high"}}'])
def test_a_file_of_another_form_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "gates.json").write_text(text, "utf-8")
    with pytest.raises(PlanQueryError, match="suite, metric and minimum"):
        read_gates(tmp_path / "gates.json")
