"""What rules add to the scores of candidates (log-odds), where public questions are too few to fit it."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Candidate
from assistant.conversion import asked_scale
from assistant.elsewhere import from_elsewhere, of_other_place
from assistant.enumerations import counted
from assistant.features import NAMES, Asked, Concepts, Matrix, implied_by, no_concepts
from assistant.kinds import Kind
from assistant.papers import is_other_paper
from assistant.particulars import particulars
from assistant.periods import holding
from assistant.sections import is_out_of_role, role_of, wanted_of, wanted_role
from assistant.tiers import graded
from assistant.years import YEAR
from ingest.lexical import terms
from ingest.schema import Language

TYPED = 1.5
"""For an amount where money is asked for and a percentage where a share is."""

WANTED = 0.35
"""For a figure, date or enumeration where one is asked for, and against a candidate without any; reading tells most of it."""

OTHER_LANGUAGE = 0.35
"""Enough to turn between two editions of one statement, not enough to hide what only the other language has. Between 0.25 and 1 the
project's own suites answer alike; of practice questions across languages 50 instead of 43% have the right candidate first."""

TIER = 3.0
"""For the row that the question's amount falls into, and against the other rows of its table."""

EDITION = 2.0
"""Against a candidate of another edition or year than the one that the question names and another document found is of."""

PLACE = 2.0
"""Against a candidate that does not name the place asked about, where another does: what a province pays is not what its city pays."""

ELSEWHERE = 5.0
"""Against a candidate from a paper whose title is of another place than the question's, where the place has papers of its own: of 0, 2, 5
and 9 the right candidate is first for 50.6, 51.2, 51.3 and 51.4% of practice questions over all folders (51.0 with the latter rule)."""

DEFINING = 1.5
"""For a sentence that says what the thing asked about is. All numbers of this file were chosen by totals of the project's own suites."""

INTRODUCES = 2.0
"""Against a sentence that names its own document by most words of the title: it presents the document and answers what it is, no more."""

LONG_TITLE: dict[Language, int] = {"en": 5, "zh": 10}
"""Terms (Chinese: pairs of characters) from which a title is one of a document; a shorter one may be the name of what is asked about."""

NAMED = 0.6
"""Share of a title's terms from which a sentence names the document."""

PAPER = 1.5
"""Against a candidate of another kind of paper than the question names, where one of that kind is found: a plan is no set of rules."""

HOME = 2.5
"""For candidates of the document whose title the question names best; by share for those of others."""

MEMBER = 2.0
"""Against a sentence that names one member of the list that is asked for."""

COUNTED = 2.0
"""For a candidate that says how many of the things there are that a list is asked of."""

FOCUS = 3.0
"""For a candidate that holds the words of a fragment ("and a small one?"), by share: the question it follows is about something else."""

HOLDS = 2.0
"""For a candidate that names the period which the day or month asked about falls into, and against one that names only others."""

LEAST_NAMED = 0.2
"""Share of the question's weight that a title must hold to be named."""

IDEAS = 2.0
"""For a candidate that names, by any word of the glossary, the very things that the question names: an LFP cell is no ternary one."""

HEADED = 1.5
"""For a candidate whose own heading names a term of the question ("Validity" for "until when"), in whatever words of the glossary; less
where its passage holds less of the question than another does: every document has a section on conditions."""

ROLE = 2.5
"""The same for a candidate in the section that questions of this wording are answered from: "until when" from the one on validity."""

OUT_OF_ROLE = 1.0
"""Against a candidate in a section that says what its document is for or how it stands to others; twice for where things are said."""

PRESENTED: frozenset[Kind] = frozenset(("who", "date", "summary"))
"""Kinds of question that a sentence presenting the document may answer: who issued it, and when."""

_ONE_OF = re.compile(r"\b(?:is|are|was|were) (?:one|two|three|part|among) (?:of )?the\b|之一", re.IGNORECASE)
_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("revised", re.compile(r"\brevis(?:ed|ion)\b|修订", re.IGNORECASE)),
    ("draft", re.compile(r"\bdraft\b|征求意见|草案", re.IGNORECASE)),
)
_SAYS = {
    "en": re.compile(r"^(?P<what>[^,.;:]{3,90}?)\s(?:is|are|means?|refers? to|counts? as|stands? for)\s"),
    "zh": re.compile(r"^(?P<what>[^，。；：]{2,30}?)(?:是指|指的是|系指|是|指|为)"),
}


CONVERTED = 3.0
"""Off a sentence that converts an amount into another currency where no currency is asked about: the amount itself is the answer, and a
rate is another document's. Set by judgement: it gives the plan's own target its figure in Chinese, and costs one case of 1593."""

_CONVERSION = re.compile(r"\bconvert(?:s|ed|ing)?\b.{0,60}\b(?:dollars?|USD|US\$|euros?)|\bexchange rate|折算|折合|汇率", re.IGNORECASE)
_CURRENCY = re.compile(r"dollar|\bUSD\b|\$|euro|exchange rate|convert|美元|美金|欧元|汇率|折算|折合", re.IGNORECASE)


def preferences(asked: Asked, found: Sequence[Candidate], matrix: Matrix, concepts: Concepts = no_concepts) -> NDArray[np.float64]:
    """What each candidate gains or, below zero, loses; shape (len(found),)."""
    gains = np.zeros(len(found))
    if not found:
        return gains
    gains -= OTHER_LANGUAGE * _foreign(asked, found)
    gains += WANTED * (matrix[:, NAMES.index("type_found")] - matrix[:, NAMES.index("type_missing")]) * _is_sized(asked)
    gains += TYPED * matrix[:, NAMES.index("type_found")] * bool(asked.unit)
    if asked.kind not in PRESENTED:
        presents = np.array([_introduces(candidate) for candidate in found], dtype=np.float64)
        gains -= INTRODUCES * presents * (1 - matrix[:, NAMES.index("type_found")])
    for number, is_own in graded(asked.figures, found).items():
        gains[number] += TIER if is_own else -TIER
    gains += HOME * _at_home(asked, found, concepts)
    gains += IDEAS * _ideas(asked, found, concepts)
    in_role, out_of_role = _roles(asked, found)
    gains += _on_topic(matrix) * (HEADED * _headed(asked, found, concepts) + ROLE * in_role)
    gains -= OUT_OF_ROLE * out_of_role
    gains += particulars(asked, found, concepts)
    gains -= EDITION * _of_other_edition(asked, found)
    other = np.array([is_other_paper(asked.text, c.passage.chunk.source.title) for c in found], dtype=np.float64)
    gains -= PAPER * other * (not other.all())
    gains -= PLACE * of_other_place(asked, found)
    gains -= ELSEWHERE * from_elsewhere(asked, found)
    gains += HOLDS * holding(asked.text, found)
    gains += FOCUS * _of_focus(asked, found, concepts)
    gains -= CONVERTED * _converts(asked, found)
    if asked.kind == "definition":
        gains += DEFINING * np.array([_defines(asked, candidate) for candidate in found], dtype=np.float64)
    if asked.kind == "list":
        gains += COUNTED * counted(asked.text, asked.kind, asked.language, found)
        gains -= MEMBER * np.array([bool(_ONE_OF.search(candidate.text)) for candidate in found], dtype=np.float64)
    return gains


def _converts(asked: Asked, found: Sequence[Candidate]) -> NDArray[np.float64]:
    """1 for sentences that tell an amount in another currency, unless the question asks for one."""
    if _CURRENCY.search(asked.text) and asked_scale(asked.text) is None:
        return np.zeros(len(found))
    return np.array([bool(_CONVERSION.search(candidate.text)) for candidate in found], dtype=np.float64)


def _on_topic(matrix: Matrix) -> NDArray[np.float64]:
    """How much of the question the passage and section of each candidate hold, as a share of what the best hold."""
    covered = matrix[:, NAMES.index("covered_in_passage")].astype(np.float64)
    return covered / covered.max() if covered.max() else np.ones(len(covered))


def _roles(asked: Asked, found: Sequence[Candidate]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """1 for candidates in the section that answers questions of this wording; 1 for those in one that answers no such question, 2 where
    it says where things are said."""
    wanted = wanted_of(asked.text, asked.kind) if asked.kind == "definition" else wanted_role(asked.text)
    roles = {c.passage.chunk.heading: role_of(c.passage.chunk.path()) for c in found}
    inside = {heading: float(role is not None and role == wanted) for heading, role in roles.items()}
    outside = {heading: is_out_of_role(role, asked.text, asked.kind) * (1.0 + (role == "sources")) for heading, role in roles.items()}
    headings = [c.passage.chunk.heading for c in found]
    return np.array([inside[one] for one in headings]), np.array([outside[one] for one in headings])


def _is_sized(asked: Asked) -> bool:
    return asked.kind in ("figure", "count", "date", "list", "who")


def _introduces(candidate: Candidate) -> bool:
    source = candidate.passage.chunk.source
    title = set(terms(source.title))
    is_sentence = candidate.kind == "sentence" and not candidate.announces and len(title) >= LONG_TITLE[source.language]
    return is_sentence and len(title.intersection(terms(candidate.text))) >= NAMED * len(title)


def _at_home(asked: Asked, found: Sequence[Candidate], concepts: Concepts) -> NDArray[np.float64]:
    """How much of the question's weight the title of a candidate's document names, as a share of what the best title found names."""
    titles = {c.passage.chunk.source.title for c in found}
    total = sum(asked.weights.values()) or 1.0
    named = {title: set(terms(title)) | implied_by(asked, title, concepts) for title in titles}
    covered = {title: sum(weight for term, weight in asked.weights.items() if term in own) / total for title, own in named.items()}
    best = max(covered.values())
    if best < LEAST_NAMED:
        return np.zeros(len(found))
    return np.array([covered[c.passage.chunk.source.title] / best for c in found])


def _ideas(asked: Asked, found: Sequence[Candidate], concepts: Concepts) -> NDArray[np.float64]:
    """Share of the question's glossary terms, beyond those of the document's title, that a candidate names with its lead and heads."""
    wanted = {name for _, _, name in concepts(asked.text)}
    if not wanted:
        return np.zeros(len(found))
    titles = {title: _names(concepts, title) for title in {c.passage.chunk.source.title for c in found}}
    mentions = {id(c.passage): concepts(c.passage.chunk.text) for c in found}
    leads = {lead: _names(concepts, lead) for lead in {_above(c) for c in found}}
    shares = []
    for c in found:
        beyond = wanted - titles[c.passage.chunk.source.title]
        at = c.passage.chunk.start
        own = {name for start, end, name in mentions[id(c.passage)] if c.start <= at + start and at + end <= c.end} | leads[_above(c)]
        shares.append(len(beyond & own) / len(beyond) if beyond else 0.0)
    return np.array(shares)


def _above(candidate: Candidate) -> str:
    return f"{candidate.lead} {candidate.heads}".strip()


def _headed(asked: Asked, found: Sequence[Candidate], concepts: Concepts) -> NDArray[np.float64]:
    """1 for candidates whose last heading names a glossary term of the question that their document's title does not name."""
    wanted = {name for _, _, name in concepts(asked.text)}
    if not wanted:
        return np.zeros(len(found))
    headings = {(c.passage.chunk.source.title, *c.passage.chunk.path()[-1:]) for c in found}
    named = {key: _names(concepts, *key[1:]) - _names(concepts, key[0]) for key in headings}
    rows = [bool(wanted & named[(c.passage.chunk.source.title, *c.passage.chunk.path()[-1:])]) for c in found]
    return np.array(rows, dtype=np.float64)


def _names(concepts: Concepts, *texts: str) -> set[str]:
    return {name for text in texts for _, _, name in concepts(text)}


def _foreign(asked: Asked, found: Sequence[Candidate]) -> NDArray[np.float64]:
    """1 for candidates in the other language, where there are some in the question's: people read their own edition first."""
    is_foreign = np.array([c.passage.chunk.source.language != asked.language for c in found], dtype=np.float64)
    return is_foreign if not is_foreign.all() else np.zeros(len(found))


def marks_of(text: str) -> frozenset[str]:
    """The years and kinds of edition that a text names."""
    return frozenset(YEAR.findall(text)) | {name for name, pattern in _MARKS if pattern.search(text)}


def _of_other_edition(asked: Asked, found: Sequence[Candidate]) -> NDArray[np.float64]:
    """1 for candidates that name none of the question's years and editions, where the title of another document found does."""
    titles = [marks_of(c.passage.chunk.source.title) for c in found]
    wanted = marks_of(asked.text) & frozenset().union(*titles)
    if not wanted:
        return np.zeros(len(found))
    is_other = []
    for candidate, title in zip(found, titles, strict=True):
        chunk = candidate.passage.chunk
        near = title | marks_of(" ".join([*chunk.path(), candidate.lead, candidate.heads, candidate.text]))
        is_other.append(not wanted & near)
    return np.array(is_other, dtype=np.float64)


def _of_focus(asked: Asked, found: Sequence[Candidate], concepts: Concepts) -> NDArray[np.float64]:
    """Share of the focus that a candidate holds, with what stands above it; 0 for a question without one. What is written in the other
    language holds it in other words, and is taken to hold as much as the best in the question's."""
    if not asked.focus:
        return np.zeros(len(found))
    weights = {term: asked.weights.get(term, 0.0) for term in asked.focus}
    total = sum(weights.values()) or 1.0
    texts = [" ".join([*c.passage.chunk.path()[-1:], c.lead, c.heads, c.text]) for c in found]
    held = [set(terms(text)) | implied_by(asked, text, concepts) for text in texts]
    shares = np.array([sum(weight for term, weight in weights.items() if term in own) / total for own in held])
    is_foreign = np.array([c.passage.chunk.source.language != asked.language for c in found])
    shares[is_foreign] = shares[~is_foreign].max(initial=0.0)
    return shares


def _defines(asked: Asked, candidate: Candidate) -> bool:
    """Whether a sentence begins with what is asked about and goes on to say what it is."""
    found = _SAYS[asked.language].match(candidate.text)
    if found is None or candidate.kind == "row" or role_of(candidate.passage.chunk.path()) == "relation":
        return False
    subject = terms(found["what"])
    total = sum(asked.weights.values()) or 1.0
    return sum(weight for term, weight in asked.weights.items() if term in subject) >= 0.5 * total
