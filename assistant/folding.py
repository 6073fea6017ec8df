"""What people type to one form: width, blanks and script folded, because none of them changes what is meant."""

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

from ingest.schema import Language

_CJK = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[A-Za-z]")
_ASKS_ZH = re.compile(r"[呢吗么哪谁怎几何]|多少")
_ENGLISH = re.compile(r"\b(?:the|an?|of|in|for|to|and|what|which|who|when|where|how|is|are|was|were|do|does|did|can)\b", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_TWO = r"(1[5-9]|2\d|30)"
_SHORT_YEARS = (
    (re.compile(rf"(?<![\d.~—–-]){_TWO}年?[、和与至到~—–-]{_TWO}两?年"), r"20\1年、20\2年"),
    (re.compile(rf"(?<![\d.]){_TWO}(?=版)"), r"20\1"),
    (re.compile(rf"(?<![\d.]){_TWO}(?=年(?:[本版底末初那说又出发印]|的?那?[版份]|\d{{1,2}}月|上半|下半))"), r"20\1"),
    (re.compile(rf"\b(20\d\d) ?[-–/] ?{_TWO}\b(?![-–/\d])"), r"\1-20\2"),
    (re.compile(rf"(?<=[\s(])[’']{_TWO}\b"), r"20\1"),
)


def language_of(text: str) -> Language:
    """Chinese as soon as ideographs carry the sentence or ask: names in Latin script do not make a question English."""
    ideographs, letters = len(_CJK.findall(text)), len(_LETTER.findall(text))
    asks = _ASKS_ZH.search(text) is not None
    if _ENGLISH.match(text) and not asks:
        return "en"
    carries = ideographs * 3 >= letters or (asks and not _ENGLISH.search(text))
    return "zh" if ideographs and carries else "en"


def normalise(text: str) -> str:
    """Full-width forms folded, traditional characters made simplified, blanks single and years written in full."""
    return with_full_years(simplified(_BLANKS.sub(" ", unicodedata.normalize("NFKC", text)).strip()))


def with_full_years(text: str) -> str:
    """Years said by their last two figures as documents write them ("23版", "25、26两年", "2025-26"); lengths of time ("15年以上") stay."""
    for pattern, form in _SHORT_YEARS:
        text = pattern.sub(form, text)
    return text


def simplified(text: str) -> str:
    """Traditional characters replaced one by one, so offsets stay; simplified text comes back as it is."""
    return str(_converter().convert(text)) if _CJK.search(text) else text


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")
