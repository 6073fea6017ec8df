"""measures.yaml to records: what a provision gives, to whom, under which conditions, and the sentence each condition comes from.

Whether an enterprise meets them is decided in `assistant.applicability`; here they are only read and checked.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import ConfigDict, Field, ValidationError, model_validator

from ingest.schema import Language, PlanQueryError, Record

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Operator = Literal[">=", "<=", ">", "<", "==", "in", "includes_any", "first_reaches"]
Scalar = bool | int | float | str
MeasureKind = Literal["entitlement", "status", "direction"]
Role = Literal["required", "confirm", "advisory"]


class Bilingual(Record):
    """The same short text in both languages."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)

    def in_language(self, language: Language) -> str:
        """The text in `language`."""
        return self.zh if language == "zh" else self.en


class Clause(Record):
    """Where a statement stands: verbatim words of a document and the section they are in."""

    document: str
    section: str
    quote: str = Field(min_length=1)


class Condition(Record):
    """One node of a measure's conditions: a group (all_of, any_of, not) or one test of one fact.

    A test without `fact` is one that the profile does not ask about; `asks` says it in words. `role` says what an unknown or false
    test does: "required" decides; "confirm" is shown for confirmation while unknown and decides only when stated false; "advisory"
    is shown and never decides. `proved_by` names a status whose holder has shown the whole node (a certificate proves its tests).
    `open_values` are values for which the text leaves open whether they count. A test rests on a clause or says why it has none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    all_of: tuple["Condition", ...] = ()
    any_of: tuple["Condition", ...] = ()
    not_: "Condition | None" = Field(default=None, alias="not")
    fact: str | None = None
    operator: Operator | None = None
    value: Scalar | tuple[Scalar, ...] | None = None
    previous: str | None = Field(default=None, description="for first_reaches: the fact that holds the best value of earlier years")
    asks: Bilingual | None = None
    role: Role = "required"
    proved_by: str | None = None
    open_values: tuple[str, ...] = ()
    clause: Clause | None = None
    clause_zh: Clause | None = None
    inferred: Bilingual | None = Field(default=None, description="why the test stands without a clause of its own")

    @model_validator(mode="after")
    def _has_one_shape(self) -> Self:
        is_test = self.operator is not None or self.asks is not None
        shapes = [bool(self.all_of), bool(self.any_of), self.not_ is not None, is_test]
        if sum(shapes) != 1:
            raise ValueError("a condition is one of all_of, any_of, not, or a test (fact, operator, value; or asks)")
        if is_test:
            self._check_test()
        return self

    def _check_test(self) -> None:
        if (self.fact is None) != (self.operator is None) or (self.fact is None) == (self.value is not None):
            raise ValueError("a test has fact, operator and value together, or only asks")
        if self.fact is None and self.asks is None:
            raise ValueError("a test without fact says in asks what is to be confirmed")
        if (self.operator == "first_reaches") != (self.previous is not None):
            raise ValueError("first_reaches, and no other operator, takes previous")
        if self.operator in ("in", "includes_any", "first_reaches") and not isinstance(self.value, tuple):
            raise ValueError(f"operator {self.operator!r} takes a list of values")
        if self.clause is None and self.inferred is None:
            raise ValueError("a test needs a clause (document, section, quote) or inferred, the reason why it has none")

    def children(self) -> tuple["Condition", ...]:
        """The nodes directly below; () for a test."""
        return self.all_of or self.any_of or ((self.not_,) if self.not_ is not None else ())

    def tests(self) -> Iterator["Condition"]:
        """Every test at or below this node, in the order written."""
        if not self.children():
            yield self
        for child in self.children():
            yield from child.tests()


class Amount(Record):
    """Money in yuan: a fixed `value`, or `rate` times the fact `base` with an optional `cap`. `up_to` marks a ceiling, not a promise."""

    value: float | None = None
    rate: float | None = None
    base: str | None = None
    cap: float | None = None
    up_to: bool = False
    what: Bilingual | None = Field(default=None, description="what the sum is, where it is no money paid out (a deduction, a tax)")

    @model_validator(mode="after")
    def _is_fixed_or_rate(self) -> Self:
        if (self.value is None) == (self.rate is None) or (self.rate is None) != (self.base is None):
            raise ValueError("an amount is a value, or a rate with its base")
        return self


class Tier(Record):
    """One step of a graded measure: reached at `at_least` of the measure's `tier_fact`, or when the condition `when` holds."""

    at_least: float | None = None
    when: Condition | None = None
    gives: Bilingual | None = None
    amount: Amount | None = None

    @model_validator(mode="after")
    def _is_worth_something(self) -> Self:
        if self.at_least is not None and self.when is not None:
            raise ValueError("a tier has at_least or when, not both")
        if self.gives is None and self.amount is None:
            raise ValueError("a tier says what it gives: gives or amount")
        return self


class Measure(Record):
    """A provision of one document: an entitlement, a status, or a direction that promises nothing to a single firm.

    `tiers` with `at_least` rise; tiers with `when` stand best first and the first that holds counts. For a text without a stated
    start, `known_by` is the earliest day on which it was seen to apply and `not_before` the day before which it cannot have applied.
    `no_condition_stated` keeps a verdict from ever being "applies": the conditions given then only say whom the text is about.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)+$")
    title: Bilingual
    kind: MeasureKind
    gives: Bilingual
    document: str
    section: str
    edition: Bilingual | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    valid_to_calculated: bool = False
    known_by: date | None = None
    not_before: date | None = None
    dates_note: Bilingual | None = None
    payer: Bilingual | None = None
    region: Bilingual | None = None
    how_to_apply: Bilingual | None = None
    gives_clause: Clause | None = None
    gives_clause_zh: Clause | None = None
    conditions: Condition | None = None
    no_condition_stated: bool = False
    amount: Amount | None = None
    tier_fact: str | None = None
    tiers: tuple[Tier, ...] = ()
    excludes: tuple[str, ...] = ()
    superseded_by: str | None = None
    notes: tuple[Bilingual, ...] = ()

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.conditions is None and not self.no_condition_stated:
            raise ValueError("conditions are missing; where the text states none, write no_condition_stated: true")
        if any(tier.at_least is not None for tier in self.tiers) != (self.tier_fact is not None):
            raise ValueError("tier_fact and tiers with at_least belong together")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to is before valid_from")
        return self

    def all_conditions(self) -> Iterator[Condition]:
        """The condition trees of the measure and of its tiers."""
        if self.conditions is not None:
            yield self.conditions
        yield from (tier.when for tier in self.tiers if tier.when is not None)

    def clauses(self) -> Iterator[tuple[str, Clause]]:
        """Every clause with the name of the place it is used in, for messages."""
        for field, clause in (("gives_clause", self.gives_clause), ("gives_clause_zh", self.gives_clause_zh)):
            if clause is not None:
                yield field, clause
        for tree in self.all_conditions():
            for test in tree.tests():
                place = f"condition {test.fact or 'asks'!r}"
                yield from ((place, clause) for clause in (test.clause, test.clause_zh) if clause is not None)


def has_rule(measure_id: str, rule: str) -> bool:
    """Whether a measure is the one that a rule id ("E07", "e07b") or a full measure id stands for: E07 is not E07b."""
    wanted = rule.casefold()
    return measure_id == wanted or measure_id.startswith(f"{wanted}-")


def load_measures(path: Path) -> tuple[Measure, ...]:
    """The measures of a YAML file (a list, or a mapping with `measures`), in file order; PlanQueryError names entry and field."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506, both loaders are safe ones
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PlanQueryError(f"{path}: cannot be read as YAML: {error}") from error
    rows = content.get("measures") if isinstance(content, dict) else content
    if not isinstance(rows, list):
        raise PlanQueryError(f"{path}: expected a list of measures")
    measures = tuple(_measure(path, number, row) for number, row in enumerate(rows, start=1))
    _check_references(path, measures)
    return measures


def check_quotes(measures: tuple[Measure, ...], documents: Mapping[str, str]) -> None:
    """Refuse a quote that does not stand in the text of the document it names, white space aside; `documents` maps id to text."""
    squeezed = {id_: squeeze(text) for id_, text in documents.items()}
    for measure in measures:
        for place, clause in measure.clauses():
            if clause.document not in squeezed:
                raise PlanQueryError(f"measure {measure.id!r}, {place}: there is no document {clause.document!r}; correct the id")
            if squeeze(clause.quote) not in squeezed[clause.document]:
                raise PlanQueryError(
                    f"measure {measure.id!r}, {place}: the quote {clause.quote!r} is not in document {clause.document!r}; copy it verbatim"
                )


def squeeze(text: str) -> str:
    """The text without any white space, so that line ends of a PDF or HTML copy do not matter."""
    return "".join(text.split())


def _measure(path: Path, number: int, row: Any) -> Measure:
    if not isinstance(row, dict):
        raise PlanQueryError(f"{path}: entry {number} is no mapping of fields; see the other entries")
    name = row.get("id", f"entry {number}")
    try:
        clauses = row.get("clauses") or {}
        return Measure.model_validate(_with_clauses({key: value for key, value in row.items() if key != "clauses"}, clauses))
    except KeyError as error:
        raise PlanQueryError(f"{path}: measure {name!r}, clauses: {error.args[0]!r} is used but not given there") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "entry"
        raise PlanQueryError(f"{path}: measure {name!r}, {field}: {first['msg']}") from error


def _with_clauses(node: Any, clauses: Mapping[str, Mapping[str, Any]]) -> Any:
    """The entry with every clause name replaced by the clause itself, `clause` in English and `clause_zh` in Chinese."""
    if isinstance(node, list):
        return [_with_clauses(item, clauses) for item in node]
    if not isinstance(node, dict):
        return node
    filled: dict[str, Any] = {}
    for key, value in node.items():
        if key in ("clause", "gives_clause") and isinstance(value, str):
            named = clauses[value]
            filled[key], filled[f"{key}_zh"] = named.get("en"), named.get("zh")
        else:
            filled[key] = _with_clauses(value, clauses)
    return filled


def _check_references(path: Path, measures: tuple[Measure, ...]) -> None:
    """Ids are unique and every measure named by another exists."""
    seen: set[str] = set()
    for measure in measures:
        if measure.id in seen:
            raise PlanQueryError(f"{path}: measure {measure.id!r}, id: stands twice; ids are unique")
        seen.add(measure.id)
    for measure in measures:
        for other in (*measure.excludes, *([measure.superseded_by] if measure.superseded_by else [])):
            if other not in seen:
                raise PlanQueryError(f"{path}: measure {measure.id!r} names {other!r}, which is not in the file")
