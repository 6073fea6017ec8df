"""Public questions to groups for fitting the reader: the sentences of one text, and which of them answer the question."""

import html
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from evals.bench_schema import DOCUMENTS, BenchQuestion, read_questions
from evals.training_rows import shuffled
from ingest.schema import PlanQueryError
from ingest.sentences import sentence_spans

SHORTEST = 8
"""Characters from which a sentence counts as evidence: shorter ones stand in longer ones by chance."""

MOST_RIGHT = 3
"""Sentences that may answer one question: where more are marked, the whole section is meant and nothing is learnt from its sentences."""

ARTICLES = "train/squad11_train_rebuilt.json"
FOLDERS = ("conditionalqa_excerpts_en", "doc2dial_en")

_TAG = re.compile(r"<[^>]+>")
_BULLET = re.compile(r"^[#\s*-]+")
_NO_WORD = re.compile(r"\W+")
_VERSION = re.compile(r"_\d+_\d+$")


class Group(NamedTuple):
    """A question with the sentences of one text; `right` holds the numbers of those that answer it, at least one and not all."""

    question: str
    title: str
    sentences: tuple[str, ...]
    right: tuple[int, ...]


def groups_of(top: Path, articles: int, seed: int) -> list[Group]:
    """Groups of all sets below the folder `top`, in an order that depends on the seed; `articles` is the most from the SQuAD file."""
    chosen = list(_of_articles(top / ARTICLES))
    random.Random(seed).shuffle(chosen)  # noqa: S311 - a sample, not a secret
    found = [*chosen[:articles], *(group for name in FOLDERS if (top / name).is_dir() for group in _of_folder(top / name, seed))]
    random.Random(seed).shuffle(found)  # noqa: S311 - a sample, not a secret
    return found


def _of_articles(path: Path) -> Iterator[Group]:
    try:
        data: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["data"]
    except (OSError, ValueError, KeyError) as error:
        raise PlanQueryError(f"{str(path)!r} cannot be read ({error!r}); give a file in the layout of SQuAD, with `data`") from error
    for article in data:
        for paragraph in article["paragraphs"]:
            context = paragraph["context"]
            spans = sentence_spans(context)
            sentences = tuple(context[start:end] for start, end in spans)
            for asked in paragraph["qas"]:
                answer = asked["answers"][0]
                right = [at for at, (start, end) in enumerate(spans) if start <= answer["answer_start"] < end]
                right += [at for at, text in enumerate(sentences) if at not in right and answer["text"] in text]
                if 0 < len(right) < len(sentences):
                    yield Group(asked["question"].strip(), article["title"].replace("_", " "), sentences, tuple(right[:1]))


def _of_folder(folder: Path, seed: int) -> Iterator[Group]:
    texts = {path.stem: tuple(_sentences(path.read_text("utf-8"))) for path in sorted((folder / DOCUMENTS).iterdir())}
    for question in shuffled(read_questions(folder, None), seed):
        sentences = texts.get(question.doc_id or "", ())
        right = _evident(sentences, question.evidence or ())
        if 0 < len(right) < len(sentences) and len(right) <= MOST_RIGHT:
            title = _VERSION.sub("", question.doc_id or "").replace("_", " ").replace("-", " ")
            yield Group(_with_history(question), title, sentences, tuple(right))


def _sentences(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        paragraph = _BULLET.sub("", html.unescape(_TAG.sub("", line))).strip()
        yield from (paragraph[start:end].strip() for start, end in sentence_spans(paragraph))


def _evident(sentences: Sequence[str], evidence: Sequence[str]) -> list[int]:
    marked = [_plain(_TAG.sub("", html.unescape(text))) for text in evidence]
    plain = [_plain(text) for text in sentences]
    return [at for at, text in enumerate(plain) if len(text) > SHORTEST and any(text in mark or (mark and mark in text) for mark in marked)]


def _plain(text: str) -> str:
    return _NO_WORD.sub(" ", text.lower()).strip()


def _with_history(question: BenchQuestion) -> str:
    """The question after the last one before it, which it may lean on."""
    before = [turn["text"] for turn in question.history if turn["role"] == "user"][-1:]
    return " ".join([*before, question.question]).strip()
