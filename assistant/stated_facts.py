"""The user's turns of a conversation to the facts they state of their own firm, later turns overruling earlier ones."""

import re
from collections.abc import Sequence
from datetime import date

from assistant.describe import describe
from assistant.description import Origin
from assistant.profile import FieldKind, kind_of
from assistant.profile_input import read_profile
from ingest.glossary import Glossary
from ingest.schema import PlanQueryError
from ingest.sentences import sentence_spans

_QUESTION = re.compile(
    r"[?？]\s*$|[吗呢么][。.!！]?\s*$|能不能|能否|是否|可不可以|哪些|什么"
    r"|^\s*(?:can|could|do|does|are|is|what|which|how|may)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,，;；:：]|\bbut\b|\band\b", re.IGNORECASE)
_YES_NO = re.compile(r"\s*(yes|no|y|n|是|否|有|没有|不是|对)(?:的)?\s*(?:$|[,，.。!！])", re.IGNORECASE)

_NAMED: tuple[FieldKind, ...] = ("yes_no", "choice", "list", "text")


def asking_sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text that are questions."""
    return [(start, end) for start, end in sentence_spans(text) if _QUESTION.search(text[start:end])]


def asking_spans(text: str) -> list[tuple[int, int]]:
    """The clauses of a text that ask: the last clause of each question that reads as one."""
    spans = []
    for start, end in asking_sentences(text):
        sentence = text[start:end]
        cuts = [match.end() for match in _CLAUSE_END.finditer(sentence[: len(sentence.rstrip("?？ "))])]
        asked = next((cut for cut in reversed([0, *cuts]) if _QUESTION.search(sentence[cut:].lstrip())), 0)
        spans.append((start + asked, end))
    return spans


def stated(text: str, glossary: Glossary, as_of: date) -> dict[str, Origin]:
    """The facts of one turn. In the clause that asks only figures count: "are we a high-tech firm?", "can we get the Taiyuan award for
    software?" state nothing of the kind."""
    asked = asking_spans(text)
    return {
        origin.field: origin
        for origin in describe(text, glossary, as_of).origins
        if not (kind_of(origin.field) in _NAMED and any(start <= origin.start < end for start, end in asked))
    }


def stated_by_all(texts: Sequence[str], glossary: Glossary, as_of: date) -> dict[str, Origin]:
    """The facts of all turns, oldest first; what a later turn says counts."""
    facts: dict[str, Origin] = {}
    for text in texts:
        facts |= stated(text, glossary, as_of)
    return facts


def answer_to(field: str, text: str) -> Origin | None:
    """A short turn read as the answer to the question for `field` ("180", "yes", "1.2亿"); None when it is none."""
    kind = kind_of(field)
    short = _YES_NO.match(text)
    if kind == "yes_no" and short is None:
        return None
    words = short[1] if short is not None and kind == "yes_no" else text.strip().rstrip("。.!！")
    try:
        value = getattr(read_profile({field: words}).profile, field)
    except PlanQueryError:
        return None
    return None if value is None else Origin(field=field, value=value, words=words, start=0, end=len(words))
