"""Texts to the periods that they name, and a question about one day or month to what held then: rates and awards change by date."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Candidate
from ingest.figures import Figure, find_figures

ALWAYS = 99999999
"""The last day of a period that nothing ends."""

_TO = re.compile(r"\s*(?:,?\s*(?:to|until|till|through)|-|–|—|至|到)\s*", re.IGNORECASE)
_BETWEEN, _AND = re.compile(r"\bbetween\s*$", re.IGNORECASE), re.compile(r"\s+and\s+", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|since|as of|starting|beginning(?: on)?|effective|with effect from)(?: on)?\s*$|[自从]\s*$", re.IGNORECASE)
_ON = re.compile(r"^\s*(?:onwards?|on\b)|^\s*(?:之?起|以后|之后|开始)", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:to|until|till|through|up to|before|by|ends?(?: on)?|expires?(?: on)?)\s*$|[至到]\s*$|截至\s*$", re.IGNORECASE)
_BEFORE = re.compile(r"^\s*(?:之?前|以前|为?止|截止|届满|到期)")


class Period(NamedTuple):
    """First and last day as numbers (20260401); 0 and `ALWAYS` where it is open at that end."""

    first: int
    last: int

    def meets(self, other: "Period") -> bool:
        """Whether both have a day in common."""
        return self.first <= other.last and other.first <= self.last


def moment(text: str) -> Period | None:
    """The one day or month that a text names; None where it names none or several."""
    dates = [figure for figure in find_figures(text) if figure.unit in ("day", "month")]
    return _span(dates[0]) if len(dates) == 1 else None


def periods(text: str) -> list[Period]:
    """The periods that a text names by their ends, in its order; a date that neither begins nor ends anything is none."""
    dates = [figure for figure in find_figures(text) if figure.unit in ("day", "month", "year") and figure.high is None]
    found, after = [], 0
    for number, date in enumerate(dates):
        before = text[after : date.start]
        rest = text[date.end : dates[number + 1].start if number + 1 < len(dates) else len(text)]
        begins = bool(_FROM.search(before) or _ON.match(rest))
        is_range = bool(_TO.fullmatch(rest) or (_BETWEEN.search(before) and _AND.fullmatch(rest)))
        after = date.end
        if is_range and number + 1 < len(dates):
            found.append(Period(_span(date).first, _span(dates[number + 1]).last))
        elif begins:
            found.append(Period(_span(date).first, ALWAYS))
        elif not (number and _TO.fullmatch(before)) and (_UNTIL.search(before) or _BEFORE.match(rest)):
            found.append(Period(0, _span(date).last))
    return found


def holding(question: str, found: Sequence[Candidate]) -> NDArray[np.float64]:
    """1 for candidates that name the latest begun of the periods that the question's day or month falls into, -1 for those that name only
    others, 0 for the rest; shape (len(found),)."""
    asked = moment(question)
    if asked is None:
        return np.zeros(len(found))
    named = [periods(candidate.text) for candidate in found]
    begun = [[one.first for one in each if one.meets(asked)] for each in named]
    latest = max((max(each) for each in begun if each), default=0)
    holds = [float(max(firsts) == latest) if firsts else -float(bool(each)) for firsts, each in zip(begun, named, strict=True)]
    return np.array(holds, dtype=np.float64)


def _span(date: Figure) -> Period:
    value = int(date.value)
    if date.unit == "year":
        return Period(value * 10000 + 101, value * 10000 + 1231)
    return Period(value * 100 + 1, value * 100 + 31) if date.unit == "month" else Period(value, value)
