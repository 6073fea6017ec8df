"""Documents of a folder to the texts that the reader is given: sentences, items after their lead, rows with the heads of their columns."""

from pathlib import Path
from typing import NamedTuple

from assistant.candidates import candidates
from assistant.ranked import in_full, true_title
from assistant.schema import Passage
from evals.bench_schema import DOCUMENTS
from evals.reading_schema import Text
from ingest.chunk import chunk_document
from ingest.gloss import Glosses
from ingest.read import read_file
from ingest.settings import Settings


class Found(NamedTuple):
    """A text, and how its document writes it: what evidence is compared with."""

    verbatim: str
    text: Text


def texts_of_folder(folder: Path, glosses: Glosses) -> dict[str, tuple[Found, ...]]:
    """The texts of each document by file name, in reading order."""
    settings = Settings(_env_file=None)
    return {path.stem: _of_document(path, settings, glosses) for path in sorted((folder / DOCUMENTS).iterdir())}


def _of_document(path: Path, settings: Settings, glosses: Glosses) -> tuple[Found, ...]:
    document = read_file(path, settings, path.stem)
    chunks = chunk_document(document, lambda text: len(text.split()), settings.chunk_tokens)
    found = candidates(Passage(chunk=chunk, score=0.0, rank=rank) for rank, chunk in enumerate(chunks, 1))
    title = glosses(true_title(document.source))
    return tuple(Found(each.text, Text(glosses(in_full(each)), glosses((each.passage.chunk.path() or ("",))[-1]), title)) for each in found)
