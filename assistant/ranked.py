"""Passages to their candidates in the order in which they answer a question: a model fitted on public data, and what rules add."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.absence import is_absence, speaks_of_itself
from assistant.across import Across, features_across
from assistant.candidates import Candidate, candidates
from assistant.features import NAMES, Asked, Concepts, Matrix, ask, features, no_concepts
from assistant.home_places import Places, known_places
from assistant.lists import with_heads
from assistant.preferences import preferences
from assistant.question import Query
from assistant.ranker import ranking
from assistant.romanised import spelled
from assistant.schema import Passage
from ingest.read.build import MAX_TITLE
from ingest.reader import Read
from ingest.schema import Source

LEAST_SHARE = 0.001
"""Added to a candidate's share of all chances before its logarithm is taken: below it all are alike."""

READ = 8
"""Candidates that are read together with the question, best first by everything else: reading one takes about 5 ms. On the answer suites
10 and 14 get as many answers right."""


RULES = 0.6
"""Weight of what rules add, which were set one by one beside a weaker reader. Of 0.4 to 1: below 0.8 the right candidate is first for 58
instead of 56% of practice questions, and the project's own suites gain some cases down to 0.55."""


class Ranked(NamedTuple):
    """Candidates best first, with their scores (log-odds, comparable within one question) and features in the same order.

    `fitted` are the scores before what rules add, which abstention is fitted on.
    """

    asked: Asked
    found: list[Candidate]
    scores: NDArray[np.float64]
    matrix: Matrix
    fitted: NDArray[np.float64]


def rank(
    query: Query,
    passages: Sequence[Passage],
    read: Read,
    idf: Callable[[str], float],
    concepts: Concepts = no_concepts,
    across: Across | None = None,
    places: Places = known_places,
) -> Ranked:
    """The candidates of all passages, ranked; ties keep reading order. Without `across` every text is compared as it is written."""
    found = candidates(passages)
    asked = ask(query, idf, concepts, places)
    matrix = features(asked, found, concepts)
    if across is not None:
        matrix = features_across(query, found, matrix, across)
    preferred = RULES * preferences(asked, found, matrix, concepts)
    model = ranking().sentence[query.language]
    add_reading(query, found, matrix, model.score(matrix) + preferred, read)
    fitted = model.score(matrix)
    scores = fitted + preferred
    order = np.argsort(-scores, kind="stable")
    return Ranked(asked, [found[i] for i in order], scores[order], matrix[order], fitted[order])


def add_reading(query: Query, found: Sequence[Candidate], matrix: Matrix, scores: NDArray[np.floating], read: Read) -> None:
    """Fill in what reading gives the candidates with the best scores; the others get the lowest of these, all 0 where nothing is read."""
    if not found:
        return
    chosen = np.argsort(-scores, kind="stable")[:READ].tolist()
    # As it was fitted: a question within a conversation follows the one before it.
    values = read(f"{query.before} {query.views[0].text}".strip(), [spelled(as_read(found[i]), query.names) for i in chosen])
    at = NAMES.index("read")
    matrix[:, at] = values.min()
    matrix[chosen, at] = values
    chances = np.exp(matrix[:, at] - values.max())
    matrix[:, NAMES.index("read_share")] = np.log(chances / chances.sum() + LEAST_SHARE)


def as_read(candidate: Candidate) -> str:
    """A candidate as the reader is given it: after title and heading, which tell one edition or kind of paper from another."""
    chunk = candidate.passage.chunk
    return ": ".join(part for part in (true_title(chunk.source), *chunk.path()[-1:], in_full(candidate)) if part)


def true_title(source: Source) -> str:
    """The title of a document; "" where it is cut to `MAX_TITLE`, and so the first paragraph of a document that has none."""
    return source.title if len(source.title) < MAX_TITLE else ""


def in_full(candidate: Candidate) -> str:
    """A candidate as people read it: an item after the text that explains it, each cell of a row after the head of its column."""
    if candidate.kind == "sentence":
        return candidate.text
    chunk = candidate.passage.chunk
    text = with_heads(chunk, chunk.blocks[candidate.block]) if candidate.kind == "row" else candidate.text
    return f"{candidate.lead.strip()} {text}".strip()


def without_absence(ranked: Ranked) -> Ranked:
    """The ranking without statements of absence or about the text itself; as it was when there is nothing else."""
    kept = [i for i, candidate in enumerate(ranked.found) if not is_absence(candidate) and not speaks_of_itself(candidate)]
    if not kept:
        return ranked
    return Ranked(ranked.asked, [ranked.found[i] for i in kept], ranked.scores[kept], ranked.matrix[kept], ranked.fitted[kept])
