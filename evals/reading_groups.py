"""Public questions to groups for fitting the reader: texts that answer a question, and texts that only look as if they did.

Run by hand: `python -m evals.reading_groups BENCH_FOLDER --out groups.jsonl`; takes a few minutes. Chinese texts are glossed, as the reader
reads them.
"""

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from evals.bench_schema import BenchQuestion, read_questions
from evals.reading_schema import LARGEST, PRACTICE, UNREAD, Group, Text, write_groups
from evals.reading_texts import texts_of_folder
from ingest.gloss import Glosses, packaged_words
from ingest.lexical import LexicalIndex, terms
from ingest.schema import PlanQueryError
from ingest.sentences import sentence_spans

SHORTEST = 8
"""Characters from which a text counts as evidence: shorter ones stand in longer ones by chance."""

MOST_RIGHT = 3
"""Texts that may answer one question: where more are marked, the whole section is meant and nothing is learnt from its sentences."""

OWN, ELSEWHERE = 10, 6
"""Wrong texts kept of a question: those of the same document, and of all documents, that share most with it."""

ARTICLES = (f"train/{LARGEST}.json", "train/cmrc2018_train_expmrc_pseudo_evidence.json")
FOLDERS = ("conditionalqa_excerpts_en", "doc2dial_en", "policyqa_en")

UNANSWERABLE = "squad2_en"
"""Its questions that look answerable and are not; every other document, so that the rest measures."""

SWAPPED = 0.2
"""Share of the questions of articles that are asked a second time with another name or number, so that nothing answers them."""

_NO_WORD = re.compile(r"\W+")
_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w-]+(?: [A-Z][\w-]+)*")


class Pool:
    """Texts of many documents, to be searched for those that look like an answer."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self.texts = texts
        self._index = LexicalIndex.build([terms(text.text) for text in texts])

    def likest(self, text: str, rows: range) -> int:
        """The row of `rows` that shares most words with a text."""
        return rows[int(self._index.scores(Counter(terms(text)))[rows.start : rows.stop].argmax())]

    def wrong(self, question: str, right: Sequence[Text], own: range) -> tuple[Text, ...]:
        """Of the rows `own` and of all, those that share most words with the question, without the right ones and what reads like them."""
        scores = self._index.scores(Counter(terms(question)))
        inside = np.zeros(len(self.texts), bool)
        inside[own.start : own.stop] = True
        order = [int(row) for row in np.argsort(-scores, kind="stable")[: 8 * (OWN + ELSEWHERE)]]
        near = sorted(own, key=lambda row: -scores[row])[: OWN + len(right)]
        alike = {plain(text.text) for text in right}
        found = dict.fromkeys([*near, *[row for row in order if not inside[row]][:ELSEWHERE]])
        kept = [row for row in found if plain(self.texts[row].text) not in alike]
        return tuple(self.texts[row] for row in sorted(kept, key=lambda row: -scores[row])[: OWN + ELSEWHERE])


def groups_of(top: Path, seed: int) -> list[Group]:
    """Groups of all sets below the folder `top` and of the practice folders, in an order that depends on the seed."""
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    glosses = Glosses(packaged_words())
    articles = [group for name in ARTICLES for group in _of_articles(top / name, glosses)]
    found = articles + [other for group in articles if chance.random() < SWAPPED and (other := swapped(group, chance))]
    for folder in (*[top / name for name in (*FOLDERS, UNANSWERABLE)], *sorted(PRACTICE.glob("*/"))):
        if folder.is_dir() and folder.name not in UNREAD:
            found += _of_folder(folder, glosses)
    chance.shuffle(found)
    return found


def swapped(group: Group, chance: random.Random) -> Group | None:
    """The group with a name or number of the question, which its right text has too, replaced by another of the texts.

    None where there is none to replace or to replace it by.
    """
    right = group.right[0].text
    for pattern in (_NUMBER, _NAME):
        own = [word for word in pattern.findall(group.question) if word in right]
        others = sorted(
            {word for each in group.wrong for word in pattern.findall(each.text) if word not in right and word not in group.question}
        )
        if own and others:
            question = group.question.replace(chance.choice(own), chance.choice(others))
            return group._replace(question=question, right=(), wrong=(*group.right, *group.wrong))
    return None


def articles_of(path: Path) -> list[dict[str, Any]]:
    """The articles of a file in the layout of SQuAD."""
    try:
        data: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["data"]
    except (OSError, ValueError, KeyError) as error:
        raise PlanQueryError(f"{str(path)!r} cannot be read ({error!r}); give a file in the layout of SQuAD, with `data`") from error
    return data


def _of_articles(path: Path, glosses: Glosses) -> Iterator[Group]:
    for article in articles_of(path):
        title = glosses(article["title"].replace("_", " "))
        texts: list[Text] = []
        asked: list[tuple[str, Text, range]] = []
        for paragraph in article["paragraphs"]:
            spans = sentence_spans(paragraph["context"])
            own = range(len(texts), len(texts) + len(spans))
            texts += [Text(glosses(paragraph["context"][start:end]), "", title) for start, end in spans]
            for question in paragraph["qas"]:
                at = question["answers"][0]["answer_start"]
                rows = [row for row, (start, end) in zip(own, spans, strict=True) if start <= at < end]
                asked += [(glosses(question["question"].strip()), texts[row], own) for row in rows]
        pool = Pool(texts)
        for question, right, own in asked:
            yield Group(path.stem, question, (right,), pool.wrong(question, (right,), own))


def _of_folder(folder: Path, glosses: Glosses) -> Iterator[Group]:
    documents = texts_of_folder(folder, glosses)
    starts = np.cumsum([0, *[len(found) for found in documents.values()]])
    rows = {name: range(int(start), int(start) + len(found)) for (name, found), start in zip(documents.items(), starts[:-1], strict=True)}
    pool = Pool([each.text for found in documents.values() for each in found])
    measured = folder.name == UNANSWERABLE
    for question in read_questions(folder, None):
        name = question.doc_id or ""
        if name not in documents or (measured and (question.answers or crc32(name.encode()) % 2)):
            continue
        own = documents[name]
        right = tuple(own[at].text for at in _evident([found.verbatim for found in own], question.evidence or ()))
        if len(right) <= MOST_RIGHT and bool(right) == bool(question.answers):
            asked = glosses(_with_history(question))
            yield Group(PRACTICE.name if folder.parent == PRACTICE else folder.name, asked, right, pool.wrong(asked, right, rows[name]))


def _evident(texts: Sequence[str], evidence: Sequence[str]) -> list[int]:
    marked = [plain(text) for text in evidence]
    bare = [plain(text) for text in texts]
    return [at for at, text in enumerate(bare) if len(text) > SHORTEST and any(text in mark or (mark and mark in text) for mark in marked)]


def plain(text: str) -> str:
    """Words alone, in lower case: what evidence is compared by."""
    return _NO_WORD.sub(" ", text.lower()).strip()


def _with_history(question: BenchQuestion) -> str:
    """The question after the last one before it, which it may lean on."""
    before = [turn["text"] for turn in question.history if turn["role"] == "user"][-1:]
    return " ".join([*before, question.question]).strip()


def written(name: str, told: str | None, make: Callable[[Path, int], list[Group]], arguments: Sequence[str] | None) -> int:
    """The command of a module that makes groups: write them and print how many each set gives."""
    parser = argparse.ArgumentParser(prog=f"python -m evals.{name}", description=told)
    parser.add_argument("folder", type=Path, metavar="BENCH_FOLDER", help="folder with the sets")
    parser.add_argument("--out", type=Path, required=True, metavar="GROUPS.jsonl", help="write the groups to this file")
    parser.add_argument("--seed", type=int, default=0, help="what is drawn by chance, and the order")
    options = parser.parse_args(arguments)
    try:
        groups = make(options.folder, options.seed)
    except PlanQueryError as error:
        sys.stderr.write(f"{name}: {error}\n")
        return 2
    write_groups(options.out, groups)
    sys.stdout.write(f"{json.dumps(Counter(group.set for group in groups))}\n")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the groups and print how many each set gives."""
    return written("reading_groups", __doc__, groups_of, arguments)


if __name__ == "__main__":
    sys.exit(main())
