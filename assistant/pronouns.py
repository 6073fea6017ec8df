"""A pronoun to the thing it stands for: what the last question was about, or the person the turns name most."""

import re

from assistant import cues, topics
from assistant.asked import Asked, Resolved, capital, joined
from assistant.slots import has_slot, solid
from ingest.lexical import terms


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
            return Resolved(text=f"{about}:{asked.text}", relation="reference", asks=asked.text)
        return Resolved(text=asked.text[: found.start()] + new + asked.text[found.end() :], relation="reference")
    is_named = has_slot(asked.text, "zh", asked.glossary)
    is_short = len(solid(asked.text, "zh")) <= 6
    if about and is_short and not is_named:
        return Resolved(text=f"{about}:{asked.text}", relation="ellipsis", asks=asked.text)
    return None


def _referred_en(asked: Asked) -> Resolved | None:
    sentences = re.split(r"(?<=[.!?])\s+", asked.text)
    last = sentences[-1]
    found = next((match for match in cues.PRONOUN.finditer(last) if _points_back(last, match)), None)
    if found is None:
        asks_meaning = re.match(r"(?:what|who|where)(?:'s|’s| is| are| was| were) \w", asked.text, re.IGNORECASE)
        is_short = len(terms(asked.text)) <= (0 if asks_meaning else 1)
        return Resolved(text=joined(asked.text, asked.previous, "en"), relation="ellipsis", asks=asked.text) if is_short else None
    word = found.group().lower()
    users = [turn.text for turn in asked.turns]
    about = topics.person(users) if word in ("he", "she", "him", "his", "her", "hers") else topics.topic(asked.previous, "en")
    if not about or about.lower() in asked.text.lower():
        return None
    owned = word in ("its", "their", "his", "hers") or (
        word == "her" and re.match(r" (?!is|was|did|does|and|or|in|at|for|to)\w", last[found.end() :])
    )
    after = re.match(r"\s+[a-z]\w+", last[found.end() :]) if word in ("this", "that", "these", "those") else None
    new = f"{found.group()}{after.group()} ({about})" if after else about + ("'s" if owned else "")
    text = last[: found.start()] + new + last[found.end() + (after.end() if after else 0) :]
    return Resolved(text=capital(" ".join([*sentences[:-1], text])), relation="reference")


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
