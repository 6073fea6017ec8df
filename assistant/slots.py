"""A question and a fragment to the question with the fragment in its slot: year for year, edition for edition, sector for sector."""

import re
from collections.abc import Sequence

from assistant.cues import word_set
from ingest.glossary import Glossary, TermKind
from ingest.lexical import terms
from ingest.schema import Language, Record

_EDITION: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:(?:19|20)\d{2}|revised|newer|new|later|latest|current|older|old|earlier|previous|prior|original|draft|final|amended|updated)\s+"
        r"(?:editions?|versions?|one|text)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"(?:(?:19|20)\d{2}年?|修订|修改|新|旧|老|最新|现行|原|上一|下一|征求意见|试行|正式)(?:稿|版本|版)"),
}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?:\s*[-–—至到~]\s*(?:19|20)?\d{2,4})?(?!\d)")
_NAME = r"\b(?:January|February|March|April|May(?=\s+\d|\W*$)|June|July|August|September|October|November|December)"
_MONTH = re.compile(rf"{_NAME}\b|(?<!\d)(?:1[0-2]|[1-9])月份?")
_DATED = re.compile(
    rf"(?:\b\d{{1,2}}\s)?{_NAME}(?:\s\d{{1,2}},)?\s(?:of\s)?(?:19|20)\d\d\b"
    r"|(?<!\d)(?:19|20)\d\d(?:年(?:1[0-2]|[1-9])月(?:(?:[12]\d|3[01]|[1-9])[日号])?|-\d\d-\d\d)(?!\d)"
)
"""A day or month with its year."""

_TIER = re.compile(r"第[一二三四五六七八九十\d]+(档|类|级|批|条|章|款|项|步|阶段|期|梯队)")
_AMOUNT = re.compile(
    r"(?:RMB\s*|¥\s*)?\d[\d,]*(?:\.\d+)?\s*(?:million|billion|trillion|thousand|percent|%|‰|[万亿千百]+)(?:\s*(?:yuan|元|RMB))?",
    re.IGNORECASE,
)
_LIMITED = re.compile(
    r"(?:\b(?:above|below|over|under|beyond|more than|less than|at least|at most|up to)\s+|超过|不到|高于|低于|达到)?"
    rf"{_AMOUNT.pattern}(?:以上|以下)?",
    re.IGNORECASE,
)
"""An amount with the words that make a limit of it."""

_SIZED = re.compile(
    r"(?<![\d.,-])\d+(?:\.\d+)?(?:-(?=[a-z])([a-z]+)\b|\s*(nm|kWh|MWh|GWh|[kMG]W|英寸|寸|纳米|微米|毫米|厘米|千瓦时|千瓦|兆瓦|吉瓦|公里|平方米|吨)(?![a-z]))",
    re.IGNORECASE,
)
"""A thing told by its size ("the 8-inch one"); the groups hold the unit, which must be the same."""

_EMPTY_EN = word_set(
    "what was is are were it they that this these those about in the a an of for at on by to and or how much many did does do be "
    "would will can could who when where why which there then same one ones also if now edition version until since from with has "
    "have had"
)
_EMPTY_ZH = re.compile(r"那时候|当时|[的是在有了呢吗么那这它其时候多少什么怎样如何哪个年里中上下为和与到,?。、几谁 ]|版本|标准|情况")
# Kinds that can stand in each other's place: a sector may follow a product, a tax an instrument.
GROUPS: tuple[frozenset[TermKind], ...] = (
    frozenset({"sector", "technology", "material", "product"}),
    frozenset({"enterprise_kind"}),
    frozenset({"place"}),
    frozenset({"body"}),
    frozenset({"instrument", "tax"}),
    frozenset({"indicator"}),
    frozenset({"document_kind"}),
)


def substitute(question: str, fragment: str, language: Language, glossary: Glossary | None) -> str:
    """`question` with each thing the fragment names in the place of its counterpart; "" when nothing has a counterpart.

    What of the fragment finds no place stands behind in brackets, so that nothing asked is lost.
    """
    text, rest = question, fragment
    limited = _LIMITED.search(fragment)
    amount = _AMOUNT if limited is None or _AMOUNT.fullmatch(limited.group()) else _LIMITED
    for pattern in (_EDITION[language], _TIER, amount, _SIZED, _DATED):
        text, rest = _swap(text, rest, pattern)
    for pattern in (_MONTH, _YEAR):
        if text == question:
            text, rest = _swap(text, rest, pattern)
    if glossary is not None:
        text = _swap_terms(text, rest, glossary)
    if text == question:
        return ""
    text = re.sub(r"^How (?:much|many) the (?=[\w -]+? (?:does|do|did|is|are|was|were|will|can|should)\b)", "What ", text)
    text = text.replace("年年", "年")
    lost = solid(rest, language)
    is_lost = bool(set(terms(lost)) - set(terms(text))) and lost.lower() not in text.lower()
    return f"{text.rstrip('?。. ')} ({lost})?" if is_lost else text


def has_slot(text: str, language: Language, glossary: Glossary | None) -> bool:
    """Whether a text names a year, an edition, a tier, an amount or a term of the glossary."""
    patterns = (_EDITION[language], _TIER, _AMOUNT, _SIZED, _YEAR)
    return any(pattern.search(text) for pattern in patterns) or bool(glossary is not None and glossary.find(text))


MEASURED: tuple[TermKind, ...] = ("indicator", "instrument", "tax")
"""Kinds of terms that something has or gets, as against those that have or get it."""


def names_subject_and_measure(text: str, glossary: Glossary | None) -> bool:
    """Whether a text names a thing and what is asked of it: a whole question, where it asks at all ("光伏产品出口退税率是多少")."""
    kinds = {mention.term.kind for mention in glossary.find(text)} if glossary is not None else set()
    return bool(kinds.intersection(MEASURED)) and bool(kinds.difference(MEASURED))


def without_slots(text: str, language: Language, glossary: Glossary | None) -> str:
    """What of a text remains when years, editions, tiers, amounts and terms are taken out."""
    for mention in reversed(glossary.find(text) if glossary is not None else ()):
        text = text[: mention.start] + " " + text[mention.end :]
    for pattern in (_EDITION[language], _TIER, _LIMITED, _SIZED, _YEAR):
        text = pattern.sub(" ", text)
    return text


def solid(text: str, language: Language) -> str:
    """What remains of a text without the words that every question has; "" where it says nothing of its own."""
    if language == "zh":
        return _EMPTY_ZH.sub("", text)
    words = re.findall(r"[\w'’%-]+", text)
    said = [at for at, word in enumerate(words) if word.lower() not in _EMPTY_EN]
    return " ".join(words[said[0] : said[-1] + 1]) if said else ""


def edition(text: str, language: Language) -> str:
    """The first edition named in a text ("the revised edition", "2021年版"); "" without one."""
    found = _EDITION[language].search(text)
    return found.group() if found else ""


def _swap(text: str, fragment: str, pattern: re.Pattern[str]) -> tuple[str, str]:
    """Text with its last match of the pattern replaced by the fragment's first, and the fragment without it."""
    new, olds = pattern.search(fragment), list(pattern.finditer(text))
    if new is None or not olds:
        return text, fragment
    old = next((match for match in reversed(olds) if match.groups() == new.groups()), None)
    if old is None:
        return text, fragment
    wanted = re.sub(r"\bone$", old.group().split()[-1], new.group()) if " " in new.group() else new.group()
    if old.start() and not wanted[:2].isupper() and pattern not in (_DATED, _MONTH):
        wanted = wanted[:1].lower() + wanted[1:]
    return text[: old.start()] + wanted + text[old.end() :], fragment[: new.start()] + fragment[new.end() :]


def _swap_terms(text: str, fragment: str, glossary: Glossary) -> str:
    """Every term of the fragment in the place of the last term of its group in the text that the fragment does not repeat."""
    new = _spots(fragment, glossary)
    kept = {kind_id for spot in new for kind_id in spot.ids}
    for spot in new:
        olds = [other for other in _spots(text, glossary) if not other.ids & kept]
        old = _counterpart(spot, olds)
        if old is None:
            continue
        words = fragment.strip(" ?。.!") if len(new) == 1 and _covers(spot, fragment) else fragment[spot.start : spot.end]
        words = re.sub(r"(?: (?:at|in|of|for|with|to|on)|[到的在达])+$", "", words)
        before, after = text[: old.start], text[old.end :]
        if old.group != spot.group or not old.kinds & spot.kinds or _MAKERS.search(words):
            # "an electronics maker" -> "a software firm", "N-type cells" -> "modules": the head noun goes with its qualifier.
            after = _HEAD_NOUN.sub("", after)
        article = re.search(r"\b(?:an?|the) $", before, re.IGNORECASE)
        if article:
            words = re.sub(r"^(?:an?|the|these|those) ", "", words, flags=re.IGNORECASE)
            before = before[: article.start()] + re.sub(r"an? $", "an " if words[:1] in "aeiouAEIOU" else "a ", article.group())
        text = before + words + after
    return text


_MAKER_WORDS = r"makers?|firms?|compan(?:y|ies)|enterprises?|producers?|manufacturers?|designers?|developers?|operators?"
_MAKERS = re.compile(rf"(?:{_MAKER_WORDS})$")
_HEAD_NOUN = re.compile(rf"^ (?:{_MAKER_WORDS}|cells?|products?|plants?)\b")


class Spot(Record):
    """Neighbouring terms of one group, read as one thing ("SRDI firm")."""

    start: int
    end: int
    group: int
    ids: frozenset[str]
    kinds: frozenset[TermKind]


def _spots(text: str, glossary: Glossary) -> list[Spot]:
    spots: list[Spot] = []
    for mention in glossary.find(text):
        group = next(number for number, kinds in enumerate(GROUPS) if mention.term.kind in kinds)
        start = mention.start + (mention.surface.startswith("年") and text[: mention.start][-1:].isdigit())
        spot = Spot(start=start, end=mention.end, group=group, ids=frozenset({mention.term.id}), kinds=frozenset({mention.term.kind}))
        last = spots[-1] if spots else None
        is_same = last is not None and last.start == spot.start and last.end == spot.end
        if last and (is_same or (last.group == group and not text[last.end : start].strip(" -"))):
            spots[-1] = spot.model_copy(update={"start": last.start, "ids": last.ids | spot.ids, "kinds": last.kinds | spot.kinds})
        else:
            spots.append(spot)
    return spots


def _counterpart(spot: Spot, olds: Sequence[Spot]) -> Spot | None:
    """The last of the same group; a kind of firm may also stand for a sector and the other way round."""
    same = [old for old in olds if old.group == spot.group]
    near = [old for old in olds if {old.group, spot.group} == {0, 1}]
    found = same or near
    return found[-1] if found else None


def _covers(spot: Spot, fragment: str) -> bool:
    """Whether the fragment is little more than the term ("the solar cells", not "a firm that makes solar cells at home")."""
    rest = fragment[: spot.start] + fragment[spot.end :]
    return len(rest.split()) <= 2 and len(rest.strip()) <= 8
