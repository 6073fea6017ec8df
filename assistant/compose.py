"""Verified claims to the answer's text with its [n] marks, and the answer to the JSON object that `ask --json` prints."""

import re
from collections.abc import Sequence
from typing import Any

from assistant.schema import Answer, Citation, Claim
from ingest.schema import Language

_NOTE_MARK = re.compile(r"\s?\[\d{1,3}\]")
_CJK = r"[\u3400-\u9fff，。；：！？、）】》”’（【《“‘]"
_INNER_BLANK = re.compile(rf"(?<={_CJK})\s+(?={_CJK})")
_CLOSED = re.compile(r"[.!?。！？…:：][\"'”’)）]*$")


def tidy(text: str) -> str:
    """A claim's text on one line, without the source's own [3] marks, which would read as ours. Markdown tables keep their lines."""
    plain = _NOTE_MARK.sub("", text).strip()
    if plain.startswith("|"):
        return plain
    return re.sub(r"\s+", " ", _INNER_BLANK.sub("", plain))


def compose(claims: Sequence[Claim], own_marks: Sequence[tuple[int, ...]], language: Language) -> str:
    """The text of an answer: sentences run on, leads open a line, items and rows are lines of their own.

    `own_marks` holds the marks to print after each claim; a lead may be proved by its items and print none.
    """
    lines: list[str] = []
    runs_on = False
    for claim, marks in zip(claims, own_marks, strict=True):
        printed = _printed(claim, "".join(f"[{number}]" for number in marks), language)
        is_prose = claim.layout in ("sentence", "calculation")
        if is_prose and runs_on:
            gap = "" if language == "zh" and not printed[:1].isascii() else " "
            lines[-1] += gap + printed
        else:
            if lines and (is_prose or claim.layout == "lead" or _starts_list(claim, lines[-1])):
                lines.append("")
            lines.append(printed)
        runs_on = is_prose
    return "\n".join(lines).strip()


def _starts_list(claim: Claim, above: str) -> bool:
    """A blank line parts a list from the prose above it, as Markdown wants; a list goes on without one."""
    return not above.startswith("|" if claim.text.startswith("|") else "- ")


def _printed(claim: Claim, marks: str, language: Language) -> str:
    text = claim.text
    if claim.layout in ("item", "row"):
        if text.startswith("|"):
            is_row = marks and text.endswith("|")
            return f"{text[:-1].rstrip()} {marks} |" if is_row else text
        return f"- {_marked(text.removeprefix('- '), marks)}"
    if claim.layout == "lead":
        return _marked(text, marks)
    stop = "。" if re.search(r"[\u3400-\u9fff]", text[-12:]) else "."
    closed = text if _CLOSED.search(text) else text.rstrip("；;，,、 ") + stop
    return _marked(closed, marks)


def _marked(text: str, marks: str) -> str:
    gap = "" if not marks or re.search(rf"{_CJK}$", text) else " "
    return f"{text}{gap}{marks}"


def answer_object(answer: Answer) -> dict[str, Any]:
    """The object that `python -m assistant ask --json` prints; its keys are a contract with other programs."""
    return {
        "question": answer.question,
        "query": answer.query,
        "language": answer.language,
        "status": answer.status,
        "text": answer.text,
        "claims": [_claim_object(claim) for claim in answer.claims],
        "citations": [_citation_object(citation) for citation in answer.citations],
        "notices": list(answer.notices),
        "engine": answer.engine,
        "retrieved": list(answer.retrieved),
        "seconds": round(answer.seconds, 4),
        "receipt": answer.receipt.model_dump(mode="json"),
    }


def _claim_object(claim: Claim) -> dict[str, Any]:
    span = {"answer_span": claim.answer_span.text} if claim.answer_span else {}
    return {"text": claim.text, "citations": list(claim.citations), **span}


def _citation_object(citation: Citation) -> dict[str, Any]:
    chunk = citation.passage.chunk
    return {
        "number": citation.number,
        "document_id": chunk.source.id,
        "title": chunk.source.title,
        "document_number": chunk.source.document_number,
        "section": list(chunk.heading),
        "page": citation.page,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "url": chunk.source.url,
        "document_status": citation.document_status,
    }
