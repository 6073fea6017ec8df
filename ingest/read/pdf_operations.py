"""A PDF page to its drawing operations: forms in their place, fonts by name, text told in the few operators that pypdf follows exactly.

pypdf 7.1 does not move on after a string unless a number follows it in a TJ array, keeps the text matrix of a text object that shows
nothing, and does not restore spacing at `Q`; here every string is a TJ array that ends in a number, every `BT` starts afresh, and what
`Q` restores is said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject
from pypdf.generic._font import Font

# Thousandths of an em: kerning between letters is smaller, a word space in a TJ array larger.
KERNING = 120
MAX_FORM_DEPTH = 8
# Shown pages turn clockwise; the matrix turns the text upright again.
_TURNS = {90: [0, -1, 1, 0, 0, 0], 180: [-1, 0, 0, -1, 0, 0], 270: [0, 1, -1, 0, 0, 0]}
_SPACINGS = (b"Tc", b"Tw", b"Tz", b"TL", b"Ts")
# Text drawn with an outline as well as filled looks bold.
_OUTLINED = (2, 6)
_BOLD_NAME = " bold"

Operation = tuple[Any, bytes]


class FontShelf:
    """Fonts of one file, each read once: they are shared by hundreds of pages."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], Font] = {}

    def fonts(self, resources: DictionaryObject, prefix: str) -> dict[str, Font]:
        """The fonts a page or form names, under its own prefix; each once more as its bold twin, for outlined text."""
        named = resources.get("/Font")
        named = named.get_object() if named is not None else None
        if not isinstance(named, DictionaryObject):
            return {}
        found = {prefix + str(name): font for name in named if (font := self._font(named.raw_get(name))) is not None}
        outlined = {name + _BOLD_NAME: replace(font, name=font.name + _BOLD_NAME) for name, font in found.items()}
        return found | outlined

    def _font(self, reference: Any) -> Font | None:
        key = (reference.idnum, reference.generation) if isinstance(reference, IndirectObject) else None
        if key in self._fonts:
            return self._fonts[key]
        resource = reference.get_object()
        if not isinstance(resource, DictionaryObject):
            return None
        font = _in_thousandths(Font.from_font_resource(resource), resource)
        if key is not None:
            self._fonts[key] = font
        return font


def _in_thousandths(font: Font, resource: DictionaryObject) -> Font:
    """A Type 3 font measures in units of its own, which pypdf takes for thousandths of an em; any other font as it is."""
    matrix = resource.get("/FontMatrix")
    if resource.get("/Subtype") != "/Type3" or matrix is None:
        return font
    scale = 1000 * abs(float(matrix.get_object()[0]))
    widths = {letters: width * scale for letters, width in font.character_widths.items()}
    return replace(font, character_widths=widths, space_width=font.space_width * scale)


def page_operations(page: PageObject, shelf: FontShelf, fonts: dict[str, Font]) -> list[Operation]:
    """The drawing operations of a page; the fonts they name are put into `fonts`."""
    return list(_Drawing(page, shelf, fonts).operations())


def without_furniture(operations: Sequence[Operation]) -> list[Operation]:
    """The operations without text shown between the marks of an artifact, as word processors set them around heads and feet."""
    marks: list[bool] = []
    kept: list[Operation] = []
    for operands, operator in operations:
        if operator in (b"BDC", b"BMC"):
            marks.append(bool(operands) and str(operands[0]) == "/Artifact")
        elif operator == b"EMC" and marks:
            marks.pop()
        if operator != b"TJ" or not any(marks):
            kept.append((operands, operator))
    return kept


@dataclass
class _Drawing:
    """One page's content streams, followed into the forms they draw."""

    page: PageObject
    shelf: FontShelf
    fonts: dict[str, Font]

    def operations(self) -> Iterator[Operation]:
        """All operations of the page, turned upright as it is shown."""
        turn = _TURNS.get(self.page.rotation % 360)
        if turn is not None:
            yield turn, b"cm"
        contents = self.page.get("/Contents")
        contents = contents.get_object() if contents is not None else None
        resources = self.page.get("/Resources")
        resources = resources.get_object() if resources is not None else DictionaryObject()
        if contents is not None:
            yield from self._stream(contents, resources, "", 0, _TextState())

    def _stream(self, contents: Any, resources: Any, prefix: str, depth: int, state: "_TextState") -> Iterator[Operation]:
        """The operations of one content stream, which begins in `state`; font names carry the prefix of their form."""
        if not isinstance(resources, DictionaryObject):
            resources = DictionaryObject()
        self.fonts.update(self.shelf.fonts(resources, prefix))
        kept: list[_TextState] = []
        for operands, operator in ContentStream(contents, self.page.pdf, "bytes").operations:
            if operator in _SPACINGS or operator in (b"Tf", b"Tr"):
                yield from state.set(operands, operator, prefix)
            elif operator == b"q":
                kept.append(state.copy())
                yield operands, operator
            elif operator == b"Q":
                yield operands, operator
                if kept:
                    yield from kept[-1].restored_from(state)
                    state = kept.pop()
            elif operator == b"BT":
                # The second one is taken as a fresh start inside the first.
                yield operands, operator
                yield operands, operator
            elif operator == b"Do" and operands and depth < MAX_FORM_DEPTH:
                yield from self._form(str(operands[0]), resources, prefix, depth, state)
            else:
                yield from _shown(operands, operator)

    def _form(self, name: str, resources: DictionaryObject, prefix: str, depth: int, state: "_TextState") -> Iterator[Operation]:
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
        inside = state.copy()
        yield from self._stream(form, inner, f"{prefix}{name}", depth + 1, inside)
        yield [], b"Q"
        yield from state.restored_from(inside)


def _shown(operands: Any, operator: bytes) -> Iterator[Operation]:
    """An operator that shows text as moves and TJ; any other as it is."""
    if operator == b"TJ" and operands and isinstance(operands[0], list):
        yield [_without_kerning(operands[0])], operator
    elif operator == b"Tj" and operands:
        yield [ArrayObject([operands[0], 0.0])], b"TJ"
    elif operator == b"'" and operands:
        yield [], b"T*"
        yield [ArrayObject([operands[0], 0.0])], b"TJ"
    elif operator == b'"' and len(operands) >= 3:
        yield [operands[0]], b"Tw"
        yield [operands[1]], b"Tc"
        yield [], b"T*"
        yield [ArrayObject([operands[2], 0.0])], b"TJ"
    elif operator not in (b"Tj", b"TJ", b"'", b'"'):
        yield operands, operator


@dataclass
class _TextState:
    """Font, spacing and outline of text at one point of a stream."""

    spacing: dict[bytes, Any] = field(default_factory=dict)
    font: list[Any] = field(default_factory=list)
    is_outlined: bool = False

    def copy(self) -> "_TextState":
        return _TextState(dict(self.spacing), self.font, self.is_outlined)

    def set(self, operands: Any, operator: bytes, prefix: str) -> Iterator[Operation]:
        """Take note of an operator of text state; gives what pypdf is to see of it."""
        if operator == b"Tf":
            if operands:
                self.font = [prefix + str(operands[0]), *operands[1:]]
                yield self._font()
        elif operator == b"Tr":
            self.is_outlined = bool(operands) and operands[0] in _OUTLINED
            if self.font:
                yield self._font()
        else:
            self.spacing[operator] = operands
            yield operands, operator

    def restored_from(self, later: "_TextState") -> Iterator[Operation]:
        """What brings the spacing of `later` back to this; pypdf brings back the font itself."""
        for operator in later.spacing:
            if later.spacing[operator] != self.spacing.get(operator):
                yield self.spacing.get(operator, [100.0 if operator == b"Tz" else 0.0]), operator

    def _font(self) -> Operation:
        name, *size = self.font
        return [name + _BOLD_NAME if self.is_outlined else name, *size], b"Tf"


def _without_kerning(items: list[Any]) -> ArrayObject:
    """Strings of a TJ array joined across kerning, the kerning made up for after them: less to compute, same place."""
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
    return ArrayObject([*joined, owed])
