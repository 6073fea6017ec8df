"""Text of documents and users, made harmless before the browser sees it: the only place of the chat window that makes HTML of text.

Two doors, and no third: HTML for `st.html`, and Markdown for labels (buttons, titles), where Streamlit offers nothing else.
"""

import re
from collections.abc import Collection, Iterable
from html import escape

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_MARK = re.compile(r"\[(\d+)\]")
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
    """An answer as paragraphs and lists; `[n]` becomes a link to `#{anchor}-n` where n is in `numbers` and stays text where not."""
    parts: list[str] = []
    in_list = False
    for line in filter(str.strip, text.split("\n")):
        is_item = _BULLET.match(line) is not None
        if is_item != in_list:
            parts.append("<ul>" if is_item else "</ul>")
        in_list = is_item
        body = _linked(html_text(_BULLET.sub("", line).strip()), numbers, anchor)
        parts.append(f"<li>{body}</li>" if is_item else f"<p>{body}</p>")
    return "".join([*parts, "</ul>" if in_list else ""])


def _linked(safe_html: str, numbers: Collection[int], anchor: str) -> str:
    def link(found: re.Match[str]) -> str:
        number = int(found[1])
        return f'<a class="pq-ref" href="#{anchor}-{number}">{number}</a>' if number in numbers else found[0]

    return _MARK.sub(link, safe_html)
