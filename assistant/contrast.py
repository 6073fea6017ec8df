"""Ranked sides of a comparison to a draft: what the documents say of each, side by side."""

from collections.abc import Sequence
from datetime import date

from assistant.candidates import Candidate
from assistant.comparison import Side
from assistant.extract import Ranked, answerable, claim, notices, without_absence
from assistant.features import Concepts, no_concepts
from assistant.prompts import sentence
from assistant.question import Query
from assistant.ranker import ranking
from assistant.schema import Draft, DraftClaim
from ingest.lexical import terms

ABOUT = 12
"""Candidates among which one that names the side of a comparison is looked for."""


def contrast(
    parts: Sequence[tuple[Side, Query, Ranked]], highest_idf: float, as_of: date, concepts: Concepts = no_concepts
) -> Draft | None:
    """One entry a side, each with its own quote; partial where a side has none, None where no side has one."""
    claims: list[DraftClaim] = []
    missing: list[str] = []
    for side, query, ranked in parts:
        is_known = bool(ranked.found) and answerable(query.language, ranked, highest_idf, concepts) >= ranking().threshold[query.language]
        if not is_known:
            missing.append(side.name)
            continue
        own = claim(query, _about(side, without_absence(ranked).found))
        # A name with a figure in it (an edition, a year) would fall to the number lock: it need not stand in the quote.
        text = own.text if any(character.isdigit() for character in side.name) else f"{side.name}: {own.text}"
        claims.append(own.model_copy(update={"text": text, "layout": "item"}))
    if not claims:
        return None
    language = parts[0][1].language
    told = tuple(sentence("side_missing", language, side=name) for name in missing)
    return Draft(status="partial" if missing else "answered", claims=tuple(claims), notices=(*told, *notices(language, claims, as_of)))


def _about(side: Side, found: Sequence[Candidate]) -> Candidate:
    """The best candidate that, with its headings, speaks of the side by name; the best of all where none does."""
    named = set(terms(side.name))
    for candidate in found[:ABOUT]:
        chunk = candidate.passage.chunk
        near = set(terms(" ".join([chunk.source.title, *chunk.path(), candidate.lead, candidate.text])))
        if 2 * len(named & near) >= len(named):
            return candidate
    return found[0]
