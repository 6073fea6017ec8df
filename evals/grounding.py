"""An answer and the stored texts to citation validity: quotes found, numbers locked, claims borne out by what they cite.

This is measured here, from the answer as printed and the stored text, and not taken from the assistant's own check.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from evals.facts import numbers_in, plain, unlocked_numbers
from evals.metrics import f1, share
from evals.schema import ExpectedSource

Texts = Callable[[str], str | None]
"""Document id -> its stored text, None when the index does not hold it."""

BORNE_OUT = 0.5
"""A claim counts as borne out when half of its words stand in its quotes: 1 for a verbatim claim, near 0 for a claim under a quote
of another passage; half leaves room for a claim that names its subject."""
OVERLAP = 0.5
"""A cited quote meets an expected one when their longest common run covers half of the shorter."""

WORDS = re.compile(r"[a-z]{3,}|[\u3400-\u9fff]+")
WIDE = re.compile(r"[\u3400-\u9fff]")


def quotes_found(answer: Mapping[str, Any], texts: Texts) -> list[bool]:
    """For each citation whether its quote is not empty and equals the stored text from `start` to `end`."""
    found = []
    for citation in answer["citations"]:
        text = texts(citation["document_id"])
        found.append(bool(citation["quote"]) and text is not None and text[citation["start"] : citation["end"]] == citation["quote"])
    return found


def cited_by(claim: Mapping[str, Any], answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The citations of a claim."""
    return [citation for citation in answer["citations"] if citation["number"] in claim["citations"]]


def quotes_of(citations: Sequence[Mapping[str, Any]]) -> str:
    """Their quotes, one a line."""
    return "\n".join(citation["quote"] for citation in citations)


def named_by(citations: Sequence[Mapping[str, Any]]) -> str:
    """What a claim may say of its documents besides their quotes: title, document number, headings."""
    return "\n".join("\n".join([one["title"], one["document_number"] or "", *one["section"]]) for one in citations)


def words(text: str) -> set[str]:
    """English words of three letters and more, and Chinese bigrams."""
    runs = WORDS.findall(plain(text))
    return {run for run in runs if run.isascii()} | {run[i : i + 2] for run in runs if not run.isascii() for i in range(len(run) - 1)}


def same_script(claim: str, quotes: str) -> bool:
    """Whether both are Chinese or both are not; a claim in another language than its quote cannot be compared by words."""
    return bool(WIDE.search(claim)) == bool(WIDE.search(quotes))


def grounding(answer: Mapping[str, Any], found: Sequence[bool]) -> dict[str, float]:
    """Citation validity of one answer; `found` is what `quotes_found` said when the answer was given.

    The numbers of a claim are locked when every one stands in its quotes or in the name of its document. A calculation is left out,
    because its result stands nowhere; a lead is not compared by words, because it is the engine's own.
    """
    claims = [(claim, cited_by(claim, answer)) for claim in answer["claims"]]
    locked = [
        not unlocked_numbers(claim["text"], f"{quotes_of(cited)}\n{named_by(cited)}")
        for claim, cited in claims
        if claim["layout"] != "calculation" and numbers_in(claim["text"])
    ]
    comparable = [
        (words(claim["text"]), words(quotes_of(cited)))
        for claim, cited in claims
        if claim["layout"] not in ("calculation", "lead")
        and cited
        and same_script(claim["text"], quotes_of(cited))
        and words(claim["text"])
    ]
    scores = {
        "quotes_found": share(found),
        "claims_cited": share([bool(cited) for _, cited in claims]),
        "numbers_locked": share(locked),
        "claims_borne_out": share([len(said & quoted) >= BORNE_OUT * len(said) for said, quoted in comparable]),
    }
    return {name: value for name, value in scores.items() if value is not None}


def squeezed(text: str) -> str:
    """A text without spaces, in one case and width."""
    return re.sub(r"\s+", "", plain(text))


def overlap(first: str, second: str) -> bool:
    """Whether two quotes are of the same passage."""
    first, second = sorted((squeezed(first), squeezed(second)), key=len)
    if not first or first in second:
        return bool(first)
    size = max(1, round(OVERLAP * len(first)))
    return any(first[i : i + size] in second for i in range(len(first) - size + 1))


def meets(citation: Mapping[str, Any], source: ExpectedSource) -> bool:
    """Whether a citation points at an expected source: its document, and its quote where one is expected."""
    right_document = citation["document_id"].startswith(source.document)
    return right_document and (source.quote is None or overlap(citation["quote"], source.quote))


def evidence(answer: Mapping[str, Any], sources: Sequence[ExpectedSource]) -> dict[str, float]:
    """Precision: share of citations that meet an expected source; recall: share of expected sources that are met."""
    if not sources or not answer["citations"]:
        return {"evidence_recall": 0.0, "evidence_f1": 0.0} if sources else {}
    precision = share([any(meets(citation, source) for source in sources) for citation in answer["citations"]])
    recall = share([any(meets(citation, source) for citation in answer["citations"]) for source in sources])
    scores = {"evidence_precision": precision, "evidence_recall": recall, "evidence_f1": f1(precision, recall)}
    return {name: value for name, value in scores.items() if value is not None}
