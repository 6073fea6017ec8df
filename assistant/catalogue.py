"""A question which documents there are ("what do you have on photovoltaics?", "哪些文件已经失效?") to the list of them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.absence import speaks_of_itself
from assistant.candidates import Candidate
from assistant.desk import Desk
from assistant.in_force import standing_of
from assistant.meant import editions_in, names_of, share
from assistant.prompts import sentence
from assistant.question import Query
from assistant.schema import Draft, DraftClaim
from ingest.lexical import terms
from ingest.schema import DocumentStatus, Source

ABOUT = 0.6
"""Share of the weight of a topic's words that a title, a heading or a statement must hold to be on it."""

_PAPERS = r"(?:documents?|papers?|files?|texts?|sources?|policy documents?)"
_KINDS = rf"(?:{_PAPERS}|plans?|schemes?|regulations?|rules|norms|notices?|opinions?|policies|editions?)"
_WHICH = r"^(?:please )?(?:and |so )?(?:which|what|how many)(?: of (?:the|these|those|your|all))?(?: other)?"
_HELD = r"(?:do you|does (?:this|the|your) (?:index|library|collection|corpus|assistant)) (?:have|hold|know(?: of)?|cover|contain|use)"
_THERE = r"(?:are|is) (?:there|available|indexed|included|held)?(?: ?in (?:this|the|your|here) ?(?:index|library|collection|corpus)?)?"
_ON = r"(?:about|on|for|concerning|regarding|dealing with|related to)"
_DEALS = r"(?:deal with|are about|concern|cover|treat|mention|refer to|speak of|talk about|are on)"
_STANDING = (
    r"(?:(?:are|is|have|has|were|been|still|already|currently|now|only|no longer|not) )+"
    r"(?:in force|valid|in effect|effective|current|binding|expired|lapsed|ended|over|out of (?:date|force)|outdated|replaced|superseded"
    r"|repealed|withdrawn|drafts?(?: for comment)?)"
)
_ZH_PAPERS = r"(?:政策)?(?:文件|文档|资料|材料)"
_ZH_KINDS = rf"(?:{_ZH_PAPERS}|规划|计划|方案|条例|办法|规定|规范|通知|公告|意见|政策)"
_ZH_WHICH = r"(?:哪些|什么|哪几[份个]|多少[份个]?|几[份个])"
_ZH_STANDING = r"(?:有效|生效|失效|过期|到期|过时|作废|废止|无效|取代|替代|征求意见稿|草案|草稿)"
_ASKS = (
    re.compile(rf"{_WHICH} {_PAPERS} {_ON} (?P<topic>[^?]{{2,40}}?) (?:{_HELD}|{_THERE})\W*$", re.IGNORECASE),
    re.compile(rf"{_WHICH} {_PAPERS} (?:{_HELD}|{_THERE})(?: {_ON} (?P<topic>[^?]{{2,40}}?))?\W*$", re.IGNORECASE),
    re.compile(
        rf"{_WHICH} {_PAPERS} {_DEALS} (?P<topic>[^?]{{2,40}}?)\W*$",
        re.I,
    ),
    re.compile(rf"{_WHICH} {_KINDS}(?: {_ON} (?P<topic>[^?]{{2,40}}?))? {_STANDING}(?: (?:now|today|yet|already))?\W*$", re.IGNORECASE),
    re.compile(rf"^what do you have {_ON} (?P<topic>[^?]{{2,40}}?)\W*$", re.IGNORECASE),
    re.compile(
        rf"^(?:please )?(?:list|show|name)(?: me)?(?: all)?(?: of)?(?: the| your)? {_PAPERS}"
        rf"(?: {_ON} (?P<topic>[^?]{{2,40}}?)|(?: that)? you have)?\W*$",
        re.I,
    ),
    re.compile(
        rf"^(?:请问|请)?(?:你们?|您|本|这个?|该|这里)?(?:的)?(?:文件|资料|知识)?(?:库|系统|助手)?(?:里面?|中|内)?(?:现在|目前|一共|总共|都|还|现)*"
        rf"(?:有|收录|收|包含|收集)了?{_ZH_WHICH}(?:关于|有关|涉及)?(?P<topic>.{{1,20}}?)??(?:方面)?的?{_ZH_PAPERS}[呢啊]?\W*$"
    ),
    re.compile(
        rf"^(?:关于|有关|涉及|针对)(?P<topic>.{{1,20}}?)(?:方面)?的?[,，]?(?:你们)?(?:都|现|还)?有{_ZH_WHICH}{_ZH_PAPERS}[呢啊]?\W*$"
    ),
    re.compile(
        rf"^{_ZH_WHICH}(?:关于|有关|涉及)?(?P<topic>.{{1,20}}?)??的?{_ZH_KINDS}?(?:现在|目前|还|仍然?|已经?|依然|都|是|被|在|不再)*{_ZH_STANDING}了?(?:的)?[呢啊]?\W*$"
    ),
    re.compile(rf"^(?:有)?{_ZH_WHICH}{_ZH_PAPERS}(?:是)?(?:涉及|关于|讲到?|提到?|有关|谈到?)了?(?P<topic>.{{1,20}}?)的?\W*$"),
    re.compile(
        rf"^(?:请)?(?:列出|列一下|列举)(?:一下)?(?:所有|全部)?(?:关于|有关|涉及)?(?P<topic>.{{1,20}}?)??(?:方面)?的?{_ZH_PAPERS}\W*$"
    ),
)
_STATES: tuple[tuple[re.Pattern[str], frozenset[DocumentStatus]], ...] = (
    (re.compile(r"superseded|replaced|repealed|withdrawn|取代|替代", re.IGNORECASE), frozenset(("superseded",))),
    (
        re.compile(r"no longer|not|expired|lapsed|ended|over\W*$|out of|outdated|失效|过期|到期|过时|作废|废止|无效|不再", re.IGNORECASE),
        frozenset(("expired", "superseded")),
    ),
    (re.compile(r"draft|征求意见稿|草案|草稿", re.IGNORECASE), frozenset(("draft",))),
    (re.compile(r"in force|valid|in effect|effective|current|binding|有效|生效", re.IGNORECASE), frozenset(("in_force",))),
)
_FRAME = re.compile(r"\b(?:policy|policies|related|relevant|the|this)\b|政策|相关|有关|重要|主要|各类|现行|的", re.IGNORECASE)


class _Entry(NamedTuple):
    """A document of the list and the statement that proves that it belongs there."""

    source: Source
    proof: Candidate


def catalogue(query: Query, desk: Desk) -> Draft | None:
    """The documents on the topic and of the standing asked for, those first that bear the topic in their title; None for other questions.

    Each is proved by its own first words on the topic, or by its opening where all documents are asked for.
    """
    asked = next((found for pattern in _ASKS if (found := pattern.match(query.text)) is not None), None)
    if asked is None:
        return None
    topic = _FRAME.sub(" ", asked["topic"] or "").strip()
    frame = query.text.replace(asked["topic"] or "\0", " ")
    states = next((of for pattern, of in _STATES if pattern.search(frame)), None)
    sources = editions_in(query.language, desk.sources(), desk)
    chosen = [source for source in sources if states is None or source.status_on(desk.as_of) in states]
    entries = _on_topic(topic, chosen, desk) if terms(topic) else _all(chosen, desk)
    if not entries:
        return Draft(status="not_found", refusal=sentence("no_such_document", query.language))
    claims = [
        DraftClaim(text=standing_of(entry.source, query.language, desk), evidence=(entry.proof.evidence(),), layout="item")
        for entry in entries
    ]
    told = sentence("documents_listed", query.language, count=len(claims))
    return Draft(status="answered", claims=tuple(claims), notices=(told,), confidence=1.0)


def _all(sources: Sequence[Source], desk: Desk) -> list[_Entry]:
    return [_Entry(source, _opening(found)) for source in sources if (found := desk.statements(source.id))]


def _opening(found: Sequence[Candidate]) -> Candidate:
    """The first statement of a document that is not about the text itself."""
    return next((candidate for candidate in found if not speaks_of_itself(candidate)), found[0])


def _on_topic(topic: str, sources: Sequence[Source], desk: Desk) -> list[_Entry]:
    """The documents that bear the topic in their title, then those with a section on it; where there are none, those that name it."""
    titled, headed, naming = [], [], []
    for source in sources:
        found = desk.statements(source.id)
        told = next((c for c in found if share(topic, c.text, desk) >= ABOUT), None)
        under = next((c for c in found if share(topic, " ".join(c.passage.chunk.path()), desk) >= ABOUT), None)
        if found and share(topic, names_of(source), desk) >= ABOUT:
            titled.append(_Entry(source, told or _opening(found)))
        elif under is not None:
            headed.append(_Entry(source, under))
        elif told is not None:
            naming.append(_Entry(source, told))
    return [*titled, *headed] or naming
