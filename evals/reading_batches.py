"""Groups to batches of tensors, the texts of each question drawn anew for every pass."""

import random
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.utils.data import Dataset

from evals.reading_schema import PRACTICE, Group, Text
from ingest.export import package_folder

BATCH = 128
WRONG = 7
"""Wrong texts beside the right one."""

DRAWN = 8
"""Places in the order of likeness by which a wrong text may be drawn ahead of a likelier one."""

PREFIXED = 0.25
"""Chance that the texts of a question are read after their title, and again after their heading, so that every way of reading is known."""

TIMES = {"cmrc2018_train_expmrc_pseudo_evidence": 2, PRACTICE.name: 3}
"""How often one pass shows the groups of a set that is small for what it teaches: Chinese, and how plans and policies are written."""

POOL = 24
"""Batches that are filled together by length, so that little is padding."""

MAX_TOKENS = 100


Pair = tuple[str, tuple[str, ...]]
"""A question, and the parts of a text in order."""


class Batch(NamedTuple):
    """Pairs (ids, mask and types: pairs, tokens); `places` (questions, texts) tells the pairs of each question, -1 where there are fewer,
    and `right` which of them answer it."""

    ids: torch.Tensor
    mask: torch.Tensor
    types: torch.Tensor
    places: torch.Tensor
    right: torch.Tensor


class Batches(Dataset[Batch]):
    """Every group once a pass, or as often as `TIMES` says, in batches of about equal length."""

    def __init__(self, groups: Sequence[Group], passes: int, seed: int) -> None:
        self._groups, self._seed = groups, seed
        chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
        self._parts = [part for _ in range(passes) for part in _parts(groups, chance)]
        self._tokens = Tokens(part for group in groups for part in (group.question, *_strings(group)))

    def __len__(self) -> int:
        return len(self._parts)

    def __getitem__(self, at: int) -> Batch:
        chance = random.Random(f"{self._seed} {at}")  # noqa: S311 - a sample, not a secret
        drawn = [chosen(self._groups[number], chance) for number in self._parts[at]]
        widest = max(len(pairs) for pairs, _ in drawn)
        places = torch.full((len(drawn), widest), -1)
        right = torch.zeros((len(drawn), widest), dtype=torch.bool)
        start = 0
        for row, (pairs, answering) in enumerate(drawn):
            places[row, : len(pairs)] = torch.arange(start, start + len(pairs))
            right[row, :answering] = True
            start += len(pairs)
        return Batch(*self._tokens.pairs([pair for pairs, _ in drawn for pair in pairs]), places, right)


def _parts(groups: Sequence[Group], chance: random.Random) -> list[list[int]]:
    order = [number for number, group in enumerate(groups) for _ in range(TIMES.get(group.set, 1))]
    chance.shuffle(order)
    found = []
    for start in range(0, len(order), BATCH * POOL):
        pool = sorted(order[start : start + BATCH * POOL], key=lambda number: _length(groups[number]))
        found += [pool[at : at + BATCH] for at in range(0, len(pool), BATCH)]
    chance.shuffle(found)
    return found


def _length(group: Group) -> float:
    texts = (*group.right, *group.wrong)
    return len(group.question) + sum(len(text.text) for text in texts) / len(texts)


def _strings(group: Group) -> Iterator[str]:
    for text in (*group.right, *group.wrong):
        yield from text


def chosen(group: Group, chance: random.Random) -> tuple[list[Pair], int]:
    """Pairs of the question with a right text and with wrong ones, the likest oftenest, and how many are right."""
    order = sorted(range(len(group.wrong)), key=lambda at: at + DRAWN * chance.random())
    right = chance.sample(group.right, min(1, len(group.right)))
    titled, headed = (chance.random() < PREFIXED for _ in range(2))
    texts = [*right, *(group.wrong[at] for at in order[:WRONG])]
    return [(group.question, prefixed(text, titled=titled, headed=headed)) for text in texts], len(right)


def prefixed(text: Text, *, titled: bool, headed: bool) -> tuple[str, ...]:
    """The text after the title of its document and its heading, where these are wanted and known, as parts that are read in one."""
    parts = [text.title] * titled + [text.heading] * (headed and text.heading != "")
    return (*[sign for part in parts for sign in (part, ":")], text.text)


class Tokens:
    """Texts to the ids of their tokens, each text split once; what is not among `texts` is split when it comes."""

    def __init__(self, texts: Iterable[str], longest: int = MAX_TOKENS) -> None:
        self._tokenizer = Tokenizer.from_file(str(package_folder() / "tokenizer.json"))
        self._tokenizer.enable_truncation(longest)
        self._tokenizer.no_padding()
        self._first, self._between = self._tokenizer.encode("").ids
        self._rows = {text: row for row, text in enumerate(dict.fromkeys((":", *texts)))}
        found = [encoded.ids for encoded in self._tokenizer.encode_batch(list(self._rows), add_special_tokens=False)]
        self._starts = np.cumsum([0, *map(len, found)])
        self._ids = np.fromiter((number for ids in found for number in ids), np.int64, int(self._starts[-1]))

    def pairs(self, pairs: Sequence[Pair]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Ids, mask and types (pairs, tokens), padded to the longest; of a pair too long the end is cut."""
        first, between = (np.array([mark]) for mark in (self._first, self._between))
        asked = [np.concatenate([first, self._of(question), between]) for question, _ in pairs]
        texts = [np.concatenate([*map(self._of, parts)])[: MAX_TOKENS - len(ids) - 1] for ids, (_, parts) in zip(asked, pairs, strict=True)]
        ids = np.zeros((len(pairs), max(len(left) + len(right) + 1 for left, right in zip(asked, texts, strict=True))), np.int64)
        mask, types = np.zeros_like(ids), np.zeros_like(ids)
        for row, (left, right) in enumerate(zip(asked, texts, strict=True)):
            end = len(left) + len(right)
            ids[row, : len(left)], ids[row, len(left) : end], ids[row, end] = left, right, self._between
            mask[row, : end + 1] = 1
            types[row, len(left) : end + 1] = 1
        return torch.from_numpy(ids), torch.from_numpy(mask), torch.from_numpy(types)

    def alone(self, texts: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
        """Ids and mask (texts, tokens), padded to the longest."""
        parts = [self._of(text) for text in texts]
        ids = np.zeros((len(parts), 2 + max(map(len, parts))), np.int64)
        mask = np.zeros_like(ids)
        for row, part in enumerate(parts):
            end = len(part) + 1
            ids[row, 0], ids[row, 1:end], ids[row, end] = self._first, part, self._between
            mask[row, : end + 1] = 1
        return torch.from_numpy(ids), torch.from_numpy(mask)

    def _of(self, text: str) -> NDArray[np.int64]:
        row = self._rows.get(text)
        if row is None:
            return np.array(self._tokenizer.encode(text, add_special_tokens=False).ids, np.int64)
        return self._ids[self._starts[row] : self._starts[row + 1]]


@lru_cache(maxsize=2)
def tokens_of_any(longest: int = MAX_TOKENS) -> Tokens:
    """Tokens for texts that are not known beforehand."""
    return Tokens((), longest)
