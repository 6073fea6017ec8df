"""Public questions to groups for fitting the reader: the sentences of one text, and which of them answer the question.

Chinese ones are glossed, as the reader reads them.
"""

import html
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from evals.bench_schema import DOCUMENTS, BenchQuestion, read_questions
from evals.training_rows import shuffled
from ingest.gloss import Glosses, packaged_words
from ingest.schema import PlanQueryError
from ingest.sentences import sentence_spans

SHORTEST = 8
"""Characters from which a sentence counts as evidence: shorter ones stand in longer ones by chance."""

MOST_RIGHT = 3
"""Sentences that may answer one question: where more are marked, the whole section is meant and nothing is learnt from its sentences."""

ARTICLES = ("train/squad11_train_rebuilt.json", "train/cmrc2018_train_expmrc_pseudo_evidence.json")
FOLDERS = ("conditionalqa_excerpts_en", "doc2dial_en")

UNANSWERABLE = "squad2_en"
"""Its questions that look answerable and are not; every other document, so that the rest measures."""

SWAPPED = 0.2
"""Share of the questions of articles that are asked a second time with another name or number, so that nothing answers them."""

_TAG = re.compile(r"<[^>]+>")
_BULLET = re.compile(r"^[#\s*-]+")
_NO_WORD = re.compile(r"\W+")
_VERSION = re.compile(r"_\d+_\d+$")
_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w-]+(?: [A-Z][\w-]+)*")


class Group(NamedTuple):
    """A question with the sentences of one text; `right` holds the numbers of those that answer it, never all of them.

    None is right where the question cannot be answered from the text.
    """

    question: str
    title: str
    sentences: tuple[str, ...]
    right: tuple[int, ...]


def groups_of(top: Path, articles: int, seed: int) -> list[Group]:
    """Groups of all sets below the folder `top`, in an order that depends on the seed; `articles` is the most from one file of articles."""
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    glosses = Glosses(packaged_words())
    found: list[Group] = []
    for name in ARTICLES:
        chosen = list(_of_articles(top / name, glosses))
        chance.shuffle(chosen)
        found += chosen[:articles]
    found += [other for group in found if chance.random() < SWAPPED and (other := swapped(group, chance))]
    found += [group for name in FOLDERS if (top / name).is_dir() for group in _of_folder(top / name, seed)]
    if (top / UNANSWERABLE).is_dir():
        found += _unanswerable(top / UNANSWERABLE)
    chance.shuffle(found)
    return found


def swapped(group: Group, chance: random.Random) -> Group | None:
    """The group with a name or number of the question, which its right sentence has too, replaced by another of the text.

    None where there is none to replace or to replace it by.
    """
    right = group.sentences[group.right[0]]
    for pattern in (_NUMBER, _NAME):
        own = [word for word in pattern.findall(group.question) if word in right]
        others = sorted(
            {word for text in group.sentences for word in pattern.findall(text) if word not in right and word not in group.question}
        )
        if own and others:
            question = group.question.replace(chance.choice(own), chance.choice(others))
            return group._replace(question=question, right=())
    return None


def _of_articles(path: Path, glosses: Glosses) -> Iterator[Group]:
    try:
        data: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["data"]
    except (OSError, ValueError, KeyError) as error:
        raise PlanQueryError(f"{str(path)!r} cannot be read ({error!r}); give a file in the layout of SQuAD, with `data`") from error
    for article in data:
        title = glosses(article["title"].replace("_", " "))
        for paragraph in article["paragraphs"]:
            context = paragraph["context"]
            spans = sentence_spans(context)
            sentences = tuple(context[start:end] for start, end in spans)
            read = tuple(glosses(text) for text in sentences)
            for asked in paragraph["qas"]:
                answer = asked["answers"][0]
                right = [at for at, (start, end) in enumerate(spans) if start <= answer["answer_start"] < end]
                right += [at for at, text in enumerate(sentences) if at not in right and answer["text"] in text]
                if 0 < len(right) < len(sentences):
                    yield Group(glosses(asked["question"].strip()), title, read, tuple(right[:1]))


def _unanswerable(folder: Path) -> Iterator[Group]:
    texts = _texts(folder)
    for question in read_questions(folder, None):
        name = question.doc_id or ""
        if not question.answers and texts.get(name) and crc32(name.encode()) % 2 == 0:
            yield Group(question.question, name.replace("_", " "), texts[name], ())


def _of_folder(folder: Path, seed: int) -> Iterator[Group]:
    texts = _texts(folder)
    for question in shuffled(read_questions(folder, None), seed):
        sentences = texts.get(question.doc_id or "", ())
        right = _evident(sentences, question.evidence or ())
        if 0 < len(right) < len(sentences) and len(right) <= MOST_RIGHT:
            title = _VERSION.sub("", question.doc_id or "").replace("_", " ").replace("-", " ")
            yield Group(_with_history(question), title, sentences, tuple(right))


def _texts(folder: Path) -> dict[str, tuple[str, ...]]:
    return {path.stem: tuple(_sentences(path.read_text("utf-8"))) for path in sorted((folder / DOCUMENTS).iterdir())}


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
