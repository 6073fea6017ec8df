"""Documents to chunks: whole blocks of one section, up to a token budget, so that no chunk crosses a heading."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from ingest.schema import Block, Chunk, Document, Section
from ingest.sentences import sentence_spans

TokenCount = Callable[[str], int]


def chunk_document(document: Document, count_tokens: TokenCount, budget: int) -> tuple[Chunk, ...]:
    """Chunks in reading order; () for a document without text. A single sentence longer than `budget` stays whole."""
    chunks: list[Chunk] = []
    seen: Counter[str] = Counter()
    for section in document.sections:
        for blocks in _groups(document, section, count_tokens, budget):
            chunks.append(_chunk(document, section, blocks, len(chunks), seen))
    return tuple(chunks)


def _groups(document: Document, section: Section, count_tokens: TokenCount, budget: int) -> Iterator[list[Block]]:
    """Neighbouring blocks that fit the budget together; an item or row starts a new group only with its lead carried along."""
    group: list[Block] = []
    used = 0
    for block in _fitting(document.text, section.blocks, count_tokens, budget):
        size = count_tokens(document.text[block.start : block.end])
        if group and used + size > budget:
            yield group
            group, used = [], 0
        group.append(block)
        used += size
    if group:
        yield group


def _fitting(text: str, blocks: Iterable[Block], count_tokens: TokenCount, budget: int) -> Iterator[Block]:
    """The blocks, those over the budget cut at sentence ends; rows are never cut, since a row makes sense only whole."""
    for block in blocks:
        if block.cells or count_tokens(text[block.start : block.end]) <= budget:
            yield block
        else:
            yield from _cut(text, block, count_tokens, budget)


def _cut(text: str, block: Block, count_tokens: TokenCount, budget: int) -> Iterator[Block]:
    start, end, used = block.start, block.start, 0
    for first, last in sentence_spans(text[block.start : block.end]):
        size = count_tokens(text[block.start + first : block.start + last])
        if used and used + size > budget:
            yield block.model_copy(update={"start": start, "end": end})
            start, used = block.start + first, 0
        end = block.start + last
        used += size
    yield block.model_copy(update={"start": start, "end": end})


def _chunk(document: Document, section: Section, blocks: list[Block], order: int, seen: Counter[str]) -> Chunk:
    start, end = blocks[0].start, blocks[-1].end
    outside = dict.fromkeys(block.lead for block in blocks if block.lead and not (start <= block.lead[0] and block.lead[1] <= end))
    chunk = Chunk(
        id="",
        source=document.source,
        heading=section.heading,
        start=start,
        end=end,
        text=document.text[start:end],
        blocks=tuple(blocks),
        leads=tuple((lead[0], document.text[lead[0] : lead[1]]) for lead in outside if lead),
        pages=_pages(document, start, end),
        order=order,
    )
    return chunk.model_copy(update={"id": _identity(chunk, seen)})


def _identity(chunk: Chunk, seen: Counter[str]) -> str:
    """Hash of what is embedded and of the document's id; the n-th equal text of a document gets its own id."""
    digest = hashlib.sha256(f"{chunk.source.id}\n{chunk.embed_text()}".encode()).hexdigest()[:20]
    seen[digest] += 1
    return digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"


def _pages(document: Document, start: int, end: int) -> tuple[tuple[int, int], ...]:
    first = document.page_of(start)
    if first is None:
        return ()
    later = tuple((page, at) for page, at in enumerate(document.page_starts, 1) if page > first and at < end)
    return ((first, start), *later)
