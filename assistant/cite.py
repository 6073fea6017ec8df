"""Draft to Answer: a quote must be found in its passage, a number must be in its quote; what fails is removed and counted."""

import re
from collections.abc import Sequence
from datetime import date

from assistant.compose import compose, tidy
from assistant.lock import is_locked, is_right_calculation
from assistant.schema import Answer, AnswerSpan, AnswerStatus, Citation, Claim, Draft, DraftClaim, Evidence, Passage, Receipt
from ingest.schema import Chunk, Language

_MARK = re.compile(r"\[(\d{1,3})\]")
_HEAD_UNIT = re.compile(r"[（(]([^（）()]{1,20})[)）]\s*$")


def verify(
    draft: Draft,
    question: str,
    query: str,
    language: Language,
    as_of: date,
    receipt: Receipt,
    *,
    refusal: str = "",
    retrieved: Sequence[str] = (),
    seconds: float = 0.0,
) -> Answer:
    """The answer that can be proved from the draft. `refusal` is the text shown when no claim is left."""
    proved = [prove(claim) for claim in draft.claims] if draft.status in ("answered", "partial") else []
    kept = _without_idle_leads([claim for claim in proved if claim is not None])
    claims, own_marks, citations = _numbered(kept, as_of)
    removed = sum(claim is None for claim in proved)
    return Answer(
        question=question,
        query=query,
        language=language,
        status=_status(draft.status, bool(claims), removed),
        text=compose(claims, own_marks, language) if claims else refusal,
        claims=tuple(claims),
        citations=tuple(citations),
        notices=draft.notices,
        engine=draft.engine,
        retrieved=tuple(retrieved),
        removed=removed,
        confidence=draft.confidence if claims else 0.0,
        seconds=seconds,
        receipt=receipt,
    )


def _status(drafted: AnswerStatus, has_claims: bool, removed: int) -> AnswerStatus:
    if drafted not in ("answered", "partial"):
        return drafted
    if not has_claims:
        return "not_found"
    return "partial" if removed else drafted


def prove(claim: DraftClaim) -> DraftClaim | None:
    """The claim with its evidence as found in the stored text; None when it cannot be proved."""
    found = tuple(evidence for evidence in map(locate, claim.evidence) if evidence is not None)
    text = tidy(claim.text)
    if not text or not (found or _is_frame(claim)) or not _numbers_hold(text, claim.layout, found):
        return None
    return claim.model_copy(update={"text": text, "evidence": found, "answer_span": _located_span(claim.answer_span, found)})


def locate(evidence: Evidence) -> Evidence | None:
    """The evidence at the place where its quote stands in the stored text of its passage; None when it stands nowhere.

    Blanks and line breaks may differ (a model rewraps lines); the quote returned is the stored text.
    """
    chunk = evidence.passage.chunk
    if _stored(chunk, evidence.start, evidence.end) == evidence.quote and _says_something(evidence.quote):
        return evidence
    words = evidence.quote.split()
    if not _says_something(evidence.quote):
        return None
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words))
    places = [(start + match.start(), match.group()) for start, text in _texts(chunk) for match in pattern.finditer(text)]
    if not places:
        return None
    start, quote = min(places, key=lambda place: abs(place[0] - evidence.start))
    return evidence.model_copy(update={"quote": quote, "start": start, "end": start + len(quote)})


def _says_something(quote: str) -> bool:
    return any(char.isalnum() for char in quote)


def _texts(chunk: Chunk) -> list[tuple[int, str]]:
    """The stored texts of a passage with their document offsets: the chunk, and the sentences that lead its lists."""
    return [(chunk.start, chunk.text), *chunk.leads]


def _stored(chunk: Chunk, start: int, end: int) -> str | None:
    for offset, text in _texts(chunk):
        if offset <= start <= end <= offset + len(text):
            return text[start - offset : end - offset]
    return None


def _is_frame(claim: DraftClaim | Claim) -> bool:
    """Whether a claim only introduces others: a lead line or the head of a Markdown table. It needs no quote, and may hold no figure."""
    return claim.layout == "lead" or (claim.layout == "row" and "|--" in claim.text.replace(" ", ""))


def _numbers_hold(text: str, layout: str, evidence: Sequence[Evidence | Citation]) -> bool:
    sources = [source for one in evidence for source in (one.quote, *_heads(one.passage, one.start, one.end))]
    names = [name for one in evidence for name in _names(one.passage.chunk)]
    if layout == "calculation":
        return is_right_calculation(text, sources, names)
    return is_locked(text, sources, names)


def _heads(passage: Passage, start: int, end: int) -> list[str]:
    """Column heads of the table cells inside a quote, and each cell with the unit its head gives: a row cannot be read without them."""
    chunk = passage.chunk
    cells = [cell for block in chunk.blocks if block.start < end and start < block.end for cell in block.cells]
    inside = [cell for cell in cells if cell.head and cell.start < end and start < cell.end]
    units = [(chunk.slice(cell.start, cell.end), _HEAD_UNIT.search(cell.head)) for cell in inside]
    return [cell.head for cell in inside] + [f"{value} {unit.group(1)}" for value, unit in units if unit]


def _names(chunk: Chunk) -> list[str]:
    source = chunk.source
    return [name for name in (source.title, source.title_en, source.title_zh, source.document_number) if name]


def _located_span(span: AnswerSpan | None, evidence: Sequence[Evidence]) -> AnswerSpan | None:
    if span is None or not span.text:
        return None
    for one in evidence:
        at = span.start - one.start
        at = at if at >= 0 and one.quote[at : at + len(span.text)] == span.text else one.quote.find(span.text)
        if at >= 0:
            return AnswerSpan(text=span.text, start=one.start + at, end=one.start + at + len(span.text))
    return None


def _without_idle_leads(claims: list[DraftClaim]) -> list[DraftClaim]:
    """A lead without a quote of its own goes when nothing that it introduces is left."""
    kept: list[DraftClaim] = []
    for claim in reversed(claims):
        introduces = bool(kept) and not (_is_frame(kept[-1]) and not kept[-1].evidence and claim.layout == kept[-1].layout)
        if claim.evidence or introduces:
            kept.append(claim)
    return kept[::-1]


def _numbered(proved: Sequence[DraftClaim], as_of: date) -> tuple[list[Claim], list[tuple[int, ...]], list[Citation]]:
    """Claims, the marks each prints, and citations numbered by first use; the same span has one number wherever it is used."""
    citations: dict[tuple[str, int, int], Citation] = {}
    own: list[tuple[int, ...]] = []
    for claim in proved:
        numbers = []
        for one in claim.evidence:
            key = (one.passage.chunk.source.id, one.start, one.end)
            if key not in citations:
                citations[key] = _citation(len(citations) + 1, one, as_of)
            numbers.append(citations[key].number)
        own.append(tuple(dict.fromkeys(numbers)))
    claims = []
    for index, claim in enumerate(proved):
        numbers_of_claim = own[index] or _introduced(own[index + 1 :], proved[index + 1 :])
        claims.append(Claim(text=claim.text, citations=numbers_of_claim, answer_span=claim.answer_span, layout=claim.layout))
    return claims, own, list(citations.values())


def _introduced(marks: Sequence[tuple[int, ...]], following: Sequence[DraftClaim]) -> tuple[int, ...]:
    """The citations of the claims that a lead introduces: those up to the next lead."""
    numbers: list[int] = []
    for mark, claim in zip(marks, following, strict=True):
        if claim.layout == "lead" and numbers:
            break
        numbers += mark
    return tuple(dict.fromkeys(numbers))


def _citation(number: int, evidence: Evidence, as_of: date) -> Citation:
    return Citation(
        number=number,
        passage=evidence.passage,
        quote=evidence.quote,
        start=evidence.start,
        end=evidence.end,
        document_status=evidence.passage.chunk.source.status_on(as_of),
    )


def check_answer(answer: Answer) -> list[str]:
    """What is wrong with a finished answer, one line a fault, checked from scratch; [] when everything is proved."""
    faults = [fault for citation in answer.citations for fault in _citation_faults(citation, answer.receipt.as_of)]
    by_number = {citation.number: citation for citation in answer.citations}
    if list(by_number) != list(range(1, len(answer.citations) + 1)):
        faults.append(f"citations are numbered {list(by_number)}")
    for claim in answer.claims:
        faults += _claim_faults(claim, by_number)
    used = {number for claim in answer.claims for number in claim.citations}
    faults += [f"citation [{number}] is used by no claim" for number in by_number if number not in used]
    has_answer = answer.status in ("answered", "partial")
    if has_answer != bool(answer.claims):
        faults.append(f"status {answer.status!r} with {len(answer.claims)} claims")
    marks = [int(mark) for mark in _MARK.findall(answer.text)] if has_answer else []
    faults += [f"mark [{mark}] has no citation" for mark in dict.fromkeys(marks) if mark not in by_number]
    faults += [f"citation [{number}] has no mark in the text" for number in by_number if number not in marks]
    return faults


def _citation_faults(citation: Citation, as_of: date) -> list[str]:
    chunk = citation.passage.chunk
    faults = []
    if not citation.quote or _stored(chunk, citation.start, citation.end) != citation.quote:
        faults.append(f"quote of [{citation.number}] is not the stored text of {chunk.source.id!r}")
    if citation.document_status != chunk.source.status_on(as_of):
        faults.append(f"[{citation.number}] says {citation.document_status!r}, its source {chunk.source.status_on(as_of)!r} on {as_of}")
    return faults


def _claim_faults(claim: Claim, by_number: dict[int, Citation]) -> list[str]:
    cited = [by_number[number] for number in claim.citations if number in by_number]
    faults = []
    if not cited or len(cited) < len(claim.citations):
        faults.append(f"claim {claim.text[:60]!r} has no citation")
    if not _numbers_hold(claim.text, claim.layout, cited):
        faults.append(f"claim {claim.text[:60]!r} holds a figure that its quotes do not")
    if claim.answer_span and not any(claim.answer_span.text in citation.quote for citation in cited):
        faults.append(f"answer span {claim.answer_span.text!r} is not in its quotes")
    return faults
