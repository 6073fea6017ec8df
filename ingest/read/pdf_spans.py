"""A PDF page to spans: pieces of text with their place, size and weight, upright as the page is shown.

pypdf's plain extraction gives no ends of text and its layout mode no fonts, so the step under its layout mode is used directly:
`recurse_to_target_op` with `TextStateManager` (unchanged in name since pypdf 3.17; pinned by the lock, seen working in 7.1).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pypdf._text_extraction._layout_mode._fixed_width_page import recurse_to_target_op
from pypdf._text_extraction._layout_mode._text_state_manager import TextStateManager
from pypdf.generic._font import Font

from ingest.read.characters import clean
from ingest.read.pdf_operations import Operation, without_furniture

_BOLD = re.compile(r"bold|black|heavy|demi|simhei|heiti|黑体", re.IGNORECASE)
# The mark of a font of which only some letters are in the file.
_SUBSET = re.compile(r"^/?[A-Z]{6}\+")
_SPACE = re.compile(r"\s+")
# List marks of the fonts Symbol and Wingdings, which word processors leave in private codes; clean text has none of those.
_MARKS = re.compile("[\uf0b7\uf0a7\uf0a8\uf0d8\uf0fc\uf076\uf075\uf06c\uf06e\uf06f\uf071\uf077\uf09f\uf0b2\uf0e0]")


class Span(NamedTuple):
    """One piece of text from `left` to `right` on the baseline `y` (points, upwards), `size` points high, set in the font `face`."""

    text: str
    left: float
    right: float
    y: float
    size: float
    is_bold: bool
    face: str = ""


def page_spans(operations: Sequence[Operation], fonts: Mapping[str, Font]) -> list[Span]:
    """All upright text of a page in drawing order; turned text (margin stamps, watermarks) only where there is no other.

    What the file marks as page furniture (running heads, page numbers) is left out, unless it marks everything so.
    """
    return _spans(without_furniture(operations), fonts) or _spans(operations, fonts)


def _spans(drawn: Sequence[Operation], fonts: Mapping[str, Font]) -> list[Span]:
    operations: Iterator[Operation] = iter([*drawn, ([], b"Q")])
    shown: list[Any] = []
    left_over = True
    while left_over:
        # A stray Q ends the run early; what follows is read with a fresh state.
        before = len(shown)
        _, states = recurse_to_target_op(operations, TextStateManager(), b"Q", dict(fonts))
        shown.extend(states)
        following = next(operations, None)
        left_over = following is not None
        if following is not None:
            operations = _again(following, operations)
        elif len(shown) == before:
            break
    upright = [state for state in shown if not state.rotated]
    spans = [span for state in upright or shown if (span := _span(state)) is not None]
    return _without_overprint(spans)


def _again(first: Operation, rest: Iterator[Operation]) -> Iterator[Operation]:
    yield first
    yield from rest


def _span(state: Any) -> Span | None:
    text = clean(_MARKS.sub("•", _SPACE.sub(" ", state.text)))
    if not text or not state.font.interpretable:
        return None
    right = max(state.displaced_tx, state.tx)
    face = _SUBSET.sub("", state.font.name)
    weight = f"{face} {state.font.font_descriptor.name}"
    return Span(text, state.tx, right, state.ty, abs(state.font_height) or 1.0, _BOLD.search(weight) is not None, face)


def _without_overprint(spans: list[Span]) -> list[Span]:
    """Bold faked by drawing the same text twice, less than about a point apart, is text once."""
    kept: list[Span] = []
    seen: set[tuple[str, int, int]] = set()
    for span in spans:
        key = (span.text, round(span.left), round(span.y))
        if key not in seen:
            seen.add(key)
            kept.append(span)
    return kept
