"""A request for the gist of a document to a draft: the document that is meant, and its main points."""

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.editions import in_language, named_documents
from assistant.elsewhere import is_elsewhere
from assistant.features import Concepts
from assistant.home_places import Places, known_places
from assistant.points import main_points
from assistant.question import Query
from assistant.schema import DraftClaim, Passage
from ingest.lexical import terms
from ingest.schema import Chunk, Source

TITLE = 5.0
"""Standard deviations of a passage's score that a title is worth which holds all that the question names."""

LEAST = 0.45
"""Share of the question's weight that title and headings of a document must hold for it to be the one that is meant; half of it
suffices where the passages found answer the question by themselves. Set by reading summaries."""

_FRAME = {
    "en": re.compile(
        r"\b(?:summari[sz]e|summary|overview|main points|key points|in short|sum up|gist|outline|brief me|give me|tell me|what's in|please"
        r"|short|main|points?|content|what does|how does|work|offer|pay for|contain)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"总结|概括|概述|摘要|归纳|要点|简要|主要内容|大意|说说|讲讲|讲了?|介绍|一下|说明|都|有哪些|什么|怎么|是|的|吗|请"),
}


def summarised(
    query: Query,
    passages: Sequence[Passage],
    sources: Sequence[Source],
    chunks: Callable[[str], Sequence[Chunk]],
    idf: Callable[[str], float],
    concepts: Concepts,
    *,
    is_doubtful: bool,
    places: Places = known_places,
) -> list[DraftClaim]:
    """The points of the document that is meant; [] where none is clearly meant.

    `chunks` gives all chunks of a document in reading order; `is_doubtful` says that the passages found may not be about the question.
    """
    asked = _FRAME[query.language].sub(" ", query.text)
    weights = _weights(asked, idf, concepts)
    near = [source for source in sources if not is_elsewhere(asked, source.title, places)]
    scores = _scores(asked, passages, near, weights, concepts)
    best = max(scores, key=lambda name: scores[name][0], default="")
    if not best or scores[best][1] < (LEAST if is_doubtful else LEAST / 2):
        return []
    own = in_language(best, query.language, sources)
    return main_points(query, [Passage(chunk=chunk, score=0.0, rank=1) for chunk in chunks(own)], concepts)


def _weights(asked: str, idf: Callable[[str], float], concepts: Concepts) -> dict[str, float]:
    """Weight of each word; two Chinese characters that no document holds together are mostly no word, unless a glossary term holds them."""
    unknown = idf("\0")
    named = {term for start, end, _ in concepts(asked) for term in terms(asked[start:end])}
    return {term: idf(term) for term in terms(asked) if term.isascii() or term in named or idf(term) < unknown}


def _scores(
    asked: str, passages: Sequence[Passage], sources: Sequence[Source], weights: Mapping[str, float], concepts: Concepts
) -> dict[str, tuple[float, float]]:
    """For each document: what speaks for it, and the share of the question's weight that its title and headings hold."""
    named, known_ids = named_documents(asked, passages), {source.id for source in sources}
    total = sum(weights.values()) or 1.0
    lowest = min((passage.score for passage in passages), default=0.0)
    headed = [(passage.chunk.source, passage.score, passage.chunk.path()) for passage in passages]
    found: dict[str, tuple[float, float]] = {}
    for source, score, path in [*headed, *((source, lowest, ()) for source in sources)]:
        if source.id not in known_ids:
            continue
        title = _held(asked, source.title, weights, concepts) / total
        held = _held(asked, " ".join([source.title, *path]), weights, concepts) / total
        known = found.get(source.id, (float("-inf"), 0.0))
        found[source.id] = (max(known[0], score + TITLE * (title + (source.id in named))), max(known[1], held))
    return found


def _held(asked: str, told: str, weights: Mapping[str, float], concepts: Concepts) -> float:
    """Weight of the question's words that a text holds, as they stand or as another form of the same glossary term."""
    ideas = {name for _, _, name in concepts(told)}
    held = set(terms(told)).union(*(terms(asked[start:end]) for start, end, name in concepts(asked) if name in ideas))
    return sum(weight for term, weight in weights.items() if term in held)
