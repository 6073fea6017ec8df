"""A question and candidate sentences to numbers that a ranker can weigh. Nothing here knows a document or a case.

Every feature is a share, a cosine or a small count, so that one set of weights serves every corpus and both languages.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.answer_type import expected_unit, has_type, same_value
from assistant.candidates import Candidate
from assistant.home_places import Places, known_places
from assistant.kinds import Kind
from assistant.question import Query
from assistant.schema import Passage
from assistant.slots import solid
from assistant.spoken import written
from ingest.figures import Figure, find_figures
from ingest.lexical import terms
from ingest.schema import Language

Matrix = NDArray[np.float32]

NAMES = (
    "covered", "covered_with_lead", "covered_with_section", "covered_in_passage", "pairs", "saturation", "similar_words", "rarest",
    "rarest_in_section", "names", "figures", "context", "passage_gap", "passage_rank", "passage_cosine",
    "same_document_as_best", "type_found", "type_missing", "novelty", "length", "short", "first", "is_item", "is_row", "asks",
    "covered_gap", "characters", "run", "heading", "residual", "local", "wh_noun", "read", "read_share",
)  # fmt: skip

_QUESTION_NAME = re.compile(r"(?<!^)\b[A-Z][\w'’-]*\w|[A-Z]{2,}\w*|[“\"《「]([^”\"》」]{2,40})[”\"》」]")
_WH_NOUN = re.compile(r"\b(?:what|which|how many|how much)\s+(?:kinds? of |types? of |other )?([a-z]+(?:\s[a-z]+)?)", re.IGNORECASE)
_ZH_ASKED = re.compile(
    r"([\u4e00-\u9fff]{2,4})(?:是|为|有|达|约)?(?:多少|什么|哪|几|谁|何)|(?:多少|哪些?|哪个|哪几个?|几|什么)([\u4e00-\u9fff]{1,3})"
)
_CJK = re.compile(r"[\u3400-\u9fff]")


Concepts = Callable[[str], Sequence[tuple[int, int, str]]]
"""Finds glossary terms in a text: (start, end, id of the term)."""


def no_concepts(_: str) -> tuple[tuple[int, int, str], ...]:
    """No glossary: nothing is found."""
    return ()


class Asked(NamedTuple):
    """What is computed once a question: weighted terms, names, figures and the expected kind of answer."""

    terms: tuple[str, ...]
    weights: Mapping[str, float]
    context: Mapping[str, float]
    owners: Mapping[str, frozenset[str]]
    names: frozenset[str]
    figures: tuple[Figure, ...]
    unit: str
    characters: frozenset[str]
    noun: frozenset[str]
    kind: Kind
    language: Language
    text: str
    focus: frozenset[str] = frozenset()
    places: Places = known_places


def ask(query: Query, idf: Callable[[str], float], concepts: Concepts = no_concepts, places: Places = known_places) -> Asked:
    """The question's side of the features; `idf` is the index's, `concepts` finds the glossary's terms in either language, `places` the
    places of a text."""
    listed = tuple(dict.fromkeys(terms(query.text)))
    weights = {term: idf(term) for term in listed}
    context: dict[str, float] = {}
    for view in query.views[1:]:
        for term, weight in view.terms:
            if term not in weights:
                context[term] = max(context.get(term, 0.0), weight * idf(term))
    names = {match.group(1) or match.group() for match in _QUESTION_NAME.finditer(query.text)}
    return Asked(
        listed,
        weights,
        dict(sorted(context.items(), key=lambda item: -item[1])[:30]),
        _owners(query.text, concepts),
        frozenset(term for name in names for term in terms(name)),
        find_figures(written(query.text)),
        expected_unit(query.text, query.kind),
        frozenset(_CJK.findall(query.text)) if query.language == "zh" else frozenset(),
        _asked_noun(query),
        query.kind,
        query.language,
        query.text,
        frozenset(terms(solid(query.focus, query.language))),
        places,
    )


def features(asked: Asked, found: Sequence[Candidate], concepts: Concepts = no_concepts) -> Matrix:
    """One row a candidate, columns as in NAMES; shape (0, len(NAMES)) for no candidates. What reading tells is left 0."""
    if not found:
        return np.zeros((0, len(NAMES)), np.float32)
    total = sum(asked.weights.values()) or 1.0
    each = {id(c.passage): c for c in found}
    around = {key: _around(asked, c.passage, concepts) for key, c in each.items()}
    said = [_own(asked, c, around[id(c.passage)]) for c in found]
    rows = [_row(asked, c, own, total, around[id(c.passage)]) for c, own in zip(found, said, strict=True)]
    matrix = np.array(rows, dtype=np.float32)
    best = found[int(np.argmax([c.passage.score for c in found]))].passage
    matrix[:, NAMES.index("passage_gap")] = [max(-6.0, c.passage.score - best.score) for c in found]
    matrix[:, NAMES.index("same_document_as_best")] = [c.passage.chunk.source.id == best.chunk.source.id for c in found]
    matrix[:, NAMES.index("local")] = _local(asked, said)
    matrix[:, NAMES.index("covered_gap")] = matrix[:, 1] - matrix[:, 1].max()
    return matrix


class _Around(NamedTuple):
    """What a passage lends to its candidates: terms of its section and text, and where glossary terms stand in it."""

    section: frozenset[str]
    passage: frozenset[str]
    mentions: tuple[tuple[int, int, str], ...]


def _around(asked: Asked, passage: Passage, concepts: Concepts) -> _Around:
    chunk = passage.chunk
    title = " ".join([chunk.source.title, *chunk.path()])
    mentions = tuple((chunk.start + start, chunk.start + end, name) for start, end, name in concepts(chunk.text))
    section = frozenset(terms(title)) | implied(asked, {name for _, _, name in concepts(title)})
    return _Around(section, frozenset(terms(chunk.text)) | implied(asked, {name for _, _, name in mentions}), mentions)


def implied(asked: Asked, found: Collection[str]) -> frozenset[str]:
    """The question's terms that are said here in other words: by another form of the same glossary term, in either language."""
    return frozenset(term for term, owners in asked.owners.items() if not owners.isdisjoint(found))


def _said(c: Candidate) -> str:
    """What a candidate says in full: an item or row together with its lead and column heads."""
    return f"{c.lead} {c.heads} {c.text}" if c.kind != "sentence" else c.text


def implied_by(asked: Asked, text: str, concepts: Concepts) -> frozenset[str]:
    """The question's terms that a text says by another form of the same glossary term."""
    return implied(asked, {name for _, _, name in concepts(text)})


def _own(asked: Asked, c: Candidate, around: _Around) -> frozenset[str]:
    """The terms of a candidate, and those of the question that it says in other words."""
    return frozenset(terms(_said(c))) | implied(asked, {name for start, end, name in around.mentions if c.start <= start and end <= c.end})


def _local(asked: Asked, said: Sequence[frozenset[str]]) -> list[float]:
    """Coverage by weights that count only among these candidates: what all of them say tells none from another."""
    frequency = {term: sum(term in own for own in said) for term in asked.weights}
    weights = {term: log(1 + len(said) / (1 + count)) for term, count in frequency.items() if count}
    total = sum(weights.values())
    return [_share(weights, own, total) for own in said]


def _residual(asked: Asked, own: frozenset[str], section: frozenset[str]) -> float:
    """Coverage of what the question asks beyond the titles that the candidate stands under; 0.5 when it asks no more."""
    beyond = {term: weight for term, weight in asked.weights.items() if term not in section}
    return _share(beyond, own, sum(beyond.values())) if beyond else 0.5


def _row(asked: Asked, c: Candidate, own: frozenset[str], total: float, around: _Around) -> list[float]:
    said = _said(c)
    listed = terms(said)
    counts = Counter(listed)
    with_lead = own | frozenset(terms(f"{c.lead} {c.before}"))
    nearby = with_lead | around.section
    rarest = max(asked.weights, key=lambda term: asked.weights[term], default="")
    new = sum(term not in asked.weights for term in listed)
    is_typed = has_type(asked, c)
    size = max(1, len(listed))
    return [
        _share(asked.weights, own, total),
        _share(asked.weights, with_lead, total),
        _share(asked.weights, nearby, total),
        _share(asked.weights, around.passage | nearby, total),
        _pairs(asked.terms, listed),
        sum(w * max(1, counts[t]) / (max(1, counts[t]) + 0.5 + 0.03 * size) for t, w in asked.weights.items() if t in own) / total,
        _similar(asked, own, total),
        float(rarest in own),
        float(rarest in nearby or rarest in around.passage),
        len(asked.names & own) / len(asked.names) if asked.names else 0.5,
        _figures_shared(asked.figures, said),
        _share(asked.context, own, sum(asked.context.values())) if asked.context else 0.0,
        0.0,
        1.0 / c.passage.rank,
        c.passage.dense,
        0.0,
        float(is_typed is True),
        float(is_typed is False),
        new / size,
        log(size + 1),
        float(size < 4),
        float(c.position == 0),
        float(c.kind == "item"),
        float(c.kind == "row"),
        float(c.text.rstrip().endswith(("?", "？"))),
        0.0,
        len(asked.characters.intersection(c.text)) / len(asked.characters) if asked.characters else 0.0,
        _longest_run(asked.text, c.text) if asked.language == "zh" else 0.0,
        _share(asked.weights, around.section, total),
        _residual(asked, own, around.section),
        0.0,
        len(asked.noun & own) / len(asked.noun) if asked.noun else 0.5,
        0.0,
        0.0,
    ]


def _figures_shared(asked: Sequence[Figure], said: str) -> float:
    """Share of the question's figures that the text holds with the same value and unit, however written; 0.5 for none asked."""
    if not asked:
        return 0.5
    found = find_figures(said)
    return sum(any(same_value(figure, other) for other in found) for figure in asked) / len(asked)


def _share(weights: Mapping[str, float], own: frozenset[str], total: float) -> float:
    return sum(weight for term, weight in weights.items() if term in own) / (total or 1.0)


def _pairs(asked: Sequence[str], listed: Sequence[str]) -> float:
    """Share of neighbouring question terms that stand within two places of each other in the candidate."""
    if len(asked) < 2:
        return 0.0
    near = {(a, b) for gap in (1, 2) for a, b in zip(listed, listed[gap:], strict=False)}
    return sum((a, b) in near for a, b in pairwise(asked)) / (len(asked) - 1)


def _similar(asked: Asked, own: frozenset[str], total: float) -> float:
    """Share of weight of uncovered Latin terms that have a look-alike in the candidate (same first five letters)."""
    stems = {term[:5] for term in own if len(term) >= 5}
    return sum(w for t, w in asked.weights.items() if t not in own and len(t) >= 5 and t[:5] in stems) / total


def _longest_run(question: str, text: str) -> float:
    """Length of the longest run of characters of the question found in the text, as a share of the question."""
    longest = 0
    for start in range(len(question)):
        while start + longest < len(question) and question[start : start + longest + 1] in text:
            longest += 1
    return longest / max(1, len(question))


def _owners(text: str, concepts: Concepts) -> dict[str, frozenset[str]]:
    """Each term of the question that is part of a glossary term, with the ids of those glossary terms."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for start, end, name in concepts(text):
        for term in terms(text[start:end]):
            owners[term].add(name)
    return {term: frozenset(names) for term, names in owners.items()}


def _asked_noun(query: Query) -> frozenset[str]:
    """The noun right after the question word ("which city"), or right before it in Chinese: the answer tends to stand near it."""
    if query.language == "zh":
        match = _ZH_ASKED.search(query.text)
        return frozenset(terms(match.group(1) or match.group(2))) if match else frozenset()
    found = _WH_NOUN.search(query.text)
    return frozenset(terms(found.group(1))) if found else frozenset()
