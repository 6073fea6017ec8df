"""The words around a figure that bound it: at least, more than, 以上, 不超过, about, 左右."""

import re
from typing import Literal

Qualifier = Literal["exact", "about", "at_least", "more_than", "at_most", "less_than"]

_ENGLISH_BEFORE: tuple[tuple[str, Qualifier], ...] = (
    (
        r"(?:not|no) (?:more|greater|higher|later|longer) than|not (?:exceed(?:ing)?|over|above)|not to exceed|up to|at most|capped at",
        "at_most",
    ),
    (r"(?:maximum|cap|ceiling|upper limit)(?: of)?|as much as|as many as|within|≤|<=", "at_most"),
    (r"(?:not|no) (?:less|fewer|lower) than|not (?:below|under)|at least|minimum(?: of)?|≥|>=", "at_least"),
    (r"more than|over|above|exceed(?:s|ed|ing)?|(?:great|high|long)er than|in excess of|upwards of|surpass(?:es|ed|ing)?", "more_than"),
    (r"topped|topping|tops|beyond|>", "more_than"),
    (r"less than|fewer than|lower than|below|under|<", "less_than"),
    (r"about|around|approximately|approx\.?|roughly|nearly|almost|some|close to|circa|ca\.|an estimated|~|≈", "about"),
)
_GIVING = r"(?:可?给予|可?获得?|可?享受|补贴|补助|奖励|资助|奖补|支持|可达到?|达到?|奖|补|给){0,3}"
"""Verbs between a bound and its figure: 最高补贴30万元, 最多可给予奖励50万元."""
_CHINESE_BEFORE: tuple[tuple[str, Qualifier], ...] = (
    (rf"不(?:得|能|应|再)?(?:超过|超出|超|高于|多于|大于)|(?:最高|最多|至多){_GIVING}(?:不超过)?|最大|上限为?|封顶", "at_most"),
    (rf"不(?:得|能|应)?(?:低于|少于|小于)|(?:至少|最低|最少){_GIVING}|下限为?|不下", "at_least"),
    (r"超过|突破|高于|多于|大于|超出|逾|超", "more_than"),
    (r"低于|少于|小于|不足|不到|不满|未满|未达", "less_than"),
    (r"大约|大概|(?<![节集契签合预制条公大])约为?|接近|将近|(?<![最附就邻远临])近", "about"),
)
_AFTER: tuple[tuple[str, Qualifier], ...] = (
    (r"(?:[（(]含[^）)]{0,8}[）)])?(?:及|或)?以上|\+(?!\d)", "at_least"),
    (r",? (?:or|and) (?:more|above|higher|greater|over|longer|up|upwards)\b", "at_least"),
    (r"(?:[（(]含[^）)]{0,8}[）)])?(?:及|或)?(?:以下(?!简称)|以内|之内)|封顶|(?<=[年月天日周时])内(?![部容外涵需资地])", "at_most"),
    (r",? (?:or|and) (?:less|below|fewer|lower|under|finer|smaller)\b| at (?:the )?most\b", "at_most"),
    (r"左右|上下| or so\b", "about"),
)
_LINK = r"(?:了|为|\s?(?:an?|the|total of|a total of|the total of))?\s?$"
_BEFORE = [
    *((re.compile(rf"(?:{pattern}){_LINK}"), qualifier) for pattern, qualifier in _CHINESE_BEFORE),
    *((re.compile(rf"(?<![A-Za-z])(?:{pattern}){_LINK}", re.IGNORECASE), qualifier) for pattern, qualifier in _ENGLISH_BEFORE),
]
_NOUN = r"(?:(?:企业|项目|人员|平台|单位|[个家件台人])|(?: (?!and |or )[A-Za-z-]+){1,2})?"
_AFTER_COMPILED = [(re.compile(rf"{_NOUN}(?:{pattern})", re.IGNORECASE), qualifier) for pattern, qualifier in _AFTER]
_LONGEST = 28
_LOWER, _UPPER = frozenset({"at_least", "more_than"}), frozenset({"at_most", "less_than"})
_OPEN_WORDS = re.compile("以上|以下")


def qualifier_before(text: str, start: int) -> tuple[Qualifier, int]:
    """The qualifier that ends at `start` and where it begins; ("exact", start) when there is none."""
    window = text[max(0, start - _LONGEST) : start]
    for pattern, qualifier in _BEFORE:
        if match := pattern.search(window):
            return qualifier, start - len(window) + match.start()
    return "exact", start


def qualifier_after(text: str, end: int) -> tuple[Qualifier, int]:
    """The qualifier that begins at `end`, after at most one noun, and where it ends; ("exact", end) when there is none."""
    for pattern, qualifier in _AFTER_COMPILED:
        if match := pattern.match(text, end, end + 2 * _LONGEST):
            return qualifier, match.end()
    return "exact", end


def compatible(left: Qualifier, left_surface: str, right: Qualifier, right_surface: str) -> bool:
    """Whether two qualifiers say the same. 以上 and 以下 leave open whether the limit itself counts, so they match both readings."""
    if left == right:
        return True
    same_side = {left, right} <= _LOWER or {left, right} <= _UPPER
    return same_side and bool(_OPEN_WORDS.search(left_surface) or _OPEN_WORDS.search(right_surface))
