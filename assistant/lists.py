"""The best candidate to a whole list: an item or row brings its lead and all its neighbours, so that a list is never half."""

from collections.abc import Callable, Sequence

from assistant.candidates import Candidate, lead_text
from assistant.question import Query
from assistant.schema import DraftClaim, Evidence, Passage
from ingest.schema import Block, Chunk

WANTS_LIST = frozenset(("list", "count", "measure", "procedure", "summary", "eligibility", "definition"))

Section = Callable[[Chunk], Sequence[Chunk]]
"""The chunks of the section that a chunk belongs to, in reading order."""


def only(chunk: Chunk) -> Sequence[Chunk]:
    """A section of one chunk, where no index stands behind."""
    return (chunk,)


def list_draft(query: Query, best: Candidate, section: Section = only) -> list[DraftClaim]:
    """Lead and items of the list that `best` belongs to or introduces; [] where it is no list or none is asked for."""
    if query.kind not in WANTS_LIST:
        return []
    own = best.passage.chunk.blocks[best.block]
    lead = own.lead if own.kind in ("list_item", "table_row") else (own.start, own.end)
    found = [
        (best.passage.model_copy(update={"chunk": chunk}), block)
        for chunk in section(best.passage.chunk)
        for block in chunk.blocks
        if block.kind in ("list_item", "table_row") and block.lead is not None and block.lead == lead
    ]
    if len(found) < 2:
        return []
    return [*_lead(*found[0]), *_entries(found)]


def _lead(passage: Passage, block: Block) -> list[DraftClaim]:
    text = lead_text(passage.chunk, block)
    if not text or block.lead is None:
        return []
    evidence = Evidence(passage=passage, quote=text, start=block.lead[0], end=block.lead[1])
    return [DraftClaim(text=text, evidence=(evidence,), layout="lead")]


def _entries(found: Sequence[tuple[Passage, Block]]) -> list[DraftClaim]:
    heads = [cell.head for cell in found[0][1].cells]
    is_table = all(block.kind == "table_row" and len(block.cells) == len(heads) for _, block in found) and any(heads)
    if not is_table:
        return [_entry(passage, block) for passage, block in found]
    head = f"| {' | '.join(_cell(text) for text in heads)} |\n|{' --- |' * len(heads)}"
    return [DraftClaim(text=head, evidence=(), layout="row"), *(_table_row(passage, block) for passage, block in found)]


def _entry(passage: Passage, block: Block) -> DraftClaim:
    return DraftClaim(
        text=passage.chunk.slice(block.start, block.end), evidence=(_quote(passage, block),), layout="row" if block.cells else "item"
    )


def _table_row(passage: Passage, block: Block) -> DraftClaim:
    cells = " | ".join(_cell(passage.chunk.slice(cell.start, cell.end)) for cell in block.cells)
    return DraftClaim(text=f"| {cells} |", evidence=(_quote(passage, block),), layout="row")


def _cell(text: str) -> str:
    return text.replace("\n", " ").replace("|", "/").strip()


def _quote(passage: Passage, block: Block) -> Evidence:
    return Evidence(passage=passage, quote=passage.chunk.slice(block.start, block.end), start=block.start, end=block.end)


def with_heads(chunk: Chunk, block: Block) -> str:
    """A table row as people read it: each cell after the head of its column; the row's text where it has no heads."""
    if not any(cell.head for cell in block.cells):
        return chunk.slice(block.start, block.end)
    return "; ".join(
        f"{cell.head}: {chunk.slice(cell.start, cell.end)}" if cell.head else chunk.slice(cell.start, cell.end) for cell in block.cells
    )


def entries(claims: Sequence[DraftClaim]) -> int:
    """How many entries a list answer has; the head of a table is none."""
    return sum(claim.layout in ("item", "row") and bool(claim.evidence) for claim in claims)
