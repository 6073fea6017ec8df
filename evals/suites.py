"""Files of cases and results to records and back. The kind of a suite is told by the fields of its cases."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evals.schema import AnswerCase, ApplicabilityCase, Case, RetrievalCase, Suite
from ingest.schema import PlanQueryError


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line numbers from 1 and objects of a JSONL file; blank lines are passed over."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PlanQueryError(f"{str(path)!r} cannot be read ({error}); give a JSONL file in UTF-8") from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise PlanQueryError(f"{path.name} line {number}: not JSON ({error}); write one object a line") from error
        if not isinstance(value, dict):
            raise PlanQueryError(f"{path.name} line {number}: {line[:60]!r} is not an object; write one object a line")
        yield number, value


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Replace a JSONL file in one step, so that a reader never sees half of it."""
    beside = path.with_name(path.name + ".new")
    beside.write_text("".join(as_line(row) for row in rows), "utf-8")
    beside.replace(path)


def as_line(row: Mapping[str, Any]) -> str:
    """One line of a JSONL file, keys in the order given, so that equal rows are equal bytes."""
    return json.dumps(row, ensure_ascii=False) + "\n"


def case_type(fields: Mapping[str, Any]) -> type[AnswerCase] | type[ApplicabilityCase] | type[RetrievalCase]:
    """The kind of case that an object is."""
    if "profile" in fields:
        return ApplicabilityCase
    if "question" in fields:
        return RetrievalCase if "expected_documents" in fields else AnswerCase
    raise PlanQueryError("has neither `question` nor `profile`; evals/README.md shows the three kinds of case")


def read_case(fields: Mapping[str, Any]) -> Case:
    """One case; the message of an error names the fields that are wrong."""
    try:
        return case_type(fields).model_validate(fields)
    except ValidationError as error:
        wrong = "; ".join(f"`{'.'.join(map(str, one['loc']))}` {one['msg'].lower()}" for one in error.errors())
        raise PlanQueryError(f"{wrong} (evals/README.md shows the fields)") from error


def read_suite(path: Path) -> Suite:
    """The cases of a file, in order. Ids that occur twice are refused, because results are paired by id."""
    cases: dict[str, Case] = {}
    for number, fields in read_lines(path):
        try:
            case = read_case(fields)
        except PlanQueryError as error:
            raise PlanQueryError(f"{path.name} line {number}: {error}") from error
        if case.id in cases:
            raise PlanQueryError(f"{path.name} line {number}: id {case.id!r} occurs twice; ids are unique in a suite")
        cases[case.id] = case
    if not cases:
        raise PlanQueryError(f"{path.name} holds no case; give a JSONL file with one case a line")
    return Suite(name=path.stem, cases=tuple(cases.values()), sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def measure_named(rule: str, ids: Iterable[str]) -> str | None:
    """The measure that a rule id names: its id, or the part of it before a hyphen ("E01" is `e01-above-designated-size`)."""
    wanted = rule.lower()
    return next((one for one in ids if one.lower() == wanted or one.lower().startswith(f"{wanted}-")), None)


def read_suites(paths: Iterable[Path]) -> list[Suite]:
    """The suites of several files; two of one name are refused, because results name the suite."""
    suites = [read_suite(path) for path in paths]
    names = [suite.name for suite in suites]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise PlanQueryError(f"two suites are named {', '.join(twice)}; rename one of the files")
    return suites
