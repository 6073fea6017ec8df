"""A quote to the short answer inside it: the figure, date, name or phrase that the question asks for."""

import re

from assistant.candidates import Candidate
from assistant.folding import language_of
from assistant.kinds import Kind
from assistant.question import Query
from assistant.schema import AnswerSpan
from assistant.span_demands import expects_figure, is_figure
from assistant.span_model import Found, best_span, span_weights
from assistant.span_question import Wanted, wanted
from ingest.lexical import terms

EXPLAINED: frozenset[Kind] = frozenset(("reason", "procedure", "yesno", "summary", "compare", "eligibility", "greeting"))
"""Kinds of question that no phrase answers: the sentence itself is their answer."""

_NAMED: frozenset[Kind] = frozenset(("figure", "count", "date", "who", "place"))
LISTING = 3
"""Commas and conjunctions from which a sentence is taken to list things."""

_JOINED = re.compile(r"[,，、;；]|\b(?:and|or)\b|[和及与]")
_SPARED = " \"'“”‘’「」.,;:，。；：、"


def find_span(query: Query, candidate: Candidate) -> AnswerSpan | None:
    """The likeliest short answer; None where the question asks for an explanation or none is likely enough to be marked."""
    if query.kind in EXPLAINED:
        return None
    asked = wanted(query)
    if asked.sort == "why" or (asked.sort == "other" and query.kind not in _NAMED):
        return None
    text = candidate.text
    if candidate.announces:
        return None
    language = language_of(text)
    found = _cell(asked, candidate) or best_span(asked, language, text, query=query)
    if found is None or found.expected < span_weights().threshold[language]:
        return None
    start, end = _trimmed(text, found)
    short = text[start:end]
    if not short or short == text or _is_said(query, short) or not _is_of_kind(query, asked, text, short):
        return None
    return AnswerSpan(text=short, start=candidate.start + start, end=candidate.start + end)


def _cell(asked: Wanted, candidate: Candidate) -> Found | None:
    """Of a table row the cell below the head that the question names best; None where it names none or several alike."""
    if candidate.kind != "row":
        return None
    cells = candidate.passage.chunk.blocks[candidate.block].cells
    named = [(len(set(terms(cell.head)) & asked.places.keys()), cell) for cell in cells if cell.head and cell.start < cell.end]
    most = max((count for count, _ in named), default=0)
    best = [cell for count, cell in named if count == most]
    if not most or len(best) > 1:
        return None
    return Found(best[0].start - candidate.start, best[0].end - candidate.start, 1.0)


def _trimmed(text: str, found: Found) -> tuple[int, int]:
    """The span without marks at its ends; a quotation mark stays where its partner stands in the span too."""
    start, end = found.start, found.end
    own = text[start:end]
    left, right = len(own) - len(own.lstrip(_SPARED)), len(own) - len(own.rstrip(_SPARED))
    is_quoted = left == right == 1 and own[0] in '"“「‘'
    return (start, end) if is_quoted else (start + left, end - right)


def _is_of_kind(query: Query, asked: Wanted, text: str, short: str) -> bool:
    """Whether it has the form asked for: more than one thing of a sentence that lists things, a number where an amount is asked for."""
    if query.kind == "list":
        return len(_JOINED.findall(text)) < LISTING or _JOINED.search(short) is not None
    return is_figure(short) or not expects_figure(query, asked)


def _is_said(query: Query, text: str) -> bool:
    """Whether the question says all of it already."""
    asked = set(terms(query.text))
    own = terms(text)
    return not own or all(term in asked for term in own)
