"""A ranked list to the numbers that tell whether its best candidate answers the question, or nothing does."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Candidate
from assistant.elsewhere import is_out_of_place
from assistant.features import NAMES, Asked, Concepts, Matrix
from assistant.periods import Period, periods
from assistant.years import YEAR

OF_BEST = (
    "covered", "covered_with_lead", "covered_with_section", "covered_in_passage", "pairs", "saturation", "similar_words", "rarest",
    "rarest_in_section", "names", "figures", "passage_cosine", "type_found", "type_missing", "novelty", "characters", "run",
    "wh_noun", "context", "length", "residual", "local", "read",
)  # fmt: skip
OF_ANY = ("covered", "covered_in_passage", "names", "pairs", "read")
SIGNS = (*OF_BEST, *(f"most_{name}" for name in OF_ANY), "score", "margin", "unknown", "lexical", "document_gap", "terms")

_BEST = [NAMES.index(name) for name in OF_BEST]
_ANY = [NAMES.index(name) for name in OF_ANY]
MOST_BM25 = 2.2
"""BM25 gives a term at most idf times (k1 + 1): dividing by it makes lexical scores shares."""


def signs(asked: Asked, found: Sequence[Candidate], scores: NDArray[np.float64], matrix: Matrix, highest_idf: float) -> NDArray[np.float32]:
    """One row, columns as in SIGNS, for candidates that are sorted best first; there must be one at least."""
    total = sum(asked.weights.values()) or 1.0
    best = found[0].passage
    others = [c.passage.score for c in found if c.passage.chunk.source.id != best.chunk.source.id]
    unknown = sum(weight for weight in asked.weights.values() if weight >= 0.999 * highest_idf) / total
    lexical = max(c.passage.lexical for c in found) / (MOST_BM25 * total)
    gap = max(c.passage.score for c in found) - max(others) if others else 3.0
    margin = float(scores[0] - scores[1]) if len(scores) > 1 else 3.0
    tail = [float(scores[0]), margin, unknown, lexical, gap, float(np.log1p(len(asked.weights)))]
    return np.concatenate([matrix[0, _BEST], matrix[:, _ANY].max(axis=0), tail]).astype(np.float32)


CONCEPTS = 1.2
"""Log-odds for a question whose glossary terms all stand at the answer, in whatever words: chosen on the project's own suites, since no
public set comes with a glossary. Questions without glossary terms are not touched."""

OTHER_PLACE = 12.0
"""Log-odds taken off when the question is about a place that its answer is not about: decisive, whatever else agrees. In the project's own
suites and in 300 further cases written without sight of the code, no answerable question was of this kind and 11 unanswerable ones were."""

OTHER_YEAR = 4.0
"""Log-odds taken off when the answer is about another year than the question."""

FOLLOWING = 1.0
"""Log-odds for a question within a conversation: the turns before it name what it leaves out, and the signs see its own words only.
At 1.5 more follow-ups are answered, but refusal recall in mtrag_en falls to .43, from .83 without it."""

_UNTIL = re.compile(r"\b(?:until|till|expires?|ends?|up to)\b|为止|截止|截至|止|有效期|终止", re.IGNORECASE)


def adjustment(asked: Asked, found: Sequence[Candidate], concepts: Concepts) -> float:
    """What glossary, places and years add to the log-odds that the first of the candidates answers the question."""
    best = found[0]
    chunk = best.passage.chunk
    near = " ".join([chunk.source.title, *chunk.path(), best.lead, best.text])
    wanted = {name for names in asked.owners.values() for name in names}
    said = {name for _, _, name in concepts(f"{near} {chunk.text}")} if wanted else set()
    share = len(wanted & said) / len(wanted) if wanted else 0.0
    is_far = is_about_elsewhere(asked, found)
    return (
        CONCEPTS * share + FOLLOWING * bool(asked.context) - OTHER_PLACE * is_far - OTHER_YEAR * is_other_year(asked.text, near, best.text)
    )


def is_about_elsewhere(asked: Asked, found: Sequence[Candidate]) -> bool:
    """Whether the question is about a place that the first of the candidates is not about."""
    best = found[0]
    chunk = best.passage.chunk
    near = " ".join([chunk.source.title, *chunk.path(), best.lead, best.text, chunk.text])
    titles = [candidate.passage.chunk.source.title for candidate in found]
    return is_out_of_place(asked.text, chunk.source.title, near, titles, asked.places)


def is_other_year(question: str, near: str, answer: str) -> bool:
    """Whether the question names years, the answer only others, and its heading and title none of them either."""
    years = set(YEAR.findall(question))
    return bool(years) and bool(YEAR.search(answer)) and not any(year in near for year in years) and not spans_years(answer, years)


def spans_years(text: str, years: Iterable[str]) -> bool:
    """Whether a text names a time that all the years fall into: from one year to another, until a later one, or from an earlier one on."""
    named, wanted = periods(text), [Period(int(year) * 10000 + 101, int(year) * 10000 + 1231) for year in years]
    if named and all(any(one.meets(year) for one in named) for year in wanted):
        return True
    told = YEAR.findall(text)
    first = min(told) if len(set(told)) > 1 else "0000" if _UNTIL.search(text) else max(told, default="")
    return bool(told) and all(first <= year <= max(told) for year in years)
