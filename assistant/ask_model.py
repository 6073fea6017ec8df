"""A chat model's help besides answers, each time held to the words it was given: a standalone question, a firm's profile."""

import time
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from assistant.describe_model import verified
from assistant.description import Description
from assistant.folding import language_of
from assistant.lock import is_locked
from assistant.model import ChatModel, Reply
from assistant.model_prompts import profile_prompt, rewrite_prompt
from assistant.profile import FIELDS, SECTORS, kind_of
from assistant.reply import read_object
from assistant.schema import Turn
from assistant.shown import token_estimate
from ingest.glossary import Glossary
from ingest.lexical import terms
from ingest.schema import Language

LONGEST_QUESTION = 400
"""Characters of a rewritten question; a longer one is no question but an answer."""
HISTORY_TOKENS = 2000
"""Newest turns up to this many tokens are shown for a rewrite; what a follow-up points at is seldom further back."""

_REWRITE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["question"],
    "properties": {"question": {"type": "string"}},
}
_VALUES: dict[str, Any] = {
    "anyOf": [{"type": "boolean"}, {"type": "number"}, {"type": "string"}, {"type": "array", "items": {"type": "string"}}]
}
_PROFILE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["fields"],
    "properties": {
        "fields": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["field", "value", "words"],
                "properties": {"field": {"type": "string", "enum": list(FIELDS)}, "value": _VALUES, "words": {"type": "string"}},
            },
        }
    },
}


def rewrite(question: str, history: Sequence[Turn], model: ChatModel, seconds: float) -> str | None:
    """The question as it would be asked alone; None when the model fails or brings a word or figure that nobody said."""
    if not history:
        return None
    language = language_of(question)
    turns = _newest(history)
    reply = _asked(model, rewrite_prompt(question, [(turn.role, turn.text) for turn in turns], language), _REWRITE_SCHEMA, seconds)
    found = (read_object(reply.text) or {}).get("question")
    rewritten = found.strip() if isinstance(found, str) else ""
    return rewritten if _is_of(rewritten, [question, *(turn.text for turn in turns)], language) else None


def _newest(history: Sequence[Turn]) -> list[Turn]:
    left, kept = HISTORY_TOKENS, list[Turn]()
    for turn in reversed(history):
        left -= token_estimate(turn.text)
        if left < 0:
            break
        kept.insert(0, turn)
    return kept


def _is_of(rewritten: str, said: Sequence[str], language: Language) -> bool:
    """Whether a rewritten question is in the same language, on one line, and made of words and figures that were said."""
    if not rewritten or len(rewritten) > LONGEST_QUESTION or "\n" in rewritten or language_of(rewritten) != language:
        return False
    known = {term for text in said for term in terms(text)}
    # In Chinese two words that meet make a pair of characters nobody said; each character must have been.
    letters = {char for text in said for char in text}
    is_said = all(term in known or (language == "zh" and set(term) <= letters) for term in terms(rewritten))
    return is_said and is_locked(rewritten, said)


def describe_with(text: str, model: ChatModel, seconds: float, glossary: Glossary, as_of: date) -> Description:
    """What the rules read in a firm's words, and what the model adds with the words for it; the rules alone when the model fails."""
    language = language_of(text)
    fields = "\n".join(f"- {field} ({_kind(field)})" for field in FIELDS)
    reply = _asked(model, profile_prompt(text, fields, language), _PROFILE_SCHEMA, seconds)
    rows = (read_object(reply.text) or {}).get("fields")
    return verified(text, _read_fields(rows if isinstance(rows, list) else []), glossary, as_of)


def _kind(field: str) -> str:
    return f"list of {', '.join(SECTORS)}" if field == "sectors" else kind_of(field)


def _read_fields(rows: Sequence[Any]) -> Mapping[str, tuple[Any, str]]:
    named = [row for row in rows if isinstance(row, dict) and isinstance(row.get("field"), str) and isinstance(row.get("words"), str)]
    return {row["field"]: (row.get("value"), row["words"]) for row in named}


def _asked(model: ChatModel, prompt: tuple[str, str], schema: Mapping[str, Any], seconds: float) -> Reply:
    return model.ask([("system", prompt[0]), ("human", prompt[1])], schema, time.monotonic() + seconds)
