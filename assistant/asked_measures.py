"""A question to the reviewed measures it asks about: by the words of their titles and of what they give, and by the passages found."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from assistant.schema import Passage
from ingest.figures import Figure, find_figures
from ingest.glossary import Glossary
from ingest.lexical import terms
from ingest.measures import Measure, squeeze

IN_TITLE, IN_GIFT, IN_CLAUSE = 1.0, 0.7, 0.35
"""What a word of the question counts where it stands in the title, in what is given, in the clause that grants."""

TITLE = 0.15
"""Added for a title that the question spells out in full, in part for a part: of two matches the more exact one is meant."""

FOUND = 0.15
"""Added to the share when the granting clause stands in a passage that the search found for the question."""

ENOUGH = 0.55
"""Share of the question's words that must point at a measure; below it the question is about something else."""

CLOSE = 0.85
"""Measures within this share of the best are meant as well: editions of one award, the same reward of province and city."""

MOST = 3

# Words of asking, which say nothing of what is asked for.
_ASKING = re.compile(
    r"\b(?:we|us|our|ours|my|i|can|could|may|might|do|does|would|will|should|are|is|am|be|get|got|receive|obtain|claim|use|enjoy|have|has|had"
    r"|apply|applies|applying|applicable|eligible|eligibility|qualify|qualifies|qualified|entitled|benefit|still|now|also|if|so|then|"
    r"under|there|any|company|firm|firms|enterprise|business|please|tell|what|which|how|about|yet|count|counted|as|not|already|"
    r"meet|conditions?|possible|able|make|take|want|need|able|open|available|currently|today|in force)\b"
    r"|我们|我司|我公司|本公司|本企业|我厂|咱们|公司|企业|能不能|能否|可不可以|可以|是否|能够|能|拿到|拿|享受|申请|申报|领取|领|符合|条件|资格"
    r"|吗|呢|请问|有没有|够不够|这个|那个|这项|该|一下|还|现在|目前|属于|算|得到|获得|适用|我|的|了",
    re.IGNORECASE,
)
_ANYTHING = frozenset(
    terms(
        "measures measure policies policy support supports incentives subsidies subsidy awards award grants grant rewards help money "
        "funding preferential treatment government plan 政策 措施 支持 奖励 补贴 补助 优惠 扶持 资金 规划 优惠政策 支持政策 扶持政策 "
        "奖励政策 哪些 哪些政策 什么政策 什么 有什么"
    )
)


_ANY_ZH = re.compile(r"措施|政策|支持|奖励|补贴|补助|优惠|扶持|资金|规划|哪些|哪项|什么|[里中上下内有]")
_SUBJECT = re.compile(
    r"\b(?:appl(?:y|ies)|eligible|qualify|entitled)\b|措施|政策|奖励|补[贴助]|优惠|扶持|资金|适用|符合|申请|申报|享受", re.IGNORECASE
)
_NOWHERE = "\0"


class Named(NamedTuple):
    """A measure and the share (0-1) of the question's words that point at it."""

    measure: Measure
    share: float


def is_general(question: str) -> bool:
    """Whether a question names no measure at all: "which measures apply to us?"."""
    is_of_measures = bool(_SUBJECT.search(question)) or not _ANYTHING.isdisjoint(terms(question))
    return is_of_measures and not (set(terms(_ANY_ZH.sub(" ", _ASKING.sub(" ", question)))) - _ANYTHING)


def asked_measures(
    question: str,
    measures: Sequence[Measure],
    passages: Sequence[Passage],
    glossary: Glossary,
    idf: Callable[[str], float],
) -> list[Named]:
    """The measures a question names, best first; () when none is named well enough."""
    wanted = _weights(question, glossary, idf)
    spelt = {_idea(mention.term.id): terms(mention.surface) for mention in glossary.find(question)}
    total = sum(wanted.values())
    if not total or is_general(question):
        return []
    texts = [squeeze(passage.chunk.text) for passage in passages]
    named = [
        Named(measure, _share(measure, wanted, spelt, total, glossary, texts) + _spelt_out(measure, wanted, idf)) for measure in measures
    ]
    named.sort(key=lambda one: -one.share)
    best = named[0].share if named else 0.0
    return [one for one in named if one.share >= max(ENOUGH, CLOSE * best)][:MOST]


def _weights(text: str, glossary: Glossary, idf: Callable[[str], float]) -> dict[str, float]:
    """The question's terms by rarity, and the glossary's ideas it mentions, each as heavy as its own words together.

    Words that no document holds are left out: they point at nothing, and as the rarest of all they would outweigh those that do.
    """
    # "condition" and "apply" are terms of the glossary too, but here they only ask.
    mentions = [mention for mention in glossary.find(text) if _ASKING.sub("", mention.surface).strip()]
    plain, place = "", 0
    for mention in mentions:
        plain += _ASKING.sub(" ", text[place : mention.start]) + text[max(place, mention.start) : mention.end]
        place = max(place, mention.end)
    plain += _ASKING.sub(" ", text[place:])
    weights = {term: idf(term) for term in terms(plain) if idf(term) < idf(_NOWHERE)}
    for mention in mentions:
        weights[_idea(mention.term.id)] = sum(idf(term) for term in terms(mention.surface))
    # "the 15% rate": of many taxes and awards the figure tells which one, so it weighs as much as all the words.
    figures = {_figure(figure) for figure in find_figures(plain) if figure.unit}
    words = sum(weights.values())
    return weights | dict.fromkeys(figures, words / len(figures) if figures else 0.0)


def _figure(figure: Figure) -> str:
    return f"\0{figure.value}{figure.unit}"


def _idea(term_id: str) -> str:
    return f"\0{term_id}"


def _held(text: str, glossary: Glossary) -> set[str]:
    ideas = (_idea(mention.term.id) for mention in glossary.find(text))
    return {*terms(text), *ideas, *(_figure(figure) for figure in find_figures(text))}


def _spelt_out(measure: Measure, wanted: dict[str, float], idf: Callable[[str], float]) -> float:
    """What the part of the title that the question holds adds to its share, in the language where it holds more."""
    parts = []
    for text in (measure.title.en, measure.title.zh):
        own = {term: idf(term) for term in terms(text)}
        parts.append(sum(weight for term, weight in own.items() if term in wanted) / (sum(own.values()) or 1.0))
    return TITLE * max(parts)


def _share(
    measure: Measure, wanted: dict[str, float], spelt: dict[str, list[str]], total: float, glossary: Glossary, texts: Sequence[str]
) -> float:
    """The share of the weight of `wanted` that the measure's own words hold, more where the search found its clause.

    A measure that holds an idea holds the words by which the question spelt it: `spelt` has them.
    """
    clauses = [clause for clause in (measure.gives_clause, measure.gives_clause_zh) if clause is not None]
    parts = (
        (IN_TITLE, f"{measure.title.en}\n{measure.title.zh}"),
        (IN_GIFT, f"{measure.gives.en}\n{measure.gives.zh}"),
        (IN_CLAUSE, "\n".join(clause.quote for clause in clauses)),
    )
    best: dict[str, float] = {}
    for weight, text in parts:
        held = _held(text, glossary)
        for term in (held | {word for idea in held & spelt.keys() for word in spelt[idea]}) & wanted.keys():
            best.setdefault(term, weight)
    share = sum(wanted[term] * weight for term, weight in best.items()) / total
    is_found = any(squeeze(clause.quote) in text for clause in clauses for text in texts)
    return share + FOUND if is_found and share else share
