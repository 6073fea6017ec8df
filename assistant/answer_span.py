"""A quote to the short answer inside it: the figure, date or name that the question asks for."""

import re
from collections.abc import Iterator

from assistant.candidates import Candidate
from assistant.question import Query
from assistant.schema import AnswerSpan
from ingest.figures import Figure, find_figures
from ingest.lexical import terms

_NAME_EN = re.compile(r"\b[A-Z][\w'’.-]*(?:\s+(?:of|the|and|de|von|van|for)\s+(?=[A-Z])|\s+)?(?:[A-Z][\w'’.-]*\s?)*")
_NAME_ZH = re.compile(r"《[^》]+》|“[^”]+”|[\u4e00-\u9fff·]{2,6}(?=[,，、。；（(]|$)")


def find_span(query: Query, candidate: Candidate) -> AnswerSpan | None:
    """The likeliest short answer of the asked kind, nearest to the question's own words; None where no kind is asked for."""
    spans = [(start, end) for start, end in _typed(query, candidate.text) if not _is_asked(query, candidate.text[start:end])]
    if not spans:
        return None
    anchors = _anchors(query, candidate.text)
    start, end = min(spans, key=lambda span: (_distance(span, anchors), span[0]))
    return AnswerSpan(text=candidate.text[start:end], start=candidate.start + start, end=candidate.start + end)


def _typed(query: Query, text: str) -> Iterator[tuple[int, int]]:
    if query.kind in ("figure", "count"):
        yield from ((f.start, f.end) for f in find_figures(text) if f.kind != "date" and f.kind != "reference")
    elif query.kind == "date":
        yield from ((f.start, f.end) for f in find_figures(text) if _is_time(f))
    elif query.kind in ("who", "place"):
        pattern = _NAME_EN if query.language == "en" else _NAME_ZH
        for match in pattern.finditer(text):
            name = match.group().rstrip(" .,")
            if len(name) > 1:
                yield match.start(), match.start() + len(name)


def _is_time(figure: Figure) -> bool:
    return figure.kind == "date"


def _is_asked(query: Query, text: str) -> bool:
    asked = set(terms(query.text))
    own = terms(text)
    return bool(own) and all(term in asked for term in own)


def _anchors(query: Query, text: str) -> list[int]:
    """Places in the text where a word of the question stands."""
    asked = set(terms(query.text))
    lowered = text.lower()
    if query.language == "zh":
        return [i for i in range(len(text) - 1) if text[i : i + 2] in asked]
    return [match.start() for match in re.finditer(r"[a-z0-9]+", lowered) if set(terms(match.group())) & asked]


def _distance(span: tuple[int, int], anchors: list[int]) -> float:
    """Sum of the distances to the three nearest words of the question; 0 where there is none."""
    near = sorted(min(abs(anchor - span[0]), abs(anchor - span[1])) for anchor in anchors)[:3]
    return float(sum(near))
