"""Statements that something is not stated: evidence for "the documents do not say", never an answer."""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Candidate

_HEADING = re.compile(r"\bnot (?:stated|seen|given|covered|specified|found)\b|未载明|未说明|未提及|未列明|未涉及", re.IGNORECASE)
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
AHEAD = 0.4
"""An absence statement must lead the best other candidate by this (log-odds): where a document also gives a likely answer, that is read."""


class _Ranking(Protocol):
    @property
    def found(self) -> Sequence[Candidate]: ...

    @property
    def scores(self) -> NDArray[np.float64]: ...


def is_absence(candidate: Candidate) -> bool:
    """Whether a candidate says that something is not stated, by its own words or by the heading it stands under."""
    return bool(_STATEMENT.search(candidate.text)) or speaks_of_absence(candidate.passage.chunk.heading)


def speaks_of_itself(candidate: Candidate) -> bool:
    """Whether a sentence describes the text it stands in ("This page is a summary of ..."), which answers no question on its subject."""
    return bool(_OF_ITSELF.search(candidate.text.strip()))


def speaks_of_absence(heading: Iterable[str]) -> bool:
    """Whether a heading path announces what a document does not state."""
    return any(_HEADING.search(part) for part in heading)


def says_nothing(ranked: _Ranking) -> Candidate | None:
    """The best candidate, if it is an absence statement that no other candidate comes close to; None otherwise."""
    if not is_absence(ranked.found[0]):
        return None
    others = [score for candidate, score in zip(ranked.found, ranked.scores, strict=True) if not is_absence(candidate)]
    return ranked.found[0] if not others or ranked.scores[0] - max(others) >= AHEAD else None
