"""The words of a question to the figure that answers it: an amount, a share, a date; a cap or a floor."""

import re
from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.kinds import Kind
from ingest.figures import Figure, find_figures

_SHARE = re.compile(
    r"\b(?:what|which) (?:share|percent\w*|rate|proportion)\b|how many percent"
    r"|几成|百分之几|几个(?:百分)?点|(?:什么|多大|多少)比例|比例.{0,3}多少",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?:多少|几)[户家个项名人种次台套条]")
_CAP = re.compile(
    r"\b(?:cap|ceiling|at most|maximum|upper limit|up to|the most|largest|highest|how high can)\b|上限|封顶|最多|最高|至多", re.IGNORECASE
)
_FLOOR = re.compile(
    r"\b(?:floor|at least|minimum|lower limit|threshold|least|smallest|lowest|entry line)\b|下限|门槛|至少|最低|起码|多少才|才能(?:报|申)",
    re.IGNORECASE,
)
_BOUNDS: dict[str, re.Pattern[str]] = {"at_most": _CAP, "less_than": _CAP, "at_least": _FLOOR, "more_than": _FLOOR}


def asks_share(text: str) -> bool:
    """Whether a question asks for a percentage by name."""
    return bool(_SHARE.search(text))


def holds_asked(question: str, kind: Kind, text: str) -> bool:
    """Whether a text states what the question asks for, and did not say itself: a date, a share, or an amount of any unit."""
    said = {figure.surface for figure in find_figures(question)}
    found = [figure for figure in find_figures(text) if figure.surface not in said]
    if kind == "date":
        return any(figure.kind == "date" or figure.unit in ("years", "months") for figure in found)
    if asks_share(question):
        return any(figure.unit == "percent" for figure in found)
    wanted = ("amount", "percent", "count") if kind == "count" or _COUNT.search(question) else ("amount", "percent")
    return any(figure.kind in wanted for figure in found)


def holds_bound(question: str, text: str) -> bool:
    """Whether a cap or a floor is asked for and the text states one."""
    return any(_is_bound(question, figure) for figure in find_figures(text))


def _is_bound(question: str, figure: Figure) -> bool:
    pattern = _BOUNDS.get(figure.qualifier)
    return pattern is not None and figure.kind in ("amount", "percent", "count") and bool(pattern.search(question))


def told_with(candidate: Candidate) -> str:
    """A candidate with what it stands under: lead, column heads and headings below the title."""
    chunk = candidate.passage.chunk
    return " ".join([candidate.text, candidate.lead, candidate.heads, *chunk.path()])


def has_own_language(found: Sequence[Candidate], language: str) -> bool:
    """Whether any candidate is in the asker's language."""
    return any(candidate.passage.chunk.source.language == language for candidate in found)
