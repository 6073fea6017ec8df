"""A question that names what stands in a column ("which indicators are binding?", "太原的项目有哪些?") to the rows where it does."""

import re
from collections.abc import Sequence

from assistant.features import Concepts
from assistant.naming import levels_in
from assistant.schema import Passage
from ingest.lexical import terms
from ingest.schema import Block, Language

_NOT = re.compile(r"\b(?:not|other than|except|besides|without)\b|\bnon-|不|非(?!常)|除|以外|之外|无")

SHORT = 4
"""Terms of a value that may be named in other words: a longer one says more than what its words for a thing or a level do."""

Row = tuple[Passage, Block]


def rows_asked(question: str, language: Language, rows: Sequence[Row], concepts: Concepts) -> list[Row]:
    """The rows whose cell in some column is named by the question, where that column groups rows and names others, too; all rows where no
    column does, and where the question denies something."""
    width = len(rows[0][1].cells) if rows else 0
    if not width or any(len(block.cells) != width for _, block in rows) or _NOT.search(question):
        return list(rows)
    for column in range(width):
        values = [_value(row, column) for row in rows]
        distinct = set(values)
        named = {value for value in distinct if _is_named(value, question, language, concepts)}
        if len(distinct) < len(values) and named and len(named) < len(distinct):
            return [row for row, value in zip(rows, values, strict=True) if value in named]
    return list(rows)


def _value(row: Row, column: int) -> str:
    passage, block = row
    cell = block.cells[column]
    return passage.chunk.slice(cell.start, cell.end).strip()


def _is_named(value: str, question: str, language: Language, concepts: Concepts) -> bool:
    """Whether a question holds a value in its own words, in other words of the glossary, or as the level of government that it is."""
    words = set(terms(value))
    if not words or any(character.isdigit() for character in value):
        return False
    if words <= set(terms(question)) if language == "en" else value in question:
        return True
    levels, ideas = levels_in(value), {name for _, _, name in concepts(value)}
    if len(words) > SHORT:
        return False
    return levels <= levels_in(question) if levels else bool(ideas) and ideas <= {name for _, _, name in concepts(question)}
