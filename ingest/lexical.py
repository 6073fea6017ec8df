"""Text to terms, and terms to BM25 scores: word stems for Latin script, bigrams for Chinese.

BM25 as in Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), with the +1 idf that never turns negative.
"""

import json
import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

K1 = 1.2
B = 0.75

_IDEOGRAPHS = r"\u3400-\u9fff\uf900-\ufaff\u3007"
_TOKEN = re.compile(rf"[{_IDEOGRAPHS}]+|[0-9]+(?:[.,][0-9]+)*|[^\W\d_{_IDEOGRAPHS}]+[0-9]*")
_CJK = re.compile(rf"[{_IDEOGRAPHS}]")
_LATIN = re.compile(r"[A-Za-z]+")
_RUN = re.compile(rf"[{_IDEOGRAPHS}]{{2,}}")

# Words that say nothing of the subject; left out of queries and documents alike.
_STOP = """a an the of to in on at by for from with and or is are was were be been being it its this that these those as do does did
has have had i you he she we they them his her our your their my me us him what which who whom whose when where why how s t"""
STOP_WORDS = frozenset(_STOP.split())
STOP_CHARACTERS = frozenset("的了是在和与及或吗呢吧么什哪谁几多少怎何为之其")

_STEMMER = snowballstemmer.stemmer("english")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Porter2 stem of a lower-case English word."""
    stemmed: str = _STEMMER.stemWord(word)
    return stemmed


def terms(text: str) -> list[str]:
    """Index terms in order: stems without stop words, numbers without separators, CJK bigrams (a lone character stays)."""
    found: list[str] = []
    for token in _TOKEN.findall(unicodedata.normalize("NFKC", text).lower()):
        if token[0].isdigit():
            found.append(token.replace(",", ""))
        elif _CJK.match(token):
            found.extend(_cjk_terms(token))
        elif token not in STOP_WORDS:
            found.append(stem(token))
    return found


def _cjk_terms(run: str) -> list[str]:
    if len(run) == 1:
        return [] if run in STOP_CHARACTERS else [run]
    pairs = [run[i : i + 2] for i in range(len(run) - 1)]
    return [pair for pair in pairs if not (pair[0] in STOP_CHARACTERS and pair[1] in STOP_CHARACTERS)]


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Lower-case Latin words and pairs of ideographs of the texts with their number: what a misspelt word can be compared with."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word.lower() for word in _LATIN.findall(text))
        for run in _RUN.findall(text):
            counts.update(run[i : i + 2] for i in range(len(run) - 1))
    return counts


class LexicalIndex:
    """BM25 over rows 0..n-1. Postings lie in two flat arrays, so scoring a query touches only the rows that hold its terms."""

    def __init__(
        self, starts: NDArray[np.int64], rows: NDArray[np.int32], weights: NDArray[np.float32], vocabulary: Mapping[str, int], size: int
    ):
        self._starts, self._rows, self._weights = starts, rows, weights
        self._vocabulary = vocabulary
        self.size = size

    @classmethod
    def build(cls, rows: Sequence[Iterable[str]]) -> "LexicalIndex":
        """Index one list of terms a row."""
        postings: defaultdict[str, tuple[array[int], array[float]]] = defaultdict(lambda: (array("i"), array("f")))
        lengths = np.zeros(len(rows), dtype=np.float64)
        for row, row_terms in enumerate(rows):
            for term, count in Counter(row_terms).items():
                postings[term][0].append(row)
                postings[term][1].append(count)
                lengths[row] += count
        norm = K1 * (1 - B + B * lengths / max(1.0, float(lengths.mean()) if len(rows) else 1.0))
        parts_rows, parts_weights, starts = [], [], [0]
        for term_rows, counts in postings.values():
            where = np.frombuffer(term_rows, dtype=np.int32)
            tf = np.frombuffer(counts, dtype=np.float32)
            parts_rows.append(where)
            parts_weights.append((_idf(len(where), len(rows)) * tf * (K1 + 1) / (tf + norm[where])).astype(np.float32))
            starts.append(starts[-1] + len(where))
        return cls(
            np.array(starts, dtype=np.int64),
            np.concatenate(parts_rows) if parts_rows else np.zeros(0, np.int32),
            np.concatenate(parts_weights) if parts_weights else np.zeros(0, np.float32),
            {term: i for i, term in enumerate(postings)},
            len(rows),
        )

    def idf(self, term: str) -> float:
        """Inverse document frequency; that of a term in no row is the highest of all."""
        i = self._vocabulary.get(term)
        return _idf(int(self._starts[i + 1] - self._starts[i]) if i is not None else 0, self.size)

    def __contains__(self, term: str) -> bool:
        return term in self._vocabulary

    def scores(self, query: Mapping[str, float]) -> NDArray[np.float32]:
        """BM25 of every row for weighted query terms; zeros for terms that no row holds. Shape (size,)."""
        total = np.zeros(self.size, dtype=np.float32)
        for term, weight in query.items():
            i = self._vocabulary.get(term)
            if i is not None:
                part = slice(self._starts[i], self._starts[i + 1])
                total[self._rows[part]] += np.float32(weight) * self._weights[part]
        return total

    def save(self, folder: Path, name: str = "lexical") -> None:
        """Write an .npz and a .json file of this name into `folder`."""
        np.savez(folder / f"{name}.npz", starts=self._starts, rows=self._rows, weights=self._weights)
        (folder / f"{name}.json").write_text(json.dumps({"size": self.size, "terms": list(self._vocabulary)}, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path, name: str = "lexical") -> "LexicalIndex":
        """Read what `save` wrote."""
        with np.load(folder / f"{name}.npz") as stored:
            starts, rows, weights = stored["starts"], stored["rows"], stored["weights"]
        head = json.loads((folder / f"{name}.json").read_text("utf-8"))
        return cls(starts, rows, weights, {term: i for i, term in enumerate(head["terms"])}, head["size"])


def _idf(rows_with_term: int, rows: int) -> float:
    return float(np.log(1 + (rows - rows_with_term + 0.5) / (rows_with_term + 0.5)))
