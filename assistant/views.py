"""A conversation to views: ways to look at the index, weighted by how much the turns before should count."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log, log1p
from pathlib import Path

from assistant.schema import Turn
from ingest.lexical import terms
from ingest.schema import Record

LOOKED_BACK = 10
"""Turns before the question that a view holds; a conversation's subject is seldom named only earlier."""

DECAY = 0.8
"""Weight of a turn relative to the one after it."""

SHARE = 0.7
"""How much of the surplus of a long turn is taken away (0 none, 1 every turn counts as one question): long answers drown the rest."""

CUT = 30
"""Words of a turn that go into the text whose vector stands for the conversation; its first words say what it is about."""

LONGEST = 1500
"""Characters at the end of the whole conversation that are embedded; the model reads no more than about as much."""

LEAST = 0.3
"""Least weight of the question itself, which also decides between the passages of one document."""

SETTLED = 0.25
"""What is left of the conversation's weights once its words stand in the question."""

WEIGHTS = Path(__file__).with_name("followup.json")


Terms = tuple[tuple[str, float], ...]
"""Index terms with their weights, sorted."""


class View(Record):
    """One way to look for an answer: text whose vector and weighted index terms are compared with every chunk.

    `weight` counts the score of the chunk itself, `document_weight` that of the best chunk of its document. `turns` holds the terms of
    each turn, older ones lighter; `turns_weight` counts the sum of what each turn finds best in the document, wherever that stands.
    `names` are the terms of names as the documents write them in the other script.
    """

    text: str
    terms: Terms
    weight: float = 1.0
    document_weight: float = 0.0
    turns: tuple[Terms, ...] = ()
    turns_weight: float = 0.0
    names: Terms = ()


class Weights(Record):
    """Fitted weights of the views: for each part of the sum, a constant and a factor for each trait of the conversation."""

    parts: dict[str, dict[str, float]]

    @classmethod
    def load(cls, path: Path) -> "Weights":
        """Read what `evals/fit_followup.py` wrote."""
        return cls(parts=json.loads(path.read_text("utf-8"))["parts"])

    def of(self, part: str, traits: Mapping[str, float]) -> float:
        """The weight of one part; never below zero, since a view that speaks against a chunk is no evidence."""
        factors = self.parts[part]
        return max(0.0, factors["constant"] + sum(factors.get(name, 0.0) * value for name, value in traits.items()))


def view_of(text: str, weight: float = 1.0, document_weight: float = 0.0) -> View:
    """A view of a text; a term that stands n times counts 1 + ln n, so that long texts do not drown short ones."""
    return View(text=text, terms=_sorted(_damped(text)), weight=weight, document_weight=document_weight)


def traits(question: str, history: Sequence[Turn]) -> dict[str, float]:
    """What decides how far the conversation counts: the length of the answers and of the question, in terms, on a log scale near 0-1.

    Beyond the answer lengths that the weights were fitted on the trait stays as it is at the edge.
    """
    answers = [len(terms(turn.text)) for turn in history if turn.role == "assistant"]
    mean = sum(answers) / len(answers) if answers else 0.0
    return {"answer_length": min(1.25, max(0.5, log1p(mean) / 4)), "question_length": log1p(len(terms(question))) / 3}


def conversation_views(
    question: str, history: Sequence[Turn], *, is_settled: bool = False, weights: Weights | None = None
) -> tuple[View, ...]:
    """The question, the balanced conversation and the whole conversation, weighted; the question alone without history.

    `question` stands alone already. Where a rule has put what is asked into the words of an earlier question (`is_settled`), the turns
    name what is no longer meant, and count little.
    """
    if not history:
        return (view_of(question),)
    fitted = weights or _shipped()
    seen = traits(question, history)
    share = SETTLED if is_settled else 1.0
    own = view_of(question, weight=max(1.0 if is_settled else LEAST, fitted.of("question", seen)))
    balanced = balanced_view(question, history, share * fitted.of("balanced", seen), share * fitted.of("balanced_document", seen))
    whole = whole_view(question, history, share * fitted.of("whole_document", seen), share * fitted.of("turns", seen))
    return (own, *(view for view in (balanced, whole) if view.weight or view.document_weight or view.turns_weight))


def balanced_view(question: str, history: Sequence[Turn], weight: float = 1.0, document_weight: float = 0.0) -> View:
    """Question and turns in one, where older turns count less and a long turn little more than a short one."""
    counts = Counter(_damped(question))
    size = max(6, len(terms(question)))
    for age, turn in enumerate(reversed(history[-LOOKED_BACK:]), 1):
        damped = _damped(turn.text)
        factor = DECAY**age * min(1.0, (size / max(1, len(damped))) ** SHARE)
        for term, count in damped.items():
            counts[term] += factor * count
    text = " ".join([*(_beginning(turn.text) for turn in history[-6:]), question])
    return View(text=text, terms=_sorted(counts), weight=weight, document_weight=document_weight)


def whole_view(question: str, history: Sequence[Turn], document_weight: float = 1.0, turns_weight: float = 1.0) -> View:
    """All turns and the question glued together, and each by itself, which tell the document better than the passage."""
    text = " ".join([*(turn.text for turn in history), question])
    return View(
        text=text[-LONGEST:],
        terms=_sorted(_damped(text)),
        weight=0.0,
        document_weight=document_weight,
        turns=turn_terms(question, history),
        turns_weight=turns_weight,
    )


def turn_terms(question: str, history: Sequence[Turn]) -> tuple[Terms, ...]:
    """The terms of the question and of each turn before it, latest first, each lighter than the one after it."""
    texts = [question, *(turn.text for turn in reversed(history[-LOOKED_BACK:]))]
    return tuple(_sorted({term: DECAY**age * count for term, count in _damped(text).items()}) for age, text in enumerate(texts))


def _damped(text: str) -> dict[str, float]:
    return {term: 1.0 + log(count) for term, count in Counter(terms(text)).items()}


def _sorted(counts: Mapping[str, float]) -> Terms:
    return tuple(sorted(counts.items()))


def _beginning(text: str) -> str:
    """The first words of a turn; Chinese, written without blanks, by characters."""
    words = text.split()
    return " ".join(words[:CUT]) if len(words) > 3 else text[: 2 * CUT]


@lru_cache(maxsize=1)
def _shipped() -> Weights:
    return Weights.load(WEIGHTS)
