"""Passages to the sentences, list items and table rows that an answer may quote."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Literal, NamedTuple

from assistant.schema import Evidence, Passage
from ingest.figures import find_figures
from ingest.schema import Block, Chunk
from ingest.sentences import sentence_spans

LONG_ITEM = 320
"""A list item longer than this (characters) is read sentence by sentence, like a paragraph."""

_WORDY = re.compile(r"[^\W_]")


class Candidate(NamedTuple):
    """A quotable span (document offsets). `lead` is the text that explains an item or row, `before` the sentence ahead of it."""

    passage: Passage
    start: int
    end: int
    text: str
    kind: Literal["sentence", "item", "row"]
    block: int
    lead: str
    before: str
    position: int

    @property
    def heads(self) -> str:
        """The heads of a row's columns; "" where it has none."""
        return " ".join(cell.head for cell in self.passage.chunk.blocks[self.block].cells)

    @property
    def announces(self) -> bool:
        """Whether it only says what comes next: it ends in a colon."""
        return self.text.rstrip().endswith((":", "："))

    def evidence(self) -> Evidence:
        """The span as evidence of a draft."""
        return Evidence(passage=self.passage, quote=self.text, start=self.start, end=self.end)


def candidates(passages: Iterable[Passage]) -> list[Candidate]:
    """Candidates in reading order, passage by passage; table heads and spans without a letter or digit are left out."""
    return [candidate for passage in passages for candidate in _of_passage(passage)]


def _of_passage(passage: Passage) -> list[Candidate]:
    found: list[Candidate] = []
    before = ""
    leads = {block.lead for block in passage.chunk.blocks if block.lead}
    for number, block in enumerate(passage.chunk.blocks):
        if block.kind == "table_head":
            continue
        for start, end in _spans(passage.chunk, block):
            text = passage.chunk.slice(start, end)
            if not _WORDY.search(text) or _introduces(text, (start, end), leads):
                continue
            kind = _kind(block, (start, end))
            lead = lead_text(passage.chunk, block)
            found.append(Candidate(passage, start, end, text, kind, number, lead, before, len(found)))
            before = text
    return found


def _introduces(text: str, span: tuple[int, int], leads: Collection[tuple[int, int]]) -> bool:
    """Whether a span only announces the items or rows below it ("The table shows ..."), which quote it as their lead anyway."""
    is_lead = any(start <= span[0] and span[1] <= end for start, end in leads)
    return is_lead and not any(figure.kind in ("amount", "percent", "count") for figure in find_figures(text))


def _spans(chunk: Chunk, block: Block) -> Sequence[tuple[int, int]]:
    is_whole = block.kind == "table_row" or (block.kind == "list_item" and block.end - block.start <= LONG_ITEM)
    if is_whole:
        return [(block.start, block.end)]
    return [(block.start + start, block.start + end) for start, end in sentence_spans(chunk.slice(block.start, block.end))]


def _kind(block: Block, span: tuple[int, int]) -> Literal["sentence", "item", "row"]:
    if block.kind == "table_row":
        return "row"
    return "item" if block.kind == "list_item" and span == (block.start, block.end) else "sentence"


def lead_text(chunk: Chunk, block: Block) -> str:
    """Verbatim lead of a block, from the chunk or carried along with it; "" where there is none."""
    if block.lead is None:
        return ""
    start, end = block.lead
    if chunk.start <= start and end <= chunk.end:
        return chunk.slice(start, end)
    return next((text for at, text in chunk.leads if at == start), "")
