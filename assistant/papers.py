"""Texts to the kinds of paper that they name: a plan, a scheme, a regulation, rules, norms, a notice."""

import re

_KINDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bplans?\b|规划|计划",
        r"\bschemes?\b|方案",
        r"\b(?:regulations?|statutes?|acts?|laws?)\b|条例|(?<!办)法(?=律|规|案|$)",
        r"\b(?:rules|measures|provisions)\b|办法|规定|若干措施|细则",
        r"\b(?:norms?|standards?)\b|规范|标准",
        r"\b(?:notices?|announcements?)\b|通知|公告|通报",
        r"\bopinions?\b|意见",
    )
)

_JUST_SO = re.compile(
    r"\b(?:in|under|by|of|from|do|does|did) the (?:plan|scheme|law|act|regulations?|rules|measures|notice|opinions?)\b"
    r"(?! (?:for|of|on|to)\b)"
    r"|(?:^|[，。、；：？！\s]|[该本这](?:个|份|部)?)(?:规划|计划|方案|条例|办法|通知|意见)(?:中|里|内)",
    re.IGNORECASE,
)
"""A paper named by its kind alone: the one talked about, and no other that also speaks of the matter."""

_PLANS = frozenset((0, 1))
"""Plans and schemes, by their places in `_KINDS`."""


def papers_in(text: str) -> frozenset[int]:
    """The kinds of paper named, as numbers; empty where none is."""
    return frozenset(number for number, kind in enumerate(_KINDS) if kind.search(text))


def is_other_paper(question: str, title: str) -> bool:
    """Whether the question names kinds of paper and the title only others, or none."""
    asked = papers_in(question)
    return bool(asked) and not asked & papers_in(title)


def is_not_the_paper(question: str, title: str) -> bool:
    """Whether the question asks what a paper named by its kind alone says ("in the plan"), and the title is of another kind.

    People call a scheme a plan and the other way round, so that these two are one kind here.
    """
    named = _JUST_SO.search(question)
    return named is not None and is_other_paper(named.group(), f"{title} plan scheme" if papers_in(title) & _PLANS else title)
