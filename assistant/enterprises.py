"""A CSV of enterprises to profiles, and their verdicts to a matrix with counts, near misses and measures nobody meets."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from assistant.profile import FIELDS, Profile, label
from assistant.profile_input import Interpretation, read_profile
from assistant.verdict_groups import Group, group_of, is_near_miss
from assistant.verdicts import Verdict
from ingest.measures import Measure
from ingest.schema import PlanQueryError

NAME_COLUMNS = ("name", "id", "enterprise", "company", "名称", "企业名称", "企业", "编号")
_FIELD_OF = {**{label(field, "en").casefold(): field for field in FIELDS}, **{label(field, "zh"): field for field in FIELDS}}
_FIELD_OF |= {field: field for field in FIELDS}


class Row(NamedTuple):
    """One line of the table: a profile, or the reason why there is none. `line` is the line of the file, from 1."""

    line: int
    name: str
    profile: Profile | None
    error: str | None = None
    interpretations: tuple[Interpretation, ...] = ()


class Matrix(NamedTuple):
    """The readable rows and the verdicts of each, in the order of `measures`."""

    measures: tuple[Measure, ...]
    rows: tuple[Row, ...]
    verdicts: tuple[tuple[Verdict, ...], ...]

    def counts_of_row(self, number: int) -> Counter[Group]:
        """How many measures fall into each group for one enterprise."""
        return Counter(group_of(verdict) for verdict in self.verdicts[number])

    def counts_of_measure(self, number: int) -> Counter[Group]:
        """How many enterprises fall into each group for one measure."""
        return Counter(group_of(verdicts[number]) for verdicts in self.verdicts)

    def near_misses(self) -> list[tuple[Row, Verdict]]:
        """Measures that fail by one condition alone, enterprise by enterprise."""
        return [
            (row, verdict) for row, verdicts in zip(self.rows, self.verdicts, strict=True) for verdict in verdicts if is_near_miss(verdict)
        ]

    def nobody_meets(self) -> list[Measure]:
        """Measures in force that no enterprise of the table meets or could still meet; directions are left out."""
        hopeful: tuple[Group, ...] = ("applies", "one_fact_away", "needs_information", "direction", "expired")
        return [
            measure
            for number, measure in enumerate(self.measures)
            if self.rows and not any(self.counts_of_measure(number)[group] for group in hopeful)
        ]


def read_table(content: bytes) -> tuple[Row, ...]:
    """The rows of a CSV (UTF-8, or GB 18030 as older spreadsheets write it); a malformed row is named and the others go on.

    Columns are profile fields by name or by their label in either language, and one of `NAME_COLUMNS`; a column that is none of
    these is refused, for leaving it out unseen would change verdicts.
    """
    reader = csv.reader(io.StringIO(_text(content), newline=""), strict=True)
    try:
        heads = [_column(head) for head in next(reader, [])]
    except csv.Error as error:
        raise PlanQueryError(f"line 1: {error}; save the table as CSV") from error
    if not any(head in FIELDS for head in heads):
        raise PlanQueryError(f"line 1: no column is a profile field; the fields are {', '.join(FIELDS)}")
    twice = next((head for head, count in Counter(heads).items() if count > 1), None)
    if twice is not None:
        raise PlanQueryError(f"line 1: column {twice!r} stands twice; keep one")
    rows: list[Row] = []
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return tuple(rows)
        except csv.Error as error:
            rows.append(Row(reader.line_num, f"{reader.line_num}", None, f"line {reader.line_num}: {error}"))
            continue
        if any(cell.strip() for cell in cells):
            rows.append(_row(reader.line_num, heads, cells))


def matrix(rows: Sequence[Row], measures: tuple[Measure, ...], check: Callable[[Profile], Sequence[Verdict]]) -> Matrix:
    """The verdicts of every readable row; `check` gives those of one profile, in the order of `measures`."""
    readable = tuple(row for row in rows if row.profile is not None)
    return Matrix(measures, readable, tuple(tuple(check(row.profile)) for row in readable if row.profile is not None))


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PlanQueryError("the table is neither UTF-8 nor GB 18030; save it as CSV in UTF-8")


def _column(head: str) -> str:
    name = head.strip()
    if name.casefold() in NAME_COLUMNS:
        return "name"
    if name.casefold() not in _FIELD_OF:
        raise PlanQueryError(f"line 1: unknown column {name!r}; columns are name, {', '.join(FIELDS)}")
    return _FIELD_OF[name.casefold()]


def _row(line: int, heads: Sequence[str], cells: Sequence[str]) -> Row:
    given = dict(zip(heads, cells, strict=False))
    name = given.pop("name", "").strip() or f"{line}"
    if len(cells) != len(heads):
        return Row(line, name, None, f"line {line} ({name}): {len(cells)} cells, {len(heads)} columns; quote cells that hold a comma")
    try:
        reading = read_profile(given)
    except PlanQueryError as error:
        return Row(line, name, None, f"line {line} ({name}): {error}")
    return Row(line, name, reading.profile, None, reading.interpretations)
