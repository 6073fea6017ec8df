"""A question to what its short answer must hold, where the sentence has it: a figure, of the unit asked for, with the bound asked for.

The fitted weights know such things only as likely, because public questions seldom ask for a ceiling or a share of the cost.
"""

import re
from collections.abc import Sequence

from assistant.answer_type import expected_unit
from assistant.kinds import Kind
from assistant.question import Query
from assistant.span_question import Wanted
from assistant.span_tokens import Token, tokens
from ingest.figures import find_figures
from ingest.qualifiers import Qualifier

_COUNTED: frozenset[Kind] = frozenset(("figure", "count"))
_AMOUNTS = frozenset(("how many", "how much"))
_FIGURES = frozenset(("figure:amount", "figure:percent", "figure:count", "figure:number", "number"))
_NUMERAL = re.compile("[0-9〇零一二两三四五六七八九十百千万亿半]")
_COUNTS = frozenset(("figure:count", "figure:number", "number"))
_UNITS = {"yuan": frozenset(("figure:amount",)), "percent": frozenset(("figure:percent",))}
_IN_ORDER = re.compile(r"\brespectively\b|分别", re.IGNORECASE)
_BOUNDS: tuple[tuple[re.Pattern[str], frozenset[Qualifier]], ...] = (
    (
        re.compile(r"\b(?:ceiling|cap|capped|upper limit|maximum|at (?:the )?most)\b|最高|上限|封顶|最多|至多", re.IGNORECASE),
        frozenset(("at_most", "less_than")),
    ),
    (
        re.compile(r"\b(?:floor|lower limit|minimum|at (?:the )?least|threshold)\b|最低|下限|至少|最少|门槛", re.IGNORECASE),
        frozenset(("at_least", "more_than")),
    ),
)


def demanded(query: Query, asked: Wanted, text: str, found: Sequence[Token], places: Sequence[str]) -> list[bool]:
    """Which tokens the short answer must hold one of; none at all where the question demands nothing or the sentence has nothing of it."""
    fresh = [token.coarse in _FIGURES and place in ("", "-") for token, place in zip(found, places, strict=True)]
    bounds = next((bounds for pattern, bounds in _BOUNDS if pattern.search(query.text)), None)
    # Chinese counts things by their classifier; English "how many" also asks for metres and percent.
    units = _COUNTS if query.kind == "count" and query.language == "zh" else _UNITS.get(expected_unit(query.text, query.kind))
    kept = fresh if expects_figure(query, asked) else [False] * len(found)
    if units:
        kept = _narrowed(kept, [token.coarse in units for token in found])
    if bounds is not None:
        bound = [new and _qualifier(text[token.start : token.end]) in bounds for new, token in zip(fresh, found, strict=True)]
        kept = _narrowed(kept, bound) if any(kept) else bound
    return kept


def expects_figure(query: Query, asked: Wanted) -> bool:
    """Whether only a figure can be the short answer."""
    return query.kind in _COUNTED and asked.sort in _AMOUNTS


def is_figure(text: str) -> bool:
    """Whether a short answer holds a number in any form."""
    return _NUMERAL.search(text) is not None or any(token.coarse in _FIGURES for token in tokens(text))


def hangs_on_order(text: str, found: Sequence[Token], places: Sequence[str]) -> bool:
    """Whether a figure of the question stands in a row that other figures follow in order ("1 and 5 million get 2 and 3 respectively")."""
    is_said = any(token.word == "#" and place not in ("", "-") for token, place in zip(found, places, strict=True))
    return is_said and _IN_ORDER.search(text) is not None


def _narrowed(kept: Sequence[bool], wanted: Sequence[bool]) -> list[bool]:
    """What of the kept is wanted too; all that was kept where that is nothing."""
    both = [one and other for one, other in zip(kept, wanted, strict=True)]
    return both if any(both) else list(kept)


def _qualifier(surface: str) -> Qualifier:
    return next((figure.qualifier for figure in find_figures(surface)), "exact")
