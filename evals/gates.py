"""Levels that suites must reach, from one file (suite -> metric -> minimum), and what a run misses of them."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from evals.schema import Scored
from evals.summary import estimates
from ingest.schema import PlanQueryError

Gates = dict[str, dict[str, float]]


def read_gates(path: Path) -> Gates:
    """The levels of a file."""
    try:
        return TypeAdapter(Gates).validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise PlanQueryError(f"{str(path)!r} cannot be read ({error}); give a JSON object of suite, metric and minimum") from error


def below_gates(rows: Sequence[Scored], gates: Gates) -> list[str]:
    """Why the run does not pass, one sentence each; [] when it passes. Suites that were not run are passed over, errors are not."""
    missed = []
    for suite in dict.fromkeys(row.suite for row in rows if row.suite in gates):
        of = [row for row in rows if row.suite == suite]
        missed += [f"{suite}: {row.id} ended in an error: {row.error}" for row in of if row.error is not None]
        measured = estimates(of, with_interval=False)
        for metric, minimum in gates[suite].items():
            if metric not in measured:
                missed.append(f"{suite}: {metric} is required and was not measured")
            elif measured[metric].value < minimum:
                missed.append(f"{suite}: {metric} is {measured[metric].value:.4f}, required >= {minimum:g}")
    return missed
