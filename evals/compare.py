"""Two runs to what changed between them: paired differences with interval and test, and the cases won and lost."""

from collections.abc import Sequence

from evals.intervals import bootstrap, paired_p
from evals.schema import Scored
from ingest.schema import PlanQueryError, Record

DECIDING = ("accuracy", "F1", "hit@1", "recall@5")
"""The first of these that both runs measured says which cases were won and lost."""
LOWER_IS_BETTER = frozenset({"false_refusals"})


class Difference(Record):
    """A metric over the cases that define it in both runs; `difference` is second minus first."""

    metric: str
    first: float
    second: float
    difference: float
    low: float | None
    high: float | None
    p: float
    cases: int


class Comparison(Record):
    """`won` and `lost` are "suite/id" of cases where the deciding metric rose or fell; `unpaired` stand in one run only."""

    deciding: str
    differences: tuple[Difference, ...]
    won: tuple[str, ...]
    lost: tuple[str, ...]
    unpaired: tuple[str, ...]


def compare(first: Sequence[Scored], second: Sequence[Scored]) -> Comparison:
    """Pair two runs by suite and id. Runs without a case in common are refused."""
    before, after = ({f"{row.suite}/{row.id}": row for row in rows} for rows in (first, second))
    pairs = {key: (before[key].scores, after[key].scores) for key in before if key in after}
    if not pairs:
        raise PlanQueryError("the two runs have no case in common; compare runs of the same suite")
    metrics = dict.fromkeys(name for old, new in pairs.values() for name in old if name in new)
    deciding = next((name for name in DECIDING if name in metrics), next(iter(metrics), ""))
    decided = {key: (old[deciding], new[deciding]) for key, (old, new) in pairs.items() if deciding in old and deciding in new}
    return Comparison(
        deciding=deciding,
        differences=tuple(difference(name, [pair for pair in pairs.values() if name in pair[0] and name in pair[1]]) for name in metrics),
        won=tuple(key for key, (old, new) in decided.items() if new > old),
        lost=tuple(key for key, (old, new) in decided.items() if new < old),
        unpaired=tuple(sorted(before.keys() ^ after.keys())),
    )


def difference(metric: str, pairs: Sequence[tuple[dict[str, float], dict[str, float]]]) -> Difference:
    """One metric over pairs of scores that both define it."""
    old, new = [pair[0][metric] for pair in pairs], [pair[1][metric] for pair in pairs]
    shifts = [b - a for a, b in zip(old, new, strict=True)]
    low, high = bootstrap(shifts) or (None, None)
    return Difference(
        metric=metric,
        first=sum(old) / len(old),
        second=sum(new) / len(new),
        difference=sum(shifts) / len(shifts),
        low=low,
        high=high,
        p=paired_p(old, new),
        cases=len(pairs),
    )


def as_text(comparison: Comparison) -> str:
    """The table that is printed, with the cases won and lost below it."""
    lines = [f"{'metric':<24}{'first':>8}{'second':>8}{'change':>8}{'95% interval':>20}{'p':>8}{'cases':>7}"]
    for one in comparison.differences:
        interval = f"{one.low:+.3f} .. {one.high:+.3f}" if one.low is not None else ""
        mark = " (lower is better)" if one.metric in LOWER_IS_BETTER else ""
        numbers = f"{one.first:>8.3f}{one.second:>8.3f}{one.difference:>+8.3f}{interval:>20}{one.p:>8.3f}{one.cases:>7}"
        lines.append(f"{one.metric:<24}{numbers}{mark}")
    lines.append("p: McNemar's exact test for yes/no metrics, sign-flip permutation test for graded ones")
    for title, keys in ((f"won by {comparison.deciding}", comparison.won), (f"lost by {comparison.deciding}", comparison.lost)):
        lines.append(f"{title}: {len(keys)}")
        lines += [f"  {key}" for key in keys]
    if comparison.unpaired:
        lines.append(f"in one run only: {len(comparison.unpaired)}")
    return "\n".join(lines)
