"""Markdown as the corpus uses it to blocks: headings, paragraphs, list items and tables, nothing else."""

from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Heading:
    """A heading; the title of the document has level 1."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Items:
    """An unnumbered list of one level."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with one head row; all rows are of the same length."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Items | Table


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text in order. Raises `ValueError` for Markdown that the builders do not know."""
    tokens = _PARSER.parse(text)
    found: list[Block] = []
    at = 0
    while at < len(tokens):
        end = _end(tokens, at)
        found.append(_block(tokens[at : end + 1]))
        at = end + 1
    return tuple(found)


def _end(tokens: list[Token], at: int) -> int:
    """The token that closes the block opened at `at`."""
    if tokens[at].nesting == 0:
        return at
    return next(place for place in range(at + 1, len(tokens)) if tokens[place].nesting == -1 and tokens[place].level == tokens[at].level)


def _block(tokens: list[Token]) -> Block:
    kind = tokens[0].type
    if kind == "heading_open":
        return Heading(int(tokens[0].tag[1]), _words(tokens)[0])
    if kind == "paragraph_open":
        return Paragraph(_words(tokens)[0])
    if kind == "bullet_list_open" and all(token.level <= 3 for token in tokens):
        return Items(_words(tokens))
    if kind == "table_open":
        words, columns = _words(tokens), sum(token.type == "th_open" for token in tokens)
        rows = tuple(words[start : start + columns] for start in range(columns, len(words), columns))
        return Table(words[:columns], rows)
    line = tokens[0].map[0] + 1 if tokens[0].map else "?"
    raise ValueError(f"line {line}: {kind!r} is not built; use headings, paragraphs, lists of one level and tables")


def _words(tokens: list[Token]) -> tuple[str, ...]:
    """The text of each inline token; emphasis and links do not occur in the corpus and would lose their marks here."""
    return tuple(
        "".join(child.content or "\n" * (child.type == "softbreak") for child in token.children or ())
        for token in tokens
        if token.type == "inline"
    )
