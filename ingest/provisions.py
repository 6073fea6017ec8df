"""Statements to provisions: who is to do what with which instrument, and how strongly the text says so."""

import re
from collections.abc import Iterator
from typing import Literal

from ingest.schema import Record
from ingest.statements import FoundTerm, Statement, Terms

Strength = Literal["shall", "gives", "encourages", "aims", "may"]


class Provision(Record):
    """One thing a text provides. Fields are words of the text, "" where it names none; the span is the sentence."""

    actor: str
    action: str
    instrument: str
    object: str
    sector: str
    strength: Strength
    start: int
    end: int


class Obligation(Record):
    """A sentence that binds or allows, and the word by which it does."""

    strength: Strength
    cue: str
    start: int
    end: int


# Order decides: a sentence that gives money "may" give it, and is still read as giving.
_CUES: tuple[tuple[Strength, re.Pattern[str]], ...] = (
    (
        "gives",
        re.compile(
            r"给予|予以(?:奖励|补助|补贴|支持)|奖励|补助|补贴|贴息|减免|免征|减征|减半征收|减按|即征即退|加计(?:扣除|抵减)|返还"
            r"|\b(?:gives?|pays?|receives?|subsidi[sz]es?|exempts?|reimburses?)\b"
            r"|\b(?:grants?|awards?|rewards?|refunds?|gets?) (?=an?\b|the\b|up to\b|\d|firms\b|enterprises\b|compan)"
            r"|\b(?:is|are) (?:given|awarded|granted|paid|rewarded|exempt(?:ed)?|refunded)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "shall",
        re.compile(
            r"应当|必须|不得|严禁|禁止|须(?!知)|(?<![相适对供响反])应(?![用急对答变届力])"
            r"|\b(?:shall|must|(?:is|are) required to|may not|(?:is|are) obliged to)\b"
        ),
    ),
    (
        "encourages",
        re.compile(
            r"鼓励|支持|引导|推动|扶持|促进|推进|倡导"
            r"|\b(?:encourag\w+|support(?:s|ed|ing)?|promot(?:es?|ed)|guid(?:es?|ed|ing)|foster(?:s|ed|ing)?|backs)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "aims",
        re.compile(
            r"力争|争取|目标|旨在|\b(?:aim(?:s|ed)?|strives?|targets?|goal|wants?|plans? to|(?:is|are) to (?!be found)[a-z]+)\b",
            re.IGNORECASE,
        ),
    ),
    ("may", re.compile(r"可以|可(?=申[请报]|享受|按|给|在|向|由|依)|\b(?:may|can)\b")),
)
_INSTRUMENT = re.compile(
    r"奖励|补助|补贴|贴息|减免|免征|加计扣除|加计抵减|即征即退|专项资金|基金|贷款|担保|电价|用地|人才"
    r"|\b(?:award|subsid(?:y|ies)|grant|reward|interest (?:subsidy|discount)|tax (?:relief|credit|exemption)|exemption|refund)s?\b"
    r"|\b(?:super-deduction|fund|loan|guarantee|land|talent)s?\b",
    re.IGNORECASE,
)
_SILENT = re.compile(r"未载明|未见|未说明|\bnot (?:stated|seen|named|given|known)\b|\bno (?:award|amount|subsid)", re.IGNORECASE)
_NAMES = re.compile(r"《[^《》]*》|[(（][^()（）]*[)）]")
_CLAUSE_START = re.compile(r"[，,；;：:。]\s?")
_ACTOR_ZH = re.compile(r"[\u4e00-\u9fff]{0,10}(?:省|市|县|区|部|厅|局|委|院|办|政府|部门|单位|机构|企业|银行|财政|国家)")
_TOWARDS = re.compile("[对向给将]")
_ACTOR_EN = re.compile(
    r"((?:(?:the|a|an|each|local|provincial|[A-Z][\w-]*)\s)?(?:[A-Za-z][\w-]*\s){0,5}[A-Za-z][\w-]*)"
    r"\s*(?:will|shall|must|may|can|should|also|is|are|to)?\s*$"
)


def provision_of(statement: Statement, terms: Terms | None) -> Provision | None:
    """The provision a statement makes; None when it makes none, or only says that something is not known."""
    text = _without_names(statement.text)
    cued = _first_cue(text)
    if cued is None or _SILENT.search(text):
        return None
    strength, cue = cued
    mentions = terms.find(text) if terms else ()
    instrument = _INSTRUMENT.search(text)
    return Provision(
        actor=_actor(text, cue.start()),
        action=cue.group().strip(),
        instrument=_of_kind(mentions, "instrument") or _of_kind(mentions, "tax") or (instrument.group() if instrument else ""),
        object=_object(text, cue.end()),
        sector=_of_kind(mentions, "sector"),
        strength=strength,
        start=statement.start,
        end=statement.end,
    )


def _without_names(text: str) -> str:
    """The text with titles and brackets blanked: 《…促进条例》 promotes nothing. Offsets stay."""
    return _NAMES.sub(lambda match: " " * len(match.group()), text)


def obligations_of(statement: Statement) -> Iterator[Obligation]:
    """One record for each strength with which a statement speaks."""
    if _SILENT.search(statement.text):
        return
    for strength, pattern in _CUES:
        if match := pattern.search(_without_names(statement.text)):
            yield Obligation(strength=strength, cue=match.group().strip(), start=statement.start, end=statement.end)


def _first_cue(text: str) -> tuple[Strength, re.Match[str]] | None:
    for strength, pattern in _CUES:
        if match := pattern.search(text):
            return strength, match
    return None


def _of_kind(mentions: tuple[FoundTerm, ...], kind: str) -> str:
    return next((mention.surface for mention in mentions if mention.term.kind == kind), "")


def _actor(text: str, verb: int) -> str:
    """The body or kind of firm named in the clause before the verb."""
    starts = [match.end() for match in _CLAUSE_START.finditer(text, 0, verb)]
    clause = text[starts[-1] if starts else 0 : verb]
    if re.search(r"[\u4e00-\u9fff]", clause):
        found = _ACTOR_ZH.search(_TOWARDS.split(clause)[0])
        return found.group().removeprefix("由") if found else ""
    match = _ACTOR_EN.search(clause)
    return match.group(1).strip() if match else ""


def _object(text: str, begin: int) -> str:
    stop = _CLAUSE_START.search(text, begin)
    return re.sub(r"\s+", " ", text[begin : stop.start() if stop else len(text)]).strip(" .。|")
