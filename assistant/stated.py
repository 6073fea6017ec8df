"""A question between figures that it states itself ("10 million here, 20 million there") to what the documents say of each of them."""

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.candidates import Candidate
from assistant.desk import Desk
from assistant.extract import claim
from assistant.question import Query
from assistant.ranked import without_absence
from assistant.schema import Draft, Passage
from assistant.spoken import written
from ingest.figures import Figure, find_figures

LEAST = 0.15
"""Share of the threshold from which such a question is answered: that the documents hold its figures proves more than its words."""

READ = 24
"""Candidates, best first, among which the figures are looked for: further ones are about something else."""

NEAR = 4
"""Candidates, best first, among which a single one of the figures is believed to be the one asked about."""

SCALES = tuple(Decimal(10) ** power for power in (0, 3, 4, 6, 8, 9, 12))
"""What a number without a unit may be counted in, beside an amount ("840 billion here, 800 there")."""

SMALL = 10_000
"""Numbers from which on none is taken to be short for more."""

_DOUBT = re.compile(
    r"\b(?:or|another|other|elsewhere|there|both|which (?:one|is|of|belongs)|differ\w*|(?:dis)?agree|conflict\w*|contradict\w*|now"
    r"|instead)\b"
    r"|还是|到底|究竟|哪个|另一|另有|有的?说|又说|一会儿?|矛盾|不一[致样]|对不上|怎么回事|两[种个]说法|为(?:什么|何|啥)|以哪",
    re.IGNORECASE,
)
_EXPLAINS = re.compile(
    r"\b(?:explain\w*|differ\w*|(?:dis)?agree|reason|because|whereas|wider|narrower|instead|earlier|draft|confirmed)\b"
    r"|解释|不一致|不同|原因|因为|口径|征求意见|而",
    re.IGNORECASE,
)


def stated(query: Query, passages: Sequence[Passage], desk: Desk) -> Draft | None:
    """The sentences that hold the figures in doubt, each once, and one that explains them; None where the question doubts none or the
    documents hold none of them near."""
    doubted = doubted_figures(query.text)
    if len(doubted) < 2:
        return None
    whole = desk.rank(query, passages)
    confidence = desk.confidence(query, whole)
    if confidence < LEAST * desk.least(query.language):
        return None
    found = without_absence(whole).found[:READ]
    holding = [next((at for at, c in enumerate(found) if _holds(c.text, figure)), None) for figure in doubted]
    held = [at for at in holding if at is not None]
    if len(held) < 2 and not any(at < NEAR for at in held):
        return None
    chosen = [found[at] for at in dict.fromkeys(held)]
    chosen += _explaining(whole.found[:READ], chosen, doubted)
    claims = [claim(query, c) for c in chosen]
    return Draft(status="answered", claims=tuple(claims), confidence=max(confidence, desk.least(query.language)))


def doubted_figures(question: str) -> list[Figure]:
    """Different figures of one unit that a question sets against one another; [] where it does not, or states one only."""
    if not _DOUBT.search(question):
        return []
    sized = [figure for figure in find_figures(written(question)) if figure.kind in ("amount", "percent", "number")]
    for unit in dict.fromkeys(figure.unit for figure in sized if figure.unit):
        alike = {figure.value: figure for figure in sized if figure.unit in ("", unit)}
        if len(alike) > 1:
            return list(alike.values())
    bare = {figure.value: figure for figure in sized if not figure.unit}
    return list(bare.values()) if len(bare) > 1 and len(bare) == len(sized) else []


def _holds(text: str, wanted: Figure) -> bool:
    scales = SCALES if not wanted.unit and wanted.value < SMALL else SCALES[:1]
    values = {wanted.value * scale for scale in scales}
    return any(figure.value in values and (figure.unit == wanted.unit or not wanted.unit) for figure in find_figures(text))


def _explaining(found: Sequence[Candidate], chosen: Sequence[Candidate], doubted: Sequence[Figure]) -> list[Candidate]:
    """The best further sentence of the same documents that says why, or that it is not said why; [] where none is near."""
    documents = {c.passage.chunk.source.id for c in chosen}
    known = {(c.passage.chunk.id, c.start) for c in chosen}
    for candidate in found:
        is_new = (candidate.passage.chunk.id, candidate.start) not in known and candidate.passage.chunk.source.id in documents
        if is_new and _EXPLAINS.search(candidate.text) and any(_holds(candidate.text, figure) for figure in doubted):
            return [candidate]
    return []
