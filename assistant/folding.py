"""What people type to one form: width, blanks and script folded, because none of them changes what is meant."""

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

from ingest.schema import Language

_CJK = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[A-Za-z]")
_BLANKS = re.compile(r"\s+")


def language_of(text: str) -> Language:
    """Chinese as soon as ideographs carry the sentence: product names in Latin script do not make a question English."""
    ideographs, letters = len(_CJK.findall(text)), len(_LETTER.findall(text))
    return "zh" if ideographs * 3 >= letters and ideographs else "en"


def normalise(text: str) -> str:
    """Full-width forms folded, traditional characters made simplified and blanks single."""
    return simplified(_BLANKS.sub(" ", unicodedata.normalize("NFKC", text)).strip())


def simplified(text: str) -> str:
    """Traditional characters replaced one by one, so offsets stay; simplified text comes back as it is."""
    return str(_converter().convert(text)) if _CJK.search(text) else text


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")
