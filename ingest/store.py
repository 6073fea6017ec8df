"""Index generations: immutable folders of Chroma, BM25, documents and manifest, and the pointer that says which one is live.

Layout of a store: `current` (the live generation's name), `writer.lock`, `generations/<name>/`. A reader holds a shared lock on
the generation's `in-use` file; an old generation is removed only by a writer that gets that lock alone.
"""

import fcntl
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import IO, Any

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from ingest.embed import Vectors
from ingest.lexical import LexicalIndex, terms
from ingest.schema import Chunk, Document, PlanQueryError, Record, Source

COLLECTION = "chunks"
READABLE = "readable"
HNSW = {"hnsw": {"space": "cosine", "ef_search": 200, "num_threads": 1}}
"""One thread: with several, the graph and so the answers differ from one process to the next."""

EXACT_ROWS = 20_000
"""Up to this many chunks every vector is compared (20,000 take 30 MB of memory); above, Chroma's graph is searched."""

_BATCH = 2000  # rows a call to Chroma or SQLite; Chroma refuses more than about 5,400


class GenerationInfo(Record):
    """The manifest of a generation: what it was built from and with. Two with equal hashes answer alike."""

    id: str
    corpus: str
    model: str
    settings: str
    code: str
    version: str
    created: str
    documents: int
    chunks: int
    unreadable_share: float


class Generation:
    """One index, open for reading. Rows are chunk numbers 0..n-1, the same in BM25, Chroma and the catalogue.

    `lexical` is BM25 over the chunks as they are written, `readable` over the chunks as the embedder reads them.
    """

    def __init__(self, folder: Path, in_use: IO[str]) -> None:
        self.folder = folder
        self._in_use = in_use
        self.info = GenerationInfo.model_validate_json((folder / "manifest.json").read_text("utf-8"))
        self.lexical = LexicalIndex.load(folder)
        self.readable = LexicalIndex.load(folder, READABLE) if (folder / f"{READABLE}.npz").exists() else self.lexical
        self._readable_titles: LexicalIndex | None = None
        self._catalogue = sqlite3.connect(f"file:{folder / 'catalogue.sqlite'}?mode=ro", uri=True, check_same_thread=False)
        self.sources = tuple(
            Source.model_validate_json(text) for (text,) in self._catalogue.execute("select source from documents order by number")
        )
        self.document_rows = np.array([n for (n,) in self._catalogue.execute("select document from chunks order by row")], dtype=np.int32)
        self._collection = (
            _client(folder / "chroma").get_collection(COLLECTION, embedding_function=None) if self.document_rows.size else None
        )

    def chunks(self, rows: Iterable[int]) -> list[Chunk]:
        """The chunks of these rows, in the order given."""
        wanted = [int(row) for row in rows]
        marks = ",".join("?" * len(wanted))
        found = dict(self._catalogue.execute(f"select row, chunk from chunks where row in ({marks})", wanted))  # noqa: S608 - marks only
        return [Chunk.model_validate_json(found[row]) for row in wanted]

    def section(self, chunk: Chunk) -> list[Chunk]:
        """The chunks of the section that `chunk` belongs to, in reading order, itself included."""
        at = self._catalogue.execute("select row, document from chunks where id = ?", (chunk.id,)).fetchone()
        if at is None:
            return [chunk]
        found = [chunk]
        for step in (-1, 1):
            row = at[0] + step
            while (other := self._neighbour(row, at[1])) is not None and other.heading == chunk.heading:
                found.insert(0 if step < 0 else len(found), other)
                row += step
        return found

    def _neighbour(self, row: int, document: int) -> Chunk | None:
        found = self._catalogue.execute("select chunk from chunks where row = ? and document = ?", (row, document)).fetchone()
        return Chunk.model_validate_json(found[0]) if found else None

    def row_ids(self) -> list[str]:
        """Chunk ids in row order."""
        return [id_ for (id_,) in self._catalogue.execute("select id from chunks order by row")]

    def dense(self, vector: Vectors, n: int, allowed: NDArray[np.bool_] | None = None) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The n rows nearest to a unit vector and their cosines, best first; `allowed` masks documents by number."""
        if self._collection is None or n < 1:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        if self._exact is not None:
            cosines = self._exact @ vector
            if allowed is not None:
                cosines[~allowed[self.document_rows]] = -1.0
            best = np.argsort(-cosines, kind="stable")[:n]
            best = best[cosines[best] > -1.0]
            return best, cosines[best]
        where: Any = None if allowed is None else {"document": {"$in": [int(i) for i in np.flatnonzero(allowed)]}}
        found = self._collection.query(
            query_embeddings=[vector], n_results=min(n, len(self.document_rows)), where=where, include=["distances"]
        )
        rows = np.array([int(id_) for id_ in found["ids"][0]], dtype=np.int64)
        # Chroma returns cosine distance; we speak similarity, so the sign turns here and nowhere else.
        return rows, 1.0 - np.array((found["distances"] or [[]])[0], dtype=np.float32)

    def vectors(self, rows: Sequence[int]) -> Vectors:
        """The stored vectors of these rows, one a row."""
        if self._collection is None or not len(rows):
            return np.zeros((0, 0), np.float32)
        return self._exact[list(rows)] if self._exact is not None else self._stored_vectors(rows)

    @cached_property
    def titles(self) -> LexicalIndex:
        """BM25 over the titles of the documents, one row a document."""
        return LexicalIndex.build([terms(source.title) for source in self.sources])

    def readable_titles(self, readable: Callable[[str], str]) -> LexicalIndex:
        """The same over the titles as the embedder of this index reads them."""
        if self._readable_titles is None:
            self._readable_titles = LexicalIndex.build([terms(readable(source.title)) for source in self.sources])
        return self._readable_titles

    @cached_property
    def _exact(self) -> Vectors | None:
        """All vectors, for an index small enough to compare them all: the graph search of Chroma misses a neighbour now and then."""
        size = len(self.document_rows)
        return self._stored_vectors(range(size)) if size <= EXACT_ROWS else None

    def _stored_vectors(self, rows: Sequence[int]) -> Vectors:
        if self._collection is None:
            return np.zeros((0, 0), np.float32)
        found = self._collection.get(ids=[str(row) for row in rows], include=["embeddings"])
        by_id = dict(zip(found["ids"], found["embeddings"], strict=True))
        return np.array([by_id[str(row)] for row in rows], dtype=np.float32)

    def document(self, document_id: str) -> Document:
        """The stored text and sections of one document."""
        row = self._catalogue.execute("select document from documents where id = ?", (document_id,)).fetchone()
        if row is None:
            raise PlanQueryError(f"no document {document_id!r} in the index; `python -m assistant doctor` lists them")
        return Document.model_validate_json(row[0])

    def stored(self, name: str) -> Any:
        """JSON that ingest stored under `name` (register, measures, glossary); None when it stored none."""
        row = self._catalogue.execute("select json from extras where name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    def close(self) -> None:
        """Let go of the generation, so that a writer may remove it once it is old."""
        self._catalogue.close()
        self._in_use.close()


def open_generation(store: Path) -> Generation:
    """The live generation. A writer may replace it between reading the pointer and taking the lock, hence the second look."""
    for _ in range(5):
        name = current(store)
        if name is None:
            raise PlanQueryError(f"no index in {str(store)!r}; run `python -m ingest --store {store}`")
        folder = store / "generations" / name
        try:
            in_use = (folder / "in-use").open("r")
        except FileNotFoundError:
            continue
        fcntl.flock(in_use, fcntl.LOCK_SH)
        if (folder / "manifest.json").exists():
            return Generation(folder, in_use)
        in_use.close()
    raise PlanQueryError(f"the index in {str(store)!r} is damaged; remove the folder and run `python -m ingest --store {store}`")


def current(store: Path) -> str | None:
    """Name of the live generation; None before the first ingest."""
    try:
        return (store / "current").read_text("utf-8").strip()
    except FileNotFoundError:
        return None


@contextmanager
def writing(store: Path) -> Iterator[None]:
    """Hold the only writer's place in `store`."""
    store.mkdir(parents=True, exist_ok=True)
    lock = FileLock(str(store / "writer.lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise PlanQueryError(f"another ingest is writing to {str(store)!r}; wait until it ends, then run this again") from error
    try:
        yield
    finally:
        lock.release()


def write_generation(
    store: Path,
    info: GenerationInfo,
    documents: Sequence[Document],
    chunks: Sequence[Chunk],
    vectors: Vectors,
    lexical: LexicalIndex,
    extras: Mapping[str, Any],
    readable: LexicalIndex | None = None,
) -> None:
    """Write a generation beside the live one; readers see nothing of it until `publish`. The manifest comes last: it makes it whole.

    `readable` is None where the embedder reads every chunk as it is written.
    """
    folder = store / "generations" / info.id
    folder.mkdir(parents=True)
    number = {document.source.id: i for i, document in enumerate(documents)}
    rows = [number[chunk.source.id] for chunk in chunks]
    _write_chroma(folder / "chroma", vectors, rows)
    lexical.save(folder)
    if readable is not None:
        readable.save(folder, READABLE)
    with sqlite3.connect(folder / "catalogue.sqlite") as catalogue:
        catalogue.executescript(
            "create table documents(number integer primary key, id text unique, source text, document text);"
            "create table chunks(row integer primary key, id text, document integer, chunk text);create index by_id on chunks(id);"
            "create table extras(name text primary key, json text);"
        )
        catalogue.executemany(
            "insert into documents values(?,?,?,?)",
            ((i, d.source.id, d.source.model_dump_json(), d.model_dump_json()) for i, d in enumerate(documents)),
        )
        catalogue.executemany("insert into chunks values(?,?,?,?)", ((i, c.id, rows[i], c.model_dump_json()) for i, c in enumerate(chunks)))
        catalogue.executemany(
            "insert into extras values(?,?)", ((name, json.dumps(value, ensure_ascii=False)) for name, value in extras.items())
        )
    catalogue.close()
    (folder / "in-use").touch()
    (folder / "manifest.json").write_text(info.model_dump_json(indent=1), "utf-8")


def _write_chroma(folder: Path, vectors: Vectors, documents: Sequence[int]) -> None:
    if not documents:
        return
    client = _client(folder)
    collection = client.create_collection(COLLECTION, configuration=HNSW, embedding_function=None)
    for first in range(0, len(documents), _BATCH):
        part = range(first, min(first + _BATCH, len(documents)))
        collection.add(
            ids=[str(row) for row in part],
            embeddings=vectors[part.start : part.stop],
            metadatas=[{"document": documents[row]} for row in part],
        )
    client.close()


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    return chromadb.PersistentClient(str(folder), settings=ChromaSettings(anonymized_telemetry=False, allow_reset=False))


def publish(store: Path, name: str) -> None:
    """Make a written generation the live one, in one step, and remove those that nobody reads any more."""
    pointer = store / "current.new"
    pointer.write_text(name, "utf-8")
    pointer.replace(store / "current")
    remove_unused(store)


def remove_unused(store: Path) -> None:
    """Remove every generation that is neither live nor in use, half-written ones of a killed ingest included."""
    live = current(store)
    for folder in (store / "generations").glob("*"):
        if folder.name != live and _is_free(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_free(folder: Path) -> bool:
    try:
        with (folder / "in-use").open("r") as in_use:
            fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return True
    except BlockingIOError:
        return False
    return True
