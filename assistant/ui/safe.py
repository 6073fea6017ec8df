"""Text of documents and users, made harmless before the browser sees it: the only place of the chat window that makes HTML of text.

Two doors, and no third: HTML for `st.html`, and Markdown for labels (buttons, titles), where Streamlit offers nothing else.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from html import escape
from itertools import groupby

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_MARK = re.compile(r"\[(\d+)\]")
_DASHES = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_BULLET = re.compile(r"^\s*[-*•·]\s+")
# Streamlit looks for :shortcodes: and bare addresses after Markdown has dropped the backslashes, so those are split by a word joiner.
_LATE_SYNTAX = re.compile(r":(?=\w)|(?<=www)\.|(?<=://)|@(?=\w)")
_WORD_JOINER = "\u2060"


def html_text(text: str) -> str:
    """Text as HTML that shows exactly this text, in element content and in quoted attributes."""
    return escape(text, quote=True)


def label_text(text: str) -> str:
    """Text as one line of Markdown that shows exactly this text: no emphasis, link, image, formula, colour or icon comes of it."""
    joined = _LATE_SYNTAX.sub(lambda found: found.group() + _WORD_JOINER, " ".join(text.split()))
    return _PUNCTUATION.sub(r"\\\1", joined)


def web_address(url: str | None) -> str | None:
    """The address when it is one for a browser tab (http or https), else None: `javascript:` and its kin never become links."""
    return url if url is not None and re.match(r"https?://[^\s<>\"']+$", url) else None


def marked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Text as HTML with `spans` (offsets in it, half open) highlighted; spans that overlap an earlier one are left out."""
    parts, place = [], 0
    for start, end in sorted(spans):
        if place <= start < end <= len(text):
            parts += [html_text(text[place:start]), '<mark class="pq-quote">', html_text(text[start:end]), "</mark>"]
            place = end
    return "".join([*parts, html_text(text[place:])])


def answer_html(text: str, numbers: Collection[int], anchor: str) -> str:
    """An answer as paragraphs, lists and tables; `[n]` becomes a link to `#{anchor}-n` where n is in `numbers` and stays text where not."""
    parts: list[str] = []
    for kind, lines in groupby(filter(str.strip, text.split("\n")), _kind_of_line):
        bodies = [_linked(html_text(line.strip()), numbers, anchor) for line in map(_without_bullet, lines)]
        parts.append(_BLOCKS[kind](bodies))
    return "".join(parts)


def _kind_of_line(line: str) -> str:
    if line.lstrip().startswith("|"):
        return "table"
    return "list" if _BULLET.match(line) else "prose"


def _without_bullet(line: str) -> str:
    return _BULLET.sub("", line)


def _prose(bodies: Sequence[str]) -> str:
    return "".join(f"<p>{body}</p>" for body in bodies)


def _list(bodies: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{body}</li>' for body in bodies)}</ul>"


def _table(bodies: Sequence[str]) -> str:
    """Rows of a Markdown table; the first is its head where a line of dashes follows it. Wide tables scroll inside their box."""
    has_head = len(bodies) > 1 and _DASHES.fullmatch(bodies[1]) is not None
    head = f"<thead>{_row(bodies[0], 'th')}</thead>" if has_head else ""
    rows = "".join(_row(body, "td") for body in (bodies[2:] if has_head else bodies))
    return f'<div class="pq-table"><table>{head}<tbody>{rows}</tbody></table></div>'


def _row(body: str, cell: str) -> str:
    cells = "".join(f"<{cell}>{text.strip()}</{cell}>" for text in body.strip().strip("|").split("|"))
    return f"<tr>{cells}</tr>"


_BLOCKS: dict[str, Callable[[Sequence[str]], str]] = {"prose": _prose, "list": _list, "table": _table}


def _linked(safe_html: str, numbers: Collection[int], anchor: str) -> str:
    def link(found: re.Match[str]) -> str:
        number = int(found[1])
        return f'<a class="pq-ref" href="#{anchor}-{number}">{number}</a>' if number in numbers else found[0]

    return _MARK.sub(link, safe_html)
