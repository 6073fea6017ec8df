"""Words for papers ("the electronics plan", "2018年技改办法") to the documents that they mean."""

import re
from collections.abc import Sequence

from assistant.decision import NEVER_SEEN
from assistant.desk import Desk
from assistant.editions import dates_of, in_language
from assistant.papers import papers_in
from assistant.years import YEAR
from ingest.lexical import terms
from ingest.schema import Language, Source

TITLED = 0.5
"""Share of the weight of the words for a document that its title must hold."""

SAME = 0.05
"""Titles whose shares differ by less hold the words alike."""

HEAD = 6
"""Characters at the end of a Chinese title that say what kind of paper it is."""

_BRACKETS = re.compile(r"[(（《][^()（）《》]*[)）》]")
_OF = re.compile(r"\b(?:for|of|on) ", re.IGNORECASE)
_ANY = re.compile(
    r"\b(?:the|these|those|any|all|of|your|in|this|index|library|collection|documents?|papers?|texts?|files?)\b|这些|那些|全部|所有|任何|本库|库|现有|文件|资料|材料|文本",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"\b(?:plans?|schemes?|regulations?|rules|measures|norms?|notices?|opinions?|editions?|versions?)\b"
    r"|规划|计划|方案|条例|办法|规定|规范|通知|公告|意见|这份|这个|该|本|版",
    re.IGNORECASE,
)


def meant(paper: str, desk: Desk) -> list[Source]:
    """The documents whose titles hold most of the words and all the years; those of a kind where only a kind is named, all where not
    even that."""
    rest, years = naked(paper), set(YEAR.findall(paper))
    kinds, sources = papers_in(paper), desk.sources()
    alike = [source for source in sources if not kinds or kinds & papers_in(_head(source))]
    alike = alike or [source for source in sources if kinds & papers_in(source.title)]
    if not terms(rest):
        return alike
    dated = [source for source in alike if years <= set(YEAR.findall(source.title)) or years & dates_of(source)]
    shares = {source.id: share(rest, names_of(source), desk) for source in dated}
    best = max(shares.values(), default=0.0)
    return [source for source in dated if best >= TITLED and shares[source.id] >= best - SAME]


def _head(source: Source) -> str:
    """The words of a title that say what the paper is: its end in Chinese, what stands before "for" or "of" in English."""
    plain = _BRACKETS.sub("", source.title)
    return plain[-HEAD:] if source.language == "zh" else _OF.split(plain)[0]


def naked(paper: str) -> str:
    """What is left of the words for a document without its kind and words for documents in general."""
    return _KIND.sub(" ", _ANY.sub(" ", paper))


def share(wanted: str, text: str, desk: Desk) -> float:
    """Share (0-1) of the weight of the words that a text holds, as they stand or as another form of the same glossary term.

    Two Chinese characters that no document holds together are no word, unless a glossary term holds them.
    """
    named = [(set(terms(one.surface)), (*one.term.en, *one.term.zh)) for one in desk.own_terms.find(wanted)]
    known = {term for words, _ in named for term in words}
    weights = {term: desk.idf(term) for term in terms(wanted) if term.isascii() or term in known or desk.idf(term) < desk.idf(NEVER_SEEN)}
    held = set(terms(text))
    held = held.union(*(words for words, forms in named if any(_holds(text, held, form) for form in forms)))
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in held) / total if total else 0.0


def _holds(text: str, words: set[str], form: str) -> bool:
    return set(terms(form)) <= words if form.isascii() else form in text


def names_of(source: Source) -> str:
    """All titles of a document."""
    return " ".join(dict.fromkeys(name for name in (source.title, source.title_en, source.title_zh) if name))


def editions_in(language: Language, meant_ones: Sequence[Source], desk: Desk) -> list[Source]:
    """The documents, each once, in the asker's language where there is such an edition."""
    known = {source.id: source for source in desk.sources()}
    return [known[name] for name in dict.fromkeys(in_language(source.id, language, desk.sources()) for source in meant_ones)]
