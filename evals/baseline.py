"""The LangChain tutorial's pipeline on the same documents and questions: RecursiveCharacterTextSplitter 1000/200, Chroma, top 4.

It runs in a process of its own, so that its peak memory is its own.
"""

import multiprocessing
import os
import re
import resource
import sys
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bs4 import BeautifulSoup
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from pypdf import PdfReader

from evals.bench_schema import BenchQuestion, Cost, Prediction
from evals.metrics import documents_of, percentile
from evals.scoring import RETRIEVED
from ingest.embed import Embedder, open_embedder
from ingest.settings import Settings

TOP = 4  # the tutorial's default number of chunks
CHUNK, CHUNK_OVERLAP = 1000, 200


class TutorialEmbeddings(Embeddings):
    """Our embedder in LangChain's shape."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text."""
        return [[float(x) for x in row] for row in self.embedder.embed_documents(texts)]

    def embed_query(self, text: str) -> list[float]:
        """One vector."""
        return [float(x) for x in self.embedder.embed_query(text)]


def text_of(path: Path) -> str:
    """Plain text of a file, as the tutorial's loaders make it."""
    match path.suffix.lower():
        case ".pdf":
            return "\n".join(page.extract_text() for page in PdfReader(path).pages)
        case ".html" | ".htm":
            return BeautifulSoup(path.read_bytes(), "lxml").get_text()
        case _:
            return path.read_text("utf-8", errors="replace")


def chunks_of(files: Sequence[Path]) -> list[Document]:
    """The chunks of all files; unreadable files are left out."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=CHUNK_OVERLAP)
    chunks = []
    for path in files:
        try:
            text = text_of(path)
        except Exception as error:  # a document that the tutorial's loader cannot read must not end the comparison
            sys.stderr.write(f"baseline: {path.name} left out: {error}\n")
            continue
        chunks += splitter.create_documents([text], metadatas=[{"document": path.stem}])
    return chunks


def measure(files: Sequence[Path], questions: Sequence[BenchQuestion], embedder: Embedder, folder: Path) -> tuple[list[Prediction], Cost]:
    """Ingest and ask. A question's answer is its best chunk; `folder` receives the Chroma files."""
    from langchain_chroma import Chroma

    started = time.perf_counter()
    chunks = chunks_of(files)
    store = Chroma.from_documents(chunks, TutorialEmbeddings(embedder), persist_directory=str(folder))
    ingest_seconds = time.perf_counter() - started
    predictions, seconds = [], []
    for question in questions:
        where: Any = {"document": question.doc_id} if question.scope == "document" and question.doc_id else None
        started = time.perf_counter()
        best = store.similarity_search(question.question, k=TOP, filter=where)
        seconds.append(time.perf_counter() - started)
        ranked = store.similarity_search(question.question, k=RETRIEVED, filter=where)
        predictions.append(prediction(question.id, best, ranked))
    p50, p95 = percentile(seconds, 50), percentile(seconds, 95)
    return predictions, Cost(ingest_seconds=ingest_seconds, latency_p50=p50, latency_p95=p95, peak_mb=peak_mb())


def prediction(question_id: str, best: Sequence[Document], ranked: Sequence[Document]) -> Prediction:
    """The prediction of one question."""
    text = best[0].page_content if best else ""
    documents = documents_of([chunk.metadata["document"] for chunk in ranked])
    return Prediction(
        id=question_id, answer=text, retrieved=tuple(documents), evidence=tuple(chunk.page_content for chunk in best), claim=text, text=text
    )


def peak_mb() -> float:
    """Largest resident memory of this process so far; Linux counts in KiB, macOS in bytes."""
    # On Linux a child's ru_maxrss begins at its parent's, even after exec; VmHWM is the process's own.
    status = Path("/proc/self/status")
    own = re.search(r"VmHWM:\s*(\d+) kB", status.read_text("utf-8")) if status.exists() else None
    if own:
        return int(own[1]) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def in_own_process(files: Sequence[Path], questions: Sequence[BenchQuestion], settings: Settings) -> tuple[list[Prediction], Cost]:
    """`measure` in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measure_there, (list(files), list(questions), settings))


def _measure_there(files: list[Path], questions: list[BenchQuestion], settings: Settings) -> tuple[list[Prediction], Cost]:
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    warnings.simplefilter("ignore")
    with TemporaryDirectory() as folder:
        return measure(files, questions, open_embedder(settings, set_up=True), Path(folder))
