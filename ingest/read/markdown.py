"""Markdown to a document: front matter becomes the source record, the rest headings, paragraphs, lists and tables."""

import re
from collections.abc import Sequence

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.read.build import Body, Builder
from ingest.read.characters import PAGE_BREAK, clean
from ingest.read.html import add_html
from ingest.read.text import decode
from ingest.schema import ReadError

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


class _WithoutDates(yaml.SafeLoader):
    """Leaves dates as text: one that does not exist shall be a fault of its field, not of the reader."""


_WithoutDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def read_markdown(content: bytes, name: str) -> Body:
    """A document from the bytes of a Markdown file."""
    text = clean(decode(content, name)).replace(PAGE_BREAK, "\n")
    front_matter, text = _split_front_matter(text, name)
    builder = Builder()
    tokens = _PARSER.parse(text)
    at = depth = 0
    while at < len(tokens):
        depth += (tokens[at].type == "list_item_open") - (tokens[at].type == "list_item_close")
        at = _add(builder, tokens, at, depth, name)
    title = front_matter.get("title")
    return builder.body(title=title if isinstance(title, str) else None, front_matter=front_matter)


def _split_front_matter(text: str, name: str) -> tuple[dict[str, object], str]:
    found = _FRONT_MATTER.match(text)
    if found is None:
        return {}, text
    try:
        fields = yaml.load(found.group(1) or "", _WithoutDates)  # noqa: S506  a SafeLoader
    except yaml.YAMLError as fault:
        reason = " ".join(str(fault).split())
        raise ReadError(f"{name}: the front matter is no valid YAML ({reason}); mend the lines between the two `---`") from fault
    if fields is None:
        return {}, text[found.end() :]
    # Two rules around a line of prose look like front matter to the pattern but are no mapping.
    return ({str(key): value for key, value in fields.items()}, text[found.end() :]) if isinstance(fields, dict) else ({}, text)


def _add(builder: Builder, tokens: Sequence[Token], at: int, depth: int, name: str) -> int:
    """Add the block that starts at token `at`, `depth` lists deep; gives the token after it."""
    token = tokens[at]
    if token.type == "heading_open":
        builder.heading(_inline(tokens[at + 1]), int(token.tag[1]))
        return at + 3
    if token.type == "inline":
        _add_inline(builder, tokens, at, depth)
    elif token.type in ("fence", "code_block"):
        for line in token.content.splitlines():
            builder.paragraph(line)
    elif token.type == "html_block":
        add_html(builder, token.content, name)
    elif token.type == "table_open":
        return _add_table(builder, tokens, at)
    return at + 1


def _add_inline(builder: Builder, tokens: Sequence[Token], at: int, depth: int) -> None:
    is_first_of_item = at >= 2 and tokens[at - 2].type == "list_item_open"
    for part in _inline(tokens[at]).split(PAGE_BREAK):
        if depth and is_first_of_item:
            builder.item(part, depth - 1)
            is_first_of_item = False
        elif depth:
            builder.item(part, depth)
        else:
            builder.paragraph(part)


def _inline(token: Token) -> str:
    """The words of an inline token; a hard line break comes as a page break, which `clean` has taken out of the text before."""
    parts: list[str] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline", "text_special", "image"):
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append("\n")
        elif child.type == "hardbreak" or (child.type == "html_inline" and re.match(r"<br\b", child.content, re.IGNORECASE)):
            parts.append(PAGE_BREAK)
    return "".join(parts)


def _add_table(builder: Builder, tokens: Sequence[Token], at: int) -> int:
    heads: list[list[str]] = []
    rows: list[list[str]] = []
    target = heads
    while tokens[at].type != "table_close":
        if tokens[at].type == "tbody_open":
            target = rows
        elif tokens[at].type == "tr_open":
            target.append([])
        elif tokens[at].type == "inline":
            target[-1].append(_TAG.sub(" ", _inline(tokens[at])).replace(PAGE_BREAK, "\n"))
        at += 1
    builder.table([row for row in heads if any(row)], rows)
    return at + 1
