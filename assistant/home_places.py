"""The places that the documents of an index are about, learnt from their titles: a question that names one of them means its papers.

`assistant.places` knows provinces and larger cities; here are those that only the documents know, under one spelling in Latin letters for
both scripts.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from assistant.places import places_in
from assistant.romanised import sound
from ingest.lexical import STOP_CHARACTERS

Place = tuple[str, str]
"""A name in one spelling, and the level of the place: "province", "city" or "county"."""

Places = Callable[[str], frozenset[Place]]

MOST = 20_000
"""Texts remembered at most."""

_LEVELS = {
    "省": "province", "自治区": "province", "市": "city", "自治州": "city", "州": "city", "县": "county",
    "province": "province", "state": "province", "region": "province", "city": "city", "municipality": "city", "prefecture": "city",
    "county": "county", "district": "county",
}  # fmt: skip
_ZH = re.compile(r"(?P<run>[\u3400-\u9fff]{2,12}?)(?P<level>自治区|自治州|[省市县州])")
_ZH_LEAD = re.compile(r"^(?:年度?|关于|组织|申报|开展|印发|发布|支持|推动|促进|加快|在|对|和|与)+")
_EN_LEVEL = r"(?P<level>Province|State|Region|City|Municipality|Prefecture|County|District)"
_EN = (
    re.compile(rf"\b(?P<name>[A-Z][a-z]{{3,}}) {_EN_LEVEL}\b"),
    re.compile(rf"\b{_EN_LEVEL} of (?P<name>[A-Z][a-z]{{3,}})\b"),
)
_COMMON = STOP_CHARACTERS | set("各全本外级")
_WORD = re.compile(r"[A-Za-z]{4,}")
_HAN = re.compile(r"[\u3400-\u9fff]+")


class HomePlaces:
    """Places of an index. `is_word` says of an English or Chinese word whether a dictionary has it: such a word is no name."""

    def __init__(self, titles: Iterable[str], is_word: Callable[[str], bool]) -> None:
        named = {(surface, level) for title in titles for surface, level in _titled(title, is_word) if not is_word(surface.lower())}
        self._is_word = is_word
        self._levels = {spelled(surface): level for surface, level in named}
        self.find = lru_cache(maxsize=MOST)(self._find)

    def _find(self, text: str) -> frozenset[Place]:
        """The places that a text names, those known by every index among them; a name in Chinese characters by its sound as well."""
        known = {(name, kind) for kind, name, _, _ in places_in(text)}
        if not self._levels:
            return frozenset(known)
        spellings = {word.group().lower() for word in _WORD.finditer(text)} | set(self._sounded(text))
        return frozenset(known | {(name, self._levels[name]) for name in spellings & self._levels.keys()})

    def _sounded(self, text: str) -> Iterator[str]:
        for run in _HAN.findall(text):
            for part in (run[at : at + length] for length in (2, 3) for at in range(len(run) - length + 1)):
                if spelled(part) in self._levels and not self._is_word(part):
                    yield spelled(part)


def known_places(text: str) -> frozenset[Place]:
    """The places that every index knows."""
    return frozenset((name, kind) for kind, name, _, _ in places_in(text))


@lru_cache(maxsize=MOST)
def spelled(name: str) -> str:
    """A name in lower-case Latin letters without tones."""
    return name.lower() if name.isascii() else "".join(map(sound, name))


def _titled(title: str, is_word: Callable[[str], bool]) -> Iterator[Place]:
    """Names in a title that stand before or behind the word for a level of government."""
    for pattern in _EN:
        yield from ((found["name"], _LEVELS[found["level"].lower()]) for found in pattern.finditer(title))
    for found in _ZH.finditer(title):
        name = _ZH_LEAD.sub("", found["run"])
        name = name if len(name) <= 3 else name[-2:]
        # 企业上市: the character belongs to the word before it.
        is_level = not is_word(found["run"][-1] + found["level"])
        if is_level and len(name) > 1 and not _COMMON & set(name) and not places_in(name):
            yield name, _LEVELS[found["level"]]
