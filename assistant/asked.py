"""A question among its turns, and what it becomes when it stands alone."""

from typing import Literal

from assistant.schema import Turn
from ingest.glossary import Glossary
from ingest.schema import Language, Record

Relation = Literal["new", "shift", "accepted", "declined", "reply", "corrected", "replaced", "ordinal", "reference", "ellipsis"]


class Resolved(Record):
    """A standalone question. `asks` holds the words that decide the form of its answer, where they are not the whole text, `focus` those
    that stand against their counterpart in an earlier question, whose words are in the text as well."""

    text: str
    relation: Relation = "new"
    asks: str = ""
    focus: str = ""


class Asked(Record):
    """A question with what came before it: `previous` is the last question, standalone, and `answer` what was answered to it."""

    text: str
    language: Language
    previous: str
    answer: str
    turns: tuple[Turn, ...]
    glossary: Glossary | None


def joined(front: str, question: str, language: Language) -> str:
    """Two texts as one that people can read: what is asked now, then the question it belongs to."""
    front, question = front.strip().rstrip("?。. "), question.strip()
    return f"{front}:{question}" if language == "zh" else f"{front}: {question}"


def capital(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:]
