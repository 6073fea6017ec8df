"""Passages to what a chat model is shown of them, and a quote it gives back to the whole sentences of the stored text it stands in."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assistant.candidates import lead_text
from assistant.schema import Citation, Evidence, Passage
from ingest.schema import Chunk
from ingest.sentences import sentence_spans

_KEY = 6
_WIDE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
_FOLDED = str.maketrans("“”‘’„«»–—−‐‑\u00a0", '""\'\'"""-----\u0020')
LONG_BLOCK = 320
"""A list item longer than this (characters) is quoted sentence by sentence; rows are quoted whole."""


class Shown(NamedTuple):
    """A passage under its key: where it stands (title, headings), and its text with the leads that stand outside it."""

    key: str
    place: str
    text: str
    passage: Passage


def show(passages: Sequence[Passage], budget: int) -> dict[str, Shown]:
    """Passages by key, best first, as many as the budget (tokens) holds; the first is cut to fit, the others come whole or not at all."""
    shown: dict[str, Shown] = {}
    left = budget
    for passage in passages:
        one = _shown(passage, shown)
        cost = token_estimate(one.place) + token_estimate(one.text)
        if cost > left and not shown:
            one = one._replace(text=_cut(one.text, left - token_estimate(one.place)))
        elif cost > left:
            continue
        shown[one.key] = one
        left -= cost
    return shown


def token_estimate(text: str) -> int:
    """Tokens of a text, guessed on the safe side without a tokenizer: 1 an ideograph, 1 for 4 other characters, 8 for the marks."""
    wide = len(_WIDE.findall(text))
    return wide + (len(text) - wide) // 4 + 8


def _shown(passage: Passage, taken: Mapping[str, Shown]) -> Shown:
    chunk = passage.chunk
    digest = hashlib.sha256(f"{chunk.id}\0{chunk.text}".encode()).hexdigest()
    length = next(n for n in range(_KEY, len(digest)) if digest[:n] not in taken)
    heads = [] if any(block.kind == "table_head" for block in chunk.blocks) else heads_of(chunk, chunk.start, chunk.end)
    place = " > ".join([chunk.source.title, *chunk.path()])
    text = "\n".join([*(text for _, text in chunk.leads), *([" | ".join(heads)] if heads else []), chunk.text])
    return Shown(digest[:length], place, text, passage)


def _cut(text: str, budget: int) -> str:
    size = max(1, min(len(text), budget))
    while size < len(text) and token_estimate(text[: size + 64]) <= budget:
        size += 64
    return text[:size]


def heads_of(chunk: Chunk, start: int, end: int) -> list[str]:
    """Column heads of the table cells in a span, each once."""
    cells = [cell for block in chunk.blocks if block.start < end and start < block.end for cell in block.cells]
    return list(dict.fromkeys(cell.head for cell in cells if cell.head and cell.start < end and start < cell.end))


def evidence_of(passage: Passage, quote: str) -> Evidence | None:
    """The whole sentences, item or row of the stored text that a quote stands in; None when it stands nowhere.

    Blanks, width, quotation marks and dashes may differ, since models normalise them; what is returned is the stored text. Whole
    sentences, because a quote that begins after the "not" would prove the opposite of what the document says.
    """
    chunk = passage.chunk
    pattern = _pattern(quote)
    if pattern is None:
        return None
    for offset, text in ((chunk.start, chunk.text), *chunk.leads):
        found = pattern.search(_folded(text))
        if found:
            start, end = _widened(chunk, offset, text, found.start(), found.end())
            return Evidence(passage=passage, quote=text[start - offset : end - offset], start=start, end=end)
    return None


def _widened(chunk: Chunk, offset: int, text: str, start: int, end: int) -> tuple[int, int]:
    spans = [(offset + a, offset + b) for a, b in sentence_spans(text)] if offset != chunk.start else quotable(chunk)
    first, last = offset + start, offset + end
    touched = [(a, b) for a, b in spans if a < last and first < b]
    return (min([first, *(a for a, _ in touched)]), max([last, *(b for _, b in touched)]))


def quotable(chunk: Chunk) -> list[tuple[int, int]]:
    """Document spans of the rows, items and sentences of a chunk."""
    spans: list[tuple[int, int]] = []
    for block in chunk.blocks or ():
        is_whole = block.kind in ("table_row", "table_head") or (block.kind == "list_item" and block.end - block.start <= LONG_BLOCK)
        inner = [(0, block.end - block.start)] if is_whole else sentence_spans(chunk.slice(block.start, block.end))
        spans += [(block.start + a, block.start + b) for a, b in inner]
    return spans or [(chunk.start + a, chunk.start + b) for a, b in sentence_spans(chunk.text)]


def around(evidence: Evidence | Citation) -> list[str]:
    """What a quote cannot be read without and does not hold itself: the lead of its list, the heads of its columns."""
    chunk = evidence.passage.chunk
    blocks = [block for block in chunk.blocks if block.start < evidence.end and evidence.start < block.end]
    leads = [lead for block in blocks if (lead := lead_text(chunk, block)) and block.kind != "paragraph"]
    return [*leads, *heads_of(chunk, evidence.start, evidence.end)]


def above(evidence: Evidence | Citation) -> list[str]:
    """The headings over a quote and the names of its document."""
    source = evidence.passage.chunk.source
    names = (source.title, source.title_en, source.title_zh, source.document_number, source.issuer)
    return [*evidence.passage.chunk.path(), *(name for name in names if name)]


def _pattern(quote: str) -> re.Pattern[str] | None:
    words = _folded(quote).split()
    if not any(char.isalnum() for char in quote):
        return None
    return re.compile(r"\s+".join(re.escape(word) for word in words))


def _folded(text: str) -> str:
    """The text with one sign for each kind of mark, of the same length, so that offsets hold."""
    return "".join(_narrow(char) for char in text.translate(_FOLDED))


def _narrow(char: str) -> str:
    narrow = unicodedata.normalize("NFKC", char)
    return narrow if len(narrow) == 1 else char
