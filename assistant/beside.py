"""Passages found to those that belong beside them: the rest of a table, and the section that answers questions of this wording."""

from collections.abc import Iterable, Sequence

import numpy as np

from assistant.question import Query
from assistant.schema import Passage
from assistant.sections import role_of, wanted_of
from ingest.schema import Chunk
from ingest.store import Generation

DOCUMENTS = 2
"""Documents, by their best passage, whose section on what is asked is read though no search found it."""

MOST = 3
"""Sections of one document at most: some have conditions for every kind of firm."""


def beside(query: Query, found: Sequence[Passage], generation: Generation) -> list[Passage]:
    """Further passages, with the rank and scores of the found one that they stand by; none that is found already."""
    known = {passage.chunk.id for passage in found}
    rest: dict[str, Passage] = {}
    for home, chunk in (*_rest_of_tables(found, generation), *_wanted_sections(query, found, generation)):
        if chunk.id not in known:
            rest.setdefault(chunk.id, home.model_copy(update={"chunk": chunk}))
    return list(rest.values())


def _rest_of_tables(found: Sequence[Passage], generation: Generation) -> Iterable[tuple[Passage, Chunk]]:
    """The other parts of tables that were cut between chunks: a row is understood, and compared, beside its neighbours."""
    for passage in found:
        tables = _tables(passage.chunk)
        yield from ((passage, chunk) for chunk in (generation.section(passage.chunk) if tables else ()) if tables & _tables(chunk))


def _tables(chunk: Chunk) -> set[tuple[int, int]]:
    """The leads of the tables whose rows a chunk holds: one table has one lead."""
    return {block.lead for block in chunk.blocks if block.kind == "table_row" and block.lead is not None}


def _wanted_sections(query: Query, found: Sequence[Passage], generation: Generation) -> Iterable[tuple[Passage, Chunk]]:
    """Sections of the first documents found that play the part which the question asks for: the words of a validity clause are its own."""
    wanted = wanted_of(query.text, query.kind)
    if wanted is None:
        return
    homes = {passage.chunk.source.id: passage for passage in reversed(found)}
    for name in list(dict.fromkeys(passage.chunk.source.id for passage in found))[:DOCUMENTS]:
        number = next(at for at, source in enumerate(generation.sources) if source.id == name)
        chunks = generation.chunks(np.flatnonzero(generation.document_rows == number).tolist())
        playing = [chunk for chunk in chunks if role_of(chunk.path()) == wanted]
        yield from ((homes[name], chunk) for chunk in playing[:MOST])
