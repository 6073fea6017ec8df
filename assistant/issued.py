"""A question when a paper was issued, by whom or under which number to the sentence of that paper that says so."""

import re
from collections.abc import Sequence

from assistant.absence import is_absence
from assistant.candidates import Candidate
from assistant.desk import Desk
from assistant.extract import claim
from assistant.in_force import papers_meant
from assistant.papers import papers_in
from assistant.prompts import sentence
from assistant.question import Query
from assistant.schema import Draft, Passage
from ingest.figures import find_figures
from ingest.lexical import terms
from ingest.schema import Source

MOST = 6
"""Papers told of at most; where the words fit more, none is meant."""

NAMED = 0.5
"""Share of the words of an issuing body's name that a sentence must hold to name it."""

_ISSUED = r"(?:issued|published|released|adopted|promulgated|passed|signed|put out|brought out)"
_BODY = r"(?:who|(?:which|what) (?:body|bodies|department|departments|agency|authority|ministry|ministries|government|office))"
_ZH_ISSUED = r"(?:发布|印发|出台|公布|颁布|制定|通过|下发|发)"
_ZH_WHO = r"(?:谁|哪个?(?:部门|单位|机关|机构)|哪些?(?:部门|单位|机关))"
_WHEN = (
    re.compile(
        rf"^(?:when|on (?:what|which) (?:day|date)|in (?:what|which) year) (?:was|were) (?P<paper>.+?) {_ISSUED}\W*$", re.IGNORECASE
    ),
    re.compile(r"^when did (?P<paper>.+?) (?:come out|appear)\W*$", re.IGNORECASE),
    re.compile(rf"^(?P<paper>.{{2,40}}?)是?(?:在)?(?:什么时候|何时|哪一?[年天日月]|几时|几月几[日号])(?:正式)?{_ZH_ISSUED}的?\W*$"),
)
_WHO = (
    re.compile(rf"^{_BODY} {_ISSUED} (?P<paper>.+?)\W*$", re.IGNORECASE),
    re.compile(rf"^(?:by )?{_BODY} (?:was|were) (?P<paper>.+?) {_ISSUED}(?: by)?\W*$", re.IGNORECASE),
    re.compile(rf"^(?P<paper>.{{2,40}}?)是?由?{_ZH_WHO}{_ZH_ISSUED}的?\W*$"),
    re.compile(rf"^{_ZH_WHO}{_ZH_ISSUED}了?(?P<paper>.{{2,40}}?)\W*$"),
)
_NUMBER = (
    re.compile(r"^what(?:'s| is) the (?:document |official |reference )?number of (?P<paper>.+?)\W*$", re.IGNORECASE),
    re.compile(r"^(?P<paper>.{2,40}?)的?(?:文号|发文字号|文件号)(?:是什么|是多少|是|呢)?\W*$"),
)
_SAYS = re.compile(
    r"\b(?:issu|publish|releas|adopt|promulgat|sign|pass)(?:ed|es|s)?\b|\bpublication\b|印发|发布|公布|出台|颁布|通过|签发|制定|下发",
    re.IGNORECASE,
)


def issued(query: Query, passages: Sequence[Passage], desk: Desk) -> Draft | None:
    """For each paper meant the first sentence of its own that says it; None for other questions, where no paper is clearly meant, and where
    none says it."""
    for patterns, proves in ((_WHEN, _is_dated), (_WHO, _names_body), (_NUMBER, _is_numbered)):
        asked = next((found for pattern in patterns if (found := pattern.match(query.text)) is not None), None)
        if asked is None or not papers_in(asked["paper"]):
            continue
        sources = papers_meant(asked["paper"], query, passages, desk)
        if len(sources) > MOST:
            return None
        told = [next((c for c in desk.statements(source.id) if not is_absence(c) and proves(c, source)), None) for source in sources]
        claims = tuple(claim(query, c) for c in told if c is not None)
        silent = [source.title for source, c in zip(sources, told, strict=True) if c is None]
        missing = tuple(sentence("side_missing", query.language, side=title) for title in silent)
        return Draft(status="answered", claims=claims, notices=missing, confidence=1.0) if claims else None
    return None


def _is_dated(candidate: Candidate, source: Source) -> bool:
    """Whether a sentence says that the paper was issued on a day; on the recorded one, where one is recorded."""
    if not _SAYS.search(candidate.text):
        return False
    dates = [figure for figure in find_figures(candidate.text) if figure.unit in ("day", "month", "year")]
    day = source.published
    return any(str(int(date.value)) in (f"{day:%Y%m%d}", f"{day:%Y%m}") for date in dates) if day else bool(dates)


def _names_body(candidate: Candidate, source: Source) -> bool:
    """Whether a sentence names one of the bodies that are recorded to have issued the paper."""
    bodies = [set(terms(name)) for name in re.split(r"[;；、,，]|\band\b|(?<=[a-z]) \(", source.issuer or "")]
    held = set(terms(candidate.text))
    return bool(_SAYS.search(candidate.text)) and any(words and len(words & held) > NAMED * len(words) for words in bodies)


def _is_numbered(candidate: Candidate, source: Source) -> bool:
    return bool(source.document_number) and str(source.document_number) in candidate.text
