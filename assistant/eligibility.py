"""A question whether the user's own firm may have a measure to a draft: the verdict, the clauses with what is met, the deciding fact.

General questions ("which firms can get the award?") are none of this: they get None and go on to the extractive engine.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from assistant import verdict_texts as words
from assistant.applicability import check, next_questions
from assistant.asked_measures import MOST, asked_measures, is_general
from assistant.description import Origin
from assistant.lock import is_locked
from assistant.profile import Profile, question
from assistant.prompts import sentence
from assistant.question import Query
from assistant.retrieve import Filters
from assistant.schema import AnswerStatus, Draft, DraftClaim, Evidence, Passage, Turn
from assistant.stated_facts import answer_to, asking_sentences, asking_spans, stated_by_all
from assistant.verdict_groups import group_of
from assistant.verdicts import ConditionResult, Verdict
from ingest.glossary import Glossary
from ingest.measures import Clause, Measure, squeeze
from ingest.schema import Language
from ingest.store import Generation

OVERVIEW = 6
"""Measures that an overview names at most; the page on measures shows all of them."""

_OWN = re.compile(r"\b(?:we|us|our|ours|my|i)\b|我们|我司|我公司|本公司|本企业|我厂|咱|我(?![国省市区县])", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:which|what kinds? of|what) (?:firms?|companies|company|enterprises?|businesses)\b|\bwho\b|哪些企业|什么企业|哪类企业|谁",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"^\W*(?:(?:so|and|then|but|well|now|ok)\b\W*)*(?:can|could|may|might|do|does|did|would|will|are|is|am|should|have|has)\b"
    r"|吗|能不能|能否|是否|可不可以|够不够|符不符合|行不行",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"^\s*(?:and|what about|how about)\b.{1,80}\?\s*$|^\s*(?:那么?|还有)?.{2,30}呢[?？]?\s*$", re.IGNORECASE)
_MUST = re.compile(r"\b(?:must|need|have to|required)\b|必须|需要|要不要|须", re.IGNORECASE)
_MAY_HAVE = re.compile(
    r"\b(?:get|receive|claim|eligib\w+|qualif\w+|entitled|appl(?:y|ies)|applicable|use|enjoy|count|counted|meet|benefit|have|be in"
    r"|fall under|open to|available|in for)\b|能|可以|享受|拿|申报|申请|领|符合|资格|适用|够|算|属于",
    re.IGNORECASE,
)


class Shelf(NamedTuple):
    """What an eligibility answer is made from: the index with its measures and glossary, and what may be searched."""

    generation: Generation
    measures: tuple[Measure, ...]
    glossary: Glossary | None
    filters: Filters


def eligibility_draft(query: Query, text: str, history: Sequence[Turn], passages: Sequence[Passage], shelf: Shelf) -> Draft | None:
    """The draft for the user's newest turn `text`; None when it does not ask whether their own firm may have a measure.

    `passages` are those found for the query: they help to tell which measure is meant.
    """
    if shelf.glossary is None or not shelf.measures or shelf.filters.as_of is None:
        return None
    said = [turn.text for turn in history if turn.role == "user"]
    asked = _asking_turn([*said, text])
    if asked is None:
        return None
    facts = stated_by_all([*said, text], shelf.glossary, shelf.filters.as_of)
    measures = _meant(asked, shelf, passages)
    if measures is None:
        return None
    if asked != text and not (facts.keys() - stated_by_all(said, shelf.glossary, shelf.filters.as_of).keys()):
        # The newest turn states nothing that could be read alone, so it must answer what was asked for last.
        replied = _reply(text, said, measures, shelf)
        if replied is None:
            return None
        facts[replied.field] = replied
    verdicts = _verdicts(measures, facts, shelf)
    return (
        _overview(verdicts, facts, query.language, shelf)
        if is_general(_asking_words(asked))
        else _draft(verdicts, facts, query.language, shelf)
    )


def _asking_turn(texts: Sequence[str]) -> str | None:
    """The turn that asks: the newest ("and the landing award?" goes on asking), or an earlier one when the newest only adds a fact."""
    newest = texts[-1]
    if _is_own_question(newest) or (len(texts) > 1 and _GOES_ON.search(newest) and _is_own_question(texts[-2])):
        return newest
    if asking_spans(newest) or len(texts) < 2:
        return None
    earlier = next((text for text in reversed(texts[:-1]) if asking_spans(text)), None)
    return earlier if earlier is not None and _is_own_question(earlier) else None


def _is_own_question(text: str) -> bool:
    """Whether a turn asks if its writer may have something: "can we get it?", or "which measures apply to us?".

    What a measure demands ("must we hold the certificate?") is a question about the text, which the extractive engine answers.
    """
    asked = " ".join(text[start:end] for start, end in asking_sentences(text))
    if not asked or _OTHERS.search(asked) or _MUST.search(asked) or not _OWN.search(text):
        return False
    return bool(_MAY_HAVE.search(asked)) and bool(_WHETHER.search(asked) or (is_general(_asking_words(text)) and _OWN.search(asked)))


def _meant(asked: str, shelf: Shelf, passages: Sequence[Passage]) -> tuple[Measure, ...] | None:
    """The measures that the question names, all of them for a general one; None when it names nothing we have."""
    admitted = {source.id for source in shelf.generation.sources if shelf.filters.admits(source)}
    usable = tuple(one for one in shelf.measures if any(clause.document in admitted for _, clause in one.clauses()))
    if is_general(_asking_words(asked)):
        return usable
    if shelf.glossary is None:
        return None
    named = asked_measures(_asking_words(asked), usable, passages, shelf.glossary, shelf.generation.lexical.idf)
    later = {one.measure.superseded_by for one in named}
    # Whoever asks for an edition that was replaced wants to know of the one in its place.
    chosen = [one.measure for one in named]
    return (*chosen, *(measure for measure in usable if measure.id in later and measure not in chosen)) or None


def _asking_words(text: str) -> str:
    return " ".join(text[start:end] for start, end in asking_spans(text))


def _verdicts(measures: Sequence[Measure], facts: dict[str, Origin], shelf: Shelf) -> list[Verdict]:
    profile = Profile.model_validate({field: origin.value for field, origin in facts.items()})
    verdicts = check(measures, profile, shelf.filters.as_of) if shelf.filters.as_of else []
    # What has ended comes last: an edition in force answers the question better.
    return sorted(verdicts, key=lambda verdict: group_of(verdict) == "expired")


def _reply(text: str, said: Sequence[str], measures: Sequence[Measure], shelf: Shelf) -> Origin | None:
    if shelf.glossary is None or shelf.filters.as_of is None:
        return None
    before = _verdicts(measures, stated_by_all(said, shelf.glossary, shelf.filters.as_of), shelf)
    wanted = _deciding(before)
    return answer_to(wanted, text) if wanted else None


def _deciding(verdicts: Sequence[Verdict]) -> str | None:
    """The field to ask for: of named measures what the first open one wants first, of many what settles most."""
    if len(verdicts) > MOST + 1:
        return next((row.fact for row in next_questions(verdicts, "en")), None)
    return next((verdict.missing[0] for verdict in verdicts if verdict.missing), None)


def _draft(verdicts: Sequence[Verdict], facts: dict[str, Origin], language: Language, shelf: Shelf) -> Draft | None:
    claims = [claim for verdict in verdicts for claim in _claims(verdict, language, shelf)]
    if not any(claim.evidence for claim in claims):
        return None
    notices = [*_facts_notice(facts, language), *_verdict_notices(verdicts, language, shelf)]
    wanted = _deciding(verdicts)
    if wanted is not None:
        notices.append(sentence("deciding", language, question=question(wanted, language)))
    is_open = any(verdict.status == "needs_information" for verdict in verdicts)
    status: AnswerStatus = "partial" if is_open else "answered"
    return Draft(status=status, claims=tuple(claims), notices=tuple(dict.fromkeys(notices)), confidence=1.0)


def _verdict_notices(verdicts: Sequence[Verdict], language: Language, shelf: Shelf) -> list[str]:
    """Why each verdict is what it is, and for the first what else has to be known of it; measures go by their titles."""
    notices = []
    for number, verdict in enumerate(verdicts):
        texts = [verdict.reason(language), *(verdict.notices(language) if number == 0 else ())]
        notices += [f"{verdict.measure.title.in_language(language)}: {text}" for text in texts]
    for measure in sorted(shelf.measures, key=lambda one: -len(one.id)):
        notices = [text.replace(measure.id, measure.title.in_language(language)) for text in notices]
    return notices


def _overview(verdicts: Sequence[Verdict], facts: dict[str, Origin], language: Language, shelf: Shelf) -> Draft:
    """What applies by the facts stated, each with its clause, and what to tell next; a question back when nothing is stated."""
    wanted = next_questions(verdicts, language)
    asks = [sentence("deciding", language, question=row.question) for row in wanted[:1]]
    fitting = [verdict for verdict in verdicts if group_of(verdict) == "applies"]
    close = [verdict for verdict in verdicts if group_of(verdict) == "one_fact_away"]
    if not facts or not (fitting or close):
        start = sentence("tell_me", language)
        return Draft(status="clarify", refusal="\n".join([start, *asks]), notices=_facts_notice(facts, language))
    claims: list[DraftClaim] = []
    for name, members in (("overview_applies", fitting), ("overview_close", close)):
        items = [claim for verdict in members[:OVERVIEW] if (claim := _item(verdict, language, shelf)) is not None]
        claims += [DraftClaim(text=sentence(name, language), evidence=(), layout="lead"), *items] if items else []
    rest = sentence("overview_rest", language, applies=len(fitting), close=len(close), total=len(verdicts))
    return Draft(status="partial", claims=tuple(claims), notices=(*_facts_notice(facts, language), rest, *asks), confidence=1.0)


def _item(verdict: Verdict, language: Language, shelf: Shelf) -> DraftClaim | None:
    evidence = _evidence(_grants(verdict.measure, language), shelf)
    return DraftClaim(text=evidence.quote, evidence=(evidence,), layout="item") if evidence else None


def _claims(verdict: Verdict, language: Language, shelf: Shelf) -> list[DraftClaim]:
    """A lead with the verdict, then every clause once: what grants first, then the conditions with how they came out."""
    clauses: dict[str, tuple[Clause, list[bool | None]]] = {}
    grants = _grants(verdict.measure, language)
    if grants is not None:
        clauses[squeeze(grants.quote)] = (grants, [])
    for result in _telling(verdict.conditions) if group_of(verdict) != "expired" else ():
        clause = result.clause(language)
        if clause is not None:
            clauses.setdefault(squeeze(clause.quote), (clause, []))[1].append(result.met)
    items = []
    for clause, met in clauses.values():
        evidence = _evidence(clause, shelf)
        if evidence is not None:
            label = sentence(_label(met), language) if met else ""
            items.append(DraftClaim(text=f"{label}{evidence.quote}", evidence=(evidence,), layout="item"))
    if not items:
        return []
    group = "needs_information" if group_of(verdict) == "one_fact_away" else group_of(verdict)
    lead = sentence(f"eligible_{group}", language, title=verdict.measure.title.in_language(language))
    if is_locked(lead, []):
        return [DraftClaim(text=lead, evidence=(), layout="lead"), *items]
    # A title with a figure in it has to be proved; where the clause cannot, what follows says which measure it is.
    if is_locked(lead, [one.quote for one in items[0].evidence]):
        return [DraftClaim(text=lead, evidence=items[0].evidence, layout="lead"), *items]
    lead = sentence(f"eligible_{group}", language, title=sentence("this_measure", language))
    return [DraftClaim(text=lead, evidence=(), layout="lead"), *items]


def _telling(results: Sequence[ConditionResult]) -> list[ConditionResult]:
    """The tests worth showing: of a group of which one is enough, only what is met, once something is."""
    settled = {result.group for result in results if result.group is not None and result.met}
    return [result for result in results if result.met or result.group not in settled]


def _label(met: Sequence[bool | None]) -> str:
    if any(value is False for value in met):
        return "condition_not_met"
    return "condition_open" if any(value is None for value in met) else "condition_met"


def _facts_notice(facts: dict[str, Origin], language: Language) -> tuple[str, ...]:
    if not facts:
        return (sentence("no_facts", language),)
    parts = [f"{words.name_of(field, language)}: {words.written(field, origin.value, language)}" for field, origin in facts.items()]
    return (sentence("facts", language, facts=words.listed(parts, language)),)


def _grants(measure: Measure, language: Language) -> Clause | None:
    first, second = measure.gives_clause, measure.gives_clause_zh
    return (second or first) if language == "zh" else (first or second)


def _evidence(clause: Clause | None, shelf: Shelf) -> Evidence | None:
    return evidence_of(shelf.generation, clause.document, clause.quote, shelf.filters) if clause is not None else None


def evidence_of(index: Generation, document_id: str, quote: str, filters: Filters) -> Evidence | None:
    """The quote in the chunk that holds it, as evidence of a draft; None when no chunk that may be searched holds it."""
    pattern = re.compile(r"\s*".join(re.escape(char) for char in squeeze(quote)))
    for number, source in enumerate(index.sources):
        if source.id != document_id or not filters.admits(source):
            continue
        for chunk in index.chunks(np.flatnonzero(index.document_rows == number).tolist()):
            found = pattern.search(chunk.text)
            if found is not None:
                start, end = chunk.start + found.start(), chunk.start + found.end()
                return Evidence(passage=Passage(chunk=chunk, score=0.0, rank=1), quote=found.group(), start=start, end=end)
    return None
