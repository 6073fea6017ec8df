"""A suite and an index to the faults of its cases: format, quotes that do not stand in the corpus, facts that no document holds."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from assistant.question import language_of
from evals.facts import normalise, occurs
from evals.grounding import Texts, squeezed
from evals.schema import AnswerCase, ApplicabilityCase, Case, ExpectedSource, RetrievalCase
from evals.scoring import ANSWERING
from evals.suites import measure_named, read_case, read_lines
from ingest.schema import PlanQueryError, Record

DERIVED = frozenset({"yesno", "count", "eligibility", "compare", "conflict"})
"""Kinds whose answer need not stand in a document as it is: it is counted, decided or compared."""


class Fault(Record):
    """One thing wrong with a case. Only errors make a suite invalid."""

    place: str
    level: Literal["error", "warning"]
    message: str


def validate(path: Path, ids: Sequence[str], texts: Texts, measures: frozenset[str] | None = None) -> list[Fault]:
    """The faults of a suite, in its order. `ids` are the documents of the index; `measures` None leaves rule ids unchecked."""
    faults: list[Fault] = []
    seen: set[str] = set()
    for number, fields in read_lines(path):
        place = f"{path.name} line {number} ({fields.get('id', 'no id')})"
        try:
            case = read_case(fields)
        except PlanQueryError as error:
            faults.append(Fault(place=place, level="error", message=str(error)))
            continue
        messages = unknown_fields(case, fields) + ([f"id {case.id!r} occurs twice"] if case.id in seen else [])
        seen.add(case.id)
        faults += [Fault(place=place, level="error", message=message) for message in messages + errors_of(case, ids, texts, measures)]
        faults += [Fault(place=place, level="warning", message=message) for message in warnings_of(case, ids, texts)]
    if not seen and not faults:
        faults.append(Fault(place=path.name, level="error", message="holds no case"))
    return faults


def unknown_fields(case: Case, fields: dict[str, Any]) -> list[str]:
    """Fields that no case of this kind has; they are passed over when the suite runs."""
    return [f"unknown field `{name}`" for name in fields if name not in type(case).model_fields]


def errors_of(case: Case, ids: Sequence[str], texts: Texts, measures: frozenset[str] | None) -> list[str]:
    """What makes a case wrong."""
    match case:
        case AnswerCase():
            return [*consistency(case), *(message for source in case.expected_sources for message in source_faults(source, ids, texts))]
        case RetrievalCase():
            return [f"no document id begins with {one!r}" for one in case.expected_documents if not matching(one, ids)]
        case ApplicabilityCase():
            faults = [] if case.expected_verdicts else ["`expected_verdicts` is empty"]
            faults += [
                f"no measure {rule!r} in the index"
                for rule in case.expected_verdicts
                if measures is not None and measure_named(rule, measures) is None
            ]
            unasked = [rule for rule in case.expected_missing if case.expected_verdicts.get(rule) != "needs_information"]
            return faults + [f"`expected_missing` names {rule!r}, which is not expected to need information" for rule in unasked]


def consistency(case: AnswerCase) -> list[str]:
    """Contradictions within an answers case."""
    faults = []
    if case.expected_status in ANSWERING and not (case.expected_facts and case.expected_sources):
        faults.append(f"expected status is {case.expected_status}: give `expected_facts` and `expected_sources`")
    if case.expected_status not in ANSWERING and case.expected_facts:
        faults.append(f"expected status is {case.expected_status}: `expected_facts` must be []")
    if any(not alternatives or not all(map(normalise, alternatives)) for alternatives in case.expected_facts):
        faults.append("a fact has no alternative, or an empty one")
    required = [fact[0] for fact in case.expected_facts if len(fact) == 1]
    faults += [
        f"{one!r} is forbidden, and part of the required fact {fact!r}" for one in case.forbidden for fact in required if occurs(one, fact)
    ]
    if case.kind == "followup" and not case.history:
        faults.append("a follow-up needs `history`")
    return faults


def matching(prefix: str, ids: Sequence[str]) -> list[str]:
    """Documents whose id begins with the prefix."""
    return [one for one in ids if one.startswith(prefix)]


def source_faults(source: ExpectedSource, ids: Sequence[str], texts: Texts) -> list[str]:
    """A source must name a document of the index, and its quote must stand there; only spaces and width may differ."""
    found = matching(source.document, ids)
    if not found:
        return [f"no document id begins with {source.document!r}"]
    if source.quote is not None and not any(squeezed(source.quote) in squeezed(texts(one) or "") for one in found):
        return [f"quote not found in {', '.join(found)}: {source.quote[:80]!r}"]
    return []


def warnings_of(case: Case, ids: Sequence[str], texts: Texts) -> list[str]:
    """What an author should look at: facts that stand in no expected document, a question in another language than `lang`."""
    if isinstance(case, ApplicabilityCase):
        return []
    messages = [] if language_of(case.question) == case.lang else [f"`lang` is {case.lang!r}, the question looks like the other language"]
    if not isinstance(case, AnswerCase) or case.kind in DERIVED:
        return messages
    corpus = "\n".join(texts(one) or "" for source in case.expected_sources for one in matching(source.document, ids))
    absent = [fact for fact in case.expected_facts if fact and not any(occurs(one, corpus) for one in fact)]
    return messages + [f"fact stands in no expected document: {' | '.join(fact)}" for fact in absent if corpus]


def as_text(faults: Sequence[Fault]) -> str:
    """One fault a line, then the counts."""
    errors = sum(fault.level == "error" for fault in faults)
    lines = [f"{fault.level}: {fault.place}: {fault.message}" for fault in faults]
    return "\n".join([*lines, f"{errors} errors, {len(faults) - errors} warnings"])
