"""The records that reading and indexing pass along: source, document, section, block, chunk, report.

All offsets are character positions in `Document.text`, half open: `text[start:end]`. A quote is such a span, so every record that
holds text also says where that text stands in its document.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["en", "zh"]
DocumentStatus = Literal["in_force", "expired", "superseded", "draft", "unknown"]
Audience = Literal["public", "internal"]
BlockKind = Literal["paragraph", "list_item", "table_head", "table_row"]


class PlanQueryError(Exception):
    """A fault the person at the keyboard can mend; the message names the file or field and the remedy."""


class ReadError(PlanQueryError):
    """One document could not be read; ingest reports it and goes on with the others."""


class Record(BaseModel):
    """A frozen value without unknown fields: the base of everything that is stored or passed between modules."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Record):
    """What is known of a document besides its text: a manifest row, front matter, or what the file alone tells."""

    id: str = Field(min_length=1)
    title: str
    language: Language
    title_en: str | None = None
    title_zh: str | None = None
    issuer: str | None = None
    document_number: str | None = None
    published: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    status: DocumentStatus = "unknown"
    supersedes: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    translation_of: str | None = None
    url: str | None = None
    source_grade: Literal["A", "B", "C"] | None = None
    audience: Audience = "public"
    licence: str | None = None

    def status_on(self, day: date) -> DocumentStatus:
        """The status on `day`: a stated end date that has passed makes a document in force (or unknown) expired."""
        has_ended = self.valid_to is not None and self.valid_to < day
        return "expired" if has_ended and self.status in ("in_force", "unknown") else self.status


class Cell(Record):
    """One cell of a table row: its span in the text and the head of its column ("" where the table has none)."""

    start: int
    end: int
    head: str = ""


class Block(Record):
    """A paragraph, list item or table row of a section.

    `lead` is the span of the sentence or caption that explains a list item or row (None where nothing does); `level` is the
    nesting depth of a list item from 0; `cells` is filled for table heads and rows only.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    lead: tuple[int, int] | None = None
    cells: tuple[Cell, ...] = ()


class Section(Record):
    """The text under one heading. `heading` is the path from the top, () before the first heading; the span excludes headings."""

    heading: tuple[str, ...]
    start: int
    end: int
    blocks: tuple[Block, ...]


class Document(Record):
    """One file, read. `page_starts[i]` is the offset where file page i + 1 begins; () for formats without pages."""

    source: Source
    file: str
    text: str
    sections: tuple[Section, ...]
    page_starts: tuple[int, ...] = ()
    blank_pages: tuple[int, ...] = Field(default=(), description="file pages without any text, from 1")
    warnings: tuple[str, ...] = ()
    content_hash: str = Field(description="sha256 of the file's bytes and its source record")

    def page_of(self, offset: int) -> int | None:
        """File page (from 1) on which `offset` stands; None for formats without pages."""
        return bisect_right(self.page_starts, offset) if self.page_starts else None


class Chunk(Record):
    """The unit that is indexed: whole blocks of one section. `pages` lists (file page, offset at which its part starts)."""

    id: str
    source: Source
    heading: tuple[str, ...]
    start: int
    end: int
    text: str
    blocks: tuple[Block, ...]
    leads: tuple[tuple[int, str], ...] = Field(default=(), description="(start, verbatim text) of leads that stand outside the chunk")
    pages: tuple[tuple[int, int], ...] = ()
    order: int = Field(description="position of the chunk in its document, from 0")

    def page_of(self, offset: int) -> int | None:
        """File page on which `offset` (in the document) stands; None for formats without pages."""
        starts = [start for _, start in self.pages]
        return self.pages[max(0, bisect_right(starts, offset) - 1)][0] if self.pages else None

    def embed_text(self) -> str:
        """What is embedded: title, heading path, leads and text, so that a chunk is found by what it belongs to."""
        parts = [self.source.title, " > ".join(self.path()), *(text for _, text in self.leads), self.text]
        return "\n".join(part for part in parts if part)

    def path(self) -> tuple[str, ...]:
        """The heading path below the document's own title, which many documents repeat as their first heading."""
        return self.heading[1:] if self.heading[:1] == (self.source.title,) else self.heading

    def slice(self, start: int, end: int) -> str:
        """Verbatim text of a span given in document offsets that lies inside the chunk."""
        return self.text[start - self.start : end - self.start]


class DocumentReport(Record):
    """One line of the ingest report. `unreadable_share` is the share of tokens the embedder does not know (0-1)."""

    file: str
    document_id: str | None = None
    error: str | None = None
    reused: bool = False
    pages: int | None = None
    sections: int = 0
    chunks: int = 0
    characters: int = 0
    unreadable_share: float = 0.0
    blank_pages: tuple[int, ...] = ()
    targets: int = 0
    provisions: int = 0
    obligations: int = 0
    warnings: tuple[str, ...] = ()


class IngestReport(Record):
    """What one run of ingest did; `generation` is None when nothing could be indexed."""

    documents: tuple[DocumentReport, ...]
    generation: str | None
    embedded: int = Field(description="chunks embedded in this run; the rest were carried over")
    seconds: float

    def failed(self) -> Iterator[DocumentReport]:
        """The documents that could not be read, in the order given."""
        return (row for row in self.documents if row.error is not None)
