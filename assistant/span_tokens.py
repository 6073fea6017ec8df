"""A sentence to the tokens that a short answer may begin and end with, each with the kind of word it is.

A figure is one token together with its qualifier and unit, so that no short answer can lose them; a date may be cut, because a question
may ask for the year alone. Chinese is read character by character.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ingest.figures import Figure, find_figures

_HAN = r"\u3400-\u9fff\uf900-\ufaff\u3007"
_TOKEN = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+(?:['’.\-–][^\W_{_HAN}]+)*['’]?s?|\S")
_FOLDED = str.maketrans("，。；：！？（）“”‘’「」『』【】—～", ',.;:!?()""\'\'""""()-~')
_MARKS = frozenset(",.;:!?()\"'-~《》·%$£€/[]|")
_WHOLE = frozenset(("amount", "percent", "count", "number", "ordinal", "reference"))
_WORDS: dict[str, str] = {
    "det": "the a an this that these those its his her their our my your each every all both some any no another such",
    "be": "is are was were be been being am",
    "aux": "has have had do does did will would can could may might must shall should",
    "and": "and or but nor",
    "to": "to",
    "of": "of",
    "by": "by",
    "in": "in on at",
    "for": "for",
    "as": "as",
    "from": "from",
    "prep": "with into during after before between among through over under against about until since within without near around along "
    "across toward towards upon via despite including like than because while if although when where which who whom whose what how why "
    "so",
    "pron": "he she it they we i you him them us me himself itself themselves there",
    "adv": "not also only very more most less often usually mainly primarily largely later then first however now still even just once "
    "never",
    "number word": "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand million "
    "billion dozen half third quarter",
}
_TAGS = {word: tag for tag, words in _WORDS.items() for word in words.split()}
_YEAR = "january february march april may june july august september october november december"
_MONTHS = frozenset(_YEAR.split())
# Tried in this order; an ending decides when at least three letters stand before it.
_ENDINGS: tuple[str, ...] = (
    *("ing", "ed", "ly", "tion", "sion", "ment", "ness", "ity", "ance", "ence", "ism", "ist", "er", "or"),
    *("al", "ive", "ous", "ic", "able", "ible", "ful", "less", "an", "s"),
)
_CLASSES = {"name": "name", "acronym": "name", "first name": "name", "number": "number", "number word": "number", "mixed": "number"}


class Token(NamedTuple):
    """A span of the sentence. `word` is its lower-case text, "#" for a whole figure; `kind` what sort of word or figure it is; `coarse` the
    class of that: date, figure:amount and the like, name, number, word, han, mark or function.
    """

    start: int
    end: int
    kind: str
    word: str
    coarse: str


def tokens(text: str) -> list[Token]:
    """Tokens in reading order; blanks belong to none."""
    figures = find_figures(text)
    dates = [(figure.start, figure.end) for figure in figures if figure.kind == "date"]
    return [_token(text, start, end, figure, dates) for start, end, figure in _pieces(text, figures)]


def _pieces(text: str, figures: tuple[Figure, ...]) -> Iterator[tuple[int, int, Figure | None]]:
    at = 0
    for figure in figures:
        if figure.kind in _WHOLE and figure.start >= at:
            yield from ((match.start(), match.end(), None) for match in _TOKEN.finditer(text, at, figure.start))
            yield figure.start, figure.end, figure
            at = figure.end
    yield from ((match.start(), match.end(), None) for match in _TOKEN.finditer(text, at))


def _token(text: str, start: int, end: int, figure: Figure | None, dates: list[tuple[int, int]]) -> Token:
    if figure is not None:
        return Token(start, end, f"figure:{figure.kind}", "#", f"figure:{figure.kind}")
    word = text[start:end]
    low = word.lower().translate(_FOLDED)
    kind = _kind(word, low, start == 0)
    if any(begin <= start and end <= finish for begin, finish in dates):
        is_year = kind == "number" and len(word) == 4
        kind = "date:year" if is_year else "date:month" if low in _MONTHS else f"date:{kind}"
    return Token(start, end, kind, low, _class(kind))


@lru_cache(maxsize=256)
def _class(kind: str) -> str:
    family = kind.split(":")[0]
    return family if family in ("date", "mark", "han", "word") else _CLASSES.get(kind, "function")


def _kind(word: str, low: str, is_first: bool) -> str:
    head = word[0]
    if re.match(f"[{_HAN}]", head):
        return "han"
    if not head.isalnum():
        return f"mark:{low[0]}" if low[0] in _MARKS else "mark"
    if head.isdigit():
        return "number" if re.fullmatch(r"\d[\d.,]*", word) else "mixed"
    if low in _TAGS and (is_first or not head.isupper()):
        return _TAGS[low]
    if head.isupper():
        if is_first:
            return "first name"
        return "acronym" if len(word) > 1 and word.isupper() else "name"
    ending = next((ending for ending in _ENDINGS if low.endswith(ending) and len(low) > len(ending) + 2), "")
    return f"word:{ending}"
