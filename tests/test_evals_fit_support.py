"""The report on labelled responses: what is counted, and that the shipped check does better than chance on plain cases."""

import json
from pathlib import Path

import numpy as np
import pytest

from evals.fit_support import precision_recall, read_labelled, report
from ingest.schema import PlanQueryError


def test_precision_and_recall_are_shares_of_what_passed_and_of_what_is_right() -> None:
    passed, right = np.array([True, True, False, False]), np.array([True, False, True, True])
    assert precision_recall(passed, right) == (0.5, 1 / 3)
    assert precision_recall(~passed & passed, right) == (0.0, 0.0)


def test_a_report_tells_precision_and_recall_by_threshold(tmp_path: Path) -> None:
    lines = []
    for number in range(24):
        text = f"The works number {number} makes motors and joints in the valley."
        lines.append({"response": text, "evidence": [text], "answers": ["Fully attributable"]})
        lines.append({"response": "I love bread and music!", "evidence": [text], "answers": ["Not fully attributable"]})
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    found = report(read_labelled(path))
    assert found[0] == "48 responses, 24 supported"
    assert "as shipped: P 1.000 R 1.000" in found


def test_a_row_without_evidence_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"response": "x", "answers": ["Generic"]}', "utf-8")
    with pytest.raises(PlanQueryError, match=r"line 1: KeyError\('evidence'\)"):
        read_labelled(path)
