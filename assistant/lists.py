"""The best candidate to a whole list: an item or row brings its lead and its neighbours, so that a list is never half."""

from collections.abc import Sequence

from assistant.candidates import Candidate, lead_text
from assistant.question import Query
from assistant.schema import DraftClaim, Evidence, Passage
from ingest.schema import Block

WANTS_LIST = frozenset(("list", "count", "measure", "procedure", "summary", "eligibility"))


def list_draft(query: Query, best: Candidate) -> list[DraftClaim]:
    """Lead and items of the list that `best` belongs to or introduces; [] where it is no list or none is asked for."""
    if query.kind not in WANTS_LIST:
        return []
    chunk = best.passage.chunk
    own = chunk.blocks[best.block]
    key = own.lead if own.kind in ("list_item", "table_row") else (best.start, best.end)
    group = [block for block in chunk.blocks if block.kind in ("list_item", "table_row") and block.lead == key and key is not None]
    if len(group) < 2:
        return []
    lead = _lead(best.passage, group[0])
    return [*lead, *(_item(best.passage, block) for block in group)]


def _lead(passage: Passage, block: Block) -> list[DraftClaim]:
    text = lead_text(passage.chunk, block)
    if not text or block.lead is None:
        return []
    evidence = Evidence(passage=passage, quote=text, start=block.lead[0], end=block.lead[1])
    return [DraftClaim(text=text, evidence=(evidence,), layout="lead")]


def _item(passage: Passage, block: Block) -> DraftClaim:
    text = passage.chunk.slice(block.start, block.end)
    evidence = Evidence(passage=passage, quote=text, start=block.start, end=block.end)
    return DraftClaim(text=text, evidence=(evidence,), layout="row" if block.kind == "table_row" else "item")


def items(claims: Sequence[DraftClaim]) -> int:
    """How many entries a list answer has."""
    return sum(claim.layout in ("item", "row") for claim in claims)
