"""Ranked sides of a comparison to a draft: what the documents say of each, side by side in one table."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from assistant.asked_figure import has_own_language, holds_asked, holds_bound
from assistant.candidates import Candidate
from assistant.comparison import Side, Split
from assistant.difference import difference
from assistant.extract import claim
from assistant.features import Concepts
from assistant.kinds import Kind
from assistant.naming import OTHER, Naming, namings
from assistant.points import is_aside
from assistant.prompts import sentence
from assistant.question import Query
from assistant.ranked import Ranked, without_absence
from assistant.schema import Draft, DraftClaim
from assistant.side_tables import own_table, shared_table
from ingest.figures import find_figures
from ingest.lexical import terms

ABOUT = 16
"""Candidates of a side among which one that names it is looked for."""

NAMED = 3.0
"""Log-odds for a candidate that, with its headings, names what tells its side from the others."""

TYPED = 6.0
"""Log-odds for a candidate with a figure where each side is asked for one: a sentence of purpose repeats more of the question."""

OPEN = 2.0
"""The same where a question leaves open what is asked of each side ("what does a firm get from ...")."""

BOUND = 2.0
"""The same for a cap where a cap is asked for, a floor where a floor is."""

SUBJECT = 2.0
"""Log-odds for a candidate that names, with its headings, all that the question names for every side, by share."""

INTRODUCES = 0.7
INTRODUCTION = 3.0
"""Log-odds taken off a sentence that holds this share of its document's title, where the document is given: it only introduces it."""

ASIDE = 2.0
"""Log-odds taken off under headings that tell of other documents or of sources."""

FOREIGN = 2.0
"""Log-odds taken off a candidate in the other language where the asker's own is there: its name must not bring it forward."""

TOGETHER = 2.5
"""Log-odds for answers to all sides from one table, or one sentence: they were made to be compared."""

ONE_DOCUMENT = 0.8
"""The same for answers from one document: it uses one word for one thing."""

ALSO = 0.7
"""Log-odds within which a second row of the same table comes to a side's best: then all rows of the side are shown."""

MOST = 5
"""Rows of one side at most."""


class Found(NamedTuple):
    """One side with its query, its ranked candidates and the probability that the best of them answers it."""

    side: Side
    query: Query
    ranked: Ranked
    confidence: float


class _Chosen(NamedTuple):
    found: Found
    candidates: tuple[Candidate, ...]
    is_named: bool


Accepts = Callable[[float], bool]
Indicators = Callable[[str], frozenset[str]]


def contrast(
    query: Query, split: Split, found: Sequence[Found], accepts: Accepts, concepts: Concepts, indicators: Indicators
) -> Draft | None:
    """What is said of each side; partial where one has no answer. None where the sides are no sides, so that the whole question is read.

    A side counts as missing only where the split is sure; a doubtful one is no ground to tell people that something is not stated.
    """
    names = namings([one.side for one in found], concepts)
    chosen = (
        _choose(*zip(*[(one, name) for one, name in zip(found, names, strict=True) if one.ranked.found], strict=True))
        if any(one.ranked.found for one in found)
        else []
    )
    chosen = _on_subject(chosen, names, found, indicators(query.text))
    sure = [one for one in chosen if accepts(one.found.confidence)]
    # Weak answers that stand together in one table, each under its name, are good ones: it was made to tell them apart.
    is_table = len({_table(one.candidates[0]) for one in chosen}) == 1 and all(one.candidates[0].kind == "row" for one in chosen)
    is_likely = is_table and any(accepts(2 * one.found.confidence) for one in chosen)
    known = [one for one in chosen if one in sure or (is_likely and one.is_named)]
    missing = [one.side.name for one in found if not any(one is other.found for other in known)]
    if not known or (missing and not split.is_sure):
        return None
    unsure = [one for one in known if not one.is_named]
    is_one = len({_keys(one.candidates) for one in known}) < len(known)
    if unsure and (is_one or len(known) < 2):
        return None
    language = query.language
    claims = [*_claims(known), *difference(query, [candidate for one in known for candidate in one.candidates])]
    told = tuple(sentence("side_missing", language, side=name) for name in missing)
    return Draft(
        status="partial" if missing else "answered",
        claims=tuple(claims),
        notices=told,
        confidence=min(one.found.confidence for one in known),
    )


def _on_subject(chosen: list[_Chosen], names: Sequence[Naming], found: Sequence[Found], measured: frozenset[str]) -> list[_Chosen]:
    """Without sides whose own document, as far as it was found, never names a thing asked of all that another side's answer names.

    `measured` are indicators, which a document need not name to state: "1 percent" is a share.
    """
    name_of = {id(one): name for one, name in zip(found, names, strict=True)}
    named = [frozenset[str]().union(*(name_of[id(one.found)].asked_in(c) for c in one.candidates)) for one in chosen]
    wanted = frozenset[str]().union(*named) - measured

    def is_silent(one: _Chosen) -> bool:
        name = name_of[id(one.found)]
        told = " ".join(dict.fromkeys(c.passage.chunk.text for c in one.found.ranked.found))
        return bool(one.found.side.documents) and not wanted <= {idea for _, _, idea in name.find(told)}

    return [one for one, ideas in zip(chosen, named, strict=True) if wanted <= ideas or not is_silent(one)]


class _Row(NamedTuple):
    """A candidate, its worth for a side, and how much of the side's name it holds (0-1): with its headings, and in its own words."""

    candidate: Candidate
    worth: float
    named: float
    own: float


def _choose(found: Sequence[Found], names: Sequence[Naming]) -> list[_Chosen]:
    """The candidates of each side, chosen together: by rank, by name, and by standing in one table or sentence with the others'."""
    pools = [_pool(one, name) for one, name in zip(found, names, strict=True)]
    best = _each(pools)
    total = sum(row.worth for row in best)
    for key in sorted({key for pool in pools for row in pool for key in _groups(row.candidate)}):
        inside = [[row for row in pool if key in _groups(row.candidate)] for pool in pools]
        rows = _each(inside) if all(inside) else []
        worth = sum(row.worth for row in rows) + (ONE_DOCUMENT if key[1] < 0 else TOGETHER) * len(rows)
        is_fit = key[1] < 0 or all(row.named for row in rows)
        if rows and is_fit and worth > total and not _is_shared(rows):
            best, total = rows, worth
    return [_Chosen(one, _with_equals(row, pool), row.named > 0) for one, row, pool in zip(found, best, pools, strict=True)]


def _each(pools: Sequence[Sequence[_Row]]) -> list[_Row]:
    """The best of each pool; one that two sides would share, though it speaks of one, is left to the side that it names better."""
    best = [max(pool, key=lambda row: row.worth) for pool in pools]
    for at, pool in enumerate(pools):
        rivals = [row for number, row in enumerate(best) if number != at and _key(row.candidate) == _key(best[at].candidate)]
        yields = any(row.named > best[at].named or (row.named == best[at].named and row.worth > best[at].worth) for row in rivals)
        taken = {_key(row.candidate) for number, row in enumerate(best) if number != at}
        free = [row for row in pool if _key(row.candidate) not in taken]
        if yields and free and not _tells_apart([best[at], *rivals]):
            best[at] = max(free, key=lambda row: row.worth)
    return best


def _tells_apart(rows: Sequence[_Row]) -> bool:
    """Whether a candidate shared by several sides names each and gives each its own: a row by its columns, a sentence by its figures."""
    candidate = rows[0].candidate
    if any(row.own == 0 for row in rows):
        return False
    figures = [figure for figure in find_figures(candidate.text) if figure.kind in ("amount", "percent", "count", "number")]
    return len({(figure.value, figure.unit) for figure in figures}) >= len(rows) or not figures


def _is_shared(rows: Sequence[_Row]) -> bool:
    """Whether one candidate would answer two sides that it does not tell apart."""
    keys = [_key(row.candidate) for row in rows]
    return any(not _tells_apart(same) for key in set(keys) if len(same := [row for row in rows if _key(row.candidate) == key]) > 1)


def _pool(found: Found, name: Naming) -> list[_Row]:
    ranked = without_absence(found.ranked)
    has_own = has_own_language(ranked.found, found.query.language)
    rows = []
    for candidate, score in zip(ranked.found[:ABOUT], ranked.scores[:ABOUT], strict=True):
        named, own = name.shares(candidate)
        worth = float(score) + NAMED * named + SUBJECT * name.subject(candidate) + _figure_worth(found, candidate)
        worth -= _of_other(found, name, candidate, own) + ASIDE * is_aside(candidate.passage.chunk.heading)
        worth -= FOREIGN * (has_own and candidate.passage.chunk.source.language != found.query.language)
        rows.append(_Row(candidate, worth, named, own))
    return rows


def _figure_worth(found: Found, candidate: Candidate) -> float:
    kind, text = found.query.kind, found.query.text
    worth = TYPED if kind in ("figure", "count", "date") else OPEN if kind == "fact" else 0.0
    asked: Kind = "figure" if kind == "fact" else kind
    return worth * holds_asked(text, asked, candidate.text) + BOUND * holds_bound(text, candidate.text)


def _of_other(found: Found, name: Naming, candidate: Candidate, own: float) -> float:
    """What a candidate loses that speaks of another side, or, in a document of its own, only introduces that document."""
    if not found.side.documents:
        return NAMED * (name.names_other(candidate) and own <= OTHER)
    title = set(terms(candidate.passage.chunk.source.title))
    is_introduction = len(title & set(terms(candidate.text))) >= INTRODUCES * len(title)
    return 2 * NAMED * name.names_other(candidate) + INTRODUCTION * is_introduction


def _groups(candidate: Candidate) -> tuple[tuple[str, int], ...]:
    """What a candidate may share with those of other sides: its document, and its table or itself."""
    table = _table(candidate)
    return ((candidate.passage.chunk.source.id, -1), *([table] if table else []))


def _table(candidate: Candidate) -> tuple[str, int] | None:
    """The table a row stands in, by document and place of its lead; a sentence is a group of its own."""
    block = candidate.passage.chunk.blocks[candidate.block]
    if candidate.kind == "row" and block.lead is not None:
        return candidate.passage.chunk.source.id, block.lead[0]
    return (candidate.passage.chunk.source.id, candidate.start) if candidate.kind == "sentence" else None


def _key(candidate: Candidate) -> tuple[str, int]:
    return candidate.passage.chunk.source.id, candidate.start


def _keys(candidates: Sequence[Candidate]) -> tuple[tuple[str, int], ...]:
    return tuple(map(_key, candidates))


def _with_equals(best: _Row, pool: Sequence[_Row]) -> tuple[Candidate, ...]:
    """A row and those of its table that fit the side as well, in the table's order."""
    if best.candidate.kind != "row" or best.named == 0:
        return (best.candidate,)
    table = _table(best.candidate)
    equals = [row for row in pool if _table(row.candidate) == table and row.named >= best.named and row.candidate.kind == "row"]
    others = [row.worth for row in equals if row.candidate is not best.candidate]
    if not others or best.worth - max(others) > ALSO:
        return (best.candidate,)
    kept = sorted(equals, key=lambda row: -row.worth)[:MOST]
    return tuple(sorted((row.candidate for row in kept), key=lambda candidate: candidate.start))


def _claims(chosen: Sequence[_Chosen]) -> list[DraftClaim]:
    candidates = list({_key(candidate): candidate for one in chosen for candidate in one.candidates}.values())
    if len(candidates) == 1:
        return [claim(chosen[0].found.query, candidates[0])]
    tables = {_table(candidate) for candidate in candidates}
    if len(tables) == 1 and all(candidate.kind == "row" for candidate in candidates):
        return shared_table(sorted(candidates, key=lambda candidate: candidate.start))
    return own_table([(one.found.side.name, candidate) for one in chosen for candidate in one.candidates], chosen[0].found.query.language)
