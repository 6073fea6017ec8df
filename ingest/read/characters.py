"""Raw text to readable text: characters that no reader of a document sees are taken out, line ends are made one.

Invisible characters go because they can carry instructions that the person looking at the document never sees.
"""

import re
import unicodedata

PAGE_BREAK = "\f"

_CJK = "\u2e80-\u303f\u3040-\u30ff\u31c0-\u31ef\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_CJK_LETTER = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+")
_CJK_AT_END = re.compile(f"[{_CJK}][“”‘’…—]*$")
_CJK_AT_START = re.compile(f"^[“”‘’…—]*[{_CJK}]")
# An address too long for its line breaks after one of these.
_CUT_ADDRESS = re.compile(r"https?://\S*[/?&=_%]$")

# Zero-width and direction controls, soft hyphen, BOM, variation selectors, and the tag characters of plane 14.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
# A control byte between words is a lost separator in some PDFs, but never text; tab, newline and page break stay.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_END = re.compile("\r\n?|\x0b|\x85|\u2028|\u2029")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f]+")


def clean(text: str) -> str:
    """The text without characters that cannot be seen; line ends are `\\n`, everything else stays as it was."""
    text = _LINE_END.sub("\n", text)
    return _CONTROL.sub("", _PRIVATE_USE.sub("", _INVISIBLE.sub("", text)))


def join_lines(first: str, second: str) -> str:
    """Two lines of one paragraph as one: a line break is nothing between Chinese characters and a space between Latin ones.

    Where the two scripts meet, the language of the lines decides. Chinese lines break inside a figure too. A hyphen at the line end
    stays and takes no space: whether it belongs to the word cannot be told, and a quote must stay verbatim.
    """
    if not first or not second:
        return first + second
    sides = (_CJK_AT_END.search(first) is not None) + (_CJK_AT_START.search(second) is not None)
    if sides == 2 or (sides == 1 and not _has_space_between(first, second)):
        return first + second
    is_cut_figure = first[-1].isdigit() and second[0].isdigit() and all(map(_CJK_LETTER.search, (first[-12:], second[:12])))
    is_hyphenated = len(first) > 1 and first[-1] in "-‐" and first[-2].isalpha() and second[0].isalpha()
    return first + second if is_hyphenated or is_cut_figure or _CUT_ADDRESS.search(first) else f"{first} {second}"


def _has_space_between(first: str, second: str) -> bool:
    """Whether a Latin word, or a stop after one, meets a Chinese character in a text of Latin words."""
    meet = re.match(r"[A-Za-z,.;:)]\n|[^\n]\n[A-Za-z]", f"{first[-1]}\n{second[0]}") is not None
    is_letter = any(map(_CJK_LETTER.match, (first[-1], second[0])))
    return meet and is_letter and not is_mostly_chinese(f"{first[-60:]}\n{second[:60]}")


def one_line(text: str) -> str:
    """All lines of `text` joined to one, runs of spaces made one; page breaks stay in their places."""
    line = ""
    for part in text.split("\n"):
        line = join_lines(line, squeeze(part))
    return line


def squeeze(text: str) -> str:
    """Runs of spaces of any width made one, none at the ends; the ideographic space inside a line stays."""
    return _SPACES.sub(" ", text).strip(" \n\t\u3000")


def has_chinese(text: str) -> bool:
    """Whether a Chinese character is in the text."""
    return _CJK_LETTER.search(text) is not None


def is_mostly_chinese(text: str) -> bool:
    """Whether Chinese characters outnumber words in Latin letters."""
    return len(_CJK_LETTER.findall(text)) > len(_LATIN_WORD.findall(text))


def width(text: str) -> int:
    """Columns the text takes on paper: a Chinese character counts two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
