"""Weights in `spans.json` to the likeliest short answer of a sentence, with how much of the right one it should hold."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.question import Query
from assistant.span_demands import demanded, hangs_on_order
from assistant.span_features import TRAITS, Names, Spans, spans, token_names
from assistant.span_question import SORTS, Wanted, matched
from assistant.span_tokens import Token, tokens
from ingest.schema import Language, Record

WEIGHTS = Path(__file__).with_name("spans.json")
Floats = NDArray[np.float64]

COMPARED = 40
"""Likeliest spans that are compared with one another; the rest hold next to none of the probability."""


class SpanWeights(Record):
    """Weights by name of feature for each language, the least expected overlap of an answer that is marked, and where they come from."""

    weights: dict[str, dict[str, float]]
    threshold: dict[str, float]
    provenance: dict[str, object]


class Found(NamedTuple):
    """A span of a sentence (offsets in it). `expected` is the overlap (F1 in tokens, 0 to 1) that it should have with the right answer."""

    start: int
    end: int
    expected: float


@lru_cache(maxsize=1)
def span_weights() -> SpanWeights:
    """The weights shipped with the project, fitted by `evals/fit_spans.py` on public data only."""
    return SpanWeights.model_validate(json.loads(WEIGHTS.read_text("utf-8")))


class Scorer(NamedTuple):
    """The weights of one language, ready for use: by name for tokens, as tables (sort of question, value) for the traits of spans."""

    weights: Mapping[str, float]
    traits: tuple[Floats, ...]


def scorer(weights: Mapping[str, float]) -> Scorer:
    """The weights ready for use."""
    return Scorer(weights, trait_tables(weights))


@lru_cache(maxsize=2)
def shipped(language: Language) -> Scorer:
    """The shipped weights of a language ready for use."""
    return scorer(span_weights().weights[language])


def trait_name(trait: str, value: int, sort: str = "") -> str:
    """The name of a trait's value, for all questions or for those of one sort."""
    return f"G {trait}={value}?{sort}" if sort else f"G {trait}={value}"


def trait_tables(weights: Mapping[str, float]) -> tuple[Floats, ...]:
    """For each trait the weight of every value (columns) for every sort of question (rows)."""
    of = weights.get
    return tuple(
        np.array([[of(trait_name(trait, i), 0.0) + of(trait_name(trait, i, sort), 0.0) for i in range(size)] for sort in SORTS])
        for trait, size in TRAITS.items()
    )


def best_span(asked: Wanted, language: Language, text: str, by: Scorer | None = None, query: Query | None = None) -> Found | None:
    """The span that should overlap most with the right answer, by the shipped weights or others; None for a text without a word.

    With the query only spans are compared that hold what it demands; None where the answer has to be counted out in a row of figures.
    """
    found = tokens(text)
    places = matched(asked, text, found)
    possible = spans(asked, language, text, found, places) if found else None
    if possible is None or not len(possible.first):
        return None
    if query is not None:
        if hangs_on_order(text, found, places):
            return None
        possible = _demanded(query, asked, text, found, places, possible)
    by = by or shipped(language)
    sums = [_sums(by.weights, part) for part in token_names(asked, language, found, places)]
    scores = _scores(possible, sums, by.traits, SORTS.index(asked.sort))
    chosen, expected = likeliest(possible, scores)
    return Found(found[possible.first[chosen]].start, found[possible.last[chosen]].end, expected)


def _demanded(query: Query, asked: Wanted, text: str, found: Sequence[Token], places: Sequence[str], possible: Spans) -> Spans:
    """The spans that hold what the question demands; all where none does."""
    demand = np.array(demanded(query, asked, text, found, places), bool)
    if not demand.any():
        return possible
    held = np.concatenate([[0], np.cumsum(demand)])
    first, last = possible.first, possible.last
    kept = held[last + 1] > held[first]
    return Spans(first[kept], last[kept], tuple(values[kept] for values in possible.traits)) if kept.any() else possible


def _sums(weights: Mapping[str, float], names: list[Names]) -> Floats:
    of = weights.get
    return np.array([sum([of(name, 0.0) for name in own]) for own in names])


def _scores(possible: Spans, sums: list[Floats], traits: tuple[Floats, ...], sort: int) -> Floats:
    """Log-odds of each span against the others of its sentence, from the sums of its tokens' weights as first, last and any token."""
    first, last, inner = sums
    running = np.concatenate([[0.0], np.cumsum(inner)])
    total = first[possible.first] + last[possible.last] + running[possible.last + 1] - running[possible.first]
    for table, values in zip(traits, possible.traits, strict=True):
        total += table[sort][values]
    return np.asarray(total, dtype=np.float64)


def likeliest(possible: Spans, scores: Floats) -> tuple[int, float]:
    """The span with the highest expected overlap with what may be right, and that overlap; the first of equal ones."""
    order = np.argsort(-scores, kind="stable")[:COMPARED]
    chances = np.exp(scores[order] - scores[order[0]])
    chances /= np.exp(scores - scores[order[0]]).sum()
    first, last = possible.first[order], possible.last[order]
    length = last - first + 1
    common = np.minimum(last[:, None], last) - np.maximum(first[:, None], first) + 1
    overlap = 2 * np.maximum(common, 0) / (length[:, None] + length)
    expected = overlap @ chances
    chosen = int(np.argmax(np.round(expected, 9)))
    return int(order[chosen]), float(expected[chosen])
