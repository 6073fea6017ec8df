"""A question whether a paper still holds ("is the 2018 edition still in force?", "电子信息规划现在还有效吗?") to its standing and the
sentences that tell it."""

import re
from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.desk import Desk
from assistant.meant import editions_in, meant, naked
from assistant.papers import papers_in
from assistant.prompts import sentence
from assistant.question import Query
from assistant.schema import Draft, DraftClaim, Passage
from assistant.sections import role_of, wanted_role
from assistant.standing import notices
from ingest.lexical import terms
from ingest.schema import Language, Source

MOST = 6
"""Papers told of at most where the words fit several; where they fit more, none is meant."""

TOLD = 2
"""Sentences of a paper quoted at most."""

_HOLDS = (
    r"in force|valid|in effect|effective|applicable|current|up to date|binding|running|out of (?:date|force)|outdated|obsolete|superseded"
    r"|replaced|repealed|withdrawn|expired|over|(?:only |just )?a draft|final"
)
_BY_NOW = r"(?: (?:now|today|yet|already|any ?more))?\W*$"
_STILL = r"(?:(?:still|currently|now|already|yet|no longer) )*"
_ASKS = (
    re.compile(rf"^(?:is|are) (?P<paper>.+?) {_STILL}(?:{_HOLDS}){_BY_NOW}", re.IGNORECASE),
    re.compile(
        rf"^(?:has|have) (?P<paper>.+?) {_STILL}(?:expired|lapsed|ended|run out|been (?:superseded|replaced|repealed|withdrawn)){_BY_NOW}",
        re.IGNORECASE,
    ),
    re.compile(rf"^(?:does|do) (?P<paper>.+?) (?:still|yet) (?:apply|hold|count|run|bind){_BY_NOW}", re.IGNORECASE),
    re.compile(
        r"^(?P<paper>.{2,40}?)(?:到?现在|目前|如今|今天|当前)?(?:是否|是不是|有没有)?(?:已经?|还|仍然?|依然|现行|仍在|还在|还能)?[是被在]?"
        r"(?:有效|有没有效|生效|管用|适用|执行|作废|失效|过期|过时|到期|废止|取代|替代|代替|征求意见稿|草案|正式(?:文件|文本))"
        r"(?:期内)?了?(?:吗|么|没有|没|不)?\W*$"
    ),
)
_WHETHER = re.compile(r"^(?:is|are|has|have|does|do)\b|[吗么没不]\W*$|没有\W*$|是否|是不是|有没有", re.IGNORECASE)


def in_force(query: Query, passages: Sequence[Passage], desk: Desk) -> Draft | None:
    """The standing of the papers meant, those in force first; of a single one with the sentences of its own that tell of it.

    None for other questions and where no paper of the index is clearly meant. A paper named by its kind alone ("that plan") is the one
    found for the conversation.
    """
    asked = next((found for pattern in _ASKS if (found := pattern.match(query.text)) is not None), None)
    if asked is None or not papers_in(asked["paper"]) or not _WHETHER.search(query.text):
        return None
    papers = papers_meant(asked["paper"], query, passages, desk)
    read = [(source, statements) for source in papers if (statements := desk.statements(source.id))]
    if not 0 < len(read) <= MOST:
        return None
    read.sort(key=lambda paper: paper[0].status_on(desk.as_of) != "in_force")
    told = (_told(standing_of(source, query.language, desk), statements, is_one=len(read) == 1) for source, statements in read)
    claims = [claim for each in told for claim in each]
    notes = notices(query.language, claims, desk.as_of, {source.id: source.title for source in desk.sources()})
    return Draft(status="answered", claims=tuple(claims), notices=notes, confidence=1.0)


def papers_meant(paper: str, query: Query, passages: Sequence[Passage], desk: Desk) -> list[Source]:
    """The documents that words for a paper mean, in the asker's language; those of the turns before where only its kind is named."""
    if terms(naked(paper)):
        return editions_in(query.language, meant(paper, desk), desk)
    kinds = papers_in(paper)
    found = (passage.chunk.source for passage in passages if kinds & papers_in(passage.chunk.source.title))
    last = next(found, None) if query.before else None
    return editions_in(query.language, [last], desk) if last is not None else []


def standing_of(source: Source, language: Language, desk: Desk) -> str:
    """The title of a document and its standing on the day asked about."""
    standing = sentence(f"standing_{source.status_on(desk.as_of)}", language)
    return sentence("document_standing", language, title=source.title, standing=standing)


def _told(standing: str, statements: Sequence[Candidate], *, is_one: bool) -> list[DraftClaim]:
    """The standing of a paper with what proves it; of a single paper also its own words."""
    own = _of_validity(statements)
    proof = (own or statements)[0].evidence()
    if not is_one:
        return [DraftClaim(text=standing, evidence=(proof,), layout="item")]
    return [DraftClaim(text=standing, evidence=(proof,)), *(DraftClaim(text=c.text, evidence=(c.evidence(),)) for c in own[:TOLD])]


def _of_validity(found: Sequence[Candidate]) -> list[Candidate]:
    """The statements of a document's own section on validity that speak of it; the first of that section where none does."""
    own = [c for c in found if role_of(c.passage.chunk.path()) == "validity"]
    return [c for c in own if wanted_role(c.text) == "validity"] or own[:1]
