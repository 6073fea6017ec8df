"""A question whether documents mention a thing to the sentences that name it, or to the plain statement that none does."""

import re
from collections.abc import Sequence

from assistant.absence import is_absence
from assistant.candidates import Candidate
from assistant.desk import Desk
from assistant.extract import claim, refusal
from assistant.meant import editions_in, meant
from assistant.question import Query
from assistant.schema import Draft, Passage
from ingest.lexical import terms

MOST = 3
"""Sentences quoted at most."""

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


def mentioned(query: Query, passages: Sequence[Passage], desk: Desk) -> Draft | None:
    """The first sentences that name the thing; a refusal where its rarest word stands nowhere in the documents meant, or only among what
    they say they do not state. None for other questions, where no document is clearly meant, where the words stand apart, and where the
    documents are in the other language only, so that their words are others."""
    asked = _asked(query.text)
    papers = [] if asked is None else meant(asked["paper"], desk)
    if asked is None or not papers:
        return None
    what = asked["what"]
    own = editions_in(query.language, papers, desk)
    found = [candidate for source in own for candidate in desk.statements(source.id)]
    naming = [candidate for candidate in found if _names(what, candidate.text, desk)]
    told = [candidate for candidate in naming if not is_absence(candidate)]
    if told:
        return Draft(status="answered", claims=tuple(claim(query, c) for c in _first(told)), confidence=desk.least(query.language))
    rarest = max(terms(what), key=desk.idf, default="")
    is_part = not naming and rarest in {"", *(term for candidate in found for term in terms(candidate.text))}
    is_foreign = all(source.language != query.language for source in own)
    return None if is_part or (is_foreign and not naming) else refusal(query.language, passages, naming[0] if naming else None)


def asks_mention(question: str) -> bool:
    """Whether a question asks if documents mention something: it is about the documents, whatever the thing."""
    return _asked(question) is not None


def _asked(question: str) -> re.Match[str] | None:
    matches = (pattern.match(question) for pattern in _ASKS)
    return next((match for match in matches if match is not None), None)


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
