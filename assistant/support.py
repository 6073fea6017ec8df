"""A claim and the sentences quoted for it to a fault, or none: languages, names, cues and words must agree. No model is asked.

A statement verbatim in the quoted sentences passes. Any other must bring no name and no cue of its own, keep the negation, wish, condition
and hearsay of what it renders, and take its words from there. Figures are checked by `assistant.lock`.
"""

import math
import re
import unicodedata
from collections.abc import Sequence
from typing import Literal, NamedTuple

from assistant.folding import language_of
from assistant.meaning import CUES, clauses, cues_in
from ingest.lexical import terms
from ingest.sentences import sentence_spans

Fault = Literal["language", "name", "cue", "words"]

WEIGHTS = (2.479, -0.706, 3.895, -0.329)
"""Logistic weights of `Likeness`, fitted by `python -m evals.fit_support` on 2,000 English responses with a reader's label."""
BIAS = -2.954
THRESHOLD = 0.7
"""With the rules .92 of what passes there is rightly passed, and .71 of what is right passes; .5 gives .86 and .81. A claim wrongly kept
costs more than one removed, since the extractive answer stands behind it."""
OWN_SHARE = 0.6
"""Share of a claim's terms that must stand in the quotes themselves: a heading may name the subject but proves nothing."""

_MOST_MISSING = 4
_STOPS = "。.;； "
_WORD = re.compile(r"[a-z0-9']+|[\u3400-\u9fff]")
_SPEAKER = re.compile(
    r"\b(?:i|i'm|i've|me|my|we|us|our|you|your|yes|yeah|oh|well|wow|sure|think|believe|please)\b|[我你您咱]", re.IGNORECASE
)
_NAMES = (
    re.compile(r"(?<=[a-z,;:)] )[A-Z][\w&’'-]+|\b(?=\w*[A-Z]\w*[A-Z\d])[\w-]{2,}\b"),
    re.compile(r"[\w.+-]+@[\w.-]+|\b(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|net|cn|gov|io)\b", re.IGNORECASE),
    re.compile(r"《([^《》]+)》|“([^“”]{2,40})”|\"([^\"]{2,60})\""),
    re.compile(r"[\u3400-\u9fff]{2}(?:省|市|县|州|镇|局|厅|委|公司|集团|大学|学院|银行)"),
)
_LATIN_IN_CHINESE = re.compile(r"[A-Za-z][A-Za-z-]+")


class Likeness(NamedTuple):
    """How much of a claim stands in its quotes: share of its terms, number of terms that do not, share of words in the same order, and
    words of a speaker that the quotes do not have."""

    covered: float
    missing: float
    in_order: float
    speaker: float


def fault_of(claim: str, quoted: Sequence[str], around: Sequence[str] = (), above: Sequence[str] = ()) -> Fault | None:
    """What is wrong with a claim; None when its quotes support it.

    `quoted` are the whole sentences, items or rows that are cited; `around` is what they cannot be read without, the lead of a list and
    the heads of a table: its words and its negation count. `above` are headings and the document's names: they lend a subject, no more.
    """
    text, sources = _fold(claim), [_fold(quote) for quote in quoted]
    if any(_is_verbatim(text, source) for source in sources):
        return None
    near = "\n".join([*sources, *map(_fold, around)])
    context = "\n".join([near, *map(_fold, above)])
    if not sources or language_of(claim) != language_of(" ".join(quoted)):
        return "language"
    if text.endswith("?"):
        return "words"
    if _has_other_names(text, context):
        return "name"
    if _has_other_cues(text, sources, near):
        return "cue"
    is_own = likeness(text, near).covered >= OWN_SHARE
    return None if is_own and support(likeness(text, context)) >= THRESHOLD else "words"


def likeness(claim: str, context: str) -> Likeness:
    """The four features of a claim in its context, both of any language."""
    wanted, given = terms(claim), frozenset(terms(context))
    missing = sum(term not in given for term in wanted)
    words, known = _WORD.findall(claim.lower()), _WORD.findall(context.lower())
    # A changed Chinese word breaks two bigrams where an English one breaks one stem.
    counted = missing / 2 if language_of(claim) == "zh" else missing
    speakers = {word.lower() for word in _SPEAKER.findall(claim)} - {word.lower() for word in _SPEAKER.findall(context)}
    return Likeness(
        covered=1 - missing / max(1, len(wanted)),
        missing=min(counted, _MOST_MISSING),
        in_order=_common(words, known) / max(1, len(words)),
        speaker=min(len(speakers), 3),
    )


def support(likeness: Likeness) -> float:
    """Probability (0-1) that a reader would call the claim fully supported."""
    return 1 / (1 + math.exp(-(BIAS + sum(weight * value for weight, value in zip(WEIGHTS, likeness, strict=True)))))


def _fold(text: str) -> str:
    """One width, one kind of quotation mark and single blanks."""
    narrow = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    return re.sub(r"\s+", " ", narrow).strip()


def _is_verbatim(claim: str, source: str) -> bool:
    """Whether the claim is whole sentences of the source: then nothing was left out that turns its meaning."""
    bare = claim.rstrip(_STOPS)
    at = source.find(bare)
    spans = sentence_spans(source)
    starts = at in {start for start, _ in spans}
    return bool(bare) and starts and any(end >= at + len(bare) and not source[at + len(bare) : end].strip(_STOPS) for _, end in spans)


def _has_other_names(claim: str, context: str) -> bool:
    """Whether the claim names a person, place, body, title, address or Latin abbreviation that its context does not."""
    patterns = (*_NAMES, _LATIN_IN_CHINESE) if language_of(claim) == "zh" else _NAMES
    lowered = context.lower()
    known = frozenset(terms(context))
    for pattern in patterns:
        for match in pattern.finditer(claim):
            name = next((group for group in match.groups() if group), match.group()).lower()
            if name not in lowered and not (terms(name) and known.issuperset(terms(name))):
                return True
    return False


def _has_other_cues(claim: str, sources: Sequence[str], context: str) -> bool:
    """Whether the claim adds a cue that its context lacks, or drops one that governs what it renders."""
    own, anywhere = cues_in(claim), cues_in(context)
    rendered = [sentence for source in sources for sentence in _rendered(claim, [source[a:b] for a, b in sentence_spans(source)])]
    within = cues_in("\n".join(clause for sentence in rendered for clause in _rendered(claim, clauses(sentence))))
    in_sentence = cues_in("\n".join(rendered))
    # What a list's lead says holds for each item under it.
    over = cues_in(context[len("\n".join(sources)) :])
    for cue in CUES:
        if cue.name in own and not cue.may_be_added and cue.name not in anywhere:
            return True
        governs = cue.name in (in_sentence if cue.reach == "sentence" else within) or (cue.name == "negation" and cue.name in over)
        if governs and not cue.may_be_dropped and cue.name not in own:
            return True
    return "negation" in own and "negation" not in within | over


def _rendered(claim: str, parts: Sequence[str]) -> list[str]:
    """The parts of a text that a claim renders: those with half of their terms in it, or else the one that shares most with it."""
    wanted = frozenset(terms(claim))
    shares = [len(wanted.intersection(terms(part))) for part in parts]
    chosen = [part for part, share in zip(parts, shares, strict=True) if share and share >= 0.5 * len(set(terms(part)))]
    best = max(shares, default=0)
    return chosen or [part for part, share in zip(parts, shares, strict=True) if share and share == best]


def _common(first: Sequence[str], second: Sequence[str]) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(second) + 1)
    for word in first:
        diagonal = 0
        for j, other in enumerate(second, 1):
            diagonal, row[j] = row[j], diagonal + 1 if word == other else max(row[j], row[j - 1])
    return row[-1]
