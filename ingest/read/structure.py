"""Lines of plain text to headings, paragraphs, list items and tables; also tells headings and list markers to the PDF reader."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.read.build import Builder
from ingest.read.characters import join_lines, squeeze, width
from ingest.read.tables import guess_heads

# Columns: a heading that is longer is a sentence; 90 hold a long English heading and 45 Chinese characters.
MAX_HEADING = 90
# A numbered part, item or chapter may have a long name; deeper numbers stand before sentences as often.
MAX_NUMBERED_HEADING, LAST_NAMED_LEVEL = 140, 5
TITLE_LEVEL, PLAIN_LEVEL = 1, 20

_NUMBER = "[一二三四五六七八九十百零〇两\\d]+"
_NUMBERED: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        (2, rf"第{_NUMBER}[编篇部](?:分|[\s　:：]|$)"),
        (2, r"(?i:part)\s+(?:[IVX]+|\d+|[A-D])\b"),
        (3, rf"第{_NUMBER}章"),
        (3, r"(?i:item)\s+\d+[A-C]?\s*[.:—–-]"),
        (3, r"(?i:chapter|annex|appendix|schedule)\s+(?:[IVXLC]+|\d+|[A-Z])\b"),
        (3, rf"附[件录表](?:{_NUMBER})?(?:[\s　:：]|$)"),
        (4, rf"第{_NUMBER}节"),
        (4, r"(?i:section|article)\s+(?:[IVXLC]+|\d+(?:\.\d+)*)\b"),
        (5, rf"第{_NUMBER}条(?:[\s　:：]|$)"),
        (6, r"[一二三四五六七八九十]+、"),
        (7, r"[（(][一二三四五六七八九十]+[）)]"),
        (9, r"\d{1,2}\.\d{1,2}[.．]?(?:\s|(?=[^\d\s%％.]))(?!\s*(?:%|percent|million|billion|亿|万|个|年))"),
        (10, r"\d{1,2}\.\d{1,2}\.\d{1,2}(?:\.\d{1,2})*[.．]?\s*(?=\D)"),
    )
)
_MARKER = re.compile(
    r"(?P<bullet>[-*+•·●○▪▫◦‣⁃■□◆◇➢➤►✓✔–—o](?=\s)|[•·●○▪■□◆◇➢➤►✓✔](?=\S))\s*(?=\S)"
    r"|(?P<number>(?:\d{1,2}[.)、．]|[（(](?:\d{1,2}|[a-z]|[ivx]{1,5}|[一二三四五六七八九十]{1,3})[）)]|[a-z][.)]|[①-⑳]))\s*(?=\D)"
)
_SENTENCE_END = re.compile(r"[.。;；,，、:：!！…]['\"”’]?$")
_QUESTION_END = re.compile(r"[?？]$")
_COLUMNS = re.compile(r"\t+| {3,}|\s*(?<!\|)\|(?!\|)\s*")
_PIPE_RULE = re.compile(r"^[\s|:+=-]{3,}$")


class Marker(NamedTuple):
    """How a line starts that is a list item: the marker, the rest, and whether the marker is a mere bullet."""

    text: str
    rest: str
    is_bullet: bool


def list_marker(line: str) -> Marker | None:
    """The list marker at the start of a line, if it has one."""
    found = _MARKER.match(line)
    if found is None:
        return None
    text = found.group("bullet") or found.group("number")
    return Marker(text, line[found.end() :], found.group("bullet") is not None)


def numbered_level(line: str) -> int | None:
    """Depth of a numbered heading (smaller is higher), None when the line is none: too long, or a sentence."""
    if width(line) > MAX_NUMBERED_HEADING or re.search(r"[。；;，,]$", line) or "。" in line:
        return None
    levels = [level for level, pattern in _NUMBERED if pattern.match(line)]
    is_contents_line = (
        re.search(r"(?:\.{3,}|…{2,}|·{3,}|\s)\s*\d{1,4}$", line) is not None and re.search(r"\.{3,}|…|·{3}", line) is not None
    )
    is_too_long = bool(levels) and levels[-1] > LAST_NAMED_LEVEL and width(line) > MAX_HEADING
    return levels[-1] if levels and not is_contents_line and not is_too_long else None


def add_line(builder: Builder, line: str, deepest: int = 7) -> None:
    """Add a paragraph of a format that marks structure, where its author may not have: numbered headings and items are known."""
    level = numbered_level(line)
    marker = list_marker(line)
    if level is not None and level <= deepest:
        builder.heading(line, 10 + level)
    elif marker is not None and not marker.is_bullet:
        builder.item(line)
    elif marker is not None and marker.text not in "o-–—*+":
        builder.item(marker.rest, 0, marker.text)
    else:
        builder.paragraph(line)


def add_plain_text(builder: Builder, text: str) -> None:
    """Add plain text: its first line as the title where it looks like one, then what its lines and blank lines tell."""
    lines = [squeeze_tabs(line) for line in text.split("\n")]
    is_wrapped = _is_hard_wrapped(lines)
    at = _add_title(builder, lines)
    while at < len(lines):
        at = _add_next(builder, lines, at, is_wrapped)


def squeeze_tabs(line: str) -> str:
    """The line without spaces at its ends; inner ones stay, for they may be columns."""
    return line.strip(" \u00a0\u3000\r").rstrip("\t")


def _add_title(builder: Builder, lines: Sequence[str]) -> int:
    first = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    if first == len(lines):
        return first
    line = squeeze(lines[first])
    is_alone = first + 1 < len(lines) and not lines[first + 1].strip() and any(rest.strip() for rest in lines[first + 1 :])
    if is_alone and width(line) <= 160 and not _SENTENCE_END.search(line) and list_marker(line) is None and not _is_columns(line):
        builder.heading(line, TITLE_LEVEL)
        return first + 1
    return first


def _add_next(builder: Builder, lines: Sequence[str], at: int, is_wrapped: bool) -> int:
    """Add what starts at line `at`; gives the line after it."""
    if not lines[at].strip():
        return at + 1
    rows = _table_rows(lines, at)
    if rows:
        grid = [_cells(row) for row in rows if not _PIPE_RULE.match(row)]
        heads = guess_heads(grid)
        builder.table(grid[:heads], grid[heads:])
        return at + len(rows)
    line = squeeze(lines[at])
    level = _heading_level(lines, at)
    if level is not None:
        builder.heading(line, level)
        return at + 1
    paragraph, after = _wrapped(lines, at) if is_wrapped else (line, at + 1)
    marker = list_marker(paragraph)
    if marker is None:
        builder.paragraph(paragraph)
    elif marker.is_bullet:
        builder.item(marker.rest, _depth(lines[at]), marker.text)
    else:
        builder.item(paragraph, _depth(lines[at]))
    return after


def _wrapped(lines: Sequence[str], at: int) -> tuple[str, int]:
    """The paragraph that starts at `at` in a text whose lines were broken at a margin."""
    paragraph = squeeze(lines[at])
    after = at + 1
    while after < len(lines) and lines[after].strip() and list_marker(squeeze(lines[after])) is None:
        if numbered_level(squeeze(lines[after])) is not None:
            break
        paragraph = join_lines(paragraph, squeeze(lines[after]))
        after += 1
    return paragraph, after


def _heading_level(lines: Sequence[str], at: int) -> int | None:
    line = squeeze(lines[at])
    following = _next_line(lines, at)
    if not following:
        return None
    level = numbered_level(line)
    if level is not None:
        return level
    marker = list_marker(line)
    follows_blank = at == 0 or not lines[at - 1].strip()
    if marker is not None or not follows_blank or width(line) > MAX_HEADING * 0.8:
        return None
    is_name = line[0].isalnum() and (line[0].isupper() or not line[0].isascii()) and not _SENTENCE_END.search(line)
    has_body_below = width(following) > width(line) * 1.5 or bool(_SENTENCE_END.search(following))
    is_question = bool(_QUESTION_END.search(line)) and (at + 1 >= len(lines) or not lines[at + 1].strip())
    return PLAIN_LEVEL if is_name and has_body_below and not is_question and not _is_prose(line) else None


def _is_prose(line: str) -> bool:
    """A line of dialogue, a caption with a credit, or the end of one sentence and the beginning of the next: short, but no heading."""
    return line[-1] in "]】" or line[0] in '"“‘「『' or bool(re.search(r"[。；;](?=\S)", line))


def _next_line(lines: Sequence[str], at: int) -> str:
    return next((squeeze(lines[number]) for number in range(at + 1, len(lines)) if lines[number].strip()), "")


def _depth(line: str) -> int:
    indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
    return min(indent // 2, 6)


def _is_hard_wrapped(lines: Sequence[str]) -> bool:
    """Whether most lines that do not end a paragraph come close to one right margin of at most 100 columns."""
    inner = [width(line) for line, after in pairwise(lines) if line.strip() and after.strip()]
    if len(inner) < 3:
        return False
    margin = sorted(inner)[int(len(inner) * 0.9)]
    near = sum(margin * 0.75 <= size <= margin * 1.1 for size in inner)
    return 40 <= margin <= 100 and near >= 0.7 * len(inner)


def _table_rows(lines: Sequence[str], at: int) -> list[str]:
    """Lines from `at` on that have the same number of columns: at least two with tabs or bars, three with wide gaps."""
    if not _is_columns(lines[at]):
        return []
    size = len(_cells(lines[at]))
    rows: list[str] = []
    for number in range(at, len(lines)):
        line = lines[number]
        if not (_PIPE_RULE.match(line) and rows) and (not _is_columns(line) or len(_cells(line)) != size):
            break
        rows.append(line)
    needed = 2 if "\t" in lines[at] or "|" in lines[at] else 3
    return rows if len(rows) >= needed else []


def _is_columns(line: str) -> bool:
    return len(_cells(line)) >= 2 and list_marker(squeeze(line)) is None


def _cells(line: str) -> list[str]:
    return [squeeze(cell) for cell in _COLUMNS.split(line.strip().strip("|").strip())]
