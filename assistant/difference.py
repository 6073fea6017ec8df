"""Two sides of a comparison to the difference between their amounts, where one is asked for and both state one amount alike."""

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.candidates import Candidate
from assistant.lock import is_right_calculation
from assistant.prompts import sentence
from assistant.question import Query
from assistant.schema import DraftClaim
from ingest.figures import Figure, find_figures
from ingest.schema import Language

_ASKED = re.compile(
    r"\bby how much\b|\bhow much (?:more|less|higher|lower|larger|smaller)\b|\b(?:amount|size) of the difference\b"
    r"|差(?:了)?多少|相差|差额|[高多低少]出?(?:了)?多少",
    re.IGNORECASE,
)


def difference(query: Query, found: Sequence[Candidate]) -> list[DraftClaim]:
    """The difference as a calculation of our own, larger minus smaller; [] where none is asked for or the two are not of one measure."""
    if len(found) != 2 or not _ASKED.search(query.text):
        return []
    amounts = [_amount(query, candidate) for candidate in found]
    if amounts[0] is None or amounts[1] is None or amounts[0].value == amounts[1].value:
        return []
    larger, smaller = sorted((amounts[0], amounts[1]), key=lambda figure: figure.value, reverse=True)
    formula = f"{larger.surface} - {smaller.surface} = {_written(larger.value - smaller.value, query.language)}"
    text = sentence("difference", query.language, formula=formula)
    evidence = tuple(candidate.evidence() for candidate in found)
    is_right = is_right_calculation(text, [one.quote for one in evidence])
    return [DraftClaim(text=text, evidence=evidence, layout="calculation")] if is_right else []


def _amount(query: Query, candidate: Candidate) -> Figure | None:
    """The one exact amount of money that a candidate states and the question did not; None for none or several."""
    said = {figure.value for figure in find_figures(query.text)}
    found = {
        figure.value: figure
        for figure in reversed(find_figures(candidate.text))
        if figure.unit == "yuan" and figure.qualifier == "exact" and figure.high is None and figure.value not in said
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _written(value: Decimal, language: Language) -> str:
    if language == "en":
        return f"{value:,.0f} yuan"
    return f"{(value / 10_000).normalize():f}万元"
