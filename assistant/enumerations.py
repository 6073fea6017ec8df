"""A question for a list of things to the candidates that say how many of them there are: "five sectors: ...", 五个重点行业."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Candidate
from assistant.kinds import Kind
from ingest.lexical import terms
from ingest.schema import Language

_ASKED_EN = re.compile(
    r"\b(?:which|what)(?: are| were)?(?: the)?(?: (?:main|key|major|chief|priority))?"
    r"(?: (?:two|three|four|five|six|seven|eight|nine|ten|\d+))? (?P<noun>[a-z-]+s)\b(?! of\b)",
    re.IGNORECASE,
)
_ASKED_ZH = re.compile(
    r"哪(?:些|几?[个项条类种家大]|[两三四五六七八九十\d]+[个项条类种家大])(?:主要|重点|重要|具体)?(?P<noun>[\u4e00-\u9fff]{2})"
)
_NUMBER_EN = r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}) (?:[\w-]+ ){0,2}?"
_COUNTED_EN = re.compile(rf"{_NUMBER_EN}(?P<noun>[a-z-]+s)\b", re.IGNORECASE)
_COUNTED_ZH = r"(?<!第)(?:[两二三四五六七八九十]+|\d{1,2})[个项条类种家大](?:[\u4e00-\u9fff]{0,4}?)"


def counted(question: str, kind: Kind, language: Language, found: Sequence[Candidate]) -> NDArray[np.float64]:
    """1 for candidates that count the very things a question for a list asks for; shape (len(found),)."""
    asked = (_ASKED_ZH if language == "zh" else _ASKED_EN).search(question) if kind == "list" else None
    if asked is None:
        return np.zeros(len(found))
    return np.array([_counts(asked["noun"], candidate.text, language) for candidate in found], dtype=np.float64)


def _counts(noun: str, text: str, language: Language) -> bool:
    if language == "zh":
        return re.search(_COUNTED_ZH + re.escape(noun), text) is not None
    wanted = terms(noun)
    return any(terms(match["noun"]) == wanted for match in _COUNTED_EN.finditer(text))
