"""A text to the things that it sets side by side: "A and B", "A、B和C", each with its span."""

import re
from collections.abc import Sequence
from itertools import product

from assistant.slots import GROUPS
from ingest.glossary import Glossary
from ingest.schema import Language, Record

Span = tuple[int, int]

LEAST = 2.0
"""Alikeness from which two stretches of text certainly are two things of one kind; set by reading splits, not measured."""

_CLAUSE = {"en": re.compile(r"[,.?;:!()]\s*"), "zh": re.compile(r"[,。?;:!()、]|的?(?:相比|对比|比较)|的?比(?=,)")}
EDGE = {
    # Words that a thing seldom holds: before one of them it has ended, after one of them it begins.
    "en": re.compile(
        r"\b(?:of|in|for|at|by|under|from|to|on|with|than|per|the|an?|is|are|was|were|do|does|did|can|may|will|would|must|should|has|have|get"
        r"|gets|receives?|pays?|sets?|offers?|gives?|say|need|needs|what|which|who|when|how|between|compare|and|or|when|differ|differs"
        r"|compares?|higher|lower|more|less|larger|smaller|stricter|change|changed|different)\b|[,.?;:!()]",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"分别|各|哪|谁|什么|怎|多少|相|差|一样|不同|区别|比|[的有在奖给拿补是要能应需得对按从由为,。?;:!()、]"),
}
_DATED = re.compile(
    r"(?<!\d)(?:19|20)\d\d|\b(?:revised|old|new|earlier|later|previous|draft|final)\b|修订|旧|新|征求意见|版|前年|去年", re.IGNORECASE
)
_LEVEL = re.compile(
    r"[省市区县](?:里|级|上|内)?|全国|国家级?|\b(?:the )?(?:province|provincial|city|municipal|zone|nation(?:al|wide)?|country)\b",
    re.IGNORECASE,
)


class Things(Record):
    """Spans of the things side by side, in reading order, and how alike the two are that decided (see LEAST)."""

    spans: tuple[Span, ...]
    alikeness: float


def things(text: str, joins: Sequence[Span], language: Language, glossary: Glossary | None) -> Things | None:
    """The things around the connective that joins the two most alike; None where nothing stands on both sides of any."""
    marks = tuple(_marks(text, glossary))
    found = [pair for join in joins if (pair := _around(text, join, language, marks)) is not None]
    if not found:
        return None
    best = max(found, key=lambda pair: pair.alikeness)
    is_opposed = _OPPOSED.search(text[best.spans[0][1] : best.spans[1][0]]) is not None
    spans = [*([] if is_opposed else _before(text, best.spans[0], language)), *best.spans]
    while (further := _after(text, spans[-1], language, marks)) is not None:
        spans.append(further)
    return best.model_copy(update={"spans": tuple(spans)})


class _Mark(Record):
    """A stretch of text that names something; `group` tells what may stand in its place."""

    start: int
    end: int
    group: int


def _marks(text: str, glossary: Glossary | None) -> list[_Mark]:
    level = next(number for number, kinds in enumerate(GROUPS) if "place" in kinds)
    found = [
        _Mark(start=mention.start, end=mention.end, group=next(n for n, kinds in enumerate(GROUPS) if mention.term.kind in kinds))
        for mention in (glossary.find(text) if glossary else ())
    ]
    levels = [match.span() for match in _LEVEL.finditer(text)]
    free = [span for span in levels if not any(mark.start < span[1] and span[0] < mark.end for mark in found)]
    return [*found, *(_Mark(start=start, end=end, group=level) for start, end in free)]


_OPPOSED = re.compile(r"\b(?:vs|versus|against|than)\b", re.IGNORECASE)
"""Connectives of two things only: what stands before a comma ahead of them is what is asked of both."""

_VERBAL = re.compile(r"differ|compare (?:with|to)|exceed|than", re.IGNORECASE)
"""Connectives that stand between a whole subject and what it is held against."""
_OPENS = re.compile(r"(?:^|[,:] |\b(?:is|are|was|were|do|does|did|much|compare) )(?:the |an? )?$", re.IGNORECASE)
_INNER = re.compile(r"\b(?:of|in|for|at|by|under|from|to|on|with)\b|[的在对]", re.IGNORECASE)


def _around(text: str, join: Span, language: Language, marks: Sequence[_Mark]) -> Things | None:
    if any(mark.start < join[0] and join[1] < mark.end for mark in marks):
        return None
    low, high = _clause(text, join, language)
    left = [(start, join[0]) for start in _begins(text, low, join[0], language, marks)]
    right = [(join[1], end) for end in _ends(text, join[0], join[1], high, language, marks)]
    pairs = [(one, other) for one, other in product(left, right) if _is_something(text, one) and _is_something(text, other)]
    if not pairs:
        return None
    scored = [
        (_alikeness(text, one, other, (low, high), language, marks) + _fits(text, one, text[join[0] : join[1]]), one, other)
        for one, other in pairs
    ]
    best, one, other = max(scored)
    return Things(spans=(_trimmed(text, one), _trimmed(text, other)), alikeness=best)


def _fits(text: str, one: Span, join: str) -> float:
    """What speaks for a beginning: a verb compares a whole subject, "below A and below B" what stands after the same word."""
    is_subject = bool(_VERBAL.search(join)) and bool(_OPENS.search(text[: one[0]]))
    last = _INNER.findall(join)[-1:]
    is_repeated = (
        bool(last) and bool(re.search(rf"\b{last[0]} (?:the |an? )?$", text[: one[0]], re.IGNORECASE)) if join.isascii() else False
    )
    return 2.0 * is_subject + 1.5 * is_repeated


def _clause(text: str, join: Span, language: Language) -> Span:
    breaks = [match.span() for match in _CLAUSE[language].finditer(text)]
    low = max((end for _, end in breaks if end <= join[0]), default=0)
    return low, min((start for start, _ in breaks if start >= join[1]), default=len(text))


def _is_something(text: str, span: Span) -> bool:
    return any(character.isalnum() for character in text[span[0] : span[1]])


def _trimmed(text: str, span: Span) -> Span:
    words = text[span[0] : span[1]]
    cut = re.match(r"\s*(?:(?:the|an?)\s+)?", words, re.IGNORECASE)
    start = span[0] + (cut.end() if cut else 0)
    return start, max(start, span[0] + len(words.rstrip(" 的")))


def _begins(text: str, low: int, high: int, language: Language, marks: Sequence[_Mark]) -> list[int]:
    inside = text[low:high]
    edges = {low, *(low + match.end() for match in EDGE[language].finditer(inside)), *(mark.start for mark in marks)}
    return sorted(at for at in edges if low <= at < high and not _cuts(at, marks))


def _ends(text: str, join_end: int, low: int, high: int, language: Language, marks: Sequence[_Mark]) -> list[int]:
    inside = text[low:high]
    edges = {high, *(low + match.start() for match in EDGE[language].finditer(inside)), *(e for m in marks for e in (m.start, m.end))}
    # "cells in the norms": a thing does not end with the preposition before the next one.
    if language == "en":
        edges -= {at for at in edges if at < high and any(low + m.end() in (at, at - 1) for m in EDGE[language].finditer(inside))}
    last = text[join_end - 1 : join_end] if join_end else ""
    if language == "zh" and last and last in inside:
        # 一等和二等示范县: what is set beside 一等 ends with the same character.
        edges.add(low + inside.index(last) + 1)
    return sorted(at for at in edges if low < at <= high and not _cuts(at, marks))


def _cuts(at: int, marks: Sequence[_Mark]) -> bool:
    return any(mark.start < at < mark.end for mark in marks)


def _alikeness(text: str, one: Span, other: Span, clause: Span, language: Language, marks: Sequence[_Mark]) -> float:
    """How much two stretches look like two of one kind: what they name, the words they share, their length, where they end."""
    a, b = text[one[0] : one[1]].strip().lower(), text[other[0] : other[1]].strip().lower()
    units_a, units_b = (list(a), list(b)) if language == "zh" else (a.split(), b.split())
    size = 0.12 if language == "zh" else 0.25
    last_a, last_b = _last(one, marks), _last(other, marks)
    is_one_kind = last_a is not None and last_b is not None and last_a.group == last_b.group
    is_dated = bool(_DATED.search(a)) and bool(_DATED.search(b))
    ended = other[1] == clause[1] or bool(EDGE[language].match(text, other[1] + (text[other[1] : other[1] + 1] == " ")))
    begun = one[0] == clause[0] or not any(mark.start == one[0] for mark in marks)
    return (
        3.0 * is_one_kind
        + 2.0 * is_dated
        + min(2.0, 1.0 * _shared(units_a[::-1], units_b[::-1]))
        + min(1.0, 1.0 * _shared(units_a, units_b))
        + 0.5 * ended
        + 0.5 * begun
        - 1.0 * b.endswith(("ing", "ed"))
        + 0.5 * (language == "zh" and len(a) == len(b))
        - 0.8 * abs(len(_INNER.findall(a)) - len(_INNER.findall(b)))
        - size * abs(len(units_a) - len(units_b))
        - 0.1 * size * (len(units_a) + len(units_b))
    )


def _last(span: Span, marks: Sequence[_Mark]) -> _Mark | None:
    inside = [mark for mark in marks if span[0] <= mark.start and mark.end <= span[1]]
    return max(inside, key=lambda mark: mark.end, default=None)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many units both begin with."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _before(text: str, first: Span, language: Language) -> list[Span]:
    """Further things listed ahead of the first one: "一等、二等和三等", "gold, silver and bronze"."""
    found: list[Span] = []
    at = first[0]
    pattern = re.compile(r"(?P<x>[^,。?;:、和与]{1,16})、$" if language == "zh" else r"(?P<x>[\w'’%.&-]+(?: [\w'’%.&-]+)?), $")
    while match := pattern.search(text[:at]):
        found.insert(0, match.span("x"))
        at = match.start("x")
    return found


def _after(text: str, last: Span, language: Language, marks: Sequence[_Mark]) -> Span | None:
    """The next thing of a list, as far as it is like the one before it."""
    join = re.match(r"[、和与及跟]+" if language == "zh" else r",? (?:and|or) (?:the )?|, (?=\w)", text[last[1] :])
    if join is None:
        return None
    at = last[1] + join.end()
    _, high = _clause(text, (last[1], at), language)
    ends = _ends(text, last[1], at, high, language, marks)
    spans = [(at, end) for end in ends if _is_something(text, (at, end))]
    best = max(((_alikeness(text, last, span, (last[0], high), language, marks), span) for span in spans), default=None)
    return _trimmed(text, best[1]) if best is not None and best[0] >= LEAST - 1 else None
