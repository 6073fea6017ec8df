"""A ranking to the decision whether the question is answered, and the statement of the documents that leaves it open."""

from math import exp
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.absence import is_absence, says_nothing
from assistant.candidates import Candidate
from assistant.confidence import adjustment, is_about_elsewhere, signs
from assistant.doubt import FAR, Doubtful, Silences, judge, silences
from assistant.features import Concepts, no_concepts
from assistant.papers import is_not_the_paper
from assistant.ranked import Ranked, without_absence
from assistant.ranker import ranking
from ingest.schema import Chunk, Language

NEVER_SEEN = "\0"
"""A term no document holds: its idf is the highest there is."""


def no_silence(_: str) -> tuple[Chunk, ...]:
    """No document says what it leaves open."""
    return ()


class Decision(NamedTuple):
    """Whether a question is answered, with what probability (0-1), and the statement that leaves open what is asked, if one does."""

    is_answered: bool
    probability: float
    silence: Candidate | None


def decide(language: Language, ranked: Ranked, highest_idf: float, concepts: Concepts, left_open: Silences) -> Decision:
    """Where the best candidate's document says what it does not state, by those statements too; elsewhere by the ranking alone."""
    doubtful = doubts(language, ranked, highest_idf, concepts, left_open)
    if doubtful is None:
        plain, probability = says_nothing(ranked), answerable(language, ranked, highest_idf, concepts)
        return Decision(plain is None and probability >= ranking().threshold[language], probability, plain)
    judged = judge(doubtful)
    # An answer about another place or from another paper is refused outright: the model knows the odds only up to FAR.
    asked, best = doubtful.ranked.asked, doubtful.ranked.found[0]
    is_apart = is_about_elsewhere(asked, doubtful.ranked.found) or is_not_the_paper(asked.text, best.passage.chunk.source.title)
    return Decision(judged.probability >= 0.5 and not is_apart, judged.probability, judged.silence)


def doubts(language: Language, ranked: Ranked, highest_idf: float, concepts: Concepts, left_open: Silences) -> Doubtful | None:
    """What doubt is decided on; None where the best candidate's document leaves nothing open in words."""
    stated = without_absence(ranked)
    silent = silences(stated.found[0], ranked.found, left_open(stated.found[0].passage.chunk.source.id))
    if not silent or is_absence(stated.found[0]):
        return None
    absent = [score for candidate, score in zip(ranked.found, ranked.scores, strict=True) if is_absence(candidate)]
    ahead = float(max(absent) - stated.scores[0]) if absent else -FAR
    row = signs(stated.asked, stated.found, stated.fitted, stated.matrix, highest_idf)
    return Doubtful(_log_odds(language, row, stated, concepts), row, stated, silent, ahead, concepts)


def answerable(language: Language, ranked: Ranked, highest_idf: float, concepts: Concepts = no_concepts) -> float:
    """Probability (0-1) that the best candidate answers the question, by the ranking alone."""
    return _probability(log_odds(language, ranked, highest_idf, concepts))


def log_odds(language: Language, ranked: Ranked, highest_idf: float, concepts: Concepts) -> float:
    """The same as log-odds."""
    return _log_odds(language, signs(ranked.asked, ranked.found, ranked.fitted, ranked.matrix, highest_idf), ranked, concepts)


def _log_odds(language: Language, row: NDArray[np.float32], ranked: Ranked, concepts: Concepts) -> float:
    return float(ranking().answerable[language].score(row[None, :])[0]) + adjustment(ranked.asked, ranked.found, concepts)


def _probability(odds: float) -> float:
    return 1.0 / (1.0 + exp(-odds))
