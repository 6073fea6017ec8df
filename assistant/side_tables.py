"""Chosen candidates to a Markdown table: rows of a document's own table, or one row a side."""

import re
from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.lists import head_of, with_heads
from assistant.lock import is_locked
from assistant.prompts import sentence
from assistant.schema import DraftClaim, Evidence
from ingest.schema import Block, Language

_DIGITS = re.compile(r"\d+")
LONG_LEAD = 160
"""A lead longer than this (characters) stays out of a cell: it is cited, not read out again for each side."""


def shared_table(rows: Sequence[Candidate]) -> list[DraftClaim]:
    """Rows of one table under their own column heads."""
    block = _block(rows[0])
    heads = [cell.head for cell in block.cells]
    told = [f"| {' | '.join(_cell(_words(row, cell.start, cell.end)) for cell in _block(row).cells)} |" for row in rows]
    if not any(heads) or any(len(_block(row).cells) != len(heads) for row in rows):
        return [DraftClaim(text=with_heads(row.passage.chunk, _block(row)), evidence=(row.evidence(),), layout="row") for row in rows]
    head = f"| {' | '.join(map(_cell, heads))} |\n|{' --- |' * len(heads)}\n"
    first = (rows[0].evidence(), *head_of(rows[0].passage, block))
    return [
        DraftClaim(text=head + told[0], evidence=first, layout="row"),
        *(DraftClaim(text=text, evidence=(row.evidence(),), layout="row") for text, row in zip(told[1:], rows[1:], strict=True)),
    ]


def own_table(sides: Sequence[tuple[str, Candidate]], language: Language) -> list[DraftClaim]:
    """One row a side: its name and what is quoted for it."""
    head = f"| {sentence('side', language)} | {sentence('side_says', language)} |\n| --- | --- |\n"
    claims = []
    for number, (name, candidate) in enumerate(sides):
        row = f"| {_label(name, candidate)} | {_cell(_said(candidate))} |"
        claims.append(DraftClaim(text=(head if number == 0 else "") + row, evidence=_evidence(candidate), layout="row"))
    return claims


def _label(name: str, candidate: Candidate) -> str:
    """The side's name; where it holds a figure that is not quoted, the title of the document instead."""
    said = " ".join(one.quote for one in _evidence(candidate))
    # "2023-24" is 2023 and 2024 to the lock; a reader looks for the digits.
    is_known = is_locked(name, [said]) and set(_DIGITS.findall(name)) <= set(_DIGITS.findall(said))
    return _cell(name if is_known else candidate.passage.chunk.source.title)


def _said(candidate: Candidate) -> str:
    if candidate.kind == "row":
        return with_heads(candidate.passage.chunk, _block(candidate))
    lead = candidate.lead.strip() if candidate.kind == "item" and len(candidate.lead) <= LONG_LEAD else ""
    return f"{lead} {candidate.text}".strip()


def _evidence(candidate: Candidate) -> tuple[Evidence, ...]:
    block = _block(candidate)
    is_said = candidate.kind == "item" and candidate.lead and len(candidate.lead) <= LONG_LEAD and block.lead is not None
    if candidate.kind == "row":
        return (candidate.evidence(), *head_of(candidate.passage, block))
    if not is_said or block.lead is None:
        return (candidate.evidence(),)
    return (candidate.evidence(), Evidence(passage=candidate.passage, quote=candidate.lead, start=block.lead[0], end=block.lead[1]))


def _block(candidate: Candidate) -> Block:
    return candidate.passage.chunk.blocks[candidate.block]


def _words(row: Candidate, start: int, end: int) -> str:
    return row.passage.chunk.slice(start, end)


def _cell(text: str) -> str:
    return text.replace("\n", " ").replace("|", "/").strip()
