"""A question that is not simply answered by the best passage to its draft: a comparison, a summary, several questions in one."""

import re
from collections.abc import Sequence

from assistant.comparison import Side, Split, split
from assistant.contrast import Found, contrast
from assistant.conversion import amount_to_convert, conversion, stating
from assistant.desk import Desk
from assistant.editions import apart, two_editions
from assistant.exceeding import exceeding
from assistant.extract import claim
from assistant.issued import issued
from assistant.kinds import Kind, kind_of
from assistant.mentioned import mentioned
from assistant.parts import Part, asks_value, parts
from assistant.partwise import Answered, different, joined
from assistant.question import Query
from assistant.ranked import without_absence
from assistant.schema import Draft, Passage
from assistant.stated import stated
from assistant.summary import summarised

WHETHER: frozenset[Kind] = frozenset(("yesno", "eligibility"))
"""Kinds that ask whether something is so: "a lead firm and a small one at once" are one thing then, "the old or the new rules" are two."""

SIDE = 0.6
"""Share of the threshold from which a side of a comparison is answered: that the other one is speaks for it. At 1 two comparisons of the
project's own suites lose a side."""

_CHOICE = re.compile(r"\bor\b|还是|或者?", re.IGNORECASE)

VAGUE: frozenset[Kind] = frozenset(("compare", "measure", "procedure", "yesno", "eligibility", "summary", "greeting"))
"""Kinds of which each side is best told by its figure."""


def composed(query: Query, passages: Sequence[Passage], desk: Desk) -> Draft | None:
    """The draft of a conversion, a mention, a paper's issue, a summary, a comparison or several questions in one; None for what one passage
    answers."""
    ways = (converted, mentioned, issued, stated, in_short, compared, in_parts)
    return next((draft for way in ways if (draft := way(query, passages, desk)) is not None), None)


def converted(query: Query, passages: Sequence[Passage], desk: Desk) -> Draft | None:
    """The sentence that states the amount of the question, and the amount in the scale asked for; None for other questions."""
    amount = amount_to_convert(query.text)
    if amount is None:
        return None
    ranked = desk.rank(query, passages)
    told = stating(amount, without_absence(ranked).found) if ranked.found else None
    claims = [claim(query, told)] if told is not None else []
    claims += conversion(query.text, claims, query.language)
    if len(claims) < 2:
        return None
    return Draft(status="answered", claims=tuple(claims), confidence=max(desk.confidence(query, ranked), desk.least(query.language)))


def compared(query: Query, passages: Sequence[Passage], desk: Desk) -> Draft | None:
    """The draft of a comparison; None where the question names no things to compare, or nothing is known of them.

    `passages` are those found for the question as it stands: they tell which document "both editions" are editions of.
    """
    set_against = exceeding(query.text, query.language)
    if set_against is not None:
        return _contrasted(set_against, query, passages, desk)
    if query.kind in WHETHER and not _CHOICE.search(query.text):
        return None
    editions = two_editions(query, passages, desk.sources())
    sides = Split(sides=editions, is_sure=query.kind == "compare") if editions else split(query, desk.glossary)
    return None if sides is None else _contrasted(sides, query, passages, desk)


def _contrasted(sides: Split, query: Query, passages: Sequence[Passage], desk: Desk) -> Draft | None:
    is_given = any(side.documents for side in sides.sides)
    found = [_search(side, query, desk) for side in sides.sides]
    parted = sides.sides if is_given else apart(sides.sides, [rows for _, rows in found])
    found = [
        _search(side, query, desk) if side.documents and not is_given else (own, _with(rows, () if is_given else passages))
        for side, (own, rows) in zip(parted, found, strict=True)
    ]
    least = SIDE * desk.least(query.language)
    ranked = [_found(side, own, rows, desk) for side, (own, rows) in zip(parted, found, strict=True)]
    return contrast(query, sides, ranked, lambda confidence: confidence >= least, desk.concepts, desk.indicators)


def in_short(query: Query, passages: Sequence[Passage], desk: Desk) -> Draft | None:
    """The main points of the document that a request for a summary means; None for other questions, and where none is meant."""
    if query.kind != "summary":
        return None
    ranked = desk.rank(query, passages)
    confidence = desk.confidence(query, ranked)
    is_doubtful = confidence < desk.least(query.language)
    sources, places = desk.sources(), desk.places
    claims = summarised(query, passages, sources, desk.chunks, desk.idf, desk.concepts, is_doubtful=is_doubtful, places=places)
    if not claims:
        return None
    return Draft(status="answered", claims=tuple(claims), confidence=confidence)


def in_parts(query: Query, passages: Sequence[Passage], desk: Desk) -> Draft | None:
    """The draft of a question that asks several things; None where it asks one, or none of them finds an answer."""
    asked = parts(query, desk.glossary)
    if not asked:
        return None
    if all(part.is_parallel for part in asked[1:]):
        names = different([part.question for part in asked])
        sides = tuple(Side(name=name, question=part.question) for name, part in zip(names, asked, strict=True))
        drafted = _contrasted(Split(sides=sides, is_sure=False), query, passages, desk)
        if drafted is not None:
            return drafted
    return joined([_answered(part, query, passages, desk) for part in asked], desk.least(query.language), query.language)


def _answered(part: Part, query: Query, passages: Sequence[Passage], desk: Desk) -> Answered:
    own = desk.standalone(part.question)
    kind = kind_of(part.own or part.question, query.language)
    if kind in ("fact", "compare"):
        kind = "figure" if asks_value(part.own) else "fact"
    own = own.model_copy(update={"kind": kind, "language": query.language})
    rows = _with(desk.search(own, ()), passages)
    ranked = desk.rank(own, rows)
    return Answered(part, own, ranked, desk.confidence(own, ranked), desk.extract(own, rows), desk.indicators)


def _search(side: Side, query: Query, desk: Desk) -> tuple[Query, Sequence[Passage]]:
    kind = kind_of(side.question, query.language)
    own = desk.standalone(side.question).model_copy(update={"kind": "figure" if kind in VAGUE else kind, "language": query.language})
    return own, desk.search(own, side.documents)


def _with(passages: Sequence[Passage], more: Sequence[Passage]) -> list[Passage]:
    """Passages of a side and, behind them, those of the whole question that it did not find."""
    known = {passage.chunk.id for passage in passages}
    return [*passages, *(passage for passage in more if passage.chunk.id not in known)]


def _found(side: Side, own: Query, passages: Sequence[Passage], desk: Desk) -> Found:
    ranked = desk.rank(own, passages)
    return Found(side, own, ranked, desk.confidence(own, ranked))
