"""The best candidate to a whole list: an item or row brings its lead and all its neighbours, so that a list is never half."""

from collections.abc import Callable, Sequence

from assistant.candidates import Candidate, lead_text
from assistant.column_values import rows_asked
from assistant.features import Concepts, no_concepts
from assistant.question import Query
from assistant.schema import DraftClaim, Evidence, Passage
from ingest.schema import Block, Chunk

ONE_ENTRY = frozenset(("figure", "date", "who", "place", "yesno", "compare", "greeting"))
"""Kinds of question that one entry of a list answers; all others get the list whole."""

Section = Callable[[Chunk], Sequence[Chunk]]
"""The chunks of the section that a chunk belongs to, in reading order."""


def only(chunk: Chunk) -> Sequence[Chunk]:
    """A section of one chunk, where no index stands behind."""
    return (chunk,)


def list_draft(query: Query, best: Candidate, section: Section = only, concepts: Concepts = no_concepts) -> list[DraftClaim]:
    """Lead and items of the list that `best` belongs to or introduces, of a table only the rows whose values the question names where it
    names some; [] where it is no list or none is asked for."""
    own = best.passage.chunk.blocks[best.block]
    is_entry = own.kind in ("list_item", "table_row")
    # A sentence that announces a list is no answer without it, whatever was asked.
    if is_entry and query.kind in ONE_ENTRY:
        return []
    lead = own.lead if is_entry else (best.start, best.end)
    found = [
        (best.passage.model_copy(update={"chunk": chunk}), block)
        for chunk in section(best.passage.chunk)
        for block in chunk.blocks
        if block.kind in ("list_item", "table_row") and _is_lead(block, lead, is_entry)
    ]
    if len(found) < 2:
        return []
    return [*_lead(*found[0]), *_entries(rows_asked(query.text, query.language, found, concepts))]


def _is_lead(block: Block, lead: tuple[int, int] | None, is_exact: bool) -> bool:
    """Whether a block stands under this lead; a sentence may be the lead or, in a longer lead, its end."""
    if block.lead is None or lead is None:
        return False
    return block.lead == lead if is_exact else block.lead[0] <= lead[0] and lead[1] <= block.lead[1] and lead[1] >= block.lead[1] - 2


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
    first, *rest = [_table_row(passage, block) for passage, block in found]
    head = f"| {' | '.join(_cell(text) for text in heads)} |\n|{' --- |' * len(heads)}\n"
    led = first.model_copy(update={"text": head + first.text, "evidence": (*first.evidence, *head_of(*found[0]))})
    return [led, *rest]


def head_of(passage: Passage, row: Block) -> tuple[Evidence, ...]:
    """The column heads above a row, as evidence of what they say; () where another chunk holds them."""
    above = [other for other in passage.chunk.blocks if other.kind == "table_head" and other.end <= row.start]
    return (_quote(passage, above[-1]),) if above else ()


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
