"""One question that asks several things to one question for each, the shared subject carried over."""

import re
from collections.abc import Sequence

from assistant.cues import PRONOUN, PRONOUN_ZH, VERB_EN
from assistant.followup import resolve
from assistant.kinds import names_too
from assistant.question import Query
from assistant.schema import Turn
from assistant.slots import edition, solid
from assistant.topics import topic
from ingest.glossary import Glossary, Mention, TermKind
from ingest.lexical import terms
from ingest.schema import Language, Record

_BEFORE_WH = "by|with|from|to|for|in|at|until|till|since|under|on"
_WH = rf"(?:what|how|when|who|whom|where|which|why|(?:{_BEFORE_WH}) (?:whom|when|what|which|where|how (?:long|much|many)))\b"
_STARTS = re.compile(rf"(?:,? and |[;?] ?(?:and )?|, )(?=(?P<wh>{_WH}))", re.IGNORECASE)
_ASKS = re.compile(rf"\b{_WH}", re.IGNORECASE)
_RELATIVE = re.compile(r"(?:which|who|where|when)\b", re.IGNORECASE)
_LEAD = re.compile(rf"^(?:{_WH}(?: (?:much|many|long|far|big|high))?)\s*", re.IGNORECASE)
_NOUNS = "goal|target|number|cap|ceiling|limit|rate|share|amount|deadline|threshold|term|ratio|cost|price|size|date|budget|level|period"
_VALUE = re.compile(rf"\b(?:{_NOUNS})\b", re.IGNORECASE)
_TWO_NOUNS = re.compile(
    rf"\bwhat (?:are|were) (?P<a>[^,?]*?\b(?:{_NOUNS})) and (?P<b>(?:the |its |their )?[^,?]*?\b(?:{_NOUNS})\b)(?P<rest>[^?]*)",
    re.IGNORECASE,
)

_ASKS_ZH = re.compile(
    r"多少|几(?:个|家|项|条|年|成|户|类|种|月|号|倍|档|层|次|期|点)|什么|哪|谁|何时|何地|何人|怎么|怎样|如何|吗|多久|多大|多高|多长|呢$"
)
_TAG_ZH = re.compile(r"^(?:是|还是|对|可以|行|有|能|算|现在还|真的)[^多几什哪谁何怎如]*(?:吗|不|么)?$")
_CLAUSES_ZH = re.compile(r"[,;?。]+")
_ATTRIBUTE_ZH = re.compile(
    r"(?:(?:最高|最多|最低)?(?:上限|下限|封顶|目标|规模|金额|数额|额度|总额|比例|占比|税率|门槛|标准|期限|有效期|条件|增速|营业收入|营收|收入|产值|实际"
    r"|数量|个数)|最?[高多低少]?[补奖给拿返]|(?:19|20)\d\d年|的)+$"
)
_ASKED_FROM_ZH = re.compile(r"谁|何时|由哪")

_VERB = re.compile(rf"{VERB_EN.pattern}|['’]s\b|^(?:who|what) \w+(?:ed|s)\b", re.IGNORECASE)
_GAPPED = re.compile(
    r"^(?:what|how (?:much|many)) (?P<x>(?:(?:the|an?) )?[\w-]+(?: [\w-]+){0,3}?)(?P<tail> (?:when|if|under|after|once) .+)?$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\b(?:did|do|does|can|must|will|should) (?P<s>(?:(?:the|an?) )?[\w-]+(?: [\w-]+){0,3}?) "
    r"(?:have|get|receive|need|want|aim|pay|reach|bring|be)\b",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(r"^\S+(?: (?:much|many))? (?P<p>of|in|for|from|under|by|at|with|to|below|above|on) (?P<x>.+)$", re.IGNORECASE)

SUBJECTS: frozenset[TermKind] = frozenset(("sector", "technology", "material", "product", "enterprise_kind", "place", "tax"))
"""Kinds of glossary terms of which one is subject enough: what a part names itself needs nothing carried over."""


FRAME = 3
"""Words from which a question can be another one's with only the subject changed: two before it, one behind."""
BARE = 4
"""Words up to which "from what spend" is a question word for the question before it."""
_PREPOSED = re.compile(r"(?:by|with|from|to|for|in|at|until|till|since|under|on) ", re.IGNORECASE)


class Part(Record):
    """One of the questions: as it stands alone, its own words, which its answer must bear out, and as it was said.

    `is_parallel` marks one that asks the first part again of another thing ("and how many the whole province?").
    """

    question: str
    own: str
    said: str = ""
    is_parallel: bool = False


def parts(query: Query, glossary: Glossary | None) -> tuple[Part, ...]:
    """The questions in reading order; () where there is only one: how many and which is answered by the whole list."""
    if names_too(query.text):
        return ()
    found = _zh(query.text, glossary) if query.language == "zh" else _en(query.text, glossary)
    return tuple(found) if len(found) > 1 else ()


def _en(text: str, glossary: Glossary | None) -> list[Part]:
    nouns = _TWO_NOUNS.search(text)
    if nouns:
        return _two_nouns(text, nouns)
    first = _ASKS.search(text)
    cuts = [match for match in _STARTS.finditer(text) if first is not None and match.start() > first.start() and _is_cut(text, match)]
    if first is None or not cuts:
        return []
    before = text[: first.start()]
    prefix = before if before.rstrip().endswith((",", ":")) else ""
    ends = [*(match.start() for match in cuts), len(text)]
    begins = [first.start() if prefix else 0, *(match.end() for match in cuts)]
    pieces = [text[start:end].strip(" ,;?") for start, end in zip(begins, ends, strict=True)]
    if not _VERB.search(pieces[0]):
        # "From when and until when do the rules run?": one predicate, one question.
        return []
    return _stand_alone([piece for piece in pieces if piece], prefix, "en", glossary)


def _is_cut(text: str, match: re.Match[str]) -> bool:
    """Whether a question begins here: a bare comma before "which" opens a relative clause, unless the list goes on with "and"."""
    is_bare = match.group().strip() == ","
    goes_on = re.search(rf" and {_WH}", text[match.end() :], re.IGNORECASE)
    return not is_bare or goes_on is not None or not _RELATIVE.match(match["wh"])


def asks_value(text: str) -> bool:
    """Whether a text names something that has a value ("the cap per applicant")."""
    return bool(_VALUE.search(text))


def _two_nouns(text: str, found: re.Match[str]) -> list[Part]:
    """ "What are the cap and the rate of the fund?": one question a noun."""
    rest = found["rest"]
    owner = re.search(r"\b(?:of|for|in|under) .+", rest)
    possessor = re.match(r"(?:the |an? )?(.+?['’]s?)(?= )", found["a"])
    subject = owner.group() if owner else f"of the {possessor.group(1).rstrip('’s').rstrip(chr(39))}" if possessor else ""
    before = text[: found.start()].strip()
    return [
        Part(question=f"{before} What is {found['a']} {'' if possessor else subject}?".strip(), own=found["a"], said=found["a"]),
        Part(
            question=f"{before} What is {found['b']}{rest} {'' if owner else subject}?".strip(),
            own=f"{found['b']}{rest}",
            said=f"{found['b']}{rest}",
        ),
    ]


def _zh(text: str, glossary: Glossary | None) -> list[Part]:
    clauses = [clause for clause in _CLAUSES_ZH.split(text) if clause.strip()]
    pieces: list[str] = []
    waiting = ""
    for clause in clauses:
        if pieces and _TAG_ZH.match(clause):
            return []
        if _ASKS_ZH.search(clause):
            pieces.append(f"{waiting}{clause}")
            waiting = ""
        else:
            waiting += f"{clause},"
    if len(pieces) < 2 or waiting:
        return []
    prefix, _, head = pieces[0].rpartition(",")
    return _stand_alone([head, *pieces[1:]], f"{prefix}," if prefix else "", "zh", glossary)


def _stand_alone(pieces: Sequence[str], prefix: str, language: Language, glossary: Glossary | None) -> list[Part]:
    first = f"{prefix}{pieces[0]}"
    subject = _subject(pieces[0], language, glossary)
    own = Part(question=_asked(first), own=_without(pieces[0], subject, language), said=pieces[0])
    return [own, *(_part(piece, prefix, first, subject, language, glossary) for piece in pieces[1:])]


def _without(piece: str, subject: str, language: Language) -> str:
    """The words of the first part beyond the subject that all share; all of them where nothing would be left."""
    rest = piece.replace(subject, " ") if subject else piece
    bare = re.sub(r"\d+年?版?", " ", rest.replace(edition(rest, language) or "\0", " "))
    return rest if solid(bare, language) else piece


def _part(piece: str, prefix: str, first: str, subject: str, language: Language, glossary: Glossary | None) -> Part:
    if language == "en" and _is_same_frame(piece, first[len(prefix) :]):
        return Part(question=_asked(f"{prefix}{piece}"), own=piece, said=piece, is_parallel=True)
    if language == "en" and not VERB_EN.search(piece):
        other = _with_preposition(piece, first) or _with_subject(piece, first)
        if other:
            return Part(question=_asked(other), own=piece, said=piece, is_parallel=True)
    bare = _LEAD.sub("", piece) if language == "en" else piece
    if not bare or (language == "en" and len(piece.split()) <= BARE and _PREPOSED.match(piece)):
        # "by whom", "until when": the first question with another question word.
        return Part(question=_asked(f"{prefix}{piece} {_LEAD.sub('', first[len(prefix) :])}"), own=solid(bare, language), said=piece)
    resolved = resolve(piece, (Turn(role="user", text=_asked(first)),), glossary)
    if resolved.relation == "replaced" and not _asks_more(piece, first, language, glossary):
        return Part(question=resolved.text, own=piece, said=piece, is_parallel=True)
    points_back = bool(PRONOUN.search(piece) or PRONOUN_ZH.search(piece))
    text = resolved.text.rstrip("?") if points_back and resolved.relation in ("reference", "ellipsis") else piece
    is_own = bool(prefix) or (_names_subject(piece, glossary) and not points_back) or not subject or subject.lower() in text.lower()
    dated = edition(first, language)
    more = [*([] if is_own else [subject]), *([dated] if dated and not edition(text, language) and text != piece else [])]
    joined = f"{''.join(more)}{text}" if language == "zh" else f"{text} ({', '.join(more)})" if more else text
    return Part(question=_asked(f"{prefix}{joined}"), own=piece, said=piece)


def _is_same_frame(piece: str, first: str) -> bool:
    """ "What does A get" and "what does B get"."""
    one, other = piece.lower().split(), first.lower().rstrip("?").split()
    is_long = min(len(one), len(other)) > FRAME
    return is_long and one[:2] == other[:2] and one[-1] == other[-1]


def _with_preposition(piece: str, first: str) -> str:
    """ "What from Taiyuan" beside "what does a firm get from the province": the first question with the phrase in place; or ""."""
    found = _FRAGMENT.match(piece)
    if found is None:
        return ""
    old = re.search(rf"\b{found['p']} (?:the |an? )?[\w-]+(?: [\w-]+)??(?= (?:of|in|for|from|under|by|at|with|to)\b|[,?]|$)", first)
    return f"{first[: old.start()]}{found['p']} {found['x']}{first[old.end() :]}" if old else ""


def _with_subject(piece: str, first: str) -> str:
    """ "How many the whole province" beside "how many did the ten chains have to bring": the first question of the other subject."""
    found, old = _GAPPED.match(piece), _SUBJECT.search(first)
    return f"{first[: old.start('s')]}{found['x']}{first[old.end('s') :]}{found['tail'] or ''}" if found and old else ""


def _asks_more(piece: str, first: str, language: Language, glossary: Glossary | None) -> bool:
    """Whether a part asks for something that the first does not, and not only the same of another thing."""
    rest = piece
    for mention in reversed(glossary.find(piece) if glossary else ()):
        if mention.term.kind in SUBJECTS:
            rest = rest[: mention.start] + " " + rest[mention.end :]
    rest = solid(rest.replace(edition(rest, language) or "\0", " "), language)
    return bool(set(terms(rest)) - set(terms(first)))


def _asked(text: str) -> str:
    return text.rstrip("?。 ") + "?"


def _names_subject(piece: str, glossary: Glossary | None) -> bool:
    named = glossary.find(piece) if glossary else ()
    return any(mention.term.kind in SUBJECTS and not _is_generic(mention) for mention in named)


def _is_generic(mention: Mention) -> bool:
    """ "Firm" and 企业 name no subject."""
    is_one_word = len(mention.surface) <= 2 if not mention.surface.isascii() else " " not in mention.surface.strip()
    return mention.term.kind == "enterprise_kind" and is_one_word


def _subject(first: str, language: Language, glossary: Glossary | None) -> str:
    """What the first part is about, without what it asks of it: 设备更新奖励 of 设备更新奖励上限是多少."""
    about = topic(first, language)
    if language == "en":
        named = [m.surface for m in (glossary.find(first) if glossary else ()) if m.term.kind != "indicator" and not _is_generic(m)]
        return about if any(surface.lower() in about.lower() for surface in named) or not named else " ".join(dict.fromkeys(named))
    asked = _ASKED_FROM_ZH.search(about)
    about = about[: asked.start()] if asked else about
    while True:
        shorter = _without_indicator(_ATTRIBUTE_ZH.sub("", about), glossary)
        if shorter == about or len(shorter) < 2:
            return about
        about = shorter


def _without_indicator(about: str, glossary: Glossary | None) -> str:
    last = [m for m in (glossary.find(about) if glossary else ()) if m.end == len(about) and m.term.kind == "indicator"]
    return about[: last[0].start] if last and last[0].start > 1 else about
