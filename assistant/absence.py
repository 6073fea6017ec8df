"""Statements that something is not stated: evidence for "the documents do not say", never an answer."""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Candidate
from assistant.kinds import Kind
from ingest.figures import find_figures

_HEADING = re.compile(r"\bnot (?:stated|state|seen|given|covered|specified|found)\b|未载明|未说明|未提及|未列明|未涉及", re.IGNORECASE)
_STATEMENT = re.compile(
    r"\b(?:is|are|was|were) not (?:stated|given|known|specified|named|seen|mentioned|set out|found|disclosed)\b"
    r"|\bcannot be (?:answered|told|determined)\b|\b(?:does|do|did) not (?:state|say|give|name|mention|specify|set out|disclose)\b"
    r"|\bno (?:figure|amount|date|information) is (?:given|stated)\b"
    r"|未载明|未说明|没有说明|未提及|没有提及|未见|没有查到|未给出|没有给出|未列明"
    r"|无法回答|不得而知|未公布|没有写明|未写明",
    re.IGNORECASE,
)
_OF_ITSELF = re.compile(
    r"^(?:this|the present) (?:page|note|summary|document|article|guide|paper|report|overview)\b"
    r"|^本(?:页|摘要|文件?|指南|报告|说明)(?:是|为|汇集|介绍|根据)",
    re.IGNORECASE,
)
_WHETHER = re.compile(r"\bwhether\b|是否|能否", re.IGNORECASE)
_PART = re.compile(r"[;；。]|[.:] ")
_TOLD = re.compile(r"\w{2,}")
LEAST = 6
"""Words from which a part of a statement says something of its own beside what it leaves open. A stretch of ideographs is one word,
so that nearly every Chinese statement that leaves something open is one of absence: by pairs of characters near misses were lost."""

WHETHER_KINDS = frozenset(("yesno", "eligibility", "fact"))
"""Kinds of question to which "whether ... is not stated" is a reply; a figure or a date is asked for in other words."""

AHEAD = 0.4
"""An absence statement must lead the best other candidate by this (log-odds): where a document also gives a likely answer, that is read."""


class _Asked(Protocol):
    @property
    def kind(self) -> Kind: ...


class _Ranking(Protocol):
    @property
    def asked(self) -> _Asked: ...

    @property
    def found(self) -> Sequence[Candidate]: ...

    @property
    def scores(self) -> NDArray[np.float64]: ...


def is_absence(candidate: Candidate) -> bool:
    """Whether a candidate says that something is not stated, by its own words or by the heading it stands under."""
    return speaks_of_absence(candidate.passage.chunk.heading) or _states_nothing(candidate.text)


def _states_nothing(text: str) -> bool:
    """Whether a text says that something is not stated, and tells nothing else that may be asked for."""
    if not _STATEMENT.search(text):
        return False
    others = [part for part in _PART.split(text) if not _STATEMENT.search(part) and not _WHETHER.search(part)]
    clauses = [part for part in re.split(r"[,，]\s?", text) if not _STATEMENT.search(part) and find_figures(part)]
    return not any(len(_TOLD.findall(part)) >= LEAST for part in (*others, *clauses))


def leaves_whether(text: str) -> bool:
    """Whether a statement of absence only leaves open whether something is so."""
    return bool(_WHETHER.search(text))


def speaks_of_itself(candidate: Candidate) -> bool:
    """Whether a sentence describes the text it stands in ("This page is a summary of ..."), which answers no question on its subject."""
    return bool(_OF_ITSELF.search(candidate.text.strip()))


def speaks_of_absence(heading: Iterable[str]) -> bool:
    """Whether a heading path announces what a document does not state."""
    return any(_HEADING.search(part) for part in heading)


def says_nothing(ranked: _Ranking) -> Candidate | None:
    """The best candidate, if it is an absence statement that no other candidate comes close to; None otherwise."""
    best = ranked.found[0]
    if not is_absence(best) or (leaves_whether(best.text) and ranked.asked.kind not in WHETHER_KINDS):
        return None
    others = [score for candidate, score in zip(ranked.found, ranked.scores, strict=True) if not is_absence(candidate)]
    return best if not others or ranked.scores[0] - max(others) >= AHEAD else None
