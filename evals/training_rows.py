"""Public question sets to what the rankers are fitted on: for each question its candidates, their features and which of them are right.

Documents are read, indexed and searched by the code that answers, so that the weights fit what that code will see.
"""

import json
import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from assistant.across import Across, features_across
from assistant.candidates import Candidate, candidates
from assistant.decision import NEVER_SEEN
from assistant.features import Asked, Matrix, ask, features
from assistant.question import plain_query
from assistant.ranked import add_reading
from assistant.retrieve import Filters, search
from evals.bench_schema import DOCUMENTS, QUESTIONS, BenchQuestion, read_questions
from evals.reading_schema import PRACTICE, UNREAD
from evals.suites import write_lines
from ingest.build import build_index
from ingest.embed import Embedder, open_embedder
from ingest.reader import Read, open_reader
from ingest.schema import Language, PlanQueryError, Source
from ingest.settings import Settings
from ingest.store import Generation, open_generation

PASSAGES = 8
"""Passages whose candidates are ranked, as many as the assistant takes by default."""

BESIDE = 0.3
"""How right a sentence is that holds an accepted answer but is not the evidence that a reader marked."""

CONTEXTS, CONTEXTS_OF_ARTICLE, QUESTIONS_OF_CONTEXT = 1500, 25, 3
"""How much is taken of a set of articles: enough documents for near misses, and no article or paragraph that outweighs the rest."""

Label = Literal["answerable", "unanswerable", "left out"]


class Left(Filters):
    """What may be searched when some documents are left out."""

    without: frozenset[str] = frozenset()

    def admits(self, source: Source) -> bool:
        """Whether a document is none of those left out."""
        return source.id not in self.without


class TrainingSet(NamedTuple):
    """A folder of questions, or a file of articles with questions, below the folder given, and what is taken of it.

    Sets of one `origin` share texts: none of them is judged by weights that were fitted on another. `sentences` and `judged` are the most
    questions for sentence choice and for abstention; `leaves_out` says that the same answer does not stand in other documents of the
    set; `sets_threshold` that the set is like what the assistant is for, so that the threshold is chosen on it.
    """

    path: str
    language: Language
    origin: str
    sentences: int = 0
    judged: int = 0
    leaves_out: bool = True
    sets_threshold: bool = False

    @property
    def name(self) -> str:
        """The name in the provenance."""
        path = Path(self.path)
        return f"{path.stem} asked in {self.language}" if path.parent == PRACTICE else path.stem


SETS = (
    TrainingSet("train/squad11_train_rebuilt.json", "en", "SQuAD train", 800, 300),
    TrainingSet("xquad_en", "en", "SQuAD dev", 545, 300, sets_threshold=True),
    TrainingSet("squad2_en", "en", "SQuAD dev", 545, 300, sets_threshold=True),
    TrainingSet("expmrc_squad_en", "en", "SQuAD dev", 545),
    TrainingSet("conditionalqa_excerpts_en", "en", "ConditionalQA", 0, 130),
    TrainingSet("doc2dial_en", "en", "Doc2Dial", 0, 130),
    TrainingSet("mtrag_en", "en", "MTRAG", 0, 130),
    TrainingSet("orsharc_en", "en", "OR-ShARC", 0, 130),
    TrainingSet("policyqa_en", "en", "PolicyQA", 0, 130, leaves_out=False),
    TrainingSet("train/cmrc2018_train_expmrc_pseudo_evidence.json", "zh", "CMRC train", 800, 300),
    TrainingSet("xquad_zh", "zh", "SQuAD dev", 545, 300, sets_threshold=True),
    TrainingSet("cmrc2018_zh", "zh", "CMRC dev", 545, 300, sets_threshold=True),
    TrainingSet("expmrc_cmrc_zh", "zh", "CMRC dev", 545),
    *[
        # Whether anything answers is told by words that no document holds, and across languages that is nearly every word.
        TrainingSet(str(PRACTICE / name), language, name, 300, 300 if name.endswith(language) else 0, sets_threshold=True)
        for name in UNREAD
        for language in get_args(Language)
    ],
)


class Row(NamedTuple):
    """A question over the documents that were searched. `right` tells for each candidate how right it is, from 0 to 1."""

    label: Label
    asked: Asked
    found: tuple[Candidate, ...]
    matrix: Matrix
    right: NDArray[np.float64]
    highest_idf: float


class Rows(NamedTuple):
    """What one set gives: answerable questions for sentence choice, and questions of every label for abstention."""

    origin: str
    language: Language
    sentences: tuple[Row, ...]
    judged: tuple[Row, ...]
    sets_threshold: bool


def rows_of(one: TrainingSet, top: Path, work: Path, limit: int | None, seed: int) -> Rows:
    """The rows of a set below the folder `top`; indexes are kept in `work`, `limit` is the most questions for each model."""
    folder = top / one.path
    if folder.suffix == ".json":
        folder = as_folder(folder, work / f"{one.name}-{seed}", one.language, seed)
    settings = Settings(store=work / f"{folder.name}-index")
    report = build_index([folder / DOCUMENTS], settings)
    if report.generation is None:
        raise PlanQueryError(f"no document of {str(folder)!r} could be read; `python -m ingest {folder / DOCUMENTS}` says why")
    ids = {Path(document.file).stem: document.document_id for document in report.documents if document.document_id}
    asked = [question for question in read_questions(folder, None) if not question.history and question.lang == one.language]
    index = open_generation(settings.store)
    try:
        found = _Found(index, open_embedder(settings, set_up=True), open_reader(settings, set_up=True), ids)
        return _rows(one, found, shuffled(asked, seed), limit)
    finally:
        index.close()


def shuffled(questions: Sequence[BenchQuestion], seed: int) -> list[BenchQuestion]:
    """The questions in an order that depends on the seed alone, so that a smaller number is part of a larger one."""
    order = list(questions)
    random.Random(seed).shuffle(order)  # noqa: S311 - a sample, not a secret
    return order


class _Found(NamedTuple):
    """An index to ask, and the document ids by file name."""

    store: Generation
    embedder: Embedder
    read: Read
    ids: Mapping[str, str]

    def row(self, question: BenchQuestion, label: Label) -> Row | None:
        """The question searched, with its own documents left out if so labelled; None where no candidate is found."""
        query = plain_query(question.question)
        gold = frozenset(self.ids[name] for name in question.gains() if name in self.ids)
        filters = Left(without=gold if label == "left out" else frozenset())
        found = candidates(search(self.store, self.embedder, query, PASSAGES, filters))
        if not found:
            return None
        idf = self.store.lexical.idf
        asked = ask(query, idf)
        across = Across(self.embedder.readable, self.store.readable.idf)
        matrix = features_across(query, found, features(asked, found), across)
        # By shared words and not by the weights shipped: those must not depend on the ones before them.
        add_reading(query, found, matrix, matrix[:, 0] + matrix[:, 1], self.read)
        right = np.array([rightness(question, candidate, gold) if label == "answerable" else 0.0 for candidate in found])
        return Row(label, asked, tuple(found), matrix, right, idf(NEVER_SEEN))


def _rows(one: TrainingSet, found: _Found, questions: Sequence[BenchQuestion], limit: int | None) -> Rows:
    sentences, judged = (most if limit is None else min(most, limit) for most in (one.sentences, one.judged))
    answerable = [question for question in questions if question.answers and question.gains()]
    unanswerable = [question for question in questions if not question.answers][:judged]
    plain = [row for question in answerable[: max(sentences, judged)] if (row := found.row(question, "answerable"))]
    absent = [row for question in unanswerable if (row := found.row(question, "unanswerable"))]
    left = answerable[: judged if one.leaves_out else 0]
    without = [row for question in left if (row := found.row(question, "left out"))]
    return Rows(one.origin, one.language, tuple(plain[:sentences]), (*plain[:judged], *absent, *without), one.sets_threshold)


def rightness(question: BenchQuestion, candidate: Candidate, gold: frozenset[str]) -> float:
    """1 for a candidate of a right document that holds an accepted answer, less where the evidence is known to stand elsewhere, else 0.

    Where no accepted answer stands in the evidence ("yes", say), all of the evidence is right.
    """
    if candidate.passage.chunk.source.id not in gold:
        return 0.0
    text, answers = _spaced(candidate.text), [_spaced(answer) for answer in question.answers if answer]
    evidence = [_spaced(each) for each in question.evidence or ()]
    proves = any(text in each or each in text for each in evidence)
    if any(answer in text for answer in answers):
        return 1.0 if proves or not evidence else BESIDE
    return float(proves and not any(answer in each for answer in answers for each in evidence))


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def as_folder(path: Path, folder: Path, language: Language, seed: int) -> Path:
    """Articles with questions, in the layout of SQuAD, as a folder of questions with every paragraph a document under its title."""
    try:
        articles = json.loads(path.read_text("utf-8"))["data"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PlanQueryError(f"{str(path)!r} cannot be read ({error!r}); give a file in the layout of SQuAD, with `data`") from error
    random.Random(seed).shuffle(articles)  # noqa: S311 - a sample, not a secret
    (folder / DOCUMENTS).mkdir(parents=True, exist_ok=True)
    questions = []
    paragraphs = [(article["title"], paragraph) for article in articles for paragraph in article["paragraphs"][:CONTEXTS_OF_ARTICLE]]
    for number, (title, paragraph) in enumerate(paragraphs[:CONTEXTS]):
        name = f"{number:05}"
        (folder / DOCUMENTS / f"{name}.txt").write_text(f"{title.replace('_', ' ')}\n\n{paragraph['context']}\n", "utf-8")
        for asked in paragraph["qas"][:QUESTIONS_OF_CONTEXT]:
            answers = [answer["text"] for answer in asked["answers"]]
            fields = {"id": str(asked["id"]), "question": asked["question"], "answers": answers, "doc_id": name, "lang": language}
            questions.append(fields)
    write_lines(folder / QUESTIONS, questions)
    return folder
