"""A firm described in its own words to a Profile: every field with the words it came from, and what stayed unclear.

Nothing is guessed: what is not said stays unset, a range or two rival values are reported instead of chosen, and a wish ("we are
applying for ...") is no status.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from assistant import describe_words as words
from assistant.describe_figures import read_figures
from assistant.describe_words import clause_after, clause_before
from assistant.description import Description, Origin, Unclear
from assistant.places import places_in
from assistant.profile import Profile
from ingest.glossary import Glossary, Mention
from ingest.measures import Bilingual

_RIVALS = Bilingual(en="several values are given; please choose", zh="给出了多个不同的值，请确认")
_TRADE = Bilingual(en="a trade outside the plan's sectors", zh="属于规划行业以外的行业")


def describe(text: str, glossary: Glossary, as_of: date) -> Description:
    """The profile that `text` states; `as_of` turns "founded in 2019" into years."""
    mentions = glossary.find(text)
    found = [
        *read_figures(text, as_of),
        *_places(text),
        *_statuses(text, mentions),
        *_sectors(text, mentions),
    ]
    unclear = [item for item in found if isinstance(item, Unclear)]
    origins: dict[str, Origin] = {}
    for item in found:
        if not isinstance(item, Origin):
            continue
        rival = origins.get(item.field)
        if rival is None:
            origins[item.field] = item
        elif rival.value != item.value:
            unclear.append(Unclear(field=item.field, words=item.words, start=item.start, end=item.end, why=_RIVALS))
    for field in {item.field for item in unclear if item.why == _RIVALS and item.field}:
        origins.pop(field, None)
    profile = Profile.model_validate({field: origin.value for field, origin in origins.items()})
    return Description(profile=profile, origins=tuple(origins.values()), unclear=tuple(unclear))


def _places(text: str) -> Iterator[Origin | Unclear]:
    found = [
        (kind, name, start, end)
        for kind, name, start, end in places_in(text)
        if not _is_of_others(text, start) and not _negated(text, start, end)
    ]
    for wanted in ("province", "city"):
        of_kind = [item for item in found if item[0] == wanted]
        for _, name, start, end in of_kind:
            yield Origin(field=wanted, value=name, words=text[start:end], start=start, end=end)


def _statuses(text: str, mentions: Sequence[Mention]) -> Iterator[Origin]:
    spans = [
        (words.STATUS_OF_TERM[mention.term.id], mention.start, mention.end)
        for mention in mentions
        if mention.term.id in words.STATUS_OF_TERM
    ]
    for field, pattern in words.STATUS_WORDS.items():
        spans += [(field, match.start(), match.end()) for match in re.finditer(pattern, text, re.IGNORECASE)]
    for field, start, end in sorted(spans, key=lambda span: span[1]):
        if _is_of_others(text, start) or words.OTHERS_AFTER.search(text[end : end + 8]) or _is_intended(text, start, end):
            continue
        first, last = _with_negation(text, start, end)
        yield _origin(text, field, not _negated(text, start, end), first, last)


def _sectors(text: str, mentions: Sequence[Mention]) -> Iterator[Origin]:
    usable = [m for m in mentions if not _is_of_others(text, m.start) and not _negated(text, m.start, m.end)]
    hits = _sector_hits(usable, words.SECTOR_OF_TERM) or _sector_hits(usable, words.WEAK_SECTOR_OF_TERM)
    trade = words.ORDINARY_TRADE.search(text)
    if trade and not hits:
        yield _origin(text, "sectors", ("other",), trade.start(), trade.end(), _TRADE)
    if hits:
        names = tuple(dict.fromkeys(sector for sector, _ in hits))
        yield _origin(text, "sectors", names, hits[0][1].start, hits[0][1].end)
    made = [m for m in usable if m.term.kind in ("product", "material") and _maker(text, m.start)]
    if made:
        spans = _joined(text, made)
        yield _origin(text, "products", tuple(dict.fromkeys(text[start:end] for start, end in spans)), spans[0][0], spans[-1][1])
    makers = [
        span for m in usable if m.term.kind in ("product", "material") and (span := _maker(text, m.start) or _maker_after(text, m.end))
    ]
    if makers and {sector for sector, _ in hits} - {"software"}:
        yield _origin(text, "industrial", True, *makers[0])


def _sector_hits(mentions: Sequence[Mention], table: dict[str, str]) -> list[tuple[str, Mention]]:
    sector_of = {term: sector for sector, terms in table.items() for term in terms.split()}
    return [(sector_of[m.term.id], m) for m in mentions if m.term.id in sector_of]


def _maker(text: str, start: int) -> tuple[int, int] | None:
    """The span of the making verb in the clause before a product; None where there is none."""
    clause = clause_before(text, start)
    matches = list(words.MAKING.finditer(clause))
    if not matches:
        return None
    offset = start - len(clause)
    return offset + matches[-1].start(), offset + matches[-1].end()


def _maker_after(text: str, end: int) -> tuple[int, int] | None:
    """The span of "producer", "厂" and the like directly after a product."""
    match = words.MAKER_AFTER.search(text[end : end + 20])
    return (end + match.start(1), end + match.end(1)) if match else None


def _joined(text: str, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Spans of mentions, those that touch (but for one space) made one: "silicon carbide" and "wafers"."""
    spans: list[tuple[int, int]] = []
    for mention in mentions:
        if spans and mention.start <= spans[-1][1] + 1 and not text[spans[-1][1] : mention.start].strip():
            spans[-1] = (spans[-1][0], max(spans[-1][1], mention.end))
        else:
            spans.append((mention.start, mention.end))
    return spans


def _is_of_others(text: str, start: int) -> bool:
    """Whether the words before speak of customers, suppliers or things bought, not of the firm itself."""
    return words.OTHERS.search(clause_before(text, start)) is not None


def _is_intended(text: str, start: int, end: int) -> bool:
    return bool(words.INTENTION.search(clause_before(text, start)) or words.INTENTION.search(clause_after(text, end)))


def _negated(text: str, start: int, end: int) -> bool:
    """Whether the clause denies what stands at the span; "neither A nor B" and "not A or B" deny both."""
    around = (clause_before(text, start), clause_after(text, end))
    return any(words.NEGATION.search(words.NOT_NEGATION.sub("", part)) for part in around)


def _with_negation(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of a status together with the negation before or after it in its clause."""
    if not _negated(text, start, end):
        return start, end
    before, after = clause_before(text, start), clause_after(text, end)
    match_before, match_after = words.NEGATION.search(before), words.NEGATION.search(after)
    first = start - len(before) + match_before.start() if match_before else start
    return first, end + match_after.end() if match_after and not match_before else end


def _origin(text: str, field: str, value: Any, start: int, end: int, note: Bilingual | None = None) -> Origin:
    return Origin(field=field, value=value, words=text[start:end], start=start, end=end, note=note)
