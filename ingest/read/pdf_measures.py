"""What the lines of a document have in common, against which the single line is judged: font, weight, distances and margins."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.read.characters import width
from ingest.read.pdf_lines import Line


def with_emphasis(lines: Sequence[Line]) -> list[Line]:
    """The lines with those marked bold that are set in another Chinese font than the body: Chinese print changes the font instead.

    Where most of the text is bold, bold marks nothing.
    """
    faces = Counter[str]()
    bold = Counter[bool]()
    for line in lines:
        faces[line.face] += width(line.text) * bool(line.face)
        bold[line.is_bold] += width(line.text)
    body = faces.most_common(1)[0][0] if faces else ""
    is_marked = bold[False] > bold[True]
    return [replace(line, is_bold=(line.is_bold and is_marked) or bool(line.face and body and line.face != body)) for line in lines]


def column_width(lines: Sequence[Line]) -> float:
    """From the place where lines begin to the place that full lines reach."""
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    return rights[int(len(rights) * 0.9)] - lefts[int(len(lefts) * 0.1)] if lines else 0.0


def usual_gap(lines: Sequence[Line]) -> float:
    """The distance from line to line seen most often, in points."""
    widths = sorted(width(line.text) for line in lines)
    # Lines of a narrow column are full at less than 40.
    full = min(40.0, 0.6 * widths[int(len(widths) * 0.9)]) if widths else 40.0
    gaps = Counter(
        round(above.y - below.y, 0)
        for above, below in pairwise(lines)
        if above.page == below.page and 0 < above.y - below.y < 3 * above.size and min(width(above.text), width(below.text)) > full
    )
    return gaps.most_common(1)[0][0] if gaps else 14.0


def margin(lines: Sequence[Line]) -> dict[int, float]:
    """The right margin of lines that begin at about the same place (40 points together)."""
    ends: dict[int, list[float]] = {}
    for line in lines:
        ends.setdefault(round(line.left / 40), []).append(line.right)
    return {left: sorted(rights)[int(len(rights) * 0.9)] for left, rights in ends.items()}
