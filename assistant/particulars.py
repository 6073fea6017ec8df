"""Particulars of a question's wording that an answer must share: a bound, an event, an ordinal, a number of things, an abbreviation."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.asked_figure import holds_bound
from assistant.candidates import Candidate
from assistant.features import Asked, Concepts
from ingest.figures import find_figures
from ingest.lexical import terms
from ingest.numerals import ENGLISH, number_value

BOUND = 1.5
"""For a cap where the most is asked for, a floor where the least is."""

TESTED = 3.0
"""For a limit in the unit of a figure that the asker states of himself and asks whether it is enough, or too much."""

DENIES = 1.5
"""For a sentence that denies or restricts something, where a question asks whether something is so: whoever asks that has a doubt."""

MONEY = 10_000
"""Numbers from which on one without a unit is taken for an amount of money."""

EVENT = 1.5
"""For a date of the event asked about: a paper is issued, comes into force and expires on different days."""

ORDINAL = 2.5
"""Against a candidate of another letter or ordinal than the question's ("P-type", "the third list", "table 2"); half of it for the same."""

NUMBERED = 2.0
"""For a list of as many entries as the question says there are."""

COUNTED = 2.0
"""For a candidate in which a number stands before the very thing that is to be counted: "70 measures" for "how many measures"."""

SPELT_OUT = 3.0
"""For a candidate that gives the long form of an abbreviation asked about, or the short one."""

_EVENTS = (
    re.compile(r"\bsign(?:ed|ing|s)?\b|签发|签署|签订", re.I),
    re.compile(r"\b(?:issued?|published?|announced?|released?|adopted|promulgated)\b|印发|发布|公布|出台|颁布|什么时候出|哪天出"
    r"|何时出", re.I),
    re.compile(r"\b(?:in|into) force\b|\btook effect\b|\btakes? effect\b|\beffective\b|\bstart\w*\b.{0,12}\bappl\w+|\bappl(?:y"
    r"|ies|ied) from\b|\bbinding\b"
               r"|\bsince\b|\b(?:from|since) (?:what|which|when)\b|施行|生效|实施|开始(?:用|执行|算)?|起算|自.{1,14}起", re.I),
    re.compile(r"\bexpir\w+|\bends?\b|\bended\b|\buntil\b|\btill\b|\bruns? (?:to|out)\b|\blapse\w*|\bdeadline|\bto \d{4}-"
    r"|\bclos(?:e|es|ing)\b"
               r"|失效|到期|截止|终止|为止|废止|至\d{4}年", re.I),
)  # fmt: skip
_MARKS = (
    re.compile(r"\b([a-z])[- ](?:type|class|grade|share)\b|(?<![a-z])([a-z])(?:型|类|级)", re.I),
    re.compile(
        r"\b(first(?!(?: |-)(?:reach|time|enter|cross|pass|recogn))|second|third|fourth|fifth|sixth)\b"
        r"|第([一二三四五六七八九十\d]+)(?!十|步)|([一二三四五六])(?=次连续|档|梯队|批)",
        re.I,
    ),
    re.compile(r"\b(?:table|tier|annex|level) (\d+|one|two|three|four)\b|(?:表|附件)([一二三四五六\d]+)", re.I),
)
_ORDER = {name: str(number) for number, names in enumerate(
    (("first", "一"), ("second", "二", "two"), ("third", "三", "three"), ("fourth", "四", "four"), ("fifth", "五"), ("sixth", "六")), 1
) for name in names} | {"one": "1"}  # fmt: skip
_NUMBER = re.compile(
    r"\b(?:the|which|what|all|those|these) (\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve|sixteen)\b"
    r"|(\d{1,2}|[一二两三四五六七八九十]{1,3})(?:大?[个条项类种家批道点])",
    re.I,
)  # fmt: skip

_DENIES = re.compile(
    r"\b(?:not|no|only|cannot|never|neither|without|excludes?|excluded|ineligible|barred|except)\b"
    r"|(?<!只)不(?!低|少|高|超|足|同|断|仅|但|小|大|多|晚|迟|早|含)|仅|只(?!要)|不得|不能|无须|无需|并非|除外|未(?!来)",
    re.IGNORECASE,
)
_FLOORS, _CAPS = ("at_least", "more_than"), ("at_most", "less_than")
_ENOUGH = re.compile(r"\b(?:enough|suffic\w+|too (?:small|little|few|early)|make it)\b|够|达标|太[小少]", re.IGNORECASE)
_TOO_MUCH = re.compile(r"\btoo (?:big|large|much|many|late)\b|太[大多]|超没超|超了", re.IGNORECASE)
_MAY = re.compile(
    r"\b(?:qualif\w+|eligible|meet|still (?:an?|count))\b|管不管|算不算"
    r"|[能可][^,。?]{0,8}(?:报|拿|享受|申|评|领|得)[^,。?]{0,6}(?:吗|不|么)",
    re.IGNORECASE,
)

_COUNTED_EN = re.compile(r"\b(?:how many|number of) ((?:[\w-]+ ){0,3}?[\w-]+s)\b", re.IGNORECASE)
_COUNTED_ZH = re.compile(r"(?:多少|几)([个家项条种类名人座次户批款只])")
_BEHIND_NUMBER = re.compile(rf"(?:\d|{ENGLISH})[\d,.]*((?: (?!(?:of|by|in|to|and|from)\b)[\w-]+){{1,4}})", re.IGNORECASE)


def particulars(asked: Asked, found: Sequence[Candidate], concepts: Concepts) -> NDArray[np.float64]:
    """What each candidate gains or, below zero, loses; shape (len(found),)."""
    gains = np.zeros(len(found))
    if asked.kind in ("figure", "fact", "count"):
        gains += BOUND * np.array([holds_bound(asked.text, c.text) for c in found], np.float64)
    if asked.kind in ("yesno", "eligibility", "fact", "figure"):
        gains += TESTED * _tested(asked, found)
    if asked.kind in ("yesno", "eligibility"):
        gains += DENIES * np.array([bool(_DENIES.search(c.text)) for c in found], np.float64)
    if asked.kind == "count":
        gains += COUNTED * _counted(asked, found)
    if asked.kind == "date":
        gains += EVENT * _of_event(asked, found)
    if asked.kind in ("list", "definition", "measure"):
        gains += NUMBERED * _of_number(asked, found)
    if asked.kind in ("definition", "list"):
        gains += SPELT_OUT * _spelt_out(asked, found, concepts)
    return gains + ORDINAL * _of_mark(asked, found)


def _tested(asked: Asked, found: Sequence[Candidate]) -> NDArray[np.float64]:
    units = {figure.unit or "yuan" for figure in asked.figures if figure.kind in ("amount", "percent", "count") or figure.value >= MONEY}
    text = asked.text
    wanted = _FLOORS if _ENOUGH.search(text) else _CAPS if _TOO_MUCH.search(text) else (*_FLOORS, *_CAPS) if _MAY.search(text) else ()
    limits = [{f.unit for f in find_figures(c.text) if f.qualifier in wanted} for c in found]
    return np.array([bool(units & limit) for limit in limits], np.float64)


def _of_event(asked: Asked, found: Sequence[Candidate]) -> NDArray[np.float64]:
    wanted = next((event for event in reversed(_EVENTS) if event.search(asked.text)), None)
    return np.array([wanted is not None and bool(wanted.search(c.text)) for c in found], np.float64)


def _of_mark(asked: Asked, found: Sequence[Candidate]) -> NDArray[np.float64]:
    """0.5 for candidates with a mark of the question, -1 for those that have another mark of its kind instead."""
    gains = np.zeros(len(found))
    for pattern in _MARKS:
        wanted = _marks(pattern, asked.text)
        if not wanted:
            continue
        for at, candidate in enumerate(found):
            told = _marks(pattern, f"{candidate.text} {' '.join(candidate.passage.chunk.path()[-1:])}")
            gains[at] += 0.5 * bool(wanted & told) - bool(told and not wanted & told)
    return gains


def has_other_mark(question: str, text: str) -> bool:
    """Whether a text speaks of another letter, ordinal or table than the question, and of none of the question's."""
    both = [(_marks(pattern, question), _marks(pattern, text)) for pattern in _MARKS]
    return any(asked and told and not asked & told for asked, told in both)


def _marks(pattern: re.Pattern[str], text: str) -> set[str]:
    found = (next(filter(None, match.groups())).lower() for match in pattern.finditer(text))
    return {_ORDER.get(mark, mark) for mark in found}


def _counted(asked: Asked, found: Sequence[Candidate]) -> NDArray[np.float64]:
    thing = _COUNTED_ZH.search(asked.text) if asked.language == "zh" else _COUNTED_EN.search(asked.text)
    if thing is None:
        return np.zeros(len(found))
    if asked.language == "zh":
        pattern = re.compile(rf"(?:\d|[一二三四五六七八九十百千万亿两])(?:多|余)?{re.escape(thing.group(1))}")
        return np.array([bool(pattern.search(c.text)) for c in found], np.float64)
    wanted = set(terms(thing.group(1)))
    return np.array([any(wanted & set(terms(behind)) for behind in _BEHIND_NUMBER.findall(c.text)) for c in found], np.float64)


def _of_number(asked: Asked, found: Sequence[Candidate]) -> NDArray[np.float64]:
    """1 for the entries, and for the lead, of a list with as many entries as the question names."""
    wanted = {int(number_value(next(filter(None, match.groups())).lower()) or 0) for match in _NUMBER.finditer(asked.text)} - {0, 1}
    if not wanted:
        return np.zeros(len(found))
    sizes = Counter(_list_of(candidate) for candidate in found)
    leads = {key: size for key, size in sizes.items() if key is not None}
    homes = [_list_of(candidate) or _led(candidate, leads) for candidate in found]
    return np.array([home is not None and leads.get(home) in wanted for home in homes], np.float64)


def _list_of(candidate: Candidate) -> tuple[str, tuple[int, int]] | None:
    lead = candidate.passage.chunk.blocks[candidate.block].lead
    return (candidate.passage.chunk.source.id, lead) if candidate.kind != "sentence" and lead is not None else None


def _led(candidate: Candidate, leads: dict[tuple[str, tuple[int, int]], int]) -> tuple[str, tuple[int, int]] | None:
    """The list that a sentence announces."""
    source = candidate.passage.chunk.source.id
    return next((key for key in leads if key[0] == source and key[1][0] <= candidate.start and candidate.end <= key[1][1] + 1), None)


def _spelt_out(asked: Asked, found: Sequence[Candidate], concepts: Concepts) -> NDArray[np.float64]:
    """1 for candidates in which a name of the question stands before, or in, brackets."""
    names = {asked.text[start:end] for start, end, _ in concepts(asked.text)} | set(
        re.findall(r"(?<![A-Za-z])[A-Z]{2,6}(?![A-Za-z])", asked.text)
    )
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if len(name) >= 2)
    if not listed or not re.search(r"全称|缩写|简称|指|意思|stand(?:s)? for|short for|abbreviat|mean|full name", asked.text, re.I):
        return np.zeros(len(found))
    pattern = re.compile(rf"(?:{listed})[”\"]?\s?[（(][^）)]{{3,}}[）)]|[（(](?:简称|下称|以下简称)?[“\"]?(?:{listed})[”\"]?[，,）)]", re.I)
    return np.array([bool(pattern.search(c.text)) for c in found], np.float64)
