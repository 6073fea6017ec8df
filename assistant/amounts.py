"""What a measure is worth to one enterprise: the step it reaches, the sum the clause defines, and what the next step takes."""

from typing import NamedTuple

from assistant import verdict_texts as words
from assistant.conditions import Facts, Node, compile_condition, missing_fields
from ingest.measures import Amount, Measure, Tier
from ingest.schema import Language, Record


class Worth(Record):
    """The sum in yuan (None where a fact is missing or the clause names none) with the formula that a reader can redo."""

    value: float | None = None
    up_to: bool = False
    what: str | None = None
    formula: str | None = None
    step: str | None = None
    next_step: str | None = None
    depends_on: tuple[str, ...] = ()


class CompiledTier(NamedTuple):
    """A tier with its condition made ready; `node` is None for a tier by amount and for a tier that always holds."""

    tier: Tier
    node: Node | None


def compile_tiers(measure: Measure) -> tuple[CompiledTier, ...]:
    """The tiers of a measure in the order written."""
    return tuple(CompiledTier(tier, compile_condition(tier.when) if tier.when else None) for tier in measure.tiers)


def worth(measure: Measure, tiers: tuple[CompiledTier, ...], facts: Facts, language: Language) -> Worth:
    """The worth of a measure for these facts, written in `language`."""
    if measure.tier_fact is not None:
        return _by_threshold(measure, facts, language)
    if tiers:
        return _by_condition(tiers, facts, language)
    return _priced(measure.amount, facts, language) if measure.amount else Worth()


def _by_threshold(measure: Measure, facts: Facts, language: Language) -> Worth:
    fact = measure.tier_fact or ""
    current = facts.get(fact)
    if current is None:
        return Worth(depends_on=(fact,))
    steps = sorted(measure.tiers, key=lambda tier: tier.at_least or 0)
    reached = [tier for tier in steps if current >= (tier.at_least or 0)]
    ahead = [tier for tier in steps if current < (tier.at_least or 0)]
    found = _tier_worth(reached[-1], facts, language) if reached else Worth()
    next_step = _next_step(fact, ahead[0], language) if ahead else None
    step = words.written(fact, reached[-1].at_least, language) if reached else None
    return found.model_copy(update={"step": step, "next_step": next_step})


def _by_condition(tiers: tuple[CompiledTier, ...], facts: Facts, language: Language) -> Worth:
    """Tiers stand best first: the first that holds counts, and one before it that is not known may still be reached."""
    depends_on: list[str] = []
    for tier, node in tiers:
        value = True if node is None else node.check(facts)
        if value is None and node is not None:
            depends_on += missing_fields(node, facts)
        if value:
            unsure = tuple(dict.fromkeys(depends_on))
            found = _tier_worth(tier, facts, language)
            step = tier.gives.in_language(language) if tier.gives else None
            if unsure:
                names = words.listed([words.name_of(field, language) for field in unsure], language)
                step = words.listed([*([step] if step else []), words.fill(words.MIGHT_BE_OTHER, language, names)], language)
            return found.model_copy(update={"step": step, "depends_on": unsure})
    return Worth(depends_on=tuple(dict.fromkeys(depends_on)))


def _tier_worth(tier: Tier, facts: Facts, language: Language) -> Worth:
    return _priced(tier.amount, facts, language) if tier.amount else Worth(formula=tier.gives.in_language(language) if tier.gives else None)


def _priced(amount: Amount, facts: Facts, language: Language) -> Worth:
    what = amount.what.in_language(language) if amount.what else None
    if amount.rate is None or amount.base is None:
        return Worth(value=amount.value, up_to=amount.up_to, what=what, formula=price(amount, language))
    base = facts.get(amount.base)
    formula = price(amount, language)
    if base is None:
        return Worth(up_to=amount.up_to, what=what, formula=formula, depends_on=(amount.base,))
    value = max(0.0, amount.rate * base)
    value = value if amount.cap is None else min(value, amount.cap)
    # 2% x planned investment, capped at 10 million yuan: 800 million yuan x 2% -> 10 million yuan
    worked = f"{formula}: {words.money(base, language)} x {_percent(amount.rate)} -> {words.money(round(value, 2), language)}"
    return Worth(value=round(value, 2), up_to=amount.up_to, what=what, formula=worked)


def price(amount: Amount, language: Language) -> str:
    """The rule of an amount in words: "2% x planned fixed-asset investment, capped at 10 million yuan"."""
    if amount.value is not None:
        plain = words.money(amount.value, language)
    else:
        plain = f"{words.name_of(amount.base or '', language)} x {_percent(amount.rate or 0)}"
    if amount.cap is not None:
        plain += words.fill(words.CAPPED, language, words.money(amount.cap, language))
    return words.fill(words.UP_TO, language, plain) if amount.up_to else plain


def _next_step(fact: str, tier: Tier, language: Language) -> str:
    gives = price(tier.amount, language) if tier.amount else tier.gives.in_language(language) if tier.gives else ""
    return words.NEXT_STEP.in_language(language).format(
        fact=words.name_of(fact, language), at_least=words.written(fact, tier.at_least, language), gives=gives
    )


def _percent(rate: float) -> str:
    return f"{rate * 100:.10g}%"
