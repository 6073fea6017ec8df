"""Chinese names and their spelling in Latin letters: a question may name in one script what the documents name in the other."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from pypinyin import lazy_pinyin

from ingest.lexical import STOP_CHARACTERS

SHORTEST = 4
"""Letters of a spelling: shorter ones are English words too often."""

MOST = 2
"""Names that sound alike, the commonest first, that a spelling may stand for."""

Names = tuple[tuple[str, str], ...]
"""Names in Chinese, each with its spelling."""

_WORD = re.compile(r"(?<![\w'’-])[A-Za-z]{4,}(?![\w-])")
_RUN = re.compile(r"[\u3400-\u9fff]{2,}")


class Romanised:
    """What the words of the documents sound like. `counts` holds lower-case Latin words and pairs of ideographs with their number;
    `is_word` says of an English or Chinese word whether a dictionary has it: such a word is no name, or is read as one already."""

    def __init__(self, counts: Mapping[str, int], is_word: Callable[[str], bool]) -> None:
        self._counts = counts
        self._is_word = is_word

    def chinese(self, word: str) -> list[str]:
        """Names of two or three characters in the documents that a lower-case Latin word spells, the commonest first."""
        if len(word) < SHORTEST:
            return []
        return self._common(self._pairs.get(word, ())) or self._common(self._triples(word))

    def names(self, text: str) -> Names:
        """The names in a text that the documents write in the other script; longer ones first."""
        found = dict((*self._spelt(text), *self._sounded(text)))
        return tuple(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))

    def _spelt(self, text: str) -> Iterator[tuple[str, str]]:
        for found in _WORD.finditer(text):
            word = found.group()
            is_name = word[0].isupper() and text[: found.start()].strip() != ""
            if is_name or not self._is_word(word.lower()):
                yield from ((name, word.lower()) for name in self.chinese(word.lower()))

    def _sounded(self, text: str) -> Iterator[tuple[str, str]]:
        for run in _RUN.findall(text):
            for length in (3, 2):
                for part in (run[at : at + length] for at in range(len(run) - length + 1)):
                    spelling = "".join(map(sound, part))
                    is_told = spelling in self._counts and not self._is_word(spelling) and not self._is_word(part)
                    if is_told and len(spelling) >= SHORTEST and not STOP_CHARACTERS & set(part):
                        yield part, spelling

    @cached_property
    def _pairs(self) -> dict[str, list[str]]:
        """Pairs of ideographs by their sound."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for pair in self._counts:
            if _RUN.fullmatch(pair) and not STOP_CHARACTERS & set(pair):
                found["".join(map(sound, pair))].append(pair)
        return found

    def _triples(self, word: str) -> Iterator[str]:
        """Two pairs of the documents that share their middle and together sound like the word."""
        for cut in range(2, len(word)):
            for pair in self._pairs.get(word[:cut], ()):
                yield from (pair + after[1] for after in self._by_first.get(pair[1], ()) if sound(after[1]) == word[cut:])

    @cached_property
    def _by_first(self) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for pairs in self._pairs.values():
            for pair in pairs:
                found[pair[0]].append(pair)
        return found

    def _common(self, names: Iterable[str]) -> list[str]:
        rare = [name for name in names if not self._is_word(name)]
        held = {name: min(self._counts.get(name[at : at + 2], 0) for at in range(len(name) - 1)) for name in rare}
        return sorted(held, key=lambda name: (-held[name], name))[:MOST]


def spelled(text: str, names: Names) -> str:
    """The text with Chinese names in Latin letters."""
    for name, spelling in names:
        text = text.replace(name, f" {spelling.capitalize()} ")
    return text


@lru_cache(maxsize=20_000)
def sound(character: str) -> str:
    """Pinyin without tone."""
    return "".join(lazy_pinyin(character))
