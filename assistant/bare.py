"""A bare question ("Until when?", "有什么条件?") and the question before it to one that names what it is asked of."""

import re

from assistant import cues, topics
from assistant.asked import Asked, Resolved, capital
from assistant.folding import language_of

_PLACED = re.compile(r"(?:without|before|after|outside|unless|if (?:we|i|you|they|there|nobody|no one))\b.+", re.IGNORECASE)
_NOUN_LAST = re.compile(rf"(?:\b(?:the|an?|any|its|their)\s+)?\b(?:{'|'.join(sorted(cues.RELATIONAL_NOUNS))})$", re.IGNORECASE)
_MANNER_ZH = re.compile(r"^(?:用|靠|以|通过|如果|要是|假如)[^,]{1,8}?(?=,|搞|做|进行|开展|办理|购买|建设)")


def bare(asked: Asked) -> Resolved | None:
    """A question all of whose words ask something of a thing (conditions, deadline, who pays), of what the last question was about."""
    about = _about(asked) if is_bare(asked) else ""
    return Resolved(text=_of(_said(asked), about, asked), relation="ellipsis", asks=asked.text) if about else None


def is_bare(asked: Asked) -> bool:
    """Whether the question names nothing of its own."""
    text = _said(asked)
    if asked.language == "zh":
        return bool(text) and not cues.BARE_ZH.sub("", text) and bool(cues.RELATION_ZH.search(text))
    words = [word.lower() for word in re.findall(r"[\w'’-]+", text)]
    has_relation = any(word in cues.RELATIONAL for word in words)
    return has_relation and all(word in cues.RELATIONAL or word in cues.QUESTION_WORDS for word in words)


def conditioned(fragment: str, asked: Asked) -> str:
    """The last question under another condition: "without a loan" behind it, 自己出钱 in the place of 用贷款; "" where neither fits."""
    if asked.language == "zh":
        found = _MANNER_ZH.match(asked.previous)
        return fragment + asked.previous[found.end() :] if found else ""
    return f"{asked.previous.rstrip('?. ')} {fragment}?" if _PLACED.fullmatch(fragment) else ""


def offered(what: str, asked: Asked) -> str:
    """What the assistant offered, of the thing it was asked about."""
    about = _about(asked) if is_bare(asked.model_copy(update={"text": what})) else ""
    return _of(what, about, asked) if about else ""


def _about(asked: Asked) -> str:
    """What the last question was about; "" where it was asked in the other language, since one phrase cannot hold both."""
    return topics.about(asked.previous, asked.language) if language_of(asked.previous) == asked.language else ""


def _said(asked: Asked) -> str:
    text = cues.TRAIL.sub("", cues.LEAD[asked.language].sub("", asked.text))
    return text.strip(" ,?。")


def _of(text: str, about: str, asked: Asked) -> str:
    if asked.language == "zh":
        return f"{about}{text}?"
    link = " for " if _NOUN_LAST.search(text) and "," not in about else ""
    return capital(f"{text}{link}{about}?" if link else f"{text} ({about})?")
