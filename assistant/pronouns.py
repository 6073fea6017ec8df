"""A pronoun to the thing it stands for: what the last question was about, or the person the turns name most."""

import re

from assistant import cues, topics
from assistant.asked import Asked, Resolved, capital, joined
from assistant.slots import MEASURED, has_slot, solid
from ingest.lexical import terms

_OBTAINED = re.compile(r"\b(?:get|receive|claim|obtain|apply for|combine|keep|lose) $", re.IGNORECASE)
_ASKED_FOR = re.compile(r"(?:what|which) ((?:[\w-]+ ){0,3}?(?:[\w-]+(?<!s)|[\w-]+[su]s)) (?:do|does|did) (?!it\b|they\b)\w", re.IGNORECASE)
"""What somebody gives, gets or pays, asked for ("Which bonus does a chain-lead earn?"): the thing that "it" means afterwards."""


_NAMED = re.compile(r"((?:The|An?) (?!\S+ (?:is|are|was|were|will|can|must|has|have)\b)[\w'’-]+(?: [\w'’-]+){1,6})\.?")
"""An answer that is no more than a name ("The plan for big data.")."""


def referred(asked: Asked) -> Resolved | None:
    """A pronoun replaced by what the last question was about; a question too short to stand alone gets that question beside it."""
    return _referred_zh(asked) if asked.language == "zh" else _referred_en(asked)


def _referred_zh(asked: Asked) -> Resolved | None:
    about = topics.topic(asked.previous, "zh")
    found = cues.PRONOUN_ZH.search(asked.text)
    if found and about and found.start() <= 6:
        points = found.group().startswith(("该", "这", "那"))
        new = f"{about}({found.group()}" if points else about + ("的" if found.group().endswith("的") or found.group() == "其" else "")
        if points:
            noun = asked.text[found.end() : found.end() + 2]
            rest = asked.text[: found.start()] + about + asked.text[found.end() + 2 :] if noun and about.endswith(noun) else ""
            return Resolved(text=rest or f"{about}:{asked.text}", relation="reference", asks=asked.text)
        return Resolved(text=asked.text[: found.start()] + new + asked.text[found.end() :], relation="reference")
    is_short = len(solid(asked.text, "zh")) <= 6
    if about and is_short and not _names_a_subject(asked):
        own = cues.LEAD["zh"].sub("", asked.text)
        return Resolved(text=f"{topics.about(asked.previous, 'zh')}{own}", relation="ellipsis", asks=own)
    return None


def _names_a_subject(asked: Asked) -> bool:
    """Whether a Chinese question says whom or what it asks about; "is there a demand on research spending?" does not."""
    if cues.OWN_ZH.search(asked.text) and asked.glossary is not None:
        return any(mention.term.kind not in MEASURED for mention in asked.glossary.find(asked.text))
    return has_slot(asked.text, "zh", asked.glossary)


def _referred_en(asked: Asked) -> Resolved | None:
    sentences = re.split(r"(?<=[.!?])\s+", asked.text)
    last = sentences[-1]
    found = next((match for match in cues.PRONOUN.finditer(last) if _points_back(last, match)), None)
    one = re.search(r"\b(?:become|be|get|need|have) (one)\b(?=\W*$)", last)
    if found is None and one and (thing := _thing("one", asked)):
        return Resolved(text=capital(" ".join([*sentences[:-1], last[: one.start(1)] + thing + last[one.end(1) :]])), relation="reference")
    if found is None:
        asks_meaning = re.match(r"(?:what|who|where)(?:'s|’s| is| are| was| were) \w", asked.text, re.IGNORECASE)
        is_short = len(terms(asked.text)) <= (0 if asks_meaning else 1)
        return Resolved(text=joined(asked.text, asked.previous, "en"), relation="ellipsis", asks=asked.text) if is_short else None
    word = found.group().lower()
    if word == "it" and _OBTAINED.search(last[: found.start()]):
        return Resolved(text=f"{asked.text.rstrip('?. ')} ({topics.about(asked.previous, 'en')})?", relation="reference", asks=asked.text)
    users = [turn.text for turn in asked.turns]
    about = topics.person(users) if word in ("he", "she", "him", "his", "her", "hers") else _thing(word, asked)
    if not about or about.lower() in asked.text.lower():
        return None
    owned = word in ("its", "their", "his", "hers") or (
        word == "her" and re.match(r" (?!is|was|did|does|and|or|in|at|for|to)\w", last[found.end() :])
    )
    after = re.match(r"\s+[a-z]\w+", last[found.end() :]) if word in ("this", "that", "these", "those") else None
    new = f"{found.group()}{after.group()} ({about})" if after else about + ("'s" if owned else "")
    text = last[: found.start()] + new + last[found.end() + (after.end() if after else 0) :]
    return Resolved(text=capital(" ".join([*sentences[:-1], text])), relation="reference")


def _thing(word: str, asked: Asked) -> str:
    """What "it" or "they" means: a name given as the whole answer, else the whole phrase asked about where the question is no more;
    several things where some were counted.
    """
    question, named = asked.previous, _NAMED.fullmatch(asked.answer)
    if named and word in ("it", "its") and re.match(r"(?:which|what|who) (?!is\b|was\b)", question, re.IGNORECASE):
        return re.sub(r"^(?:An?|The) ", "the ", named.group(1))
    counted = re.match(
        r"(?:how many|which|what) ((?:[\w-]+ ){0,3}\w+s) (?:do|does|did|are|were|is|was|has|have|had)\b", question, re.IGNORECASE
    )
    if counted and word in ("they", "them", "their", "these", "those"):
        return "the " + counted.group(1)
    phrase = topics.about(question, "en")
    asked_for = _ASKED_FOR.match(question)
    if asked_for and word in ("it", "its"):
        return f"the {asked_for.group(1)}"
    thing = phrase if phrase and "," not in phrase and len(phrase.split()) <= 8 else topics.topic(question, "en")
    return re.sub(r"^an? (.+?)(?<!s)$", r"\1s", thing) if word in ("they", "them", "these", "those") else thing


def _points_back(text: str, found: re.Match[str]) -> bool:
    """Whether a pronoun means something said before: not "is it possible", not "the year that", not after a name in its own sentence."""
    word, before, after = found.group().lower(), text[: found.start()], text[found.end() :]
    if word == "it" and re.match(
        r"\s+(?:is |was |be )?(?:possible|true|necessary|required|okay|ok|legal|too late|take\b(?! effect)|mean\b|worth)", after
    ):
        return False
    if word == "that" and (
        re.search(r"[a-z]\s+$", before) and not re.search(r"\b(?:is|was|of|about|for|to|do|does|did|with|in|like)\s+$", before)
    ):
        return False
    is_owned = word in ("its", "their") and topics.has_phrase(before)
    is_second = bool(re.search(r"\b(?:and|or|if|when|while)\b|,", before)) and topics.has_phrase(before)
    if is_owned or is_second:
        return False
    names = re.findall(r"(?<!^)\b[A-Z]\w+", before)
    return not [name for name in names if name != "I"]
