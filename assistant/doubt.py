"""A ranking and what its document leaves open to the signs that the question is not answered, though a sentence looks like it.

A document that says what it does not state answers a near miss: the question is closer to that statement than to any other.
"""

import re
from collections.abc import Callable, Collection, Sequence
from math import exp
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.absence import is_absence, leaves_whether
from assistant.attributes import asked_attributes, attributes, named_attributes
from assistant.candidates import Candidate, candidates
from assistant.confidence import SIGNS as RANKING_SIGNS
from assistant.confidence import spans_years
from assistant.features import NAMES, Asked, Concepts, Matrix, implied_by
from assistant.naming import levels_in
from assistant.papers import is_other_paper
from assistant.particulars import has_other_mark
from assistant.ranker import doubt
from assistant.sections import is_out_of_role, role_of, wanted_role
from assistant.years import YEAR
from ingest.lexical import STOP_CHARACTERS, terms
from ingest.schema import Chunk

OWN = (
    "odds", "lead", "local", "covered", "residual", "typed", "untyped", "in_role", "out_of_role", "names_asked", "names_other",
    "other_year", "other_level", "other_paper", "planned", "subject", "read", "agrees", "disagrees", "it_in_asked", "characters", "ahead",
)  # fmt: skip
SIGNS = (*OWN, *(f"ranking_{name}" for name in RANKING_SIGNS))
FAR = 6.0
"""Log-odds are cut off here: beyond, one sign would drown all others."""

CLOSE = 0.5
"""Share of words in common from which a statement of absence is told as the reason of a refusal; or it names the attribute asked for."""

Silences = Callable[[str], Sequence[Chunk]]
"""The sections of a document (by id) that say what it does not state; () where it has none."""

_CJK = re.compile(r"[\u3400-\u9fff]")
_FREE = STOP_CHARACTERS | frozenset("这那有不到能要可以对于我你们个家项条次年月日号会就还按给拿份")


class Ranked(Protocol):
    """What is known of the candidates, best first."""

    @property
    def asked(self) -> Asked: ...

    @property
    def found(self) -> Sequence[Candidate]: ...

    @property
    def scores(self) -> NDArray[np.float64]: ...

    @property
    def matrix(self) -> Matrix: ...


class Silence(NamedTuple):
    """The statement of absence that a question is closest to, and how close (see the last names of SIGNS)."""

    candidate: Candidate
    agrees: bool
    disagrees: bool
    asked_in_it: float
    it_in_asked: float
    characters: float

    @property
    def nearness(self) -> float:
        """Orders the statements of one document."""
        close = self.asked_in_it + self.it_in_asked + self.characters
        return 1.5 * self.agrees - self.disagrees + close - leaves_whether(self.candidate.text)


class Judgement(NamedTuple):
    """How probable it is (0-1) that a question is answered, and the statement of absence that it is closest to, if it is close."""

    probability: float
    silence: Candidate | None


class Doubtful(NamedTuple):
    """A ranking without statements of absence, and the statements.

    `odds` are those of the model fitted on public questions, `row` the signs it gives them by, `silent` what the best candidate's document
    says it does not state, `ahead` the score of the best statement found above that of the best candidate.
    """

    odds: float
    row: NDArray[np.float32]
    ranked: Ranked
    silent: Sequence[Candidate]
    ahead: float
    concepts: Concepts


def judge(doubtful: Doubtful) -> Judgement:
    """By the model of `doubt.json`; the question counts as answered from a probability of 0.5."""
    nearest = nearest_silence(doubtful)
    score = float(doubt().model.score(_signs(doubtful, nearest)[None, :])[0]) - doubt().threshold[doubtful.ranked.asked.language]
    is_close = nearest.agrees or max(nearest.it_in_asked, nearest.characters) >= CLOSE
    return Judgement(1.0 / (1.0 + exp(score)), nearest.candidate if is_close else None)


def silences(best: Candidate, found: Sequence[Candidate], chunks: Sequence[Chunk]) -> list[Candidate]:
    """What the document of the best candidate says it does not state: under a heading that says so (`chunks`), or among those found."""
    source = best.passage.chunk.source.id
    listed = candidates([best.passage.model_copy(update={"chunk": chunk}) for chunk in chunks])
    known = {(one.start, one.end) for one in listed}
    beside = [c for c in found if is_absence(c) and c.passage.chunk.source.id == source and (c.start, c.end) not in known]
    return [*listed, *beside]


def signs(doubtful: Doubtful) -> NDArray[np.float32]:
    """One row, columns as in SIGNS."""
    return _signs(doubtful, nearest_silence(doubtful))


def _signs(doubtful: Doubtful, nearest: Silence) -> NDArray[np.float32]:
    ranked = doubtful.ranked
    own = (
        float(np.clip(doubtful.odds, -FAR, FAR)),
        _lead(ranked),
        *(
            float(ranked.matrix[0, NAMES.index(name)])
            for name in ("local", "covered_with_section", "residual", "type_found", "type_missing")
        ),
        *_fits(ranked.asked, ranked.found[0], doubtful.concepts),
        float(ranked.matrix[0, NAMES.index("read")]),
    )
    close = (nearest.agrees, nearest.disagrees, nearest.it_in_asked, nearest.characters)
    return np.array([*own, *close, float(np.clip(doubtful.ahead, -3, 3)), *doubtful.row], np.float32)


def nearest_silence(doubtful: Doubtful) -> Silence:
    """The statement of absence that is closest to the question."""
    asked, concepts = doubtful.ranked.asked, doubtful.concepts
    title = doubtful.ranked.found[0].passage.chunk.source.title
    known = set(terms(title)) | implied_by(asked, title, concepts)
    wanted = asked_attributes(asked.text, asked.kind)
    found = [_silence(asked, wanted, known, candidate, concepts) for candidate in doubtful.silent]
    return max(found, key=lambda one: one.nearness)


def _silence(asked: Asked, wanted: frozenset[str], known: Collection[str], candidate: Candidate, concepts: Concepts) -> Silence:
    told = attributes(candidate.text)
    agrees = bool(told & wanted) and not has_other_mark(asked.text, candidate.text)
    own = set(terms(candidate.text))
    topic = own.difference(known) or own
    beyond = {term: weight for term, weight in asked.weights.items() if term not in known} or dict(asked.weights)
    held = own | implied_by(asked, candidate.text, concepts)
    in_question = set(asked.weights) | _of_same_idea(candidate.text, asked.text, concepts)
    return Silence(
        candidate,
        agrees,
        bool(told and wanted) and not agrees,
        sum(weight for term, weight in beyond.items() if term in held) / (sum(beyond.values()) or 1.0),
        len(topic & in_question) / max(1, len(topic)),
        _characters(asked.text, candidate.text),
    )


def _characters(question: str, text: str) -> float:
    """Share of the fewer distinct ideographs that both texts hold; 0 for texts without any."""
    one, other = (set(_CJK.findall(each)) - _FREE for each in (question, text))
    return len(one & other) / max(3, min(len(one), len(other))) if one and other else 0.0


def _of_same_idea(text: str, question: str, concepts: Concepts) -> set[str]:
    """The text's terms that the question says by another form of the same glossary term."""
    named = {name for _, _, name in concepts(question)}
    return {term for start, end, name in concepts(text) if name in named for term in terms(text[start:end])}


def _lead(ranked: Ranked) -> float:
    """Score of the best above the next, cut off at 5; 5 for a single candidate."""
    others = ranked.scores[1:]
    return float(min(5.0, ranked.scores[0] - others[0])) if len(others) else 5.0


def _fits(asked: Asked, best: Candidate, concepts: Concepts) -> list[float]:
    """From `in_role` to `subject`: whether the best candidate is where, of when, of whom and about what is asked."""
    chunk = best.passage.chunk
    told = f"{' '.join(chunk.path()[-1:])} {best.lead} {best.heads} {best.text}"
    role = role_of(chunk.path())
    wanted = asked_attributes(asked.text, asked.kind)
    named = named_attributes(told)
    years, theirs = set(YEAR.findall(asked.text)), set(YEAR.findall(best.text)) or set(YEAR.findall(f"{told} {chunk.source.title}"))
    levels, levels_told = levels_in(asked.text) - {"zone"}, levels_in(best.text) - {"zone"}
    ideas = {name for _, _, name in concepts(asked.text)} - {name for _, _, name in concepts(chunk.source.title)}
    said = {name for _, _, name in concepts(f"{told} {' '.join(chunk.path())}")} if ideas else set()
    return [
        float(role is not None and role == wanted_role(asked.text)),
        float(is_out_of_role(role, asked.text, asked.kind)),
        float(bool(wanted & named)),
        float(bool(wanted) and not wanted & named),
        float(bool(years and theirs) and not years & theirs and not spans_years(best.text, years)),
        float(bool(levels and levels_told) and not levels & levels_told),
        float(is_other_paper(asked.text, chunk.source.title)),
        float("result" in wanted and "target" in named and "result" not in named),
        len(ideas & said) / len(ideas) if ideas else 1.0,
    ]
