"""Passages to a draft by a chat model: claim by claim, each proved by code before anybody sees it, or else the extractive draft.

The model is shown passages and a question as marked data and asked for claims with quotes. A claim whose quote is not found, or that its
quotes do not support, is sent back once with the reason; what still fails is dropped and counted.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from assistant.cite import prove
from assistant.model import ChatModel, Message, Reply
from assistant.model_prompts import draft_prompt, notice, repair_prompt
from assistant.question import Query
from assistant.reply import Stated, read_claims
from assistant.schema import Citation, Draft, DraftClaim, Evidence, Passage
from assistant.shown import Shown, above, around, evidence_of, show
from assistant.support import Fault, fault_of
from ingest.read.characters import clean
from ingest.sentences import sentence_spans
from ingest.settings import Settings

CLAIMS_SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["claims"],
    "properties": {
        "claims": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["text", "quotes"],
                "properties": {
                    "text": {"type": "string"},
                    "quotes": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["key", "quote"],
                            "properties": {"key": {"type": "string"}, "quote": {"type": "string"}},
                        },
                    },
                },
            },
        }
    },
}


class Heard(NamedTuple):
    """What a reply came to: claims that are proved, the others with the reason (a name in `model_prompts.FAULTS`), and what went wrong
    with the reply as a whole ("" for nothing)."""

    proved: tuple[DraftClaim, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    fault: str = ""
    text: str = ""


class Task(NamedTuple):
    """What stays the same over all attempts at one draft."""

    query: Query
    shown: Mapping[str, Shown]
    model: ChatModel
    extracted: Draft
    until: float


def generate(
    query: Query,
    passages: Sequence[Passage],
    model: ChatModel,
    settings: Settings,
    extracted: Draft,
    seconds: float | None = None,
) -> Draft:
    """The model's draft, or `extracted` with a notice when the model is dead, slow, unreadable or proves nothing in time."""
    *_, draft = stream_drafts(query, passages, model, settings, extracted, seconds)
    return draft


def stream_drafts(
    query: Query,
    passages: Sequence[Passage],
    model: ChatModel,
    settings: Settings,
    extracted: Draft,
    seconds: float | None = None,
) -> Iterator[Draft]:
    """A draft each time a further claim is proved; the last one counts, and comes within `seconds` (`settings.chat_timeout`).

    Every claim of every draft is proved, but for those of the last that are only there to be counted as removed. A reply that breaks
    off counts for nothing: the extractive draft takes the place of what was shown of it.
    """
    shown = show(passages, settings.chat_input_tokens)
    if not shown:
        yield extracted
        return
    limit = settings.chat_timeout if seconds is None else seconds
    task = Task(query, shown, model, extracted, time.monotonic() + limit)
    talk = _first_messages(task)
    kept: tuple[DraftClaim, ...] = ()
    wholes: list[Heard] = []
    for _ in range(settings.chat_retries + 1):
        heard = Heard()
        for heard in _listen(task, talk):
            if heard.proved and not heard.fault:
                yield _draft(task, _once((*kept, *heard.proved)), ())
        kept = _once((*kept, *heard.proved))
        wholes += [] if heard.fault else [heard]
        is_done = not heard.fault and not heard.failed
        if is_done or heard.fault not in ("", "unreadable"):
            break
        talk = [*talk, ("ai", heard.text or "{}"), ("human", repair_prompt(heard.failed, query.language))]
    yield _outcome(task, kept, wholes, heard.fault)


def _outcome(task: Task, kept: Sequence[DraftClaim], wholes: Sequence[Heard], fault: str) -> Draft:
    """The last draft: the model's when a whole reply proved something, the extractive one with the reason otherwise."""
    if kept and wholes:
        return _draft(task, kept, wholes[-1].failed)
    if not wholes:
        return _instead(task, fault)
    if any(heard.failed for heard in wholes):
        return _instead(task, "unproved")
    # An empty reply is believed only where the extractive engine finds nothing either: a document may have asked for silence.
    is_agreed = task.extracted.status == "not_found"
    return task.extracted.model_copy(update={"engine": task.model.name}) if is_agreed else _instead(task, "silent")


def _listen(task: Task, talk: Sequence[Message]) -> Iterator[Heard]:
    """What has been heard, each time a claim is complete, and once at the end."""
    reading = task.model.stream(talk, CLAIMS_SCHEMA, task.until)
    heard, seen, text = Heard(), 0, ""
    reply: Reply | None = None
    is_whole = False
    while reply is None and not is_whole:
        try:
            piece = next(reading)
        except StopIteration as end:
            reply, piece = end.value, "}"
            text = reply.text if reply else text
        else:
            text += piece
        if "}" not in piece:
            continue
        stated, is_whole = read_claims(text)
        for one in stated[seen:]:
            heard = _added(heard, check_claim(one, task.shown, "item" if task.query.kind == "list" else "sentence"))
            yield heard
        seen = max(seen, len(stated))
    reading.close()
    fault = "" if is_whole else (reply.fault if reply else "") or "unreadable"
    yield heard._replace(fault=fault, text=text)


def check_claim(stated: Stated, shown: Mapping[str, Shown], layout: Literal["sentence", "item"] = "sentence") -> Heard:
    """The sentences of a claim, each proved or with its fault. A quote under a key that was never shown counts for nothing."""
    located = [evidence_of(shown[key].passage, quote) for key, quote in stated.quotes if key in shown]
    evidence = list({(one.passage.chunk.id, one.start, one.end): one for one in located if one is not None}.values())
    text = clean(stated.text).strip()
    if not evidence:
        return Heard(failed=((text, "quote"),))
    heard = Heard()
    for start, end in sentence_spans(text):
        result = _prove_sentence(text[start:end], evidence, layout)
        more = Heard(failed=((text[start:end], result),)) if isinstance(result, str) else Heard(proved=(result,))
        heard = _added(heard, more)
    return heard


def _prove_sentence(text: str, evidence: Sequence[Evidence], layout: Literal["sentence", "item"]) -> DraftClaim | str:
    """The claim with no more quotes than it needs, or the name of its fault."""
    fault = support_fault(text, evidence)
    if fault is not None:
        return fault
    enough = [one for one in evidence if support_fault(text, [one]) is None]
    choices = [enough[:1], enough, list(evidence)]
    drafts = [DraftClaim(text=text, evidence=tuple(chosen), layout=layout) for chosen in choices if chosen]
    return next((claim for claim in map(prove, drafts) if claim is not None), "figure")


def support_fault(text: str, evidence: Sequence[Evidence | Citation]) -> Fault | None:
    """What is wrong with a claim on the strength of these quotes; None when they support it."""
    quotes = [one.quote for one in evidence]
    return fault_of(text, quotes, [words for one in evidence for words in around(one)], [words for one in evidence for words in above(one)])


def _added(heard: Heard, more: Heard) -> Heard:
    return heard._replace(proved=heard.proved + more.proved, failed=heard.failed + more.failed)


def _once(claims: Sequence[DraftClaim]) -> tuple[DraftClaim, ...]:
    return tuple({claim.text: claim for claim in claims}.values())


def _first_messages(task: Task) -> list[Message]:
    fields = [(one.key, one.place, one.text) for one in task.shown.values()]
    system, user = draft_prompt(task.query.text, fields, task.query.language)
    return [("system", system), ("human", user)]


def _draft(task: Task, claims: Sequence[DraftClaim], failed: Sequence[tuple[str, str]]) -> Draft:
    """A draft of proved claims; those that failed come without a quote, so that `verify` removes and counts them."""
    return Draft(
        status="answered",
        claims=(*claims, *(DraftClaim(text=text, evidence=()) for text, _ in failed)),
        engine=task.model.name,
        confidence=task.extracted.confidence,
    )


def _instead(task: Task, fault: str) -> Draft:
    told = notice(fault, task.model.name, task.query.language)
    return task.extracted.model_copy(update={"notices": (*task.extracted.notices, told)})
