"""A question about two things to one question for each: "A against B" is answered by what the documents say of A and of B."""

import re
from collections.abc import Sequence

from assistant.question import Query
from ingest.glossary import Glossary
from ingest.schema import Language, Record

_FLAGS = re.IGNORECASE
_THINGS = r"(?P<a>[^,.?;:]{2,80}?)"
_OTHER = r"(?P<b>[^,.?;:]{2,80}?)"
_MORE = "higher|lower|more|better|stricter|larger|smaller"
_STOP = r"(?=\s*(?:[,.?;:]|$))"
_EN = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        rf"\bbetween (?:the )?{_THINGS} and (?:the )?{_OTHER}{_STOP}",
        rf"\bcompare (?:the )?{_THINGS} (?:and|with|to|against) (?:the )?{_OTHER}{_STOP}",
        rf"(?:[,:] ?|\b(?:is|are|does|do|{_MORE})[,:]? )(?:the )?{_THINGS},? or (?:the )?{_OTHER}{_STOP}",
        rf"(?:^|[,:] ?|\bof )(?:the )?{_THINGS} (?:versus|vs\.?|against|compared (?:to|with)) (?:the )?{_OTHER}{_STOP}",
        rf"\bfrom (?:the )?{_THINGS} to (?:the )?{_OTHER}{_STOP}",
    )
)
_ZH = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<a>[^,。?;:]{2,30}?)(?:和|与|跟|同|比|及)(?P<b>[^,。?;:]{2,30}?)"
        r"(?:相比|比较|对比|之间|的?(?:区别|差别|差异|不同|变化)|有(?:什么|何|哪些)(?:区别|差别|差异|不同)|哪个|哪一个|分别|各|差多少)",
        r"(?:比较|对比)(?:一下)?(?P<a>[^,。?;:]{2,30}?)(?:和|与|跟|同|及)(?P<b>[^,。?;:]{2,30}?)(?=[的,。?;]|$)",
        r"从(?P<a>[^,。?;:]{2,30}?)到(?P<b>[^,。?;:]{2,30}?)(?=[,。?;]|$|有)",
    )
)


COMPARABLE = frozenset(("sector", "enterprise_kind", "place", "technology", "product", "material", "document_kind"))
"""Kinds of glossary terms of which two in one question are likely what it compares."""


class Side(Record):
    """One of the things compared: its name and the question about it alone."""

    name: str
    question: str


def sides(query: Query, glossary: Glossary | None) -> tuple[Side, ...]:
    """The two sides of a comparison; () where the question does not name two things."""
    for pattern in _ZH if query.language == "zh" else _EN:
        match = pattern.search(query.text)
        if match:
            return _of_spans(query.text, [match.span("a"), match.span("b")])
    return _of_spans(query.text, _alike(query.text, query.language, glossary))


def _of_spans(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Side, ...]:
    """One question a span, without the words of the other spans."""
    if len(spans) != 2:
        return ()
    found = []
    for own, other in (spans, spans[::-1]):
        rest = text[: other[0]] + " " + text[other[1] :]
        found.append(Side(name=text[own[0] : own[1]].strip(), question=re.sub(r"\s+", " ", rest).strip()))
    return tuple(found)


def _alike(text: str, language: Language, glossary: Glossary | None) -> list[tuple[int, int]]:
    """Two years, or two glossary terms of one kind, that stand in the text; [] for any other number of them."""
    years = [match.span() for match in re.finditer(r"(?<!\d)(?:19|20)\d\d年?版?(?!\d)", text)]
    if len(years) == 2:
        return years
    mentions = glossary.find(text) if glossary else ()
    by_kind: dict[str, list[tuple[int, int]]] = {}
    for mention in mentions:
        by_kind.setdefault(mention.term.kind, []).append((mention.start, mention.end))
    pairs = [spans for kind, spans in by_kind.items() if len(set(spans)) == 2 and kind in COMPARABLE]
    return sorted(set(pairs[0])) if pairs else []
