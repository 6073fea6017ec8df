"""Verdicts to the groups people look through: applies, one fact away, needs information, does not apply, expired, directions."""

from collections.abc import Sequence
from typing import Literal, get_args

from assistant.conditions import open_conditions
from assistant.verdicts import Verdict

Group = Literal["applies", "one_fact_away", "needs_information", "does_not_apply", "expired", "direction"]
GROUPS: tuple[Group, ...] = get_args(Group)


def group_of(verdict: Verdict) -> Group:
    """The group of one verdict. A direction promises nothing to a single firm, so it stands apart whatever its verdict."""
    if verdict.measure.kind == "direction" or verdict.measure.no_condition_stated:
        return "direction"
    if verdict.dates == "expired":
        return "expired"
    if verdict.status == "needs_information":
        return "one_fact_away" if _is_one_fact_away(verdict) else "needs_information"
    return verdict.status


def grouped(verdicts: Sequence[Verdict]) -> dict[Group, list[Verdict]]:
    """All groups in the order of `GROUPS`, empty ones too; within a group the order given."""
    found: dict[Group, list[Verdict]] = {group: [] for group in GROUPS}
    for verdict in verdicts:
        found[group_of(verdict)].append(verdict)
    return found


def is_near_miss(verdict: Verdict) -> bool:
    """Whether exactly one condition, in force on the day, stands against the measure."""
    return len(verdict.changes) == 1


def _is_one_fact_away(verdict: Verdict) -> bool:
    """Whether one profile field, and nothing that has to be asked of an authority, is all that is not known."""
    if len(verdict.missing) != 1 or verdict.dates == "start_unknown" or verdict.node is None:
        return False
    tests = [test for test in open_conditions(verdict.node, verdict.facts) if not test.children()]
    return all(test.fact is not None for test in tests)
