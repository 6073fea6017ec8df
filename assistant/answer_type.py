"""A question to the type of its answer (a figure, a date, a list, a name), and whether a candidate holds one that the question does not."""

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from assistant.candidates import Candidate
from assistant.kinds import Kind
from ingest.figures import Figure, find_figures
from ingest.lexical import terms
from ingest.schema import Language

_WORDS_FOR_FIGURES = (
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand "
    "million billion half third quarter dozen first second"
)
_WORDS_FOR_TIME = (
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday century within day days week weeks month months year years"
)


def _any_word(listed: str) -> str:
    return rf"\b(?:{'|'.join(listed.split())})\b"


_COUNTERS = "个家项条种类名人座所次位年月日元万亿倍成"
_FIGURE = re.compile(rf"\d|[一二三四五六七八九十百千万亿两]+(?=[{_COUNTERS}])|百分之|{_any_word(_WORDS_FOR_FIGURES)}", re.IGNORECASE)
_DATE = re.compile(rf"\b(?:1[0-9]|20)\d\d\b|\d{{1,4}}年|\d{{1,2}}月|世纪|年代|{_any_word(_WORDS_FOR_TIME)}", re.IGNORECASE)
_PERCENT = r"\bpercent\w*|\bper cent|\b(?:share|rate|ratio|proportion)\b|百分|比例|比率|占比|增速|税率|几成|几个点"
_MONEY = r"\byuan\b|\brmb\b|\b(?:money|cash|cheque|pay|paid|pays|award|subsidy|grant|amount|sum)s?\b|元|钱|金额|奖励|补贴|补助|资金"
_UNITS = (("percent", re.compile(_PERCENT, re.IGNORECASE)), ("yuan", re.compile(_MONEY, re.IGNORECASE)))
_ASKS_BODY = re.compile(
    r"\b(?:bod(?:y|ies)|departments?|agenc(?:y|ies)|offices?|ministr(?:y|ies)|authorit(?:y|ies)|bureaus?|issue[sd]?|publish\w*"
    r"|responsible|in charge|run|runs"
    r"|manages?|administers?|hands? out|pays?)\b|部门|单位|机构|牵头|负责|主管|哪(?:个|些)?[局厅委部]|出的|印发|发布|发的|管",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:[A-Z][\w’'-]+ (?:(?:of|for|and|the|[A-Z][\w’'-]+),? ){0,8})?(?:Ministry|Department|Bureau|Committee|Commission"
    r"|Administration|Government|Office"
    r"|Council|Agency|Authority|Congress|Centre|Center)\b"
    r"|[\u4e00-\u9fff]{2,16}(?:部|厅|局|委|委员会|办公室|办公厅|政府|总局|国务院|人大常委会|中心|管委会)(?![门分件位署长部])",
)
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w'’-]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_HOW_LONG = re.compile(r"\bhow (?:long|old)\b|多久|多长时间|几年|满几", re.IGNORECASE)
_TIMES = ("years", "months", "days", "hours", "seconds")
_A_TIME = re.compile(
    r"\b(?:one|two|three|four|five|six|ten|a) (?:year|month|week|day)s?\b|[一二两三四五六十]+(?:年|个月|天|日)", re.IGNORECASE
)
_BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）")
_BECAUSE = re.compile(
    r"\b(because|due to|since|as a result|so that|in order to|caused|reason|owing)\b|因为|由于|因此|所以|原因|为了|以便|导致", re.IGNORECASE
)
_ENUMERATED = re.compile(r"(?:[^,.;:()]{2,60}, ){2,}(?:and |or )?[^,.;:()]{2,}|(?:[^,.;:()]{2,60}; ){2,}|(?:[^，。；、]{1,20}、){2,}")
"""Three things or more, one after the other."""


class Wanted(Protocol):
    """What is known of the question."""

    @property
    def kind(self) -> Kind: ...

    @property
    def language(self) -> Language: ...

    @property
    def text(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def figures(self) -> Sequence[Figure]: ...

    @property
    def weights(self) -> Mapping[str, float]: ...


def same_value(one: Figure, other: Figure) -> bool:
    """Whether two figures are the same, however written; a unit that one does not name is no difference."""
    return one.value == other.value and (one.unit == other.unit or not one.unit or not other.unit)


def _has_figure(asked: Wanted, text: str) -> bool:
    """Whether a text holds a figure that can answer; a time does for "how long"."""
    if _HOW_LONG.search(asked.text) and (_A_TIME.search(text) or any(f.kind == "date" or f.unit in _TIMES for f in find_figures(text))):
        return True
    if not _FIGURE.search(text):
        return False
    if asked.kind == "figure" and not any(_is_size(asked, figure) for figure in find_figures(text)):
        return False
    if not asked.unit:
        known = {figure.surface for figure in asked.figures}
        return any(number not in known for number in _NUMBER.findall(text)) or not _NUMBER.search(text)
    return any(figure.unit == asked.unit and not any(same_value(figure, a) for a in asked.figures) for figure in find_figures(text))


def _is_size(asked: Wanted, figure: Figure) -> bool:
    """Whether a figure can answer "how much": no year, no number of a document, and not one that the question names itself."""
    is_written = figure.kind in ("amount", "percent") or (figure.kind in ("count", "number") and any(map(str.isdigit, figure.surface)))
    return is_written and not any(same_value(figure, other) for other in asked.figures)


def has_type(asked: Wanted, c: Candidate) -> bool | None:
    """Whether the candidate holds something of the expected type that the question does not; None when no type is expected."""
    text = c.text
    if asked.kind == "list":
        is_listing = c.kind != "sentence" or bool(_ENUMERATED.search(_BRACKETS.sub("", text))) or c.announces
        return is_listing and (not asked.unit or _has_figure(asked, text))
    if asked.kind in ("figure", "count"):
        return _has_figure(asked, text)
    if asked.kind == "date":
        named = f"{asked.text} {c.passage.chunk.source.title}".lower()
        return any(found.lower() not in named for found in _DATE.findall(text))
    if asked.kind == "who" and _ASKS_BODY.search(asked.text):
        return any(body.lower() not in asked.text.lower() for body in _BODY.findall(text))
    if asked.kind in ("who", "place") and asked.language == "en":
        return any(term not in asked.weights for name in _NAME.findall(text) for term in terms(name))
    if asked.kind == "reason":
        return bool(_BECAUSE.search(text))
    return None


def expected_unit(text: str, kind: Kind) -> str:
    """The unit of the figure asked for: "yuan", "percent", or "" where the question does not tell."""
    if kind not in ("figure", "list"):
        return ""
    return next((unit for unit, pattern in _UNITS if pattern.search(text)), "")
