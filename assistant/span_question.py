"""A question to what its short answer should look like: the sort of question, the noun it asks for, and where its own words stand.

Sorts have the same names in both languages, so that a question in one can look for its answer in a sentence of the other.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.answer_type import expected_unit
from assistant.kinds import Kind
from assistant.question import Query
from assistant.span_tokens import Token
from ingest.lexical import STOP_WORDS, stem, terms

SORTS = ("why", "how many", "how much", "how far", "how", "when", "where", "who", "which", "what is", "what does", "what", "other")
"""Sorts of question; the first whose pattern is found decides, in the order of the patterns."""

_ENGLISH = (
    ("why", r"\bwhy\b"),
    ("how many", r"\bhow many\b|\bnumber of\b"),
    ("how much", r"\bhow much\b|percent|\bwhat (?:share|rate|proportion)\b"),
    ("how far", r"\bhow (?:long|old|far|high|large|big|fast|often|tall|deep|wide|\w+ly)\b"),
    ("how", r"\bhow\b"),
    ("when", r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|century|decade|time)\b"),
    ("where", r"\bwhere\b"),
    ("who", r"\b(?:who|whom|whose)\b"),
    ("which", r"\bwhich\b"),
    ("what is", r"\bwhat(?:'s| is| are| was| were)\b"),
    ("what does", r"\bwhat (?:do|does|did|has|have|had|can|could|will|would|may|might|must|should)\b"),
    ("what", r"\bwhat\b"),
)
_CHINESE = (
    ("why", r"为什么|为何|原因|为啥|何故"),
    ("when", r"什么时候|何时|哪一?[年天月日]|几[年月日号]|什么时间|何年"),
    ("how far", r"多久|多长时间"),
    ("how many", r"多少|几|多大|多高|多长|多远|多重"),
    ("who", r"谁|何人|哪[个位]人"),
    ("where", r"哪里|哪儿|何处|何地|什么地方|哪[个座一]?(?:城市|国家|省|地区|市|县|区|国|洲|州|地)|在哪"),
    ("how", r"怎么|如何|怎样|何种"),
    ("which", r"哪些|哪几|哪|何"),
    ("what", r"什么"),
)
_PATTERNS = {
    "en": tuple((sort, re.compile(pattern, re.IGNORECASE)) for sort, pattern in _ENGLISH),
    "zh": tuple((sort, re.compile(pattern)) for sort, pattern in _CHINESE),
}
_HELPING = r"is|are|was|were|be|been|do|does|did|has|have|had|can|could|will|would|may|might|must|should"
_ASKED_NAME = re.compile(
    rf"\b(?:what|which)(?:'s| (?:{_HELPING})) (?:the |an? |one |another |some )?((?:[\w'-]+ ){{1,3}}?)(?:of|for|in|that|used|given|to)\b"
)
_ASKED_KIND = re.compile(
    rf"\b(?:what|which) (?:(?:kind|type|sort)s? of )?((?!(?:{_HELPING})\b)[\w'-]+(?: (?!(?:{_HELPING})\b)[\w'-]+){{0,3}})"
    r"|\bhow many ([\w'-]+)"
)
_AFTER = re.compile(r"(?:[些个种位家座一所项部类样条])*([\u4e00-\u9fff]{1,2})")
_BEFORE = re.compile(r"([\u4e00-\u9fff]{2})(?:分别)?[是为叫有在]*$")
_NUMBERS = frozenset(("figure:amount", "figure:percent", "figure:count", "figure:number", "number"))
_HOLDS: dict[Kind, frozenset[str]] = {"figure": _NUMBERS, "count": _NUMBERS, "date": frozenset(("date",))}
_UNITS = {"yuan": frozenset(("figure:amount",)), "percent": frozenset(("figure:percent",))}
_NAMING = frozenset(("how many", "which", "what"))
_HAN = re.compile(r"[\u3400-\u9fff]")


class Wanted(NamedTuple):
    """What is asked for. `noun` is the stem or pair of ideographs that names it, "" for none.

    `holds` are the classes of tokens of which the answer should have one, empty where the question does not tell.
    `before` and `after` are the question's text around its question word, which Chinese leaves where the answer stands; `places` gives each
    term of the question, or of its translation, as first, inner or last; `pairs` the neighbouring ideographs.
    """

    sort: str
    noun: str
    holds: frozenset[str]
    before: str
    after: str
    pairs: frozenset[str]
    places: dict[str, str]


def wanted(query: Query) -> Wanted:
    """The question's side of the features of a span."""
    text = query.text
    found = next(((sort, match) for sort, pattern in _PATTERNS[query.language] if (match := pattern.search(text))), None)
    sort = found[0] if found else "other"
    before, after = (text[: found[1].start()], text[found[1].end() :]) if found else (text, "")
    own = list(dict.fromkeys(terms(text)))
    places = {term: "inner" for term, _ in query.views[0].terms} | dict.fromkeys(own, "inner")
    if own:
        places |= {own[0]: "first", own[-1]: "last"}
    noun = _english_noun(text.lower()) if query.language == "en" else _chinese_noun(before, after) if sort in _NAMING else ""
    pairs = frozenset(text[i : i + 2] for i in range(len(text) - 1)) | {term for term in places if _HAN.match(term)}
    holds = _UNITS.get(expected_unit(text, query.kind)) or _HOLDS.get(query.kind, frozenset())
    return Wanted(sort, noun, holds, before if query.language == "zh" else "", after if query.language == "zh" else "", pairs, places)


def _english_noun(low: str) -> str:
    """The stem after what, which or how many ("which city": citi), or of what is to be named ("what is the capital of": is capit)."""
    if match := _ASKED_NAME.search(low):
        return f"is {stem(match.group(1).split()[-1])}"
    if match := _ASKED_KIND.search(low):
        words = (match.group(1) or match.group(2)).split()
        kept = next((i for i, word in enumerate(words) if word in STOP_WORDS), len(words))
        return stem(words[kept - 1]) if kept else ""
    return ""


def _chinese_noun(before: str, after: str) -> str:
    match = _AFTER.match(after)
    if match and match.group(1) not in ("的", "吗", "呢"):
        return match.group(1)
    named = _BEFORE.search(before)
    return f"is {named.group(1)}" if named else ""


def matched(asked: Wanted, text: str, found: Sequence[Token]) -> list[str]:
    """For each token where in the question it stands: first, inner, last; "" for not at all, "-" for words without a term."""
    places = [_place(asked, text, token) for token in found]
    for i, (one, other) in enumerate(pairwise(found)):
        if one.kind == other.kind == "han" and one.end == other.start and text[one.start : other.end] in asked.pairs:
            places[i] = places[i + 1] = "inner"
    return places


def _place(asked: Wanted, text: str, token: Token) -> str:
    if token.kind == "han" or token.coarse == "mark":
        return ""
    own = terms(text[token.start : token.end])
    hits = [asked.places[term] for term in own if term in asked.places]
    if hits and (token.word != "#" or len(hits) == len(own)):
        return hits[0]
    return "" if own else "-"
