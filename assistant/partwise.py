"""Answers to the parts of a question to one draft, each part once, and what none of the documents answers named."""

import re
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from assistant.absence import leaves_whether, says_nothing
from assistant.asked_figure import asks_share, has_own_language, holds_asked, holds_bound, told_with
from assistant.candidates import Candidate
from assistant.contrast import ABOUT, ASIDE
from assistant.coordination import EDGE
from assistant.extract import claim
from assistant.kinds import Kind
from assistant.parts import Part
from assistant.points import is_aside
from assistant.prompts import sentence
from assistant.question import Query
from assistant.ranked import Ranked, without_absence
from assistant.schema import Draft, DraftClaim
from assistant.slots import solid
from ingest.lexical import terms
from ingest.schema import Language

_CJK = re.compile(r"[\u3400-\u9fff]")

_FUNCTION_ZH = re.compile(r"[要才能最会可须按由的被把给每各再又并也还就都有几家个户共种条项,]|什么|时候|开始|多少")

BORNE_OUT = 0.3
"""Share of a part's own words that its answer or the headings above it must hold: the subject that all parts share is in every
answer and proves nothing. Set by reading answers; at .5 right answers in other words are lost."""

CHARACTERS = 0.5
"""The same for single Chinese characters, of which some are shared by chance."""

OWN = 3.0
"""Log-odds for a candidate that holds the part's own words, by share."""

TYPED = 6.0
"""Log-odds for a candidate with a figure, a date or a share where the part asks for one."""

WEAK = 0.25
"""Share of the threshold from which a part is answered out of a document that another part was answered from: the question was put
to that document, and the part's own words and kind of figure must be there."""

BOUND = 2.0
"""Log-odds for a cap where a cap is asked for, a floor where a floor is."""

TYPED_KINDS: frozenset[Kind] = frozenset(("figure", "count", "date"))

LISTS: frozenset[Kind] = frozenset(("list", "measure", "procedure", "definition", "reason", "eligibility"))
"""Kinds of which a part is answered as a question of its own would be; of the others the best sentence is taken."""

MOST = 3
"""Sentences of a part at most, where it is no list."""


class Answered(NamedTuple):
    """A part with its query, its ranked candidates, the probability that the best answers it, and its draft as a question of its own.

    `indicators` finds what a text measures (ids of glossary terms): jobs are no revenue, however alike the sentences.
    """

    part: Part
    query: Query
    ranked: Ranked
    confidence: float
    draft: Draft
    indicators: Callable[[str], frozenset[str]]


def joined(answered: Sequence[Answered], least: float, language: Language) -> Draft | None:
    """All parts' claims in order; partial where a part has no answer, None where none has."""
    chosen = [_claims(one) if one.confidence >= least and one.draft.status != "not_found" else [] for one in answered]
    documents = {evidence.passage.chunk.source.id for claims in chosen for claim in claims for evidence in claim.evidence}
    for at, one in enumerate(answered):
        if not chosen[at] and one.confidence >= WEAK * least:
            chosen[at] = _likely(one, documents)
    known = [one for one, claims in zip(answered, chosen, strict=True) if claims]
    missing = [one.part.said for one, claims in zip(answered, chosen, strict=True) if not claims and one.part.own]
    claims = list({claim.text: claim for found in chosen for claim in found}.values())
    if not claims:
        return None
    told = tuple(sentence("part_missing", language, part=part) for part in missing)
    return Draft(
        status="partial" if missing else "answered",
        claims=tuple(claims),
        notices=told,
        confidence=min(one.confidence for one in known),
    )


def _claims(one: Answered) -> list[DraftClaim]:
    """What answers a part and bears out its own words: its list, or its best sentence."""
    if one.query.kind in LISTS and one.ranked.found and not _is_silent(one) and one.draft.status == "answered":
        claims = list(one.draft.claims)
        is_list = any(claim.layout in ("lead", "item", "row") for claim in claims)
        quoted = " ".join(evidence.quote for claim in claims for evidence in claim.evidence)
        if is_borne_out(one, quoted):
            return claims if is_list else claims[:MOST]
    best = _best(one)
    if best is None:
        return []
    only_announces = best.announces and one.draft.status == "answered" and one.draft.claims[0].text == best.text
    return list(one.draft.claims) if only_announces else [claim(one.query, best)]


def _likely(one: Answered, documents: Collection[str]) -> list[DraftClaim]:
    """The best sentence of a doubtful part, where it stands in one of these documents and holds a figure or date as asked for."""
    best = _best(one)
    if best is None or best.passage.chunk.source.id not in documents or one.query.kind not in TYPED_KINDS:
        return []
    return [claim(one.query, best)] if holds_asked(one.part.own, one.query.kind, best.text) else []


def _best(one: Answered) -> Candidate | None:
    """The best candidate of those that may answer the part; None where the documents say that it is not stated."""
    if not one.ranked.found or _is_silent(one):
        return None
    ranked = without_absence(one.ranked)
    rows = [
        (_worth(one, candidate, float(score)), -number, candidate)
        for number, (candidate, score) in enumerate(zip(ranked.found[:ABOUT], ranked.scores[:ABOUT], strict=True))
        if is_borne_out(one, told_with(candidate)) and _may_answer(one, candidate.text)
    ]
    own = [row for row in rows if row[2].passage.chunk.source.language == one.query.language]
    has_own = has_own_language(ranked.found, one.query.language)
    return max(own if has_own else rows)[2] if (own if has_own else rows) else None


def _is_silent(one: Answered) -> bool:
    """Whether the documents say that the part is not stated; what they leave open with "whether" is something else than a figure."""
    silent = says_nothing(one.ranked)
    return silent is not None and not leaves_whether(silent.text)


def _may_answer(one: Answered, text: str) -> bool:
    """A date, an amount or a share that is asked for must be there; a count may be spelt out."""
    is_needed = one.query.kind in ("date", "figure") or asks_share(one.part.own)
    return not is_needed or holds_asked(one.part.own, one.query.kind, text)


def _worth(one: Answered, candidate: Candidate, score: float) -> float:
    is_typed = one.query.kind in TYPED_KINDS and holds_asked(one.part.own, one.query.kind, candidate.text)
    return (
        score
        + OWN * _share(one, told_with(candidate))
        + TYPED * is_typed
        + BOUND * holds_bound(one.part.own, candidate.text)
        - ASIDE * is_aside(candidate.passage.chunk.heading)
    )


def is_borne_out(one: Answered, told: str) -> bool:
    """Whether a text holds enough of the words that the part has of its own, and what it is to be measured in."""
    ideas = one.indicators(one.part.own)
    return _share(one, told) >= 1.0 and (not ideas or bool(ideas & one.indicators(told)))


def _share(one: Answered, told: str) -> float:
    """How much of its own words, relative to what is asked for, capped at 1; 1 where it has none."""
    words = solid(one.part.own, one.query.language)
    if one.query.language == "zh" and not _FUNCTION_ZH.sub("", words).strip():
        return 1.0
    wanted = set(terms(words))
    if not wanted:
        return 1.0
    characters = set(_CJK.findall(_FUNCTION_ZH.sub("", words)))
    by_character = len(characters & set(told)) / len(characters) / CHARACTERS if characters else 0.0
    return min(1.0, max(len(wanted & set(terms(told))) / len(wanted) / BORNE_OUT, by_character))


def different(questions: Sequence[str]) -> list[str]:
    """What each of several like questions has that the first has not, and the first not the second."""
    words = [re.findall(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+", question.rstrip("?")) for question in questions]
    named = []
    for at, own in enumerate(words):
        other = words[1] if at == 0 else words[0]
        start = next((i for i, (a, b) in enumerate(zip(own, other, strict=False)) if a != b), min(len(own), len(other)))
        size = min(len(own), len(other)) - start
        end = next((i for i in range(size) if own[-1 - i] != other[-1 - i]), size)
        piece = _whole_word(own, start, len(own) - end)
        named.append(("" if _CJK.search("".join(piece)) else " ").join(piece).strip(" ,()") or questions[at])
    return named


def _whole_word(words: Sequence[str], start: int, end: int) -> Sequence[str]:
    """The stretch, and behind a single ideograph the rest of its word: 博 of "博士补多少" is 博士."""
    if end - start == 1 and _CJK.match(words[start]):
        while end < len(words) and _CJK.match(words[end]) and not EDGE["zh"].match("".join(words[end:])):
            end += 1
    return words[start:end]
