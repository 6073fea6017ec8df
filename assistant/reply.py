"""A chat model's reply, whole or still growing, to the statements in it. Whatever the text is, reading it raises nothing."""

import json
import re
from typing import Any

from langchain_core.utils.json import parse_partial_json

from ingest.schema import Record

MOST_CLAIMS = 30
LONGEST_CLAIM = 1200
"""More claims, or a longer one, is no answer to a question but a flood; what goes beyond is left out."""

_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)


class Stated(Record):
    """A claim as the model wrote it, and its quotes as (key, quote)."""

    text: str
    quotes: tuple[tuple[str, str], ...]


def read_object(text: str) -> dict[str, Any] | None:
    """The first JSON object of a whole reply, without thoughts, fences and prose around it; None when there is none."""
    found = _started(text)
    if found is None:
        return None
    try:
        value, _ = json.JSONDecoder().raw_decode(found)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def read_claims(text: str) -> tuple[tuple[Stated, ...], bool]:
    """The claims that are complete so far, and whether the reply as a whole is; ((), False) for anything else than the object asked for."""
    whole = read_object(text)
    if whole is not None:
        claims = whole.get("claims")
        return (_claims(claims), True) if isinstance(claims, list) else ((), False)
    started = _started(text)
    # Where only the list and the object are still open, every claim so far is complete.
    for ending in ("]}", "}"):
        closed = read_object(started.rstrip(" \n\t\r,") + ending) if started else None
        if closed is not None and isinstance(closed.get("claims"), list):
            return _claims(closed["claims"]), False
    try:
        partial = parse_partial_json(started) if started else None
    except (ValueError, RecursionError):
        return (), False
    claims = partial.get("claims") if isinstance(partial, dict) else None
    # The last one may lack its end.
    return (_claims(claims[:-1]), False) if isinstance(claims, list) else ((), False)


def _started(text: str) -> str | None:
    plain = _THOUGHT.sub("", text)
    at = plain.find("{")
    return plain[at:] if at >= 0 else None


def _claims(rows: list[Any]) -> tuple[Stated, ...]:
    stated = [_stated(row) for row in rows[:MOST_CLAIMS] if isinstance(row, dict)]
    return tuple(claim for claim in stated if claim.text)


def _stated(row: dict[str, Any]) -> Stated:
    text = row.get("text")
    given = row.get("quotes", row)
    rows = given if isinstance(given, list) else [given]
    quotes = [(one.get("key"), one.get("quote")) for one in rows if isinstance(one, dict)]
    kept = tuple((key, quote) for key, quote in quotes if isinstance(key, str) and isinstance(quote, str))
    return Stated(text=text.strip()[:LONGEST_CLAIM] if isinstance(text, str) else "", quotes=kept)
