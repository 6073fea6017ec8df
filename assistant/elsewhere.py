"""Questions about a place against papers and passages of another: Shaanxi is not Shanxi, Datong not Taiyuan."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Candidate
from assistant.features import Asked
from assistant.home_places import Place, Places, known_places
from assistant.places import is_within


def is_elsewhere(question: str, title: str, places: Places = known_places) -> bool:
    """Whether a document's title names places and the question only others: Shaanxi is not Shanxi, Datong not Taiyuan.

    Of places that only the documents know it is not known which lies in which: they are held against places of their own level.
    """
    asked, told = places(question), places(title)
    return bool(asked and told) and _are_apart(asked, told) and any(_excludes(one, other) for one in asked for other in told)


def is_out_of_place(question: str, title: str, passage: str, titles: Iterable[str], places: Places = known_places) -> bool:
    """Whether a question names places and the passage that would answer it none of them.

    A passage that names no place in its title may hold for the places that other titles found are about: those are at home here.
    """
    asked, titled = places(question), places(title)
    if not asked or not _are_apart(asked, places(passage)):
        return False
    if titled:
        return any(_excludes(one, other) for one in asked for other in titled)
    return not asked & {place for one in titles for place in places(one)} and asked <= known_places(question)


def _are_apart(asked: frozenset[Place], told: frozenset[Place]) -> bool:
    return not any(is_within(one, other) or is_within(other, one) for one, _ in asked for other, _ in told)


def _excludes(one: Place, other: Place) -> bool:
    """Whether a paper of one place is none of the other, where neither is known to lie in the other."""
    return one[1] == other[1] or not (one[0].isascii() or other[0].isascii())


def of_other_place(asked: Asked, found: Sequence[Candidate]) -> NDArray[np.float64]:
    """1 for candidates that name none of the question's places, themselves or by title or heading, where others do."""
    wanted = asked.places(asked.text)
    if not wanted:
        return np.zeros(len(found))
    texts = (" ".join([c.passage.chunk.source.title, *c.passage.chunk.path(), c.lead, c.text]) for c in found)
    is_other = np.array([wanted.isdisjoint(asked.places(text)) for text in texts], dtype=np.float64)
    return np.zeros(len(found)) if is_other.all() else is_other


def from_elsewhere(asked: Asked, found: Sequence[Candidate]) -> NDArray[np.float64]:
    """1 for candidates from papers of another place than the question's, by their titles, where papers of its own are found."""
    wanted, titles = asked.places(asked.text), {c.passage.chunk.source.title for c in found}
    if not any(wanted & asked.places(title) for title in titles):
        return np.zeros(len(found))
    apart = {title for title in titles if is_elsewhere(asked.text, title, asked.places)}
    return np.array([c.passage.chunk.source.title in apart for c in found], dtype=np.float64)
