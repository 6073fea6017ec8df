"""A document to its own main points: what it is for, what it gives, to whom, on what conditions, until when, section by section."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.absence import is_absence, speaks_of_absence, speaks_of_itself
from assistant.candidates import Candidate, candidates
from assistant.extract import claim
from assistant.features import Concepts
from assistant.question import Query
from assistant.schema import DraftClaim, Evidence, Passage
from assistant.sections import role_of
from assistant.side_tables import shared_table
from ingest.figures import find_figures
from ingest.lexical import terms
from ingest.schema import Language

ROOM = 2250
"""Characters of all points together: a page that people read at once. Headings come on top."""

MARKS = 10
CELL = 6
"""Characters that a point takes beyond its words: dash, mark and line break; bars and blanks of a cell."""

LONG = 420
"""A point longer than this (characters) says too much to be one."""

_OWN_REMARK = re.compile(r"\bour (?:calculation|reading|inference)\b|\bthis (?:summary|page)\b|本摘要|本页|测算|推断", re.IGNORECASE)
_ASPECTS = (
    (
        re.compile(
            r"\b(?:awards?|amounts?|money|pays?|offers?|rewards?|subsid\w+|incentives?)\b|奖什么|奖励|奖多少|金额|补贴|补什么|给什么", re.I
        ),
        re.compile(r"amount|award|reward|rate|fund|support|grant|标准|金额|奖|税率|资金|支持", re.I),
    ),
    (re.compile(r"\b(?:targets?|goals?|aims?)\b|目标", re.I), re.compile(r"target|goal|aim|目标", re.I)),
    (
        re.compile(r"\b(?:conditions?|requirements?|eligib\w+|who (?:can|may))\b|条件|要求|谁能|对象", re.I),
        re.compile(r"condition|eligib|requirement|who |条件|对象|要求", re.I),
    ),
    (
        re.compile(r"\b(?:procedure|how to apply|steps)\b|程序|流程|步骤|怎么申报", re.I),
        re.compile(r"procedure|appl|steps|程序|申报|流程", re.I),
    ),
    (re.compile(r"\b(?:sectors?|tasks?|measures?)\b|任务|措施|产业", re.I), re.compile(r"task|measure|sector|任务|措施|产业", re.I)),
)
"""An aspect as a question names it, and as headings do."""


class Point(NamedTuple):
    """One statement, list or table of a section; `rank` orders points by how much a summary needs them, 0 first."""

    heading: tuple[str, ...]
    members: tuple[Candidate, ...]
    rank: int

    @property
    def size(self) -> int:
        """Characters that it takes, with marks and, for a table, its heads."""
        first = self.members[0]
        heads = sum(len(cell.head) + CELL for cell in first.passage.chunk.blocks[first.block].cells)
        return heads + sum(len(member.text) + MARKS for member in self.members)


def is_aside(heading: Sequence[str]) -> bool:
    """Whether the innermost heading announces sources, a table of contents or what other documents say."""
    return role_of(heading[-1:]) in ("sources", "relation")


def main_points(query: Query, passages: Sequence[Passage], concepts: Concepts) -> list[DraftClaim]:
    """Claims for all passages of one document, in reading order: those of the aspect or section that is asked for, or of all sections."""
    found = [c for c in candidates(passages) if _is_statement(c)]
    leads = {block.lead for passage in passages for block in passage.chunk.blocks if block.lead}
    found = [c for c in found if not any(start <= c.start and c.end <= end for start, end in leads)]
    found = [c for c in found if c.passage.chunk.path()] or found
    asked = _of_aspect(query, found, concepts)
    points = _points(asked, is_whole=len(asked) == len(found))
    return [made for heading, group in _by_heading(_within_room(points)) for made in _claims(query, heading, group)]


def _is_statement(candidate: Candidate) -> bool:
    heading = candidate.passage.chunk.heading
    is_said = not is_absence(candidate) and not speaks_of_itself(candidate) and not _OWN_REMARK.search(candidate.text)
    return is_said and not is_aside(heading) and not speaks_of_absence(heading)


def _of_aspect(query: Query, found: Sequence[Candidate], concepts: Concepts) -> list[Candidate]:
    """The candidates of the sections that the question names: by its aspects, or by a heading of its own; all where it names none."""
    title = f"{found[0].passage.chunk.source.title}" if found else ""
    headings = [pattern for asked, pattern in _ASPECTS if asked.search(query.text) and not asked.search(title)]
    of_aspect = [c for c in found if any(pattern.search(" ".join(c.passage.chunk.path())) for pattern in headings)]
    if of_aspect:
        return of_aspect
    wanted, ideas = set(terms(query.text)) - set(terms(title)), _ideas(query.text, concepts) - _ideas(title, concepts)
    paths = {c.passage.chunk.heading: " ".join(c.passage.chunk.path()) for c in found}
    named = {heading for heading, path in paths.items() if ideas & _ideas(path, concepts) or len(wanted & set(terms(path))) >= 2}
    return [c for c in found if c.passage.chunk.heading in named] or list(found)


def _ideas(text: str, concepts: Concepts) -> set[str]:
    return {name for _, _, name in concepts(text)}


def _points(found: Sequence[Candidate], *, is_whole: bool) -> list[Point]:
    """Statements one by one, the rows of a table together."""
    points: list[Point] = []
    begun: set[tuple[str, ...]] = set()
    for candidate in found:
        heading = candidate.passage.chunk.heading
        table = points[-1] if points and candidate.kind == "row" and _is_same_table(points[-1], candidate) else None
        if table is not None:
            points[-1] = table._replace(members=(*table.members, candidate))
            continue
        if len(candidate.text) <= LONG:
            points.append(Point(heading, (candidate,), _rank(candidate, heading not in begun, is_whole)))
            begun.add(heading)
    return points


def _is_same_table(point: Point, candidate: Candidate) -> bool:
    last = point.members[-1]
    blocks = [one.passage.chunk.blocks[one.block] for one in (last, candidate)]
    return last.kind == "row" and blocks[0].lead == blocks[1].lead and len(blocks[0].cells) == len(blocks[1].cells)


def _rank(candidate: Candidate, is_first: bool, is_whole: bool) -> int:
    """First what each section opens with and every amount, then the rest; of one section alone all of it."""
    has_amount = any(figure.kind in ("amount", "percent", "count") for figure in find_figures(candidate.text))
    if candidate.kind == "row" or has_amount:
        return 0
    return 1 if is_first or not is_whole else 2


def _within_room(points: Sequence[Point]) -> list[Point]:
    """As many points as there is room for, the needed ones first, in reading order."""
    chosen: set[int] = set()
    room = ROOM
    for number in sorted(range(len(points)), key=lambda at: (points[at].rank, at)):
        heading = points[number].heading
        size = points[number].size + (0 if any(points[at].heading == heading for at in chosen) else len("".join(heading[-1:])) + 4)
        if size <= room:
            room -= size
            chosen.add(number)
    return [points[number] for number in sorted(chosen)]


def _by_heading(points: Sequence[Point]) -> list[tuple[tuple[str, ...], list[Point]]]:
    groups: list[tuple[tuple[str, ...], list[Point]]] = []
    for point in points:
        if groups and groups[-1][0] == point.heading:
            groups[-1][1].append(point)
        else:
            groups.append((point.heading, [point]))
    return groups


def _claims(query: Query, heading: tuple[str, ...], points: Sequence[Point]) -> list[DraftClaim]:
    made = _heading(heading, points[0])
    lead: tuple[int, int] | None = None
    for point in points:
        first = point.members[0]
        block = first.passage.chunk.blocks[first.block]
        if first.kind == "row":
            made += shared_table(point.members)
        elif first.kind == "item" and first.lead and block.lead:
            if block.lead != lead:
                made.append(_lead(first, block.lead))
            made.append(DraftClaim(text=first.text, evidence=(first.evidence(),), layout="item"))
        else:
            made.append(claim(query, first).model_copy(update={"layout": "item"}))
        lead = block.lead
    return made


def _heading(heading: tuple[str, ...], first: Point) -> list[DraftClaim]:
    """The section's name above its points; a name that holds a figure would need a quote of its own."""
    path = first.members[0].passage.chunk.path()
    if not path or find_figures(path[-1]):
        return []
    return [DraftClaim(text=f"{path[-1]}{_colon(first.members[0].passage.chunk.source.language)}", evidence=(), layout="lead")]


def _colon(language: Language) -> str:
    return "：" if language == "zh" else ":"


def _lead(item: Candidate, span: tuple[int, int]) -> DraftClaim:
    evidence = Evidence(passage=item.passage, quote=item.lead, start=span[0], end=span[1])
    return DraftClaim(text=item.lead, evidence=(evidence,), layout="lead")
