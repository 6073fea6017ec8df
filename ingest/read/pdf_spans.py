"""A PDF page to spans: pieces of text with their place, size and weight, upright as the page is shown.

pypdf's plain extraction gives no ends of text and its layout mode no fonts, so the step under its layout mode is used directly:
`recurse_to_target_op` with `TextStateManager` (unchanged in name since pypdf 3.17; pinned by the lock, seen working in 7.1).
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pypdf import PageObject
from pypdf._text_extraction._layout_mode._fixed_width_page import recurse_to_target_op
from pypdf._text_extraction._layout_mode._text_state_manager import TextStateManager
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject
from pypdf.generic._font import Font

from ingest.read.characters import clean

_BOLD = re.compile(r"bold|black|heavy|demi|simhei|heiti|黑体", re.IGNORECASE)
_SHOWING = (b"Tj", b"TJ", b"'", b'"')
_SPACE = re.compile(r"\s+")
# Thousandths of an em: kerning between letters is smaller, a word space in a TJ array larger.
KERNING = 120
MAX_FORM_DEPTH = 8
# Shown pages turn clockwise; the matrix turns the text upright again.
_TURNS = {90: [0, -1, 1, 0, 0, 0], 180: [-1, 0, 0, -1, 0, 0], 270: [0, 1, -1, 0, 0, 0]}

Operation = tuple[Any, bytes]


class Span(NamedTuple):
    """One piece of text from `left` to `right` on the baseline `y` (points, upwards), `size` points high."""

    text: str
    left: float
    right: float
    y: float
    size: float
    is_bold: bool


class FontShelf:
    """Fonts of one file, each read once: they are shared by hundreds of pages."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], Font] = {}

    def fonts(self, resources: DictionaryObject, prefix: str) -> dict[str, Font]:
        """The fonts a page or form names, under its own prefix."""
        named = resources.get("/Font")
        named = named.get_object() if named is not None else None
        if not isinstance(named, DictionaryObject):
            return {}
        return {prefix + str(name): font for name in named if (font := self._font(named.raw_get(name))) is not None}

    def _font(self, reference: Any) -> Font | None:
        key = (reference.idnum, reference.generation) if isinstance(reference, IndirectObject) else None
        if key in self._fonts:
            return self._fonts[key]
        resource = reference.get_object()
        if not isinstance(resource, DictionaryObject):
            return None
        font = Font.from_font_resource(resource)
        if key is not None:
            self._fonts[key] = font
        return font


def page_operations(page: PageObject, shelf: FontShelf) -> Iterator[Operation]:
    """The drawing operations of a page, those of forms in their place."""
    return _chained(page, shelf, {})


def page_spans(page: PageObject, shelf: FontShelf) -> list[Span]:
    """All upright text of a page in drawing order; turned text (margin stamps, watermarks) only where there is no other.

    What the file marks as page furniture (running heads, page numbers) is left out, unless it marks everything so.
    """
    return _spans(page, shelf, skips_furniture=True) or _spans(page, shelf, skips_furniture=False)


def _spans(page: PageObject, shelf: FontShelf, *, skips_furniture: bool) -> list[Span]:
    fonts: dict[str, Font] = {}
    operations = _chained(page, shelf, fonts)
    if skips_furniture:
        operations = _without_furniture(operations)
    shown: list[Any] = []
    left_over = True
    while left_over:
        # A stray Q ends the run early; what follows is read with a fresh state.
        before = len(shown)
        _, states = recurse_to_target_op(operations, TextStateManager(), b"Q", fonts)
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


def _without_furniture(operations: Iterator[Operation]) -> Iterator[Operation]:
    """The operations without text shown between the marks of an artifact, as word processors set them around heads and feet."""
    marks: list[bool] = []
    for operands, operator in operations:
        if operator in (b"BDC", b"BMC"):
            marks.append(bool(operands) and str(operands[0]) == "/Artifact")
        elif operator == b"EMC" and marks:
            marks.pop()
        if any(marks) and operator in _SHOWING:
            # pypdf loses its place when nothing is shown, so the text is emptied, not left out.
            yield [*operands[:-1], b""], b"Tj" if operator == b"TJ" else operator
        else:
            yield operands, operator


def _again(first: Operation, rest: Iterator[Operation]) -> Iterator[Operation]:
    yield first
    yield from rest


def _chained(page: PageObject, shelf: FontShelf, fonts: dict[str, Font]) -> Iterator[Operation]:
    turn = _TURNS.get(page.rotation % 360)
    if turn is not None:
        yield turn, b"cm"
    contents = page.get("/Contents")
    contents = contents.get_object() if contents is not None else None
    resources = page.get("/Resources")
    resources = resources.get_object() if resources is not None else DictionaryObject()
    if contents is not None:
        yield from _operations(ContentStream(contents, page.pdf, "bytes"), resources, "", shelf, fonts, 0, page)
    yield [], b"Q"


def _operations(
    stream: ContentStream, resources: Any, prefix: str, shelf: FontShelf, fonts: dict[str, Font], depth: int, page: PageObject
) -> Iterator[Operation]:
    """The drawing operations, those of forms in their place; font names carry the prefix of their form."""
    if not isinstance(resources, DictionaryObject):
        resources = DictionaryObject()
    fonts.update(shelf.fonts(resources, prefix))
    for operands, operator in stream.operations:
        if operator == b"Tf" and operands:
            yield [prefix + str(operands[0]), *operands[1:]], operator
        elif operator == b"TJ" and operands and isinstance(operands[0], list):
            yield [_without_kerning(operands[0])], operator
        elif operator == b"Do" and operands and depth < MAX_FORM_DEPTH:
            yield from _form(str(operands[0]), resources, prefix, shelf, fonts, depth, page)
        else:
            yield operands, operator


def _form(
    name: str, resources: DictionaryObject, prefix: str, shelf: FontShelf, fonts: dict[str, Font], depth: int, page: PageObject
) -> Iterator[Operation]:
    named = resources.get("/XObject")
    named = named.get_object() if named is not None else None
    form = named.get(name) if isinstance(named, DictionaryObject) else None
    form = form.get_object() if form is not None else None
    if form is None or form.get("/Subtype") != "/Form":
        return
    inner = form.get("/Resources")
    inner = inner.get_object() if inner is not None else resources
    yield [], b"q"
    yield [float(number) for number in form.get("/Matrix", [1, 0, 0, 1, 0, 0])], b"cm"
    yield from _operations(ContentStream(form, page.pdf, "bytes"), inner, f"{prefix}{name}", shelf, fonts, depth + 1, page)
    yield [], b"Q"


def _without_kerning(items: list[Any]) -> ArrayObject:
    """Strings of a TJ array joined across kerning, the kerning made up for after them: less to compute, same place.

    pypdf 7.1 does not move on between two strings that follow each other without a number; joining them avoids that too.
    """
    joined: list[Any] = []
    owed = 0.0
    for item in items:
        if isinstance(item, bytes):
            if joined and isinstance(joined[-1], bytes):
                joined[-1] += item
            else:
                joined.append(item)
        elif isinstance(item, int | float):
            if abs(item) < KERNING and joined and isinstance(joined[-1], bytes):
                owed += float(item)
            else:
                joined.append(float(item) + owed)
                owed = 0.0
    return ArrayObject([*joined, owed] if owed else joined)


def _span(state: Any) -> Span | None:
    text = clean(_SPACE.sub(" ", state.text))
    if not text or not state.font.interpretable:
        return None
    right = max(state.displaced_tx, state.tx)
    weight = f"{state.font.name} {state.font.font_descriptor.name}"
    return Span(text, state.tx, right, state.ty, abs(state.font_height) or 1.0, _BOLD.search(weight) is not None)


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
