"""A question about several things to one question for each: "A against B" is answered by what the documents say of A and of B."""

import re
from collections.abc import Sequence

from assistant.coordination import LEAST, Span, Things, things
from assistant.question import Query
from ingest.glossary import Glossary
from ingest.schema import Language, Record

_MORE = "higher|lower|more|larger|smaller|stricter|better|less|longer|shorter"
_CUE = {
    # What asks for a thing each, or for what lies between them.
    "en": re.compile(
        r"\b(?:compar\w+|differ\w*|versus|vs|respectively|each|both|the same|(?:higher|lower|more) than|exceeds?)\b"
        r"|\bchange[sd]? (?:from|between)\b"
        r"|\b(?:more|less) (?!than)\w+ .{0,60}\bthan\b"
        rf"|\bwhich (?:\w+ ){{0,3}}(?:{_MORE})\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"分别|各(?!种|项|类|级|地|部|方|位|省|市|界|个)|比较|对比|相比|的?比,|相差|差(?:多少|几|多大|在)|差别|差异|区别|不同|不一样|一样|哪(?:个|一个|边|家|项|种)?"
        r"(?:更|奖|给|补)?(?:高|低|多|少|大|小|严|长|好)|变化|怎么[变改]|比.{1,16}(?:高|低|多|少|大|小|严)"
    ),
}
_PREPOSITION = "(?:of|in|for|from|under|by|at|with|below|above|on)"
_REPEATED = re.compile(rf"\b(?P<p>{_PREPOSITION}) (?:(?! and ).){{2,60}} and (?P=p) ", re.IGNORECASE)
_OFFERED = re.compile(r"^[^,:?]{3,60} (?:or|and) [^,:?]{3,60}[:,] ?(?:what|which|how)\b", re.IGNORECASE)
_BOTH_DATED = re.compile(
    r"(?<!\d)(?:19|20)\d\d (?!and)[\w-]+(?: \w+)? and (?:the )?(?:19|20)\d\d \w"
    r"|(?:19|20)\d\d年?[^\d,和与]{2,8}[和与](?:19|20)\d\d年?[^\d,]{2}"
)
_NO_THING = re.compile(
    r"^(?i:which)\b|^哪|\b(?:before|now|earlier|today|previously|it|this|that|then)$|^(?:以前|之前|此前|原来|过去|往年|上次|现在|目前|这个|那个)"
)
_JOINS = {
    "en": re.compile(
        r",? (?:and|or|versus|vs\.?|against|(?:compared? |differs? |differ |different |differently )(?:with|to|from|than)"
        rf"|(?:{_MORE}) than|exceeds?|to|than) (?:(?:that|those|the ones?|ones?|it (?:was|is)|they (?:were|are)) )?"
        rf"(?:{_PREPOSITION} )?(?:(?:the|an?) )?",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"(?<!相)和(?!其他)|(?<!参)与(?!否)|跟(?!踪)|(?<![不相合共])同(?![时样意])|以及|(?<![普涉])及(?!以上|以下|其|时)|、|(?<![相占同环对])比(?![例率重较亚如])"
        r"|还是"
    ),
}
_YEARLY = re.compile(r"(?<!\d)(?:19|20)\d\d(?:\s*[-–—至到~]\s*(?:19|20)?\d{2,4})?年?版?")
_ASKING_ZH = re.compile(
    r"分别|(?<=[^其])各(?=[是为有奖给补拿要多])|的?(?:相比|比较|对比)(?:一下|起来)?|有(?:什么|何|哪些)(?:区别|差别|差异|不同|变化)|之间|的?比(?=,)"
)

_LINK_WORDS = re.compile(r"^(?:(?:between|from|of|in|for|under|by|with|the|an?)\s+)+", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"「《][^”\"」》]{2,40}[”\"」》]")
"""A name in quotation marks is one thing, whatever joins its parts: “网、智、数、器、芯”."""
_ASKS_ZH = re.compile(r"多少|几|什么|哪|谁|怎|如何|吗")
_DIFFERENCE_ZH = re.compile(r"相?差(?:了)?多少|哪(?:个|一个|边|家)?(?:的?奖|给|补)?(?:更)?(?:高|多|大|低|少|严)")


SHORT = 8
"""Characters up to which what is left of a Chinese question is only the name of a side, so that it has to be asked what that is."""


class Side(Record):
    """One of the things compared: its name, what in it tells it from the others, the question about it alone.

    `documents` holds the ids that the side is asked of, () where the question names none.
    """

    name: str
    question: str
    documents: tuple[str, ...] = ()


class Split(Record):
    """The sides of a comparison; `is_sure` tells whether they look so alike that a side without an answer may be reported as missing."""

    sides: tuple[Side, ...]
    is_sure: bool


def is_comparing(query: Query) -> bool:
    """Whether the words of a question set things side by side."""
    listed = (_REPEATED, _OFFERED, _BOTH_DATED)
    return query.kind == "compare" or bool(_CUE[query.language].search(query.text)) or any(one.search(query.text) for one in listed)


def split(query: Query, glossary: Glossary | None) -> Split | None:
    """The sides of a comparison; None where the question compares nothing or does not name two things."""
    if not is_comparing(query):
        return None
    text = query.text
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    joins = [
        match.span()
        for match in _JOINS[query.language].finditer(text)
        if not _is_range(text, match, query.language) and not any(start < match.start() and match.end() < end for start, end in quoted)
    ]
    found = things(text, joins, query.language, glossary)
    if found is None or any(_NO_THING.search(text[start:end].strip()) for start, end in found.spans):
        return None
    return _split(text, found, query.language)


def _is_range(text: str, join: re.Match[str], language: Language) -> bool:
    """ "to" joins only what "from" opens; "more than" compares only where it is what is asked."""
    if language == "zh":
        return False
    word = join.group().strip().split()[0].lower()
    return word == "to" and not re.search(r"\bfrom\b", text[: join.start()], re.IGNORECASE)


def _split(text: str, found: Things, language: Language) -> Split:
    names = _named(text, found.spans, language)
    start, end = found.spans[0][0], found.spans[-1][1]
    sides = []
    for name in names:
        question = f"{text[:start]}{name}{text[end:]}" if language == "zh" else f"{text[:start].rstrip()} {name} {text[end:].lstrip()}"
        sides.append(Side(name=name, question=_without_cue(question, language)))
    is_one = len(set(names)) < len(names)
    return Split(sides=tuple(sides), is_sure=found.alikeness >= LEAST and not is_one)


def _without_cue(question: str, language: Language) -> str:
    plain = _DIFFERENCE_ZH.sub("多少", _ASKING_ZH.sub("", question)) if language == "zh" else question
    plain = re.sub(r"\s+", " ", plain).strip(" ,")
    return f"{plain.rstrip('?')}是什么?" if language == "zh" and len(plain) <= SHORT and not _ASKS_ZH.search(plain) else plain


def _named(text: str, spans: Sequence[Span], language: Language) -> list[str]:
    """The things by name; what a later one leaves out ("that of chip firms", "2021年的") is taken from the first."""
    words = [_LINK_WORDS.sub("", text[start:end].strip(" ,")) or text[start:end].strip(" ,") for start, end in spans]
    first = words[0]
    return [first, *(named_in_full(other, first, language) for other in words[1:])]


def named_in_full(other: str, first: str, language: Language) -> str:
    """The name of a later thing with what it leaves out of the first one's ("2021年的" beside "2024年版规范")."""
    if language == "en":
        return other
    year, own = _YEARLY.search(first), _YEARLY.fullmatch(other.rstrip("的"))
    is_short = year is not None and own is not None and not _YEARLY.fullmatch(first)
    return first.replace(year.group(), own.group()) if year and own and is_short else other
