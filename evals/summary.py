"""Scored cases to a report: means with intervals, slices, latency, and the gates that a run must pass."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from evals.intervals import bootstrap
from evals.metrics import percentile
from evals.schema import Estimate, Report, RunInfo, Scored
from evals.scoring import ANSWERING
from ingest.schema import PlanQueryError

GATE = re.compile(r"([\w@]+)\s*(>=|<=)\s*(\d+(?:\.\d+)?)")
EXTRACTIVE = "extractive"


def estimates(rows: Sequence[Scored], *, with_interval: bool = True) -> dict[str, Estimate]:
    """The mean of every metric over the cases that define it, in the order in which the metrics first occur."""
    values: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        for name, value in row.scores.items():
            values[name].append(value)
    result = {}
    for name, column in values.items():
        low, high = (bootstrap(column) if with_interval else None) or (None, None)
        result[name] = Estimate(value=sum(column) / len(column), cases=len(column), low=low, high=high)
    return result


def slices(rows: Sequence[Scored]) -> dict[str, dict[str, dict[str, Estimate]]]:
    """Dimension -> value -> metrics of the cases under it; a dimension with a single value says nothing and is left out."""
    groups: dict[str, dict[str, list[Scored]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        for dimension, values in row.slices.items():
            for value in values:
                groups[dimension][value].append(row)
    return {
        dimension: {value: estimates(group, with_interval=False) for value, group in sorted(of.items())}
        for dimension, of in groups.items()
        if len(of) > 1
    }


def latency(seconds: Sequence[float]) -> dict[str, float]:
    """p50 and p95 of the seconds a question took; {} without any."""
    found = {"latency_p50": percentile(seconds, 50), "latency_p95": percentile(seconds, 95)}
    return {name: value for name, value in found.items() if value is not None}


def fallbacks(rows: Sequence[Scored], engine: str) -> int:
    """Answers that the extractive engine gave in place of the one asked for; a refusal needs no engine and is not counted."""
    answers = [row.actual["answer"] for row in rows if "answer" in row.actual]
    return sum(answer["engine"] == EXTRACTIVE != engine and answer["status"] in ANSWERING for answer in answers)


def summarise(title: str, info: RunInfo, rows: Sequence[Scored], costs: Mapping[str, float]) -> Report:
    """The report of a run."""
    return Report(
        title=title,
        info=info,
        cases=len(rows),
        errors=sum(row.error is not None for row in rows),
        fallbacks=fallbacks(rows, info.engine),
        metrics=estimates(rows),
        slices=slices(rows),
        costs=dict(costs),
    )


def parse_gate(text: str) -> tuple[str, str, float]:
    """`accuracy>=0.8` to its parts."""
    match = GATE.fullmatch(text.strip())
    if not match:
        raise PlanQueryError(f"--require {text!r} is not of the form metric>=0.8 or metric<=0.1")
    return match[1], match[2], float(match[3])


def missed_gates(report: Report, gates: Sequence[str]) -> list[str]:
    """Why the run does not pass, one sentence each; [] when it passes.

    With a gate, a run with any error does not pass, whatever its numbers. Without one, it still does not when every case ended in an
    error or a service failed: then it did not measure what it names.
    """
    if not gates and report.errors < report.cases and not report.fallbacks:
        return []
    missed = [f"{report.errors} of {report.cases} cases ended in an error"] if report.errors else []
    if report.fallbacks:
        missed.append(f"{report.fallbacks} answers were not given by {report.info.engine}: the service failed")
    known: Mapping[str, float] = {name: one.value for name, one in report.metrics.items()} | report.costs
    for name, sign, bound in map(parse_gate, gates):
        if name not in known:
            missed.append(f"{name} is required and was not measured; measured are {', '.join(sorted(known)) or 'none'}")
        elif known[name] < bound if sign == ">=" else known[name] > bound:
            missed.append(f"{name} is {known[name]:.4f}, required {sign} {bound:g}")
    return missed


def as_text(report: Report) -> str:
    """The table that is printed."""
    lines = [f"{report.title}: {report.cases} cases, {report.errors} errors, {report.fallbacks} fallbacks"]
    columns = list(report.extra)
    lines.append(f"{'metric':<28}{'value':>8}{'95% interval':>18}{'cases':>8}" + "".join(f"{name:>22}" for name in columns))
    names = [*report.metrics, *(name for of in report.extra.values() for name in of if name not in report.metrics)]
    for name in dict.fromkeys([*names, *report.costs]):
        one = report.metrics.get(name)
        value = one.value if one else report.costs.get(name)
        interval = f"{one.low:.3f} - {one.high:.3f}" if one and one.low is not None else ""
        others = "".join(f"{report.extra[column][name]:>22.3f}" if name in report.extra[column] else " " * 22 for column in columns)
        shown = f"{value:>8.3f}" if value is not None else " " * 8
        lines.append(f"{name:<28}{shown}{interval:>18}{one.cases if one else '':>8}{others}")
    return "\n".join(line.rstrip() for line in lines)
