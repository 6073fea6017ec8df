"""A toy embedder and small indexes: vectors are hashed words, so nothing is loaded and every cosine can be foretold."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from assistant.candidates import Candidate, candidates
from assistant.question import plain_query
from assistant.retrieve import Filters, search
from assistant.schema import Passage
from ingest.build import lexical_indexes
from ingest.chunk import chunk_document
from ingest.embed import Embedder, Vectors
from ingest.lexical import terms
from ingest.read import read_file
from ingest.schema import Chunk, Document
from ingest.settings import Settings
from ingest.store import Generation, GenerationInfo, open_generation, publish, write_generation

DIMENSION = 256
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")

PLAN = """---
title: Valley plan for robot making to 2028
title_zh: 河谷机器人制造规划（到2028年）
language: en
document_number: Valley Office [2024] No. 7
published: 2024-05-01
valid_to: 2028-12-31
status: in_force
---
# Valley plan for robot making to 2028

## Targets

By 2028, robot makers reach annual revenue of more than 40 billion yuan. Exports grow by about 9 percent a year.

## Key sectors

The plan develops the following sectors:

- joint motors
- force sensors
- motion controllers

## Support

| Project | Highest grant |
|---|---|
| Pilot line | 3 million yuan |
| Test centre | 5 million yuan |
"""
TALENT = """---
title: 河谷机器人人才办法
language: zh
document_number: 河谷工〔2024〕9号
published: 2024-06-01
status: in_force
---
# 河谷机器人人才办法

## 安家补贴

对新引进的博士，一次性给予安家补贴20万元。硕士每人补贴5万元。
"""
DOCUMENTS = {"plan": PLAN, "talent": TALENT}


class ToyEmbedder:
    """Bag of hashed index terms, length 1. Like the built-in model it cannot read ideographs."""

    identity = "toy:1"
    max_tokens = 256

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        return np.array([self.embed_query(text) for text in texts], np.float32).reshape(len(texts), DIMENSION)

    def embed_query(self, text: str) -> Vectors:
        vector = np.zeros(DIMENSION, np.float32)
        for term in terms(text):
            vector[crc32(term.encode()) % DIMENSION] += 1
        length = float(np.linalg.norm(vector))
        return vector / length if length else vector

    def count_tokens(self, text: str) -> int:
        return len(re.findall(r"[\u3400-\u9fff]|\w+|[^\w\s]", text))

    def readable(self, text: str) -> str:
        return text

    def knows(self, _: str) -> bool:
        return False

    def unrelated(self, _: str) -> float:
        return -1.0

    def unreadable_share(self, text: str) -> float:
        return len(_IDEOGRAPH.findall(text)) / max(1, self.count_tokens(text))


def write_files(folder: Path, documents: Mapping[str, str] = DOCUMENTS) -> Path:
    """One Markdown file a document, named after its id."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def read_documents(folder: Path, documents: Mapping[str, str] = DOCUMENTS) -> list[Document]:
    """The documents as ingest reads them."""
    write_files(folder, documents)
    return [read_file(folder / f"{name}.md", Settings(_env_file=None), name) for name in documents]


def write_index(
    store: Path, name: str, documents: Sequence[Document], embedder: Embedder, extras: Mapping[str, Any] | None = None
) -> list[Chunk]:
    """Write (not publish) a generation called `name`; returns its chunks in row order."""
    chunks = [chunk for document in documents for chunk in chunk_document(document, embedder.count_tokens, 200)]
    share = embedder.unreadable_share(embedder.readable("".join(document.text for document in documents)))
    info = GenerationInfo(
        id=name,
        corpus="c",
        model=embedder.identity,
        settings="s",
        code="k",
        version="0",
        created="2026-11-23",
        documents=len(documents),
        chunks=len(chunks),
        unreadable_share=share,
    )
    texts = [chunk.embed_text() for chunk in chunks]
    lexical, readable = lexical_indexes(texts, embedder)
    write_generation(store, info, documents, chunks, embedder.embed_documents(texts), lexical, extras or {}, readable)
    return chunks


def toy_index(folder: Path, documents: Mapping[str, str] = DOCUMENTS) -> Generation:
    """A published generation of the toy embedder, open for reading; the caller closes it."""
    write_index(folder / "store", "g1", read_documents(folder / "files", documents), ToyEmbedder())
    publish(folder / "store", "g1")
    return open_generation(folder / "store")


def passages_of(index: Generation, question: str, k: int = 8) -> list[Passage]:
    """What the toy index finds for a question that stands alone."""
    return search(index, ToyEmbedder(), plain_query(question), k, Filters())


def candidate_of(index: Generation, question: str, part: str) -> Candidate:
    """The candidate among the passages for `question` whose text holds `part`."""
    return next(found for found in candidates(passages_of(index, question)) if part in found.text)
