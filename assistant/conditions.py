"""Conditions and facts to true, false or not known: Kleene's three values, None standing for not known."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, cast

from assistant.places import SHANXI, place_name, province_of
from assistant.profile import FIELDS, Profile
from ingest.measures import Condition
from ingest.schema import PlanQueryError

Facts = Mapping[str, Any]
Check = Callable[[Facts], bool | None]

DERIVED = {"rd_spend": ("rd_ratio", "annual_revenue")}
"""Facts worked out from profile fields: research spending in yuan is the ratio times the revenue."""


class Node(NamedTuple):
    """A condition made ready for many profiles: its check and its children, so that nothing is compiled twice."""

    condition: Condition
    check: Check
    children: tuple["Node", ...]


def facts_of(profile: Profile) -> dict[str, Any]:
    """The stated facts with places in one spelling, and what follows from them; unstated fields are absent.

    A city implies its province and the Reform Demo Zone implies Shanxi; outside Shanxi no firm is in the zone.
    """
    facts = {field: value for field, value in profile.__dict__.items() if value is not None}
    for field in ("province", "city"):
        if field in facts:
            facts[field] = place_name(facts[field])
    if "province" not in facts:
        province = province_of(facts["city"]) if "city" in facts else None
        if province or facts.get("reform_zone"):
            facts["province"] = province or SHANXI
    if "reform_zone" not in facts and facts.get("province", SHANXI) != SHANXI:
        facts["reform_zone"] = False
    if "rd_ratio" in facts and "annual_revenue" in facts:
        facts["rd_spend"] = facts["rd_ratio"] * facts["annual_revenue"]
    return facts


def compile_condition(condition: Condition) -> Node:
    """The condition with its check; PlanQueryError when a fact is no field of the profile."""
    children = tuple(compile_condition(child) for child in condition.children())
    check = _group_check(condition, children) if children else _test_check(condition)
    status = condition.proved_by
    if status is None:
        return Node(condition, check, children)
    _known_fact(status)
    return Node(condition, lambda facts: True if facts.get(status) is True else check(facts), children)


def missing_fields(node: Node, facts: Facts) -> tuple[str, ...]:
    """The unset profile fields whose value could still change a condition that is not known, each once, in order of appearance."""
    return tuple(dict.fromkeys(_missing(node, facts)))


def open_conditions(node: Node, facts: Facts) -> Iterator[Condition]:
    """The nodes that leave a condition unknown, from the top down; what is already decided, one way or the other, is passed over."""
    if node.check(facts) is None:
        yield node.condition
        for child in node.children:
            yield from open_conditions(child, facts)


def flips(node: Node, facts: Facts) -> tuple[Condition, ...]:
    """The fewest tests that would have to come out otherwise for the condition not to be false; () when it is not false."""
    if node.check(facts) is not False:
        return ()
    if node.condition.all_of:
        return tuple(test for child in node.children for test in flips(child, facts))
    if node.condition.any_of:
        return min((flips(child, facts) for child in node.children), key=len)
    return (node.condition,)


def plain_value(test: Condition, facts: Facts) -> bool | None:
    """The value of one test whatever its role."""
    return _plain_test(test)(facts)


def tier_reached(values: tuple[float, ...], current: float | None) -> float | None:
    """The highest of `values` that `current` reaches; None when it reaches none or is not known."""
    return max((value for value in values if current is not None and current >= value), default=None)


def _group_check(condition: Condition, children: tuple[Node, ...]) -> Check:
    checks = tuple(child.check for child in children)
    if condition.not_ is not None:
        return _negated(checks[0])
    # In all_of one False decides, in any_of one True; a None on the way leaves the rest open.
    deciding = not condition.all_of

    def check(facts: Facts) -> bool | None:
        unknown = False
        for part in checks:
            value = part(facts)
            if value is deciding:
                return deciding
            unknown = unknown or value is None
        return None if unknown else not deciding

    return check


def _negated(inner: Check) -> Check:
    def check(facts: Facts) -> bool | None:
        value = inner(facts)
        return None if value is None else not value

    return check


def _test_check(test: Condition) -> Check:
    check = _plain_test(test)
    if test.role == "advisory":
        return lambda facts: True
    if test.role == "confirm":
        return lambda facts: check(facts) is not False
    return check


def _plain_test(test: Condition) -> Check:
    fact, wanted = test.fact, test.value
    if fact is None:
        return lambda facts: None
    _known_fact(fact)
    if test.operator == "first_reaches":
        return _first_reaches(test)
    compare = _COMPARISONS[test.operator or "=="](wanted, test.open_values)

    def check(facts: Facts) -> bool | None:
        actual = facts.get(fact)
        return None if actual is None else compare(actual)

    return check


def _first_reaches(test: Condition) -> Check:
    fact, previous = test.fact or "", test.previous or ""
    values = tuple(sorted(cast(tuple[float, ...], test.value)))
    _known_fact(previous)

    def check(facts: Facts) -> bool | None:
        now, before = facts.get(fact), facts.get(previous)
        if now is None:
            return False if before is not None and before >= values[-1] else None
        reached = tier_reached(values, now)
        if reached is None:
            return False
        return None if before is None else bool(before < reached)

    return check


def _includes_any(wanted: Any, open_values: tuple[str, ...]) -> Callable[[Any], bool | None]:
    named, left_open = frozenset(wanted), frozenset(open_values)

    def compare(actual: Any) -> bool | None:
        if not named.isdisjoint(actual):
            return True
        return False if left_open.isdisjoint(actual) else None

    return compare


_COMPARISONS: dict[str, Callable[[Any, tuple[str, ...]], Callable[[Any], bool | None]]] = {
    ">=": lambda wanted, _: lambda actual: bool(actual >= wanted),
    "<=": lambda wanted, _: lambda actual: bool(actual <= wanted),
    ">": lambda wanted, _: lambda actual: bool(actual > wanted),
    "<": lambda wanted, _: lambda actual: bool(actual < wanted),
    "==": lambda wanted, _: lambda actual: bool(actual == wanted),
    "in": lambda wanted, _: lambda actual: actual in wanted,
    "includes_any": _includes_any,
}


def _missing(node: Node, facts: Facts) -> Iterator[str]:
    for condition in open_conditions(node, facts):
        names = (condition.proved_by, condition.fact, condition.previous)
        for name in (name for name in names if name is not None):
            yield from (field for field in DERIVED.get(name, (name,)) if field not in facts)


def _known_fact(name: str) -> None:
    if name not in FIELDS and name not in DERIVED:
        raise PlanQueryError(f"measures: the fact {name!r} is no field of the profile; use one of {', '.join(FIELDS)}")
