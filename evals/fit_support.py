"""Responses labelled as supported or not to the weights of `assistant.support`, and how well they do on responses they were not fitted on.

`python -m evals.fit_support QUESTIONS.jsonl`: a line holds `response`, `evidence` (texts) and `answers` (the reader's label).
"""

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from assistant.lock import is_locked
from assistant.support import fault_of, likeness
from ingest.schema import PlanQueryError

SUPPORTED = "Fully attributable"
THRESHOLDS = (0.5, 0.6, 0.7, 0.8)

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Labelled(NamedTuple):
    """One response with its evidence and whether a reader found it fully supported."""

    response: str
    evidence: tuple[str, ...]
    is_supported: bool


def read_labelled(path: Path) -> list[Labelled]:
    """The rows of a file; PlanQueryError names the first that lacks a field."""
    rows = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        row = json.loads(line)
        try:
            rows.append(Labelled(row["response"], tuple(row["evidence"]), row["answers"][0] == SUPPORTED))
        except (KeyError, IndexError, TypeError) as error:
            raise PlanQueryError(f"{path}, line {number}: {error!r}; a line holds `response`, `evidence` and `answers`") from error
    return rows


def precision_recall(passed: Flags, right: Flags) -> tuple[float, float]:
    """Share of what passed that is right, and share of what is right that passed."""
    both = float((passed & right).sum())
    return both / max(1.0, float(passed.sum())), both / max(1.0, float(right.sum()))


def features_of(rows: Sequence[Labelled]) -> Numbers:
    """One row of features a response."""
    return np.array([likeness(row.response, "\n".join(row.evidence)) for row in rows], np.float64)


def cross_fitted(features: Numbers, right: Flags, halves: Flags) -> Numbers:
    """Probability of each response from weights fitted on the other half; responses to the same evidence are in one half."""
    found = np.zeros(len(right))
    for half in (True, False):
        fitted = LogisticRegression().fit(features[halves != half], right[halves != half])
        found[halves == half] = fitted.predict_proba(features[halves == half])[:, 1]
    return found


def report(rows: Sequence[Labelled]) -> list[str]:
    """Lines: precision and recall by threshold, of the words alone and with the rules, and the weights fitted on all rows."""
    features, right = features_of(rows), np.array([row.is_supported for row in rows])
    halves = np.array([hashlib.sha256("".join(row.evidence).encode()).digest()[0] % 2 == 0 for row in rows])
    scores = cross_fitted(features, right, halves)
    faults = [fault_of(row.response, row.evidence) for row in rows]
    ruled = np.array([fault in (None, "words") and is_locked(row.response, row.evidence) for fault, row in zip(faults, rows, strict=True)])
    lines = [f"{len(rows)} responses, {int(right.sum())} supported"]
    for name in ("name", "cue"):
        hits = np.array([fault == name for fault in faults])
        lines.append(f"rule {name}: refuses {int(hits.sum())}, of which {int((hits & ~right).sum())} are not supported")
    for threshold in THRESHOLDS:
        alone, both = precision_recall(scores >= threshold, right), precision_recall((scores >= threshold) & ruled, right)
        lines.append(f"{threshold:.1f}: words alone P {alone[0]:.3f} R {alone[1]:.3f}; with rules P {both[0]:.3f} R {both[1]:.3f}")
    shipped = precision_recall(np.array([fault is None for fault in faults]) & ruled, right)
    lines.append(f"as shipped: P {shipped[0]:.3f} R {shipped[1]:.3f}")
    fitted = LogisticRegression().fit(features, right)
    weights = ", ".join(f"{weight:.3f}" for weight in fitted.coef_[0])
    return [*lines, f"weights ({weights}), bias {fitted.intercept_[0]:.3f}"]


def main() -> int:
    """Print the report of the file named on the command line."""
    if len(sys.argv) != 2:
        sys.stderr.write("usage: python -m evals.fit_support QUESTIONS.jsonl\n")
        return 2
    sys.stdout.write("\n".join(report(read_labelled(Path(sys.argv[1])))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
