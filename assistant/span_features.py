"""A question and the tokens of a sentence to named features of every span that could be its short answer.

The score of a span is a sum over its first token (features `S`), its last (`E`) and each of its tokens (`I`), and over traits of the
whole span (`G`). In a name, `<` is the token before, `>` the one after, `:` a word, `~` where in the question it stands, `?` the sort of
question and `@` the noun that it asks for.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.span_question import Wanted
from assistant.span_tokens import Token
from ingest.schema import Language

Ints = NDArray[np.int64]
Names = list[str]

LONGEST: dict[Language, int] = {"en": 14, "zh": 26}
"""Most tokens of a short answer; longer ones are clauses, for which the sentence itself serves. Nineteen of twenty accepted ones fit."""

TRAITS = {
    "length": 12, "holds": 16, "says": 12, "left": 8, "right": 8, "marks": 4, "near": 16, "edge": 4, "last word": 8, "before": 5,
    "after": 5, "fits": 4,
}  # fmt: skip
"""Traits of a whole span and how many values each has, from 0."""

NEAR = 4
"""Tokens on either side among which words of the question are counted."""

_EDGES = frozenset(f"mark:{mark}" for mark in ",.;:!?|")
_LENGTHS = np.array([0, 1, 2, 3, 4, 5, 6, 7, 7, 8, 8, 8, 9, 9, 9, 9, *[10] * 5, *[11] * 40])
_GAPS = np.array([0, 1, 2, 3, 4, 4, 5, 5, 5, *[6] * 5, 7])


class Spans(NamedTuple):
    """The spans of a sentence by first and last token, and the value of each trait for each of them, in the order of TRAITS."""

    first: Ints
    last: Ints
    traits: tuple[Ints, ...]


def token_names(
    asked: Wanted, language: Language, found: Sequence[Token], places: Sequence[str]
) -> tuple[list[Names], list[Names], list[Names]]:
    """Names of the features of each token as the first, as the last and as any token of a span."""
    edge = Token(0, 0, "edge", "^", "edge")
    row, at = [edge, edge, *found, edge, edge], ["", "", *places, "", ""]
    name = _chinese_names if language == "zh" else _english_names
    listed = [name(asked, row[i - 2 : i + 3], at[i - 2 : i + 3]) for i in range(2, len(found) + 2)]
    return [names[0] for names in listed], [names[1] for names in listed], [names[2] for names in listed]


def _english_names(asked: Wanted, row: Sequence[Token], at: Sequence[str]) -> tuple[Names, Names, Names]:
    _, before, own, after, _ = row
    left, here, right = at[1:4]
    sort, noun, kind, word, coarse = asked.sort, asked.noun, own.kind, own.word, own.coarse
    reached = f"{before.word}~{at[0]}" if left == "-" else ""
    first = [
        f"S {kind}", f"S <{before.kind}", f"S <{before.kind} {kind}", f"S <:{before.word}", f"S :{word}", f"S {kind}?{sort}",
        f"S <{before.kind}?{sort}", f"S <:{before.word}?{sort}", f"S {coarse}@{noun}", f"S <:{before.word}@{noun}", f"S <~{left} ~{here}",
        f"S <~{left} {kind}", f"S <~{left}?{sort}", f"S <~{left} {reached}",
    ]  # fmt: skip
    last = [
        f"E {kind}", f"E >{after.kind}", f"E {kind} >{after.kind}", f"E >:{after.word}", f"E :{word}", f"E {kind}?{sort}",
        f"E >{after.kind}?{sort}", f"E >:{after.word}?{sort}", f"E {coarse}@{noun}", f"E :{word}@{noun}", f"E ~{here} >~{right}",
        f"E {kind} >~{right}", f"E >~{right}?{sort}",
    ]  # fmt: skip
    inner = [
        f"I {kind}", f"I :{word}", f"I {kind}?{sort}", f"I ~{here}", f"I ~{here}?{sort}", f"I {coarse}@{noun}", f"I {kind} >{after.kind}",
    ]  # fmt: skip
    return first, last, inner


def _chinese_names(asked: Wanted, row: Sequence[Token], at: Sequence[str]) -> tuple[Names, Names, Names]:
    further, before, own, after, beyond = row
    left, here, right = at[1:4]
    sort, noun, kind, word, coarse = asked.sort, asked.noun, own.kind, own.word, own.coarse
    first = [
        f"S <{before.kind} {kind}", f"S <:{before.word}", f"S :{word}", f"S {kind}?{sort}", f"S <:{before.word}?{sort}",
        f"S <:{further.word}{before.word}", f"S :{word}{after.word}", f"S <:{before.word} :{word}", f"S <~{left} ~{here}",
        f"S <~{left} ~{here}?{sort}", f"S <:{before.word}@{noun}", f"S {coarse}@{noun}", f"S :{word}?{sort}",
    ]  # fmt: skip
    last = [
        f"E {kind} >{after.kind}", f"E >:{after.word}", f"E :{word}", f"E {kind}?{sort}", f"E >:{after.word}?{sort}", f"E :{word}?{sort}",
        f"E >:{after.word}{beyond.word}", f"E :{before.word}{word}", f"E :{word} >:{after.word}", f"E ~{here} >~{right}",
        f"E ~{here} >~{right}?{sort}", f"E :{word}@{noun}", f"E {coarse}@{noun}",
    ]  # fmt: skip
    pair = f"I :{word}{after.word}" if kind == after.kind == "han" else "I"
    inner = [f"I {kind}", f"I :{word}", f"I {coarse}?{sort}", f"I ~{here}", f"I ~{here}?{sort}", pair, f"I :{word}?{sort}"]
    return first, last, inner


def spans(asked: Wanted, language: Language, text: str, found: Sequence[Token], places: Sequence[str]) -> Spans:
    """Every span that begins and ends with a word, closes the brackets it opens and crosses no border of a table cell."""
    first, last = _bounds(found, LONGEST[language])
    length = last - first + 1
    within = _counter(first, last)
    is_said = np.array([place in ("first", "inner", "last") for place in places], bool)
    is_new = np.array([place == "" and token.coarse != "mark" for token, place in zip(found, places, strict=True)], bool)
    classes = np.array([token.coarse for token in found])
    dates, names = within(classes == "date"), within(classes == "name")
    figures = within(np.array([token.kind.startswith("figure") or token.coarse == "number" for token in found], bool))
    words = within((classes == "word") | (classes == "han"))
    holds = 1 * (dates > 0) + 2 * (figures > 0) + 4 * (names > 0) + 8 * (words > 0)
    says = 3 * np.minimum(within(is_said), 3) + np.minimum(within(is_new), 2)
    left, right = _gaps(is_said), _gaps(is_said[::-1])[::-1]
    edge = 2 * (first == 0) + (last >= len(found) - 2)
    marks = np.minimum(within(classes == "mark"), 3)
    before, after = _agreeing(asked, text, found)
    is_typed = np.array([token.coarse in asked.holds and place in ("", "-") for token, place in zip(found, places, strict=True)], bool)
    traits = (
        _LENGTHS[length], holds, says, left[first], right[last], marks, _near(is_said, first, last), edge,
        _side(np.array([place == "last" for place in places], bool), first, last), before[first], after[last],
        _fits(is_typed, within, asked),
    )  # fmt: skip
    return Spans(first, last, traits)


def _bounds(found: Sequence[Token], longest: int) -> tuple[Ints, Ints]:
    size = len(found)
    first, last = (grid.ravel() for grid in np.broadcast_arrays(np.arange(size)[:, None], np.arange(size)[:, None] + np.arange(longest)))
    first, last = first[last < size], last[last < size]
    kinds = [token.kind for token in found]
    may_begin = np.array([kind not in _EDGES and kind != "mark:)" for kind in kinds], bool)
    may_end = np.array([kind not in _EDGES and kind != "mark:(" for kind in kinds], bool)
    within = _counter(first, last)
    opened = within(np.array([(kind == "mark:(") - (kind == "mark:)") for kind in kinds], np.int64))
    titles = within(np.array([(token.word == "《") - (token.word == "》") for token in found], np.int64))
    cells = within(np.array([kind == "mark:|" for kind in kinds], bool))
    quotes = within(np.array([kind == 'mark:"' for kind in kinds], bool))
    kept = may_begin[first] & may_end[last] & (opened == 0) & (titles == 0) & (cells == 0) & (quotes % 2 == 0)
    return first[kept], last[kept]


class _counter:  # noqa: N801 - reads as the function it is
    """Counts what is true (or sums what is given) of the tokens inside each span."""

    def __init__(self, first: Ints, last: Ints):
        self._first, self._last = first, last

    def __call__(self, of_token: NDArray[np.bool_] | Ints) -> Ints:
        total = np.concatenate([[0], np.cumsum(of_token, dtype=np.int64)])
        return np.asarray(total[self._last + 1] - total[self._first], dtype=np.int64)


def _gaps(is_said: NDArray[np.bool_]) -> Ints:
    """For each token, in eight steps, how far back the last word of the question stands; the last step where none does."""
    gaps, gap = [], len(_GAPS) - 1
    for said in is_said.tolist():
        gaps.append(int(_GAPS[gap]))
        gap = 0 if said else min(gap + 1, len(_GAPS) - 1)
    return np.array(gaps, np.int64)


def _near(is_said: NDArray[np.bool_], first: Ints, last: Ints) -> Ints:
    total = np.concatenate([[0], np.cumsum(is_said, dtype=np.int64)])
    left = total[first] - total[np.maximum(0, first - NEAR)]
    right = total[np.minimum(len(is_said), last + 1 + NEAR)] - total[last + 1]
    return np.asarray(4 * np.minimum(left, 3) + np.minimum(right, 3), dtype=np.int64)


def _side(is_there: NDArray[np.bool_], first: Ints, last: Ints) -> Ints:
    """On which side the last word of the question stands, mostly its verb, and how near: 0 nowhere, 1 inside, 2-4 left, 5-7 right."""
    at = np.flatnonzero(is_there)
    if not len(at):
        return np.zeros(len(first), np.int64)
    left, right = first - at[0], at[-1] - last
    steps = np.array([1, 2, 3, 3, *[4] * 400])
    side = np.where(left > 0, steps[np.clip(left, 0, 400)], np.where(right > 0, 3 + steps[np.clip(right, 0, 400)], 1))
    return np.asarray(side, dtype=np.int64)


def _fits(is_typed: NDArray[np.bool_], within: "_counter", asked: Wanted) -> Ints:
    """Whether a span holds what is asked for: 0 not known what, 1 yes, 2 no although the sentence has it, 3 the sentence has none."""
    if not asked.holds:
        return 0 * within(is_typed)
    return np.where(within(is_typed) > 0, 1, 2 if is_typed.any() else 3)


def _agreeing(asked: Wanted, text: str, found: Sequence[Token]) -> tuple[Ints, Ints]:
    """How many characters beside each token, at most four, are those beside the question word: Chinese asks in the order of the answer."""
    if not (asked.before or asked.after):
        return np.zeros(len(found), np.int64), np.zeros(len(found), np.int64)
    before = [_common(text[max(0, token.start - 4) : token.start][::-1], asked.before[::-1]) for token in found]
    after = [_common(text[token.end : token.end + 4], asked.after) for token in found]
    return np.array(before, np.int64), np.array(after, np.int64)


def _common(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other), 4))
