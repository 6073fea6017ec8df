"""Misspelt words to the nearest word of the documents, where only one is near."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping

from assistant.romanised import Romanised, sound
from ingest.glossary import Glossary
from ingest.lexical import STOP_CHARACTERS, STOP_WORDS, stem

SHORTEST = 5
"""Shorter words are left alone: too many others lie one letter away."""

FAR = 10
"""From this length on two letters may be wrong; below it one, or two neighbours swapped."""

HELD = 3
"""Characters of a form that must be right before its last one may be any other."""

CLEARLY_MORE = 5
"""Of two words equally near, one is taken when the documents hold it this many times as often."""

_WORD = re.compile(r"(?<![\w'’-])[A-Za-z]+(?![\w'’-])")
_RUN = re.compile(r"[\u3400-\u9fff]+")
# Characters of questions and verbs that stand beside any term, so a pair with one of them is no sign of a slip.
_FREE = STOP_CHARACTERS | frozenset(
    "多少做要给能到有从对把被让也还都就才再每各这那我你他她它想能会可以吗去来看说问用新旧老前后年月日第个条家按比最跟得份列已没不很太更就又地着过为与及里中上下内外"
)


class Vocabulary:
    """The words of the documents, arranged so that near ones are found without looking at all of them.

    `counts` holds lower-case Latin words and pairs of ideographs with their number; `is_word` says of a word that no document holds
    whether it is a word of a dictionary all the same.
    """

    def __init__(
        self, counts: Mapping[str, int], glossary: Glossary | None = None, is_word: Callable[[str], bool] = lambda _: False
    ) -> None:
        self.counts = counts
        self.is_word = is_word
        self.romanised = Romanised(counts, is_word)
        self._stems = frozenset(stem(word) for word in counts if word.isascii())
        self._near: defaultdict[str, list[str]] = defaultdict(list)
        for word in counts:
            if word.isascii() and word.isalpha() and len(word) >= SHORTEST - 1:
                for cut in _cuts(word):
                    self._near[cut].append(word)
        self._forms = frozenset(form for entry in (glossary.terms if glossary else ()) for form in entry.zh if _RUN.fullmatch(form))
        self._gaps: defaultdict[str, set[str]] = defaultdict(set)
        for form in self._forms:
            for i in range(len(form) if len(form) >= 2 else 0):
                self._gaps[f"{form[:i]}*{form[i + 1 :]}"].add(form)
        self._longest = max(map(len, self._forms), default=0)

    def knows(self, word: str) -> bool:
        """Whether a lower-case Latin word stands in the documents in any of its forms, or is an English word."""
        return word in STOP_WORDS or stem(word) in self._stems or self.is_word(word)

    def nearest(self, word: str) -> str:
        """The one word within the allowed number of wrong letters; "" when none or several are as near."""
        allowed = 2 if len(word) >= FAR else 1
        near = {other for cut in _cuts(word) for other in self._near.get(cut, ()) if other[0] == word[0]}
        ranked = sorted((away, -self.counts[other], other) for other in near if (away := distance(word, other)) <= allowed)
        closest = [entry for entry in ranked if entry[0] == ranked[0][0]]
        rivals = [entry for entry in closest[1:] if stem(entry[2]) != stem(closest[0][2])]
        is_clear = bool(closest) and all(-closest[0][1] >= CLEARLY_MORE * -rival[1] for rival in rivals)
        return closest[0][2] if is_clear else ""

    def slip(self, run: str) -> tuple[int, str]:
        """Where a run of ideographs is one character off a glossary form, longest form first, and that form; (0, "") for nowhere.

        The wrong character must make unknown pairs on both sides, must not be one that questions are made of, and what is left without
        it must not be a term itself ("太原做" is no slip of "太原市"). Inside a form, or at the end of a long one, any character may
        be wrong (收人 for 收入); elsewhere, where another word may begin, only one that sounds the same.
        """
        odd = [i for i in range(len(run)) if run[i] not in _FREE and all(pair not in self.counts for pair in _pairs_at(run, i))]
        for length in range(min(self._longest, len(run)), 1, -1):
            for i in odd:
                for start in range(max(0, i - length + 1), min(i, len(run) - length) + 1):
                    left, right = run[start:i], run[i + 1 : start + length]
                    forms = self._gaps.get(f"{left}*{right}", ())
                    is_held = bool(left and right) or len(left) >= HELD
                    near = forms if is_held else {form for form in forms if sound(form[len(left)]) == sound(run[i])}
                    if len(near) == 1 and not {left, right} & self._forms:
                        return start, next(iter(near))
        return 0, ""


def correct(text: str, vocabulary: Vocabulary) -> str:
    """The text with unknown words replaced by the nearest known one; a word without a clear neighbour stays as it is."""
    text = _WORD.sub(lambda found: _corrected_word(found.group(), vocabulary), text)
    return _RUN.sub(lambda found: _corrected_run(found.group(), vocabulary), text)


def _corrected_word(word: str, vocabulary: Vocabulary) -> str:
    lower = word.lower()
    is_name = word[1:] != lower[1:]
    if len(word) < SHORTEST or is_name or vocabulary.knows(lower):
        return word
    return word if vocabulary.romanised.chinese(lower) else vocabulary.nearest(lower) or word


def _corrected_run(run: str, vocabulary: Vocabulary) -> str:
    start, form = vocabulary.slip(run)
    if not form:
        return run
    return run[:start] + form + _corrected_run(run[start + len(form) :], vocabulary)


def distance(one: str, other: str) -> int:
    """Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]


def _pairs_at(run: str, i: int) -> list[str]:
    """The pairs of neighbours that hold the character at i."""
    return [run[at : at + 2] for at in (i - 1, i) if 0 <= at < len(run) - 1]


def _cuts(word: str) -> Collection[str]:
    """The word and what is left of it when one or, in long words, two letters are taken out: near words share one of these."""
    once = {word[:i] + word[i + 1 :] for i in range(len(word))}
    twice = {cut[:i] + cut[i + 1 :] for cut in once for i in range(len(cut))} if len(word) >= FAR - 1 else set()
    return {word} | once | twice
