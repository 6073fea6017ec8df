"""Ranked candidates to the main points of the document they come from: one a section, in the document's own order."""

import re
from collections.abc import Sequence

from assistant.candidates import Candidate

MOST = 6
"""Points of a summary: a desk officer's half page."""

_APART = re.compile(r"\b(?:sources?|relation to other|contents)\b|来源|与其他文件的关系|目录", re.IGNORECASE)


def is_aside(heading: Sequence[str]) -> bool:
    """Whether a heading announces sources, a table of contents or what other documents say."""
    return any(_APART.search(part) for part in heading[-1:])


def main_points(found: Sequence[Candidate]) -> list[Candidate]:
    """For the document of the best candidate, the best statement of each section, those with figures first; reading order, at most MOST."""
    document = found[0].passage.chunk.source.id
    points: dict[tuple[str, ...], Candidate] = {}
    for candidate in found:
        chunk = candidate.passage.chunk
        if chunk.source.id != document or any(_APART.search(part) for part in chunk.path()[-1:]):
            continue
        known = points.get(chunk.heading)
        if known is None or (_has_figure(candidate) and not _has_figure(known)):
            points[chunk.heading] = candidate
    chosen = list(points.values())[:MOST] or [found[0]]
    return sorted(chosen, key=lambda candidate: candidate.start)


def _has_figure(candidate: Candidate) -> bool:
    return any(character.isdigit() for character in candidate.text)
