"""Rows of questions over their sentences to the weights of `assistant/spans.json`: a softmax over the spans of each sentence."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from assistant.question import plain_query
from assistant.span_features import TRAITS, Spans, spans, token_names
from assistant.span_model import trait_name
from assistant.span_question import SORTS, matched, wanted
from assistant.span_tokens import Token, tokens
from evals.span_rows import SpanRow
from evals.spans import tokens as counted
from ingest.schema import Language

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PENALTY = 4e-4
"""Strength of the squared penalty beside a mean loss of about 2; four times less cost two points of F1 on English, twice as much none."""

SHARPNESS = 3
"""Power of the overlap with an accepted answer (F1, as a share of the best span's) by which a span counts as right: 0.8 counts half."""

LEAST_OVERLAP = 0.3
"""Rows without a span of this overlap are left out: their answer is longer than spans are."""

LEAST_COUNT = 20
"""Tokens on which a feature must be seen; rarer ones say what a few sentences said. With 60 F1 was up to two points lower in English."""

WRONG = 0.2
"""Spans of a lower overlap are so many that only WRONG_KEPT of a sentence's are fitted on, drawn at random and weighing as all of them.

With 60 F1 was one to three points lower in English.
"""

WRONG_KEPT = 300

LEAST_WEIGHT = 0.06
"""Smaller weights are dropped, for a file that people can read."""

ROUNDS = 70


class Sample(NamedTuple):
    """A row with its tokens, the ids of the features of each as first, last and any token, its spans and how right each is (0 to 1).

    `stands_for` is how many spans each of them stands for.
    """

    found: list[Token]
    ids: tuple[list[Ints], list[Ints], list[Ints]]
    sort: int
    possible: Spans
    right: Floats
    stands_for: Floats


class Vocabulary(dict[str, int]):
    """Names of features to ids, in the order in which they were first seen."""

    def of(self, names: Sequence[str]) -> Ints:
        """Ids of names, new ones included."""
        return np.array([self.setdefault(name, len(self)) for name in names], np.int64)


def sample(row: SpanRow, language: Language, vocabulary: Vocabulary) -> Sample:
    """The row as the assistant sees it."""
    asked = wanted(plain_query(row.question))
    found = tokens(row.text)
    places = matched(asked, row.text, found)
    first, last, inner = token_names(asked, language, found, places)
    possible = spans(asked, language, row.text, found, places)
    ids = tuple([vocabulary.of(names) for names in part] for part in (first, last, inner))
    right = overlap(row, language, found, possible)
    return Sample(found, (ids[0], ids[1], ids[2]), SORTS.index(asked.sort), possible, right, np.ones(len(right)))


def thinned(one: Sample, seed: int) -> Sample:
    """The sample with at most WRONG_KEPT of its wrong spans, each standing for several."""
    wrong = np.flatnonzero(one.right < WRONG)
    if len(wrong) <= WRONG_KEPT:
        return one
    drawn = np.random.default_rng(seed).choice(wrong, WRONG_KEPT, replace=False)
    kept = np.sort(np.concatenate([np.flatnonzero(one.right >= WRONG), drawn]))
    stands_for = np.where(one.right < WRONG, len(wrong) / WRONG_KEPT, 1.0)[kept]
    possible = Spans(one.possible.first[kept], one.possible.last[kept], tuple(values[kept] for values in one.possible.traits))
    return one._replace(possible=possible, right=one.right[kept], stands_for=stands_for)


def overlap(row: SpanRow, language: Language, found: Sequence[Token], possible: Spans) -> Floats:
    """F1 of each span with the nearest accepted answer, in the tokens that the published metrics count."""
    sizes = np.array([len(counted(row.text[token.start : token.end], language)) for token in found])
    total = np.concatenate([[0], np.cumsum(sizes)])
    length = total[possible.last + 1] - total[possible.first]
    best = np.zeros(len(length))
    for start, end in row.places:
        inside = [i for i, token in enumerate(found) if token.start < end and start < token.end]
        size = len(counted(row.text[start:end], language))
        if not inside or not size:
            continue
        first, last = np.maximum(possible.first, inside[0]), np.minimum(possible.last, inside[-1])
        common = np.minimum(np.where(last >= first, total[np.maximum(first, last + 1)] - total[first], 0), size)
        best = np.maximum(best, 2 * common / (length + size))
    return best


class Design(NamedTuple):
    """Samples as arrays: features of tokens (one matrix a part), and for each span its sample, tokens and the columns of its traits."""

    parts: tuple[csr_matrix, csr_matrix, csr_matrix]
    of: Ints
    first: Ints
    last: Ints
    columns: tuple[Ints, ...]
    right: Floats
    weight: Floats
    starts: Ints
    size: int


def design(samples: Sequence[Sample], kept: Ints) -> Design:
    """Arrays of the samples that have a right span; `kept` gives the column of each feature, -1 for those left out."""
    usable = [thinned(one, number) for number, one in enumerate(samples) if len(one.right) and one.right.max() >= LEAST_OVERLAP]
    width = int(kept.max(initial=-1)) + 1
    offsets = np.concatenate([[0], np.cumsum([len(one.found) for one in usable])])[:-1]
    of = np.repeat(np.arange(len(usable)), [len(one.right) for one in usable])
    first = np.concatenate([one.possible.first + at for one, at in zip(usable, offsets, strict=True)])
    last = np.concatenate([one.possible.last + at for one, at in zip(usable, offsets, strict=True)])
    sorts = np.array([one.sort for one in usable])[of]
    columns, at = [], width
    for number, size in enumerate(TRAITS.values()):
        values = np.concatenate([one.possible.traits[number] for one in usable])
        columns += [at + values, at + size * (1 + sorts) + values]
        at += size * (1 + len(SORTS))
    right = np.concatenate([(one.right / one.right.max()) ** SHARPNESS for one in usable])
    parts = [_matrix([ids for one in usable for ids in one.ids[part]], kept, width) for part in range(3)]
    weight = np.log(np.concatenate([one.stands_for for one in usable]))
    starts = np.searchsorted(of, np.arange(len(usable)))
    return Design((parts[0], parts[1], parts[2]), of, first, last, tuple(columns), right, weight, starts, at)


def _matrix(rows: Sequence[Ints], kept: Ints, width: int) -> csr_matrix:
    columns = [kept[ids][kept[ids] >= 0] for ids in rows]
    ends = np.concatenate([[0], np.cumsum([len(one) for one in columns])])
    flat = np.concatenate(columns)
    return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), width))


def fit(samples: Sequence[Sample], vocabulary: Vocabulary) -> dict[str, float]:
    """Weights by name; features seen too seldom and weights that are next to nothing are left out."""
    counts = np.bincount(np.concatenate([ids for one in samples for part in one.ids for ids in part]), minlength=len(vocabulary))
    kept = np.where(counts >= LEAST_COUNT, np.cumsum(counts >= LEAST_COUNT) - 1, -1)
    found = _minimise(design(samples, kept))
    names = [name for name, id_ in vocabulary.items() if kept[id_] >= 0]
    for trait, size in TRAITS.items():
        names += [trait_name(trait, i) for i in range(size)] + [trait_name(trait, i, sort) for sort in SORTS for i in range(size)]
    return {name: round(float(weight), 2) for name, weight in zip(names, found, strict=True) if abs(weight) >= LEAST_WEIGHT}


def _minimise(data: Design) -> Floats:
    width, size = data.parts[0].shape[1], data.parts[0].shape[0]
    turned = [part.T.tocsr() for part in data.parts]
    count = len(data.starts)

    def loss(weights: Floats) -> tuple[float, Floats]:
        first, last, inner = (part @ weights[:width] for part in data.parts)
        running = np.concatenate([[0.0], np.cumsum(inner)])
        scores = first[data.first] + last[data.last] + running[data.last + 1] - running[data.first] + data.weight
        for column in data.columns:
            scores += weights[column]
        chance = np.exp(scores - np.maximum.reduceat(scores, data.starts)[data.of])
        chance /= np.add.reduceat(chance, data.starts)[data.of]
        held = np.add.reduceat(chance * data.right, data.starts) + 1e-12
        pull = (chance - chance * data.right / held[data.of]) / count
        begun, ended = np.bincount(data.first, pull, size), np.bincount(data.last, pull, size)
        covered = np.cumsum(begun - np.concatenate([[0.0], ended[:-1]]))
        slope = 2 * PENALTY * weights
        for column in data.columns:
            slope = slope + np.bincount(column, pull, data.size)
        slope[:width] += turned[0] @ begun + turned[1] @ ended + turned[2] @ covered
        return float(PENALTY * weights @ weights - np.log(held).mean()), slope

    return np.asarray(minimize(loss, np.zeros(data.size), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x)
