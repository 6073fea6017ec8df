"""Passages to a draft without any model: the best sentences, items and rows, chosen by a ranker fitted on public data."""

import re
from collections.abc import Callable, Sequence

from assistant.absence import speaks_of_absence
from assistant.across import Across
from assistant.answer_span import find_span
from assistant.candidates import Candidate
from assistant.conversion import conversion
from assistant.decision import NEVER_SEEN, decide, no_silence
from assistant.doubt import Silences
from assistant.features import NAMES, Concepts, no_concepts
from assistant.home_places import Places, known_places
from assistant.kinds import Kind, names_too
from assistant.lists import Section, entries, head_of, list_draft, only, with_heads
from assistant.particulars import has_other_mark
from assistant.prompts import sentence
from assistant.question import Query
from assistant.ranked import Ranked, rank, without_absence
from assistant.schema import Draft, DraftClaim, Evidence, Passage
from assistant.tiers import graded
from ingest.lexical import terms
from ingest.reader import Read
from ingest.schema import Language

SECOND = 2.2
"""A second sentence follows a figure, date or name when it scores within this of the first (log-odds): so near, either may be the answer.
Of 1.5, 2.2, 3 and 4 the best on the project's own suites; at 3 wrong figures begin to stand beside right ones."""

LENGTHS: dict[Kind, int] = {
    "definition": 3,
    "procedure": 3,
    "measure": 3,
    "reason": 2,
    "eligibility": 3,
    "compare": 4,
    "fact": 3,
}
"""Most sentences an answer of this kind may have; others, asking for a figure, a date or a name, get a second one at most."""

MARGIN = 2.0
"""A further sentence must score within this of the best (log-odds); of 1.2 and 2 the better on the project's own suites."""


LISTED: dict[Kind, tuple[str, ...]] = {"list": ("item", "row")}
"""Kinds of candidates behind the first that bring their whole list; where no list is asked for only items do."""

LONG_LIST = 12
"""Claims up to which a list is told whole behind a sentence: a longer one would hide what was found first."""

SHORT = 450
"""Characters up to which an entry brings its whole list where the question does not tell what form of answer it asks for."""

NEARBY = 3

_DIGIT = re.compile(r"\d")


def extract(
    query: Query,
    passages: Sequence[Passage],
    read: Read,
    idf: Callable[[str], float],
    concepts: Concepts = no_concepts,
    section: Section = only,
    left_open: Silences = no_silence,
    across: Across | None = None,
    places: Places = known_places,
) -> Draft:
    """The draft for a query over its passages; `not_found` with the nearest covered topics when nothing answers it."""
    ranking_of = rank(query, passages, read, idf, concepts, across, places)
    if not ranking_of.found:
        return refusal(query.language, passages)
    decided = decide(query.language, ranking_of, idf(NEVER_SEEN), concepts, left_open)
    confidence = decided.probability
    if not decided.is_answered:
        return refusal(query.language, passages, decided.silence).model_copy(update={"confidence": confidence})
    ranking_of = without_absence(ranking_of)
    is_one = is_counted(query, ranking_of) or is_graded(ranking_of) or is_marked(query, ranking_of)
    listed = [] if is_one else _whole_list(query, ranking_of.found[0], section, concepts)
    claims = listed or _sentences(query, ranking_of, section, concepts)
    claims = [*claims, *conversion(query.text, claims, query.language)]
    told = (sentence("list_complete", query.language, count=entries(listed)),) if listed else ()
    return Draft(status="answered", claims=tuple(claims), notices=told, confidence=confidence)


def is_counted(query: Query, ranked: Ranked) -> bool:
    """Whether the best candidate states the number asked for, so that nothing has to be counted."""
    return query.kind == "count" and not names_too(query.text) and bool(ranked.matrix[0, NAMES.index("type_found")])


def is_graded(ranked: Ranked) -> bool:
    """Whether the best candidate is the row that the question's amount falls into, so that the rest of its table answers nothing."""
    return graded(ranked.asked.figures, ranked.found).get(0, False)


def is_marked(query: Query, ranked: Ranked) -> bool:
    """Whether the best candidate is the row of the ordinal or letter asked about ("the second tier"), and those beside it are of others."""
    best = ranked.found[0]
    beside = [c for c in ranked.found[1:] if _is_of_same_table(best, c)]
    is_own = not has_other_mark(query.text, best.text)
    return is_own and len(beside) > 1 and all(has_other_mark(query.text, c.text) for c in beside)


def _sentences(query: Query, ranked: Ranked, section: Section, concepts: Concepts) -> list[DraftClaim]:
    """The best sentence and those that belong beside it; a figure, date or name is joined by a second at most.

    Where one of them is an entry of a list, and the question is none that one entry answers, its list comes whole and ends the answer.
    """
    best = ranked.found[0]
    is_long = query.kind in LENGTHS
    chosen = [best]
    for candidate, score in zip(ranked.found[1:], ranked.scores[1:], strict=True):
        if len(chosen) >= LENGTHS.get(query.kind, 2) or ranked.scores[0] - score > (MARGIN if is_long else SECOND):
            break
        if not is_long and _is_of_same_table(best, candidate):
            continue
        if not _repeats(candidate, chosen) and not candidate.announces:
            chosen.append(candidate)
    for at, candidate in enumerate(chosen[1:], 1):
        listed = _whole_list(query, candidate, section, concepts) if candidate.kind in LISTED.get(query.kind, ("item",)) else []
        if listed and len(listed) <= LONG_LIST:
            return [*(claim(query, one) for one in chosen[:at]), *listed]
    return [claim(query, candidate) for candidate in chosen]


def _whole_list(query: Query, candidate: Candidate, section: Section, concepts: Concepts) -> list[DraftClaim]:
    """The list of an entry or a lead; [] for an entry of a long one where the question does not tell that a list is wanted."""
    listed = list_draft(query, candidate, section, concepts)
    is_open = query.kind == "fact" and candidate.kind in ("item", "row")
    return [] if is_open and sum(len(one.text) for one in listed) > SHORT else listed


def _is_of_same_table(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates are rows of one table: the other row is for another case than the one asked about."""
    leads = [candidate.passage.chunk.blocks[candidate.block].lead for candidate in (one, other)]
    is_shared = leads[0] is not None and leads[0] == leads[1] and one.passage.chunk.source.id == other.passage.chunk.source.id
    return is_shared and one.kind == other.kind == "row"


def claim(query: Query, candidate: Candidate) -> DraftClaim:
    """A candidate as it stands, with the short answer inside it; an item or row comes after the lead that explains it.

    Heads of columns that hold figures ("2023 edition") are cited as well: a figure stands in a quote.
    """
    own = candidate.evidence()
    span = find_span(query, candidate)
    if candidate.kind == "sentence":
        return DraftClaim(text=candidate.text, evidence=(own,), answer_span=span)
    chunk, block = candidate.passage.chunk, candidate.passage.chunk.blocks[candidate.block]
    text = with_heads(chunk, block) if candidate.kind == "row" else candidate.text
    evidence = (own, *(head_of(candidate.passage, block) if _DIGIT.search(candidate.heads) else ()))
    if not candidate.lead or block.lead is None:
        return DraftClaim(text=text, evidence=evidence, answer_span=span)
    lead = Evidence(passage=candidate.passage, quote=candidate.lead, start=block.lead[0], end=block.lead[1])
    return DraftClaim(text=f"{candidate.lead.strip()} {text}", evidence=(*evidence, lead), answer_span=span)


def _repeats(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Whether a candidate says again what is chosen already: the same words, or the same statement in the other language's edition."""
    own = set(terms(candidate.text))
    for other in chosen:
        theirs = set(terms(other.text))
        is_same_text = len(own & theirs) >= 0.8 * max(1, min(len(own), len(theirs)))
        if is_same_text or candidate.passage.chunk.source.language != other.passage.chunk.source.language:
            return True
    return False


def refusal(language: Language, passages: Sequence[Passage], silent: Candidate | None = None) -> Draft:
    """`not_found` with what a document says it does not state, and the headings of the best passages: what is covered nearby."""
    lines = [sentence("not_found", language)]
    if silent is not None:
        lines.append(sentence("silent", language, title=silent.passage.chunk.source.title, words=silent.text.strip()))
    topics = list(dict.fromkeys(_topic(passage) for passage in passages if not speaks_of_absence(passage.chunk.heading)))[:NEARBY]
    if topics:
        lines += [sentence("nearby", language), *(f"- {topic}" for topic in topics)]
    return Draft(status="not_found", refusal="\n".join(lines))


def _topic(passage: Passage) -> str:
    return " > ".join([passage.chunk.source.title, *passage.chunk.path()])
