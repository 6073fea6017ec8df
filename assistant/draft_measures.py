"""A document to draft measures for a person to review: section by section, with every clause copied from the text or left out.

The drafts are YAML in the layout of `measures.yaml`. Nothing reads them until a person has written the conditions and moved them there.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from assistant.model import ChatModel, open_chat_model
from assistant.model_prompts import measures_prompt
from assistant.reply import read_object
from ingest.read import read_file
from ingest.schema import Document, PlanQueryError, Record, Section
from ingest.sentences import sentence_spans
from ingest.settings import Settings

LONGEST_PART = 6000
"""Characters of a section that are sent at a time; longer sections are cut between blocks."""

_SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["measures"],
    "properties": {
        "measures": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["title", "gives", "conditions"],
                "properties": {
                    "title": {"type": "string"},
                    "gives": {"type": "string"},
                    "conditions": {"type": "array", "items": {"type": "string"}},
                },
            },
        }
    },
}


class MeasureDraft(Record):
    """What a section seems to give, and under which words: both verbatim. `section` is its heading path."""

    title: str
    section: tuple[str, ...]
    gives: str
    conditions: tuple[str, ...]


class Drafts(Record):
    """The drafts of a document; `dropped` counts words that do not stand in it, `faults` names sections the model did not answer for."""

    measures: tuple[MeasureDraft, ...]
    dropped: int
    faults: tuple[str, ...]


class Drafted(NamedTuple):
    """YAML for `measures.yaml`, and lines for the person who asked for it."""

    text: str
    notes: tuple[str, ...]


def draft_measures(document: Document, model: ChatModel, seconds: float) -> Drafts:
    """Drafts in reading order; `seconds` is the time for one part of a section."""
    measures: list[MeasureDraft] = []
    dropped, faults = 0, []
    for section, part in _parts(document):
        place = " > ".join([document.source.title, *section.heading])
        system, user = measures_prompt(part, place, document.source.language)
        reply = model.ask([("system", system), ("human", user)], _SCHEMA, time.monotonic() + seconds)
        rows = (read_object(reply.text) or {}).get("measures")
        if not isinstance(rows, list):
            faults.append(f"{place}: {reply.fault or 'unreadable'}")
            continue
        for row in rows:
            draft, lost = _read(row, section.heading, part)
            dropped += lost
            measures += [draft] if draft else []
    return Drafts(measures=tuple(measures), dropped=dropped, faults=tuple(faults))


def draft_file(path: Path, settings: Settings) -> Drafted:
    """The drafts for a file as YAML, and what the reviewer must know of them; PlanQueryError without a chat model or a readable file."""
    if not settings.chat_model:
        raise PlanQueryError("draft-measures needs a chat model; set PLANQUERY_CHAT_MODEL")
    document = read_file(path, settings, path.stem)
    drafts = draft_measures(document, open_chat_model(settings), settings.chat_timeout)
    notes = [f"{len(drafts.measures)} drafts to review; {drafts.dropped} statements left out because their words are not in the document"]
    return Drafted(to_yaml(document, drafts), (*notes, *(f"no answer for {fault}" for fault in drafts.faults)))


def to_yaml(document: Document, drafts: Drafts) -> str:
    """The drafts as entries of `measures.yaml`, with the words of each condition for the reviewer to turn into a test."""
    rows = [
        {
            "id": f"{document.source.id}-draft-{number}",
            "title": draft.title,
            "gives_clause": {"document": document.source.id, "section": " > ".join(draft.section), "quote": draft.gives},
            "conditions_to_write": list(draft.conditions),
        }
        for number, draft in enumerate(drafts.measures, 1)
    ]
    return yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=140)


def _parts(document: Document) -> Iterator[tuple[Section, str]]:
    for section in document.sections:
        start = section.start
        for block, following in zip(section.blocks, [*section.blocks[1:], None], strict=True):
            if following is None or following.end - start > LONGEST_PART:
                text = document.text[start : block.end].strip()
                if sentence_spans(text):
                    yield section, text
                start = following.start if following else block.end


def _read(row: Any, heading: tuple[str, ...], part: str) -> tuple[MeasureDraft | None, int]:
    """The draft with the words found in the part, and how many were not; None without a clause that gives something."""
    if not isinstance(row, dict):
        return None, 1
    gives, title, listed = row.get("gives"), row.get("title"), row.get("conditions")
    conditions = [words for words in listed if isinstance(words, str)] if isinstance(listed, list) else []
    kept = tuple(words.strip() for words in conditions if words.strip() and words.strip() in part)
    lost = len(conditions) - len(kept)
    if not isinstance(gives, str) or not gives.strip() or gives.strip() not in part:
        return None, lost + 1
    name = title.strip()[:80] if isinstance(title, str) else ""
    return MeasureDraft(title=name or gives.strip()[:40], section=heading, gives=gives.strip(), conditions=kept), lost
