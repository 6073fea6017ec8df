"""A question whether documents mention a thing to the sentences that name it, or to the plain statement that none does."""

import re
from collections.abc import Sequence

from assistant.absence import is_absence
from assistant.candidates import Candidate, candidates
from assistant.desk import Desk
from assistant.editions import in_language
from assistant.extract import claim, refusal
from assistant.papers import papers_in
from assistant.question import Query
from assistant.schema import Draft, Passage
from ingest.lexical import terms
from ingest.schema import Source

MOST = 3
"""Sentences quoted at most."""

TITLED = 0.5
"""Share of the words for a document that its title must hold."""

_ASKS = (
    re.compile(
        r"^(?:does|do|did) (?P<paper>.+?) (?:(?:even|ever|also|anywhere|explicitly|actually) )?"
        r"(?:mention|refer to|touch (?:on|upon)|speak of|talk about|say anything (?:about|on)) (?P<what>.+?)[?\s]*$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:is|are) (?P<what>.+?) (?:mentioned|touched (?:on|upon))(?: anywhere| at all)? (?:in|by) (?P<paper>.+?)[?\s]*$", re.IGNORECASE
    ),
    re.compile(
        r"^(?P<paper>.{2,40}?)(?:里面?|中|内)?(?:有没有|是否|有无|可曾)?(?:提到|提及|说到|讲到|谈到)(?:过|了)?(?P<what>.{1,20}?)(?:了?(?:没有|吗|么|没))?[?\s]*$"
    ),
)
_ANY = re.compile(
    r"\b(?:the|these|those|any|all|of|your|in|this|index|library|collection|documents?|papers?|texts?|files?)\b|这些|那些|全部|所有|任何|本库|库|现有|文件|资料|材料|文本",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"\b(?:plans?|schemes?|regulations?|rules|measures|norms?|notices?|opinions?)\b|规划|计划|方案|条例|办法|规定|规范|通知|公告|意见|这份|这个|该|本",
    re.IGNORECASE,
)


def mentioned(query: Query, passages: Sequence[Passage], desk: Desk) -> Draft | None:
    """The first sentences that name the thing; a refusal where its rarest word stands nowhere in the documents meant, or only among what
    they say they do not state. None for other questions, where no document is clearly meant, where the words stand apart, and where the
    documents are in the other language only, so that their words are others."""
    asked = _asked(query.text)
    meant = [] if asked is None else _meant(asked["paper"], desk)
    if asked is None or not meant:
        return None
    what = asked["what"]
    own = dict.fromkeys(in_language(source.id, query.language, desk.sources()) for source in meant)
    chunks = [Passage(chunk=chunk, score=0.0, rank=1) for name in own for chunk in desk.chunks(name)]
    found = candidates(chunks)
    naming = [candidate for candidate in found if _names(what, candidate.text, desk)]
    told = [candidate for candidate in naming if not is_absence(candidate)]
    if told:
        return Draft(status="answered", claims=tuple(claim(query, c) for c in _first(told)), confidence=desk.least(query.language))
    rarest = max(terms(what), key=desk.idf, default="")
    is_part = not naming and rarest in {"", *(term for candidate in found for term in terms(candidate.text))}
    is_foreign = all(passage.chunk.source.language != query.language for passage in chunks)
    return None if is_part or (is_foreign and not naming) else refusal(query.language, passages, naming[0] if naming else None)


def asks_mention(question: str) -> bool:
    """Whether a question asks if documents mention something: it is about the documents, whatever the thing."""
    return _asked(question) is not None


def _asked(question: str) -> re.Match[str] | None:
    matches = (pattern.match(question) for pattern in _ASKS)
    return next((match for match in matches if match is not None), None)


def _meant(paper: str, desk: Desk) -> list[Source]:
    """The documents whose title the words fit best; those of a kind where only a kind is named, all where not even that."""
    rest = set(terms(_KIND.sub(" ", _ANY.sub(" ", paper))))
    kinds, sources = papers_in(paper), desk.sources()
    alike = [source for source in sources if not kinds or kinds & papers_in(source.title)]
    if not rest:
        return alike
    shares = {source.id: len(rest & set(terms(source.title))) / len(rest) for source in alike}
    best = max(shares.values(), default=0.0)
    return [source for source in alike if best >= TITLED and shares[source.id] == best]


def _names(what: str, text: str, desk: Desk) -> bool:
    """Whether a text holds all words of a thing, or names it by another word of the glossary."""
    ideas = {name for _, _, name in desk.concepts(what)}
    words = set(terms(what))
    is_named = bool(ideas) and ideas <= {name for _, _, name in desk.concepts(text)}
    return what.lower() in text.lower() or (bool(words) and words <= set(terms(text)) and what.isascii()) or is_named


def _first(naming: Sequence[Candidate]) -> list[Candidate]:
    """Sentences before items and rows, in reading order, each text once."""
    ordered = sorted(naming, key=lambda candidate: candidate.kind != "sentence")
    return list({candidate.text: candidate for candidate in ordered}.values())[:MOST]
