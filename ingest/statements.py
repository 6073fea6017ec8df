"""Document to statements: each sentence and table row with its heading and lead, whose cues reach the figures below."""

import re
from collections.abc import Iterator
from typing import Protocol

from ingest.schema import Block, Document, Record, Section
from ingest.sentences import sentence_spans


class Named(Protocol):
    """A term of a glossary, as far as the register needs it."""

    @property
    def kind(self) -> str: ...


class FoundTerm(Protocol):
    """A term found in a text at `text[start:end] == surface`."""

    @property
    def term(self) -> Named: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def surface(self) -> str: ...


class Terms(Protocol):
    """Anything that finds terms in a text: a Glossary."""

    def find(self, text: str) -> tuple[FoundTerm, ...]: ...


class Statement(Record):
    """A sentence or a table row. `context` is its heading path and lead; offsets are positions in the document."""

    start: int
    end: int
    text: str
    heading: tuple[str, ...]
    lead: str = ""
    block: Block


# Lists of sources and of what a text does not say hold figures and verbs that state nothing.
_SILENT_HEADING = re.compile(
    r"\b(?:sources?|references|bibliography|contents|not stated|not covered|further reading)\b|来源|参考|目录|未载明|未涉及|未说明|附注",
    re.IGNORECASE,
)


def statements(document: Document) -> Iterator[Statement]:
    """All statements in reading order, without those under headings such as Sources."""
    for section in document.sections:
        if not (section.heading and _SILENT_HEADING.search(section.heading[-1])):
            for block in section.blocks:
                yield from _of_block(document.text, section, block)


def _of_block(text: str, section: Section, block: Block) -> Iterator[Statement]:
    if block.kind == "table_head":
        return
    lead = text[slice(*block.lead)] if block.lead else ""
    body = text[block.start : block.end]
    spans = [(0, len(body))] if block.kind == "table_row" else sentence_spans(body)
    for start, end in spans:
        yield Statement(
            start=block.start + start, end=block.start + end, text=body[start:end], heading=section.heading, lead=lead, block=block
        )
