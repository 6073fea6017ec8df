"""A question in its conversation to a query that can stand alone: language, kind and weighted terms."""

import re
import unicodedata
from collections import Counter
from math import log

from assistant.kinds import Kind, kind_of
from ingest.lexical import terms
from ingest.schema import Language, Record


_CJK = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[A-Za-z]")


class View(Record):
    """One way to look for an answer: text whose vector and weighted index terms are compared with every chunk.

    `weight` counts the score of the chunk itself, `document_weight` that of the best chunk of its document.
    """

    text: str
    terms: tuple[tuple[str, float], ...]
    weight: float = 1.0
    document_weight: float = 0.0


class Query(Record):
    """What is searched for. The first view is the question itself, later ones are what the conversation adds."""

    text: str
    language: Language
    kind: Kind
    views: tuple[View, ...]


def view_of(text: str, weight: float = 1.0, document_weight: float = 0.0) -> View:
    """A view of a text; a term that stands n times counts 1 + ln n, so that long texts do not drown short ones."""
    counts = Counter(terms(text))
    weighted = tuple(sorted((term, 1.0 + log(count)) for term, count in counts.items()))
    return View(text=text, terms=weighted, weight=weight, document_weight=document_weight)


def plain_query(text: str) -> Query:
    """A query for text that stands alone already."""
    clean = normalise(text)
    language = language_of(clean)
    return Query(text=clean, language=language, kind=kind_of(clean, language), views=(view_of(clean),))


def language_of(text: str) -> Language:
    """Chinese as soon as ideographs carry the sentence: product names in Latin script do not make a question English."""
    ideographs, letters = len(_CJK.findall(text)), len(_LETTER.findall(text))
    return "zh" if ideographs * 3 >= letters and ideographs else "en"


def normalise(text: str) -> str:
    """Full-width forms folded and blanks made single; what people type differs, what is meant does not."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
