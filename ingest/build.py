"""Files to a published generation: read, chunk, embed what is new, write beside the live index, switch."""

import hashlib
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from ingest.chunk import chunk_document
from ingest.collect import Candidate, collect, companion
from ingest.embed import Embedder, Vectors, open_embedder
from ingest.gloss import NO_WORDS
from ingest.glossary import Glossary
from ingest.lexical import LexicalIndex, count_words, terms
from ingest.measures import check_quotes, load_measures
from ingest.read import read_file
from ingest.reader import open_reader
from ingest.register import Register, find_register
from ingest.schema import Chunk, Document, DocumentReport, IngestReport, PlanQueryError, ReadError, Record
from ingest.settings import Settings
from ingest.store import Generation, GenerationInfo, current, open_generation, publish, remove_unused, write_generation, writing

Progress = Callable[[str, int, int], None]
"""Called with the stage ("model", "read", "embed", "write"), how much is done and how much there is."""

EMBED_PART = 64

HEAD = 20_000
"""Characters at the start of a document that tell how much of it the embedder can read."""


class _Read(Record):
    """One file after reading: the document or the reason there is none."""

    candidate: Candidate
    key: str
    document: Document | None = None
    error: str | None = None
    reused: bool = False


def build_index(paths: Sequence[Path], settings: Settings, progress: Progress | None = None) -> IngestReport:
    """Index the documents under `paths` into `settings.store` and make the result live; the store holds just these afterwards.

    Documents that cannot be read are reported and left out. When none can be read the live index stays as it is.
    """
    started = time.monotonic()
    say = progress or (lambda stage, done, total: None)
    with writing(settings.store):
        remove_unused(settings.store)
        live = _live(settings)
        try:
            return _build(collect(paths), paths, settings, live, say, started)
        finally:
            if live is not None:
                live.close()
            remove_unused(settings.store)


def _build(
    candidates: Sequence[Candidate], paths: Sequence[Path], settings: Settings, live: Generation | None, say: Progress, started: float
) -> IngestReport:
    glossary_path = companion(paths, "glossary.yaml") or (settings.glossary if settings.glossary.exists() else None)
    glossary = Glossary.load(glossary_path) if glossary_path else None
    say("model", 0, 1)
    embedder = open_embedder(settings, glossary.glosses() if glossary else NO_WORDS, set_up=True)
    open_reader(settings, set_up=True)
    say("model", 1, 1)
    measures_path = companion(paths, "measures.yaml")
    reads = _read_all(candidates, settings, live, say)
    documents = [read.document for read in reads if read.document is not None]
    chunked = [chunk_document(document, embedder.count_tokens, settings.chunk_tokens) for document in documents]
    chunks = [chunk for part in chunked for chunk in part]
    registers = {document.source.id: find_register(document, glossary) for document in documents}
    unreadable = {document.source.id: embedder.unreadable_share(document.text[:HEAD]) for document in documents}
    rows = tuple(_report(read, dict(zip(registers, chunked, strict=True)), registers, unreadable) for read in reads)
    if not chunks:
        return IngestReport(documents=rows, generation=None, embedded=0, seconds=time.monotonic() - started)
    extras = {
        "files": {read.candidate.document_id: read.key for read in reads if read.document is not None},
        "registers": {id_: register.model_dump(mode="json") for id_, register in registers.items()},
        "glossary": glossary.model_dump(mode="json") if glossary else None,
        "has_own_glossary": companion(paths, "glossary.yaml") is not None,
        "measures": _measures(measures_path, documents),
        "words": count_words(document.text for document in documents),
    }
    info = _info(embedder, settings, documents, chunks, (glossary_path, measures_path))
    if live is not None and _equal(live.info, info):
        return IngestReport(documents=rows, generation=live.info.id, embedded=0, seconds=time.monotonic() - started)
    vectors, embedded = _embed(chunks, embedder, live, say)
    lexical, readable = lexical_indexes([chunk.embed_text() for chunk in chunks], embedder)
    say("write", 0, 1)
    write_generation(settings.store, info, documents, chunks, vectors, lexical, extras, readable)
    publish(settings.store, info.id)
    say("write", 1, 1)
    return IngestReport(documents=rows, generation=info.id, embedded=embedded, seconds=time.monotonic() - started)


def _live(settings: Settings) -> Generation | None:
    """The live generation to carry over from; a damaged one is rebuilt rather than trusted."""
    try:
        return open_generation(settings.store) if current(settings.store) else None
    except (PlanQueryError, OSError, ValueError):
        return None


def _read_all(candidates: Sequence[Candidate], settings: Settings, live: Generation | None, say: Progress) -> list[_Read]:
    known: dict[str, str] = live.stored("files") or {} if live is not None and live.info.code == code_version() else {}
    reads = []
    for number, candidate in enumerate(candidates, 1):
        reads.append(_read(candidate, settings, live, known))
        say("read", number, len(candidates))
    return reads


def _read(candidate: Candidate, settings: Settings, live: Generation | None, known: dict[str, str]) -> _Read:
    if candidate.fault:
        return _Read(candidate=candidate, key="", error=candidate.fault)
    try:
        key = _key(candidate, settings)
        if live is not None and known.get(candidate.document_id) == key:
            return _Read(candidate=candidate, key=key, document=live.document(candidate.document_id), reused=True)
        document = read_file(candidate.path, settings, candidate.document_id)
    except ReadError as error:
        return _Read(candidate=candidate, key="", error=str(error))
    except OSError as error:
        return _Read(candidate=candidate, key="", error=f"{candidate.name}: {error.strerror or error}; check the file and its permissions")
    if candidate.source is not None:
        document = document.model_copy(update={"source": candidate.source})
    return _Read(candidate=candidate, key=key, document=document)


def _key(candidate: Candidate, settings: Settings) -> str:
    """Hash of all that a reading depends on: bytes, row and reading options; too large files are left to the reader to refuse."""
    if candidate.path.stat().st_size > settings.max_file_mb * 2**20:
        return ""
    row = candidate.source.model_dump_json() if candidate.source else candidate.document_id
    return hashlib.sha256(candidate.path.read_bytes() + row.encode() + str(settings.ocr).encode()).hexdigest()


def _embed(chunks: Sequence[Chunk], embedder: Embedder, live: Generation | None, say: Progress) -> tuple[Vectors, int]:
    """One vector a chunk; those of unchanged chunks come from the live generation when the model is the same."""
    known = {id_: row for row, id_ in enumerate(live.row_ids())} if live is not None and live.info.model == embedder.identity else {}
    fresh = [i for i, chunk in enumerate(chunks) if chunk.id not in known]
    kept = [i for i, chunk in enumerate(chunks) if chunk.id in known]
    parts = []
    say("embed", 0, len(fresh))
    for first in range(0, len(fresh), EMBED_PART):
        part = fresh[first : first + EMBED_PART]
        parts.append(embedder.embed_documents([chunks[i].embed_text() for i in part]))
        say("embed", first + len(part), len(fresh))
    if kept and live is not None:
        parts.append(live.vectors([known[chunks[i].id] for i in kept]))
    stacked = np.concatenate(parts)
    vectors = np.empty_like(stacked)
    vectors[fresh + kept] = stacked
    return vectors, len(fresh)


def lexical_indexes(texts: Sequence[str], embedder: Embedder) -> tuple[LexicalIndex, LexicalIndex | None]:
    """BM25 over the texts as they are written, and as the embedder reads them; None where that is the same."""
    readable = [embedder.readable(text) for text in texts]
    lexical = LexicalIndex.build([terms(text) for text in texts])
    return lexical, LexicalIndex.build([terms(text) for text in readable]) if readable != list(texts) else None


def _measures(path: Path | None, documents: Sequence[Document]) -> list[Any] | None:
    if path is None:
        return None
    measures = load_measures(path)
    check_quotes(measures, {document.source.id: document.text for document in documents})
    return [measure.model_dump(mode="json") for measure in measures]


def _info(
    embedder: Embedder,
    settings: Settings,
    documents: Sequence[Document],
    chunks: Sequence[Chunk],
    companions: Sequence[Path | None],
) -> GenerationInfo:
    corpus = hashlib.sha256("".join(sorted(document.content_hash + document.source.model_dump_json() for document in documents)).encode())
    for path in companions:
        corpus.update(path.read_bytes() if path else b"-")
    now = datetime.now(UTC)
    sizes = np.array([len(document.text) for document in documents], dtype=np.float64)
    shares = np.array([embedder.unreadable_share(embedder.readable(document.text[:HEAD])) for document in documents])
    return GenerationInfo(
        id=f"{now:%Y%m%dT%H%M%S}-{corpus.hexdigest()[:8]}-{time.time_ns() % 10**6:06d}",
        corpus=corpus.hexdigest(),
        model=embedder.identity,
        settings=index_settings(settings),
        code=code_version(),
        version=version("plan-query-assistant"),
        created=now.isoformat(timespec="seconds"),
        documents=len(documents),
        chunks=len(chunks),
        unreadable_share=float(shares @ sizes / sizes.sum()),
    )


def _equal(one: GenerationInfo, other: GenerationInfo) -> bool:
    fields = ("corpus", "model", "settings", "code")
    return all(getattr(one, field) == getattr(other, field) for field in fields)


def index_settings(settings: Settings) -> str:
    """Hash of the settings that change the index: those whose description ends in "(index)"."""
    named = {
        name: str(getattr(settings, name)) for name, field in Settings.model_fields.items() if (field.description or "").endswith("(index)")
    }
    named.pop("glossary")  # its content is part of the corpus hash; its place does not matter
    return hashlib.sha256(repr(sorted(named.items())).encode()).hexdigest()


def code_version() -> str:
    """Hash of the code that reads and indexes: after a change of it, documents are read anew."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _report(
    read: _Read, chunks: dict[str, tuple[Chunk, ...]], registers: dict[str, Register], unreadable: dict[str, float]
) -> DocumentReport:
    document = read.document
    if document is None:
        return DocumentReport(file=read.candidate.name, error=read.error)
    register = registers[document.source.id]
    return DocumentReport(
        file=read.candidate.name,
        document_id=document.source.id,
        reused=read.reused,
        pages=len(document.page_starts) or None,
        sections=len(document.sections),
        chunks=len(chunks[document.source.id]),
        characters=len(document.text),
        unreadable_share=unreadable[document.source.id],
        blank_pages=document.blank_pages,
        targets=len(register.targets),
        provisions=len(register.provisions),
        obligations=len(register.obligations),
        warnings=document.warnings,
    )
