"""One measure held against one profile: the status at once, reasons and amounts when somebody asks for them."""

from datetime import date
from functools import cached_property
from typing import Any, Literal, NamedTuple

from assistant import verdict_texts as words
from assistant.amounts import CompiledTier, Worth, worth
from assistant.conditions import Facts, Node, flips, missing_fields, open_conditions, plain_value, tier_reached
from ingest.measures import Bilingual, Clause, Condition, Measure
from ingest.schema import Language

Status = Literal["applies", "does_not_apply", "needs_information"]
DateState = Literal["in_force", "end_not_stated", "not_yet", "expired", "start_unknown"]


class ConditionResult(NamedTuple):
    """One test, what was given and how it came out. `group` is shared by the tests of which any one is enough.

    `proved_by` is the status whose holder has shown the test; None where the test stands on its own.
    """

    test: Condition
    actual: Any
    met: bool | None
    group: int | None
    proved_by: str | None

    def needs(self, language: Language) -> str:
        """The test in words: its label and what it asks for."""
        return words.stated(self.test, language)

    def clause(self, language: Language) -> Clause | None:
        """The clause in `language` where there is one, else in the other language."""
        return (self.test.clause_zh or self.test.clause) if language == "zh" else (self.test.clause or self.test.clause_zh)


class CompiledMeasure(NamedTuple):
    """A measure with its conditions and tiers made ready for many profiles."""

    measure: Measure
    node: Node | None
    tiers: tuple[CompiledTier, ...]


class _Found(NamedTuple):
    compiled: CompiledMeasure
    status: Status
    dates: DateState
    as_of: date
    facts: Facts


class Verdict(_Found):
    """The result for one measure: `status` at once, all else on first use, for most verdicts of a batch are only counted."""

    @property
    def measure(self) -> Measure:
        """The measure that was checked."""
        return self.compiled.measure

    @property
    def measure_id(self) -> str:
        """Id of the measure."""
        return self.compiled.measure.id

    @property
    def node(self) -> Node | None:
        """The measure's conditions made ready; None where it has none."""
        return self.compiled.node

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The unset profile fields that decide a verdict which needs information; () for the other two."""
        if self.status != "needs_information" or self.node is None:
            return ()
        return missing_fields(self.node, self.facts)

    @cached_property
    def conditions(self) -> tuple[ConditionResult, ...]:
        """Every test of the measure in the order written."""
        results: list[ConditionResult] = []
        if self.node is not None:
            self._collect(self.node, None, None, results)
        return tuple(results)

    @cached_property
    def changes(self) -> tuple[Condition, ...]:
        """The fewest tests that would have to come out otherwise; () unless a condition is what stands against the measure."""
        if self.status != "does_not_apply" or self.dates in ("expired", "not_yet") or self.node is None:
            return ()
        return flips(self.node, self.facts)

    def worth(self, language: Language) -> Worth:
        """Step, sum and formula, in `language`; empty where the measure does not apply."""
        if self.status == "does_not_apply":
            return Worth()
        return worth(self.measure, self.compiled.tiers, self.facts, language)

    def nearest_change(self, language: Language) -> str | None:
        """What would have to be different, in words; None when nothing stands against the measure."""
        if self.status != "does_not_apply":
            return None
        if not self.changes:
            return words.NEVER_MET.in_language(language)
        return words.listed([_change(test, self.facts, language) for test in self.changes], language)

    def reason(self, language: Language) -> str:
        """Why the status is what it is, in one or a few sentences."""
        if self.dates in ("expired", "not_yet"):
            return self._dates_text(language)
        if self.status == "does_not_apply":
            return words.fill(words.NOT_MET, language, self.nearest_change(language) or "")
        return " ".join(self._met_texts(language) if self.status == "applies" else self._open_texts(language))

    def notices(self, language: Language) -> tuple[str, ...]:
        """Warnings that go with the verdict: dates, later editions, exclusions, notes of the measure."""
        notices = [] if self.dates in ("in_force", "expired", "not_yet") else [self._dates_text(language)]
        if self.measure.superseded_by:
            notices.append(words.fill(words.SUPERSEDED, language, self.measure.superseded_by))
        if self.measure.excludes:
            notices.append(words.fill(words.EXCLUDES, language, ", ".join(self.measure.excludes)))
        texts = (*((self.measure.dates_note,) if self.measure.dates_note else ()), *self.measure.notes)
        return (*notices, *(text.in_language(language) for text in texts))

    def to_confirm(self, language: Language) -> tuple[str, ...]:
        """Requirements that an "applies" takes for granted and the firm has to check."""
        return tuple(row.needs(language) for row in self.conditions if row.test.role == "confirm" and row.met is None)

    def _met_texts(self, language: Language) -> list[str]:
        confirm = self.to_confirm(language)
        return [
            words.ALL_MET.in_language(language),
            *([words.fill(words.TO_CONFIRM, language, words.listed(confirm, language))] if confirm else []),
        ]

    def _open_texts(self, language: Language) -> list[str]:
        texts = [words.NO_CONDITION.in_language(language)] if self.measure.no_condition_stated else []
        if self.dates == "start_unknown":
            texts.append(self._dates_text(language))
        if self.missing:
            names = [words.name_of(field, language) for field in self.missing]
            texts.append(words.fill(words.NOT_KNOWN, language, words.listed(names, language)))
        tests = [test for test in open_conditions(self.node, self.facts) if not test.children()] if self.node else []
        for text, chosen in (
            (words.NOT_ASKED, [test for test in tests if test.fact is None]),
            (words.LEFT_OPEN, [test for test in tests if test.open_values and test.fact in self.facts]),
        ):
            if chosen:
                texts.append(words.fill(text, language, words.listed([words.stated(test, language) for test in chosen], language)))
        return texts

    def _dates_text(self, language: Language) -> str:
        measure = self.measure
        if self.dates == "expired":
            text = words.EXPIRED_CALCULATED if measure.valid_to_calculated else words.EXPIRED
            return words.fill(text, language, f"{measure.valid_to}")
        if self.dates == "not_yet":
            return words.fill(words.NOT_YET, language, f"{measure.valid_from or measure.not_before}")
        if self.dates == "start_unknown":
            return words.fill(words.START_UNKNOWN, language, f"{measure.known_by}")
        return words.END_NOT_STATED.in_language(language)

    def _collect(self, node: Node, group: int | None, proved: str | None, results: list[ConditionResult]) -> None:
        condition = node.condition
        if condition.proved_by is not None and self.facts.get(condition.proved_by) is True:
            proved = condition.proved_by
        if not node.children:
            actual = self.facts.get(condition.fact) if condition.fact else None
            results.append(ConditionResult(condition, actual, True if proved else plain_value(condition, self.facts), group, proved))
        group = len(results) if condition.any_of else group
        for child in node.children:
            self._collect(child, group, proved, results)


def _change(test: Condition, facts: Facts, language: Language) -> str:
    """ "annual revenue: now 18 million yuan, needs at least 20 million yuan"; a step once reached cannot be reached first again."""
    if test.fact is None:
        return words.stated(test, language)
    name, actual = words.name_of(test.fact, language), facts.get(test.fact)
    if test.operator == "first_reaches":
        return _step_change(test, facts, name, language)
    return words.CHANGE.in_language(language).format(
        label=name, actual=words.written(test.fact, actual, language), needs=words.needs(test, language)
    )


def _step_change(test: Condition, facts: Facts, name: str, language: Language) -> str:
    steps = tuple(sorted(step for step in (test.value if isinstance(test.value, tuple) else ()) if isinstance(step, (int, float))))
    fact, now = test.fact or "", facts.get(test.fact or "")
    before = tier_reached(steps, facts.get(test.previous or ""))
    ahead = next((step for step in steps if step > max(now or 0, before or 0)), None)
    following = words.written(fact, ahead, language) if ahead is not None else ""
    if before is None or (now is not None and now < before and ahead == steps[0]):
        needs = words.fill(Bilingual(en="at least {}", zh="不低于{}"), language, words.written(fact, steps[0], language))
        return words.CHANGE.in_language(language).format(label=name, actual=words.written(fact, now, language), needs=needs)
    text = words.ALREADY_REACHED.in_language(language).format(label=name, reached=words.written(fact, before, language))
    return text + (words.fill(words.NEXT_UNREACHED, language, following) if following else "")
