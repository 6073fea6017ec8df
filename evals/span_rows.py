"""Public question sets to what short answers are fitted on: a question, the sentence that answers it, and the accepted answers in it."""

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from evals.bench_schema import DOCUMENTS, BenchQuestion, read_questions
from ingest.lexical import terms
from ingest.schema import Language, PlanQueryError
from ingest.sentences import sentence_spans

QUESTIONS_OF_CONTEXT = 4
"""Most questions of one paragraph, so that no paragraph outweighs the rest."""


class SpanSet(NamedTuple):
    """A folder of questions, or a file in the layout of SQuAD, below the folder given. Sets of one `origin` share texts; `most` is how many
    questions are fitted on, all of a folder are judged.
    """

    path: str
    language: Language
    origin: str
    most: int

    @property
    def name(self) -> str:
        """The name in the provenance."""
        return Path(self.path).stem


SETS = (
    SpanSet("train/squad11_train_rebuilt.json", "en", "SQuAD train", 6000),
    SpanSet("squad2_en", "en", "SQuAD dev", 1000),
    SpanSet("xquad_en", "en", "SQuAD dev", 600),
    SpanSet("expmrc_squad_en", "en", "SQuAD dev", 400),
    SpanSet("train/cmrc2018_train_expmrc_pseudo_evidence.json", "zh", "CMRC train", 3000),
    SpanSet("cmrc2018_zh", "zh", "CMRC dev", 1500),
    SpanSet("expmrc_cmrc_zh", "zh", "CMRC dev", 300),
    SpanSet("xquad_zh", "zh", "SQuAD dev", 600),
)
"""Sets and how many questions of each are fitted on at most: as many as a fit of some minutes allows."""


class SpanRow(NamedTuple):
    """A question and its sentence; `places` are the accepted answers that stand in it (offsets), `answers` all accepted ones."""

    question: str
    text: str
    places: tuple[tuple[int, int], ...]
    answers: tuple[str, ...]


def rows_of(one: SpanSet, top: Path, limit: int | None, seed: int) -> list[SpanRow]:
    """The rows of a set, in an order that depends on the seed alone; questions whose answer runs over a sentence's end are left out."""
    path = top / one.path
    rows = list(_of_articles(path, seed) if path.suffix == ".json" else _of_folder(path))
    random.Random(seed).shuffle(rows)  # noqa: S311 - a sample, not a secret
    return rows[: one.most if limit is None else min(one.most, limit)]


def _of_articles(path: Path, seed: int) -> Iterator[SpanRow]:
    try:
        articles = json.loads(path.read_text("utf-8"))["data"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PlanQueryError(f"{str(path)!r} cannot be read ({error!r}); give a file in the layout of SQuAD, with `data`") from error
    random.Random(seed).shuffle(articles)  # noqa: S311 - a sample, not a secret
    for paragraph in (paragraph for article in articles for paragraph in article["paragraphs"]):
        text = paragraph["context"]
        sentences = sentence_spans(text)
        for asked in paragraph["qas"][:QUESTIONS_OF_CONTEXT]:
            for answer in asked["answers"][:1]:
                start, end = answer["answer_start"], answer["answer_start"] + len(answer["text"])
                home = next(((a, b) for a, b in sentences if a <= start and end <= b), None)
                if home and text[start:end] == answer["text"]:
                    place = (start - home[0], end - home[0])
                    yield SpanRow(asked["question"], text[slice(*home)], (place,), tuple(one["text"] for one in asked["answers"]))


def _of_folder(folder: Path) -> Iterator[SpanRow]:
    texts = {path.stem: path.read_text("utf-8") for path in sorted((folder / DOCUMENTS).iterdir())}
    for question in read_questions(folder, None):
        if not question.answers or question.history or question.doc_id not in texts:
            continue
        text = texts[question.doc_id]
        found = [row for start, end in sentence_spans(text) if (row := _row(question, text[start:end]))]
        if found:
            asked = set(terms(question.question))
            yield max(found, key=lambda row: len(asked & set(terms(row.text))))


def _row(question: BenchQuestion, sentence: str) -> SpanRow | None:
    """The question over one sentence; None where no accepted answer stands in it or it is not of the evidence that was marked."""
    places = tuple(place for answer in dict.fromkeys(question.answers) for place in _all(sentence, answer))
    evidence = question.evidence or ()
    if not places or (evidence and not any(sentence in one or one in sentence for one in evidence)):
        return None
    return SpanRow(question.question, sentence, places, tuple(question.answers))


def _all(text: str, part: str) -> Sequence[tuple[int, int]]:
    found, at = [], text.find(part) if part else -1
    while at >= 0:
        found.append((at, at + len(part)))
        at = text.find(part, at + 1)
    return found
