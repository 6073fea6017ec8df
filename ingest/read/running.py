"""Pages of lines to pages without running heads, feet and page numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.read.pdf_lines import Line

# Lines at each edge that may be running; heads of two or three lines occur.
EDGE = 3
# A running line is on most pages; left and right pages may carry different ones, hence less than half.
MIN_SHARE, MIN_PAGES = 0.4, 3
# Points by which a running line may move from page to page.
SAME_PLACE = 2.0
MAX_LENGTH = 120
_NUMBER = re.compile(r"\d+|(?<![^\W_])[ivxlc]{1,7}(?![^\W_])", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"^[\s\-—–·|]*(?:page|p\.|第)?\s*#\s*(?:页|/\s*#|of\s+#|共\s*#\s*页)?[\s,，]*(?:共\s*#\s*页)?[\s\-—–·|]*$", re.IGNORECASE
)
# A page number that says so itself, alone on its line.
_SURE_NUMBER = re.compile(r"[-—–]\s*\d{1,4}\s*[-—–]|(?:page\s*)?\d{1,4}\s*(?:/|of)\s*\d{1,4}|第\s*\d{1,4}\s*页.{0,12}", re.IGNORECASE)


def without_running_lines(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without short lines that stand at the same edge of most pages, figures in them aside, and without page numbers.

    Two pages alike prove less than many: there a running line must also stand at the same place.
    """
    filled = sum(bool(page) for page in pages)
    running = _at_same_place([page for page in pages if page]) if filled == 2 else _on_most(pages, filled)
    return [_kept(page, running, filled) for page in pages]


def _on_most(pages: Sequence[Sequence[Line]], filled: int) -> set[tuple[str, str]]:
    counted: Counter[tuple[str, str]] = Counter()
    for page in pages:
        counted.update({(edge, key) for edge, key, _ in _edges(page)})
    needed = max(MIN_PAGES, MIN_SHARE * filled)
    return {key for key, count in counted.items() if count >= needed}


def _at_same_place(pages: Sequence[Sequence[Line]]) -> set[tuple[str, str]]:
    first, second = ([(edge, key, page[number]) for edge, key, number in _edges(page)] for page in pages)
    return {
        (edge, key)
        for edge, key, line in first
        for other_edge, other_key, other in second
        if (edge, key) == (other_edge, other_key)
        and abs(line.y - other.y) < SAME_PLACE
        and min(abs(line.left - other.left), abs(line.right - other.right)) < SAME_PLACE
    }


def _kept(page: Sequence[Line], running: set[tuple[str, str]], filled: int) -> list[Line]:
    """Only an unbroken run from the edge inwards goes: a line behind another kept line is text."""
    dropped: set[int] = set()
    stopped: set[str] = set()
    for edge, key, number in _edges(page):
        is_sure = edge == "foot" and _SURE_NUMBER.fullmatch(page[number].text) is not None
        is_number = is_sure or (filled > 1 and _PAGE_NUMBER.match(key) is not None and (edge, key) in running)
        if edge not in stopped and ((edge, key) in running or is_number):
            dropped.add(number)
        elif number in (0, len(page) - 1) and filled >= MIN_PAGES:
            continue
        else:
            stopped.add(edge)
    return [line for number, line in enumerate(page) if number not in dropped]


def _edges(page: Sequence[Line]) -> Iterator[tuple[str, str, int]]:
    """Edge, text without figures, and number of each short line near the top and the bottom, from the edge inwards."""
    by_height = sorted(range(len(page)), key=lambda number: -page[number].y)
    for edge, numbers in (("top", by_height[:EDGE]), ("foot", by_height[::-1][:EDGE])):
        for number in numbers:
            text = page[number].text
            if len(text) <= MAX_LENGTH and not page[number].grid:
                yield edge, _NUMBER.sub("#", text.lower()), number
