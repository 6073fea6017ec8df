"""Public and practice questions to groups for fitting the embedder: chunks that hold the answer, and chunks that only look as if they did.

Run by hand: `python -m evals.embedding_groups BENCH_FOLDER --out groups.jsonl`; takes a few minutes. Texts are as they are embedded.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from zlib import crc32

from assistant.schema import Turn
from assistant.views import balanced_view
from evals.bench_schema import BenchQuestion, document_files, read_questions
from evals.reading_groups import ARTICLES, Pool, articles_of, plain, written
from evals.reading_schema import LARGEST, PRACTICE, UNREAD, Group, Text
from ingest.chunk import chunk_document
from ingest.embed import Embedder, open_embedder
from ingest.read import read_file
from ingest.schema import Chunk
from ingest.settings import Settings

FOLDERS = ("conditionalqa_excerpts_en", "doc2dial_en", "domainrag_zh", "mtrag_en", "orsharc_en", "policyqa_en")
"""Of these every other document teaches, so that the rest measures."""

SHARE = 0.3
"""Of the articles in English, which the embedder saw when it was made."""

SHORTEST = 2
"""Characters of an answer from which the chunk that holds it is known."""


class Collection:
    """The chunks of a set's documents, to be searched for those that look like an answer."""

    def __init__(self, documents: Mapping[str, Sequence[Chunk]], readable: Callable[[str], str]) -> None:
        self.rows: dict[str, range] = {}
        chunks: list[Chunk] = []
        for name, own in documents.items():
            self.rows[name] = range(len(chunks), len(chunks) + len(own))
            chunks += own
        self._readable = readable
        self._plain = [plain(chunk.text) for chunk in chunks]
        self.pool = Pool([Text(readable(chunk.embed_text()), "", chunk.source.id) for chunk in chunks])

    def holding(self, question: BenchQuestion) -> list[int]:
        """Rows of the question's documents that hold its evidence; without any, the one that shares most with its answers."""
        names = [name for name in question.gains() if name in self.rows]
        own = [row for name in names for row in self.rows[name]]
        for told in (question.evidence or (), question.answers):
            marks = [plain(text) for text in told if len(text) >= SHORTEST]
            found = [row for row in own if any(mark and (mark in self._plain[row] or self._plain[row] in mark) for mark in marks)]
            if found:
                return found if len(found) <= 2 * len(marks) else []
        said = self._readable(" ".join((question.question, *question.answers)))
        return [self.pool.likest(said, self.rows[name]) for name in names[:1] if question.answers]


def groups_of(top: Path, settings: Settings, seed: int) -> list[Group]:
    """Groups of all sets below the folder `top` and of the practice folders, in an order that depends on the seed."""
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    embedder = open_embedder(settings, set_up=True)
    found = [group for name in ARTICLES for group in _of_articles(top / name, embedder.readable, chance)]
    for folder in (*[top / name for name in FOLDERS], *sorted(PRACTICE.glob("*/"))):
        if folder.is_dir() and folder.name not in UNREAD:
            found += _of_folder(folder, embedder, settings)
    chance.shuffle(found)
    return found


def _of_articles(path: Path, readable: Callable[[str], str], chance: random.Random) -> Iterator[Group]:
    """Paragraphs of articles: each is about as long as a chunk."""
    paragraphs = [
        (readable(article["title"].replace("_", " ")), paragraph) for article in articles_of(path) for paragraph in article["paragraphs"]
    ]
    pool = Pool([Text(f"{title}\n{readable(paragraph['context'])}", "", title) for title, paragraph in paragraphs])
    starts: dict[str, int] = {}
    sizes = Counter(title for title, _ in paragraphs)
    share = SHARE if path.stem == LARGEST else 1.0
    for row, (title, paragraph) in enumerate(paragraphs):
        own = range(starts.setdefault(title, row), starts[title] + sizes[title])
        for question in paragraph["qas"]:
            if chance.random() < share:
                asked, right = readable(question["question"].strip()), (pool.texts[row],)
                yield Group(path.stem, asked, right, pool.wrong(asked, right, own))


def _of_folder(folder: Path, embedder: Embedder, settings: Settings) -> Iterator[Group]:
    documents = {path.stem: _chunks(path, embedder, settings) for path in document_files(folder)}
    collection = Collection(documents, embedder.readable)
    is_practice = folder.parent == PRACTICE
    for question in read_questions(folder, None):
        rows = collection.holding(question)
        if not rows or not (is_practice or is_taught(question)):
            continue
        asked = embedder.readable(as_searched(question))
        right = tuple(collection.pool.texts[row] for row in rows)
        name = next(name for name, own in collection.rows.items() if rows[0] in own)
        yield Group(PRACTICE.name if is_practice else folder.name, asked, right, collection.pool.wrong(asked, right, collection.rows[name]))


def is_taught(question: BenchQuestion) -> bool:
    """Whether the question is about a document that teaches."""
    return all(crc32(name.encode()) % 2 == 0 for name in question.gains())


def as_searched(question: BenchQuestion) -> str:
    """The question with the turns before it, as its vector is made."""
    turns = [Turn(role="user" if turn["role"] == "user" else "assistant", text=turn["text"]) for turn in question.history]
    return balanced_view(question.question, turns).text if turns else question.question


def _chunks(path: Path, embedder: Embedder, settings: Settings) -> list[Chunk]:
    return list(chunk_document(read_file(path, settings, path.stem), embedder.count_tokens, settings.chunk_tokens))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the groups and print how many each set gives."""
    settings = Settings(_env_file=None)
    return written("embedding_groups", __doc__, lambda top, seed: groups_of(top, settings, seed), arguments)


if __name__ == "__main__":
    sys.exit(main())
