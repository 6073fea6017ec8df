"""The `check` verb: a profile, a description or a batch of profiles to verdicts, as JSON or as a report for people."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tqdm import tqdm

from assistant.applicability import brief_object, next_questions, to_object, verdict_object
from assistant.ask_model import describe_with
from assistant.checking_report import report
from assistant.describe import describe
from assistant.description import Description
from assistant.model import open_chat_model
from assistant.profile import Profile
from assistant.profile_input import ProfileReading, read_profile
from assistant.question import language_of
from assistant.service import Assistant
from ingest.schema import Language, PlanQueryError, Source
from ingest.settings import Settings


def check(options: argparse.Namespace, settings: Settings) -> int:
    """Verdicts for one profile, for a firm described in words, or for every line of a batch; 1 when a line of a batch failed."""
    _refuse_unclear(options)
    with Assistant.open(settings) as assistant:
        if options.batch:
            return _batch(assistant, options)
        day = options.as_of or date.today()
        if options.describe is not None:
            return _described(assistant, options, day, settings)
        reading = read_profile(_profile_fields(options.profile))
    language: Language = options.language or "en"
    _print(assistant, reading.profile, day, language, options.json, {"interpretations": _interpretations(reading)})
    return 0


def _refuse_unclear(options: argparse.Namespace) -> None:
    given = [bool(options.profile), options.describe is not None, bool(options.batch)]
    if sum(given) != 1 or bool(options.batch) != bool(options.out):
        raise PlanQueryError(
            "give one of --profile FILE (or - for standard input), --describe TEXT, or --batch PROFILES.jsonl together with --out"
        )


def _profile_fields(name: str) -> Mapping[str, Any]:
    shown = "standard input" if name == "-" else f"--profile {name!r}"
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8-sig")
        fields = json.loads(text)
    except json.JSONDecodeError as error:
        raise PlanQueryError(f"{shown}: line {error.lineno}, column {error.colno}: {error.msg}; give one JSON object of fields") from error
    except (OSError, UnicodeDecodeError) as error:
        raise PlanQueryError(f"{shown} cannot be read ({error}); give a JSON file in UTF-8") from error
    if not isinstance(fields, dict):
        raise PlanQueryError(f"{shown}: holds a {type(fields).__name__}; give one JSON object of fields")
    return fields


def _interpretations(reading: ProfileReading) -> list[dict[str, Any]]:
    return [row.model_dump() for row in reading.interpretations]


def _described(assistant: Assistant, options: argparse.Namespace, day: date, settings: Settings) -> int:
    if assistant.glossary is None:
        raise PlanQueryError("--describe needs a glossary, and the index holds none; add glossary.yaml to the corpus and ingest again")
    language: Language = options.language or language_of(options.describe)
    if settings.chat_model:
        found = describe_with(options.describe, open_chat_model(settings), settings.chat_timeout, assistant.glossary, day)
    else:
        found = describe(options.describe, assistant.glossary, day)
    _print(assistant, found.profile, day, language, options.json, described_object(found, language), found)
    return 0


def described_object(found: Description, language: Language) -> dict[str, Any]:
    """What was read from words, as plain JSON values: the profile, where each field came from, and what stayed unclear."""
    return {
        "profile": found.profile.model_dump(exclude_none=True),
        "read_from": [
            row.model_dump(exclude={"note"}) | {"note": row.note.in_language(language) if row.note else None} for row in found.origins
        ],
        "unclear": [row.model_dump(exclude={"why"}) | {"why": row.why.in_language(language)} for row in found.unclear],
    }


def _print(
    assistant: Assistant,
    profile: Profile,
    day: date,
    language: Language,
    as_json: bool,
    more: Mapping[str, Any],
    found: Description | None = None,
) -> None:
    verdicts = assistant.verdicts(profile, day)
    sources = {source.id: source for source in assistant.sources()}
    if as_json:
        rows = with_sources(to_object(verdicts, day, language), sources, day)
        print(json.dumps({**rows, **{key: value for key, value in more.items() if value}}, ensure_ascii=False, indent=1))
        return
    for row in more.get("interpretations", ()):
        print(row["text"][language], file=sys.stderr)
    for line in report(verdicts, next_questions(verdicts, language), sources, day, language, found):
        print(line)


def with_sources(rows: dict[str, Any], sources: Mapping[str, Source], day: date) -> dict[str, Any]:
    """The object of verdicts with title, document number, address and state of the document beside each citation."""
    for verdict in rows["verdicts"]:
        for number, citation in enumerate(verdict["citations"], 1):
            source = sources.get(citation["document_id"])
            citation["number"] = number
            if source is not None:
                citation |= {"title": source.title, "document_number": source.document_number, "url": source.url}
                citation["document_status"] = source.status_on(day)
    return rows


def _batch(assistant: Assistant, options: argparse.Namespace) -> int:
    """One object a line, in order; a bad line becomes an error object and is reported, the others go on."""
    try:
        lines = [line for line in options.batch.read_text("utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise PlanQueryError(f"--batch {str(options.batch)!r} cannot be read ({error}); give a JSONL file in UTF-8") from error
    failed = 0
    with options.out.open("w", encoding="utf-8") as stream:
        shown = tqdm(lines, desc="checking", file=sys.stderr, disable=None, mininterval=0.5)
        for row in _rows(assistant, shown, options.as_of or date.today(), options.brief, options.language or "en"):
            failed += "error" in row
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{len(lines) - failed} of {len(lines)} checked, written to {options.out}", file=sys.stderr)
    return 1 if failed else 0


def _rows(assistant: Assistant, lines: Iterable[str], as_of: date, is_brief: bool, language: Language) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, 1):
        case: Any = None
        try:
            case = json.loads(line)
            reading, day = _case(case, as_of)
        except (PlanQueryError, ValueError) as error:
            print(f"line {number}: {error}", file=sys.stderr)
            yield {"id": case.get("id") if isinstance(case, dict) else None, "error": f"line {number}: {error}"}
            continue
        verdicts = assistant.verdicts(reading.profile, day)
        rows = [brief_object(verdict) if is_brief else verdict_object(verdict, language) for verdict in verdicts]
        said = {"interpretations": _interpretations(reading)} if reading.interpretations else {}
        yield {"id": case.get("id"), "verdicts": rows, **said}


def _case(case: Any, as_of: date) -> tuple[ProfileReading, date]:
    if not isinstance(case, dict) or not isinstance(case.get("profile"), dict):
        raise PlanQueryError("no profile; a line is an object with `id` and `profile`, and `as_of` where another day is meant")
    day = case.get("as_of")
    if day is not None and not isinstance(day, str):
        raise PlanQueryError(f"as_of is {day!r}; write a day as YYYY-MM-DD")
    return read_profile(case["profile"]), date.fromisoformat(day) if day else as_of
