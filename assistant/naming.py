"""Sides of a comparison to what names each, so that a passage can be told to speak of one and not of another."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.asked_figure import told_with
from assistant.candidates import Candidate
from assistant.comparison import Side
from assistant.features import Concepts
from ingest.lexical import terms

_LEVELS = (
    ("nation", re.compile(r"全国|国家|\bnation(?:al|wide)?\b|\bChina\b", re.IGNORECASE)),
    (
        "province",
        re.compile(r"省(?:里|级|上|内)?|全省|山西(?!转型|综改)|\bprovinc\w+|\bShanxi\b(?! (?:Transformation|Reform))", re.IGNORECASE),
    ),
    ("city", re.compile(r"[市](?:里|级|上|内)|\bcity\b|\bmunicipal\w*", re.IGNORECASE)),
    ("zone", re.compile(r"区里|示范区|综改区|\bzone\b", re.IGNORECASE)),
)
"""Levels of government under whatever name: 省里 is 山西省 in a table."""


_UNMARKED = re.compile(
    r"^(?:一般|普通|其他|其它|通常|正常)|^(?:ordinary|normal|other|general|regular|usual|all other)\b|\b(?:in general)$", re.IGNORECASE
)
"""What is nothing special is seldom called so where its rule stands."""
OTHER = 0.6
"""Share of another side's name from which a candidate speaks of that side."""
NEUTRAL = 0.6
"""Share of its name that an unmarked side is taken to find wherever no other side is named."""


class Naming(NamedTuple):
    """What tells one side from the others: terms, ids of glossary terms, levels of government; the same of the others.

    `common` holds the glossary terms that the question names for all of them.
    """

    terms: frozenset[str]
    concepts: frozenset[str]
    levels: frozenset[str]
    find: Concepts
    is_unmarked: bool = False
    others: "tuple[Naming, ...]" = ()
    common: frozenset[str] = frozenset()

    def shares(self, candidate: Candidate) -> tuple[float, float]:
        """How much of it (0-1) stands in the candidate with all that it stands under, and in its own words and column heads alone."""
        chunk = candidate.passage.chunk
        source = chunk.source
        dates = " ".join(str(day.year) for day in (source.published, source.valid_from) if day)
        own = self._held(_told(candidate))
        near = self._held(" ".join([source.title, dates, *chunk.path(), candidate.lead, candidate.before]))
        if self.is_unmarked:
            return (0.0, 0.0) if self.names_other(candidate) else (NEUTRAL, NEUTRAL)
        return max(own, 0.9 * near), own

    def names_other(self, candidate: Candidate) -> bool:
        """Whether the candidate's own words name another side."""
        return any(other._held(_told(candidate)) > OTHER for other in self.others)

    def subject(self, candidate: Candidate) -> float:
        """Share (0-1) of what is common to all sides that the candidate or what it stands under names; 0 where nothing is."""
        return len(self.asked_in(candidate)) / len(self.common) if self.common else 0.0

    def asked_in(self, candidate: Candidate) -> frozenset[str]:
        """What is common to all sides that the candidate or what it stands under names."""
        told = f"{candidate.passage.chunk.source.title} {told_with(candidate)}"
        return self.common & {name for _, _, name in self.find(told)}

    def _held(self, text: str) -> float:
        found = {name for _, _, name in self.find(text)}
        shares = [
            len(wanted & held) / len(wanted)
            for wanted, held in ((self.terms, frozenset(terms(text))), (self.concepts, found), (self.levels, levels_in(text)))
            if wanted
        ]
        return max(shares, default=0.0)


def namings(sides: Sequence[Side], concepts: Concepts) -> list[Naming]:
    """For each side what it names and no other does; all that it names where nothing is its own."""
    words = [frozenset(terms(side.name)) for side in sides]
    ideas = [frozenset(name for _, _, name in concepts(side.name)) for side in sides]
    levels = [levels_in(side.name) for side in sides]
    names = [
        Naming(_own(words, at) or words[at], _own(ideas, at), _own(levels, at), concepts, bool(_UNMARKED.search(side.name)))
        for at, side in enumerate(sides)
    ]
    asked = [frozenset(name for _, _, name in concepts(side.question)) for side in sides]
    common = frozenset.intersection(*asked) if asked else frozenset()
    return [name._replace(others=tuple(other for other in names if other is not name), common=common) for name in names]


def _told(candidate: Candidate) -> str:
    """The candidate with the heads of its columns."""
    return f"{candidate.text} {candidate.heads}"


def levels_in(text: str) -> frozenset[str]:
    """Levels of government that a text names."""
    return frozenset(name for name, pattern in _LEVELS if pattern.search(text))


def _own(sets: Sequence[frozenset[str]], at: int) -> frozenset[str]:
    others = frozenset[str]().union(*(one for number, one in enumerate(sets) if number != at))
    return sets[at] - others
