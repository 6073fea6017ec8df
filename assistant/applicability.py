"""Measures and a profile to verdicts: three-valued, pure, and quick enough for ten thousand profiles.

Not known is never "no": a measure does not apply only when its dates or a stated fact speak against it, and applies only when every
required condition is met by stated facts.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant import verdict_texts as words
from assistant.amounts import compile_tiers
from assistant.conditions import Facts, compile_condition, facts_of
from assistant.profile import FIELDS, Profile, question
from assistant.verdicts import CompiledMeasure, ConditionResult, DateState, Status, Verdict
from ingest.measures import Clause, Measure
from ingest.schema import Language, Record


class NextQuestion(Record):
    """A field worth asking for next and the number of open verdicts that its value can settle."""

    fact: str
    question: str
    resolves: int


def check(measures: Sequence[Measure], profile: Profile, as_of: date) -> list[Verdict]:
    """A verdict for every measure, in the order given; `as_of` is the day on which the measures must be in force."""
    facts = facts_of(profile)
    return [Verdict(compiled, _status(compiled, facts, dates), dates, as_of, facts) for compiled, dates in _ready(measures, as_of)]


def next_questions(verdicts: Sequence[Verdict], language: Language) -> list[NextQuestion]:
    """The unset fields of open verdicts, most useful first; directions are left out, for no answer makes them an entitlement.

    Among fields that touch as many verdicts, the one that is alone in deciding more of them comes first.
    """
    touched: dict[str, int] = {}
    alone: dict[str, int] = {}
    for verdict in verdicts:
        missing = () if verdict.measure.no_condition_stated else verdict.missing
        for field in missing:
            touched[field] = touched.get(field, 0) + 1
            alone[field] = alone.get(field, 0) + (len(missing) == 1)
    order = sorted(touched, key=lambda field: (-touched[field], -alone[field], FIELDS.index(field)))
    return [NextQuestion(fact=field, question=question(field, language), resolves=touched[field]) for field in order]


def to_object(verdicts: Sequence[Verdict], as_of: date, language: Language = "en") -> dict[str, Any]:
    """The verdicts as the JSON object that `python -m assistant check` prints, texts in `language`."""
    return {
        "as_of": as_of.isoformat(),
        "verdicts": [verdict_object(verdict, language) for verdict in verdicts],
        "next_questions": [row.model_dump() for row in next_questions(verdicts, language)],
    }


def verdict_object(verdict: Verdict, language: Language) -> dict[str, Any]:
    """One verdict with its conditions, clauses, amount and notices as plain JSON values."""
    measure, worth = verdict.measure, verdict.worth(language)
    return {
        "measure_id": measure.id,
        "title": measure.title.in_language(language),
        "kind": measure.kind,
        "status": verdict.status,
        "gives": measure.gives.in_language(language),
        "document_id": _document(measure, language),
        "section": measure.section,
        "edition": measure.edition.in_language(language) if measure.edition else None,
        "valid_from": measure.valid_from.isoformat() if measure.valid_from else None,
        "valid_to": measure.valid_to.isoformat() if measure.valid_to else None,
        "dates": verdict.dates,
        "payer": measure.payer.in_language(language) if measure.payer else None,
        "region": measure.region.in_language(language) if measure.region else None,
        "how_to_apply": measure.how_to_apply.in_language(language) if measure.how_to_apply else None,
        "amount": worth.model_dump(),
        "conditions": [condition_object(result, language) for result in verdict.conditions],
        "no_condition_stated": measure.no_condition_stated,
        "missing": list(verdict.missing),
        "to_confirm": list(verdict.to_confirm(language)),
        "nearest_change": verdict.nearest_change(language),
        "reason": verdict.reason(language),
        "notices": list(verdict.notices(language)),
        "excludes": list(measure.excludes),
        "citations": _citations(verdict, language),
    }


def brief_object(verdict: Verdict) -> dict[str, Any]:
    """What a batch of many profiles writes of a verdict: the full object takes many times as long."""
    return {"measure_id": verdict.measure_id, "status": verdict.status, "missing": list(verdict.missing)}


def condition_object(result: ConditionResult, language: Language) -> dict[str, Any]:
    """One test as plain JSON values; `met` is null when it is not known."""
    test, clause = result.test, result.clause(language)
    return {
        "fact": test.fact,
        "operator": test.operator,
        "value": test.value,
        "actual": result.actual,
        "met": result.met,
        "quote": clause.quote if clause else None,
        "document_id": clause.document if clause else None,
        "section": clause.section if clause else None,
        "text": result.needs(language),
        "role": test.role,
        "any_of_group": result.group,
        "proved_by": words.fill(words.PROVED, language, words.name_of(result.proved_by, language)) if result.proved_by else None,
        "inferred": test.inferred.in_language(language) if test.inferred else None,
    }


_Ready = tuple[tuple[CompiledMeasure, DateState], ...]
_cache: dict[tuple[int, date], tuple[Sequence[Measure], _Ready]] = {}
_CACHED = 8


def _ready(measures: Sequence[Measure], as_of: date) -> _Ready:
    """The measures made ready for a day. A tuple cannot change, so it is made ready once; the cache holds it, so its id stays its own."""
    known = _cache.get((id(measures), as_of))
    if known is not None and known[0] is measures:
        return known[1]
    ready = tuple((compile_measure(measure), _dates(measure, as_of)) for measure in measures)
    if isinstance(measures, tuple):
        while len(_cache) >= _CACHED:
            _cache.pop(next(iter(_cache)))
        _cache[id(measures), as_of] = (measures, ready)
    return ready


def compile_measure(measure: Measure) -> CompiledMeasure:
    """A measure made ready; PlanQueryError when a condition names a fact that no profile has."""
    node = compile_condition(measure.conditions) if measure.conditions else None
    return CompiledMeasure(measure, node, compile_tiers(measure))


def _status(compiled: CompiledMeasure, facts: Facts, dates: DateState) -> Status:
    if dates in ("expired", "not_yet"):
        return "does_not_apply"
    met = None if compiled.node is None else compiled.node.check(facts)
    if met is False:
        return "does_not_apply"
    is_sure = met is True and not compiled.measure.no_condition_stated and dates != "start_unknown"
    return "applies" if is_sure else "needs_information"


def _dates(measure: Measure, day: date) -> DateState:
    if measure.valid_to is not None and day > measure.valid_to:
        return "expired"
    start = measure.valid_from or measure.not_before
    if start is not None and day < start:
        return "not_yet"
    if measure.valid_from is None and measure.known_by is not None and day < measure.known_by:
        return "start_unknown"
    return "end_not_stated" if measure.valid_to is None else "in_force"


def _document(measure: Measure, language: Language) -> str:
    clause = measure.gives_clause_zh if language == "zh" else measure.gives_clause
    return clause.document if clause else measure.document


def _citations(verdict: Verdict, language: Language) -> list[dict[str, str]]:
    """Every clause the verdict rests on, the one that grants first, each once."""
    measure = verdict.measure
    grants = (measure.gives_clause_zh or measure.gives_clause) if language == "zh" else (measure.gives_clause or measure.gives_clause_zh)
    clauses: list[Clause | None] = [grants, *(result.clause(language) for result in verdict.conditions)]
    unique = dict.fromkeys((clause.document, clause.section, clause.quote) for clause in clauses if clause)
    return [{"document_id": document, "section": section, "quote": quote} for document, section, quote in unique]
