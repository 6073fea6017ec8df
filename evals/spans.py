"""Short answers to exact match and F1, as SQuAD (English) and CMRC 2018 (Chinese) publish them."""

import re
import string
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from ingest.schema import Language

ENGLISH_PUNCTUATION = str.maketrans("", "", string.punctuation)
CHINESE_PUNCTUATION = frozenset("-:_*^/\\~`+=，。：？！“”；’《》……·、「」（）－～『』" + ",.;:!?()[]{}<>\"'")
MATCHING_F1 = 0.5
"""Two sentences are the same piece of evidence from this F1 on (rule of the benchmark folders)."""


def plain_english(text: str) -> str:
    """Lower case without punctuation and articles, words one space apart (SQuAD 1.1)."""
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text.lower().translate(ENGLISH_PUNCTUATION)).split())


def chinese_tokens(text: str) -> list[str]:
    """Single Chinese characters and runs of anything else between punctuation and spaces, lower case (CMRC 2018)."""
    spaced = "".join(" " if character in CHINESE_PUNCTUATION else character for character in text.lower())
    return re.findall(r"[\u4e00-\u9fff]|[^\s\u4e00-\u9fff]+", spaced)


def tokens(text: str, lang: Language) -> list[str]:
    """What F1 counts in."""
    return chinese_tokens(text) if lang == "zh" else plain_english(text).split()


def joined(text: str, lang: Language) -> str:
    """The form in which two answers are compared for equality."""
    return "".join(chinese_tokens(text)) if lang == "zh" else plain_english(text)


def token_f1(actual: Sequence[str], expected: Sequence[str], lang: Language) -> float:
    """Overlap F1: the bag of words in English, the longest common run of tokens in Chinese."""
    if lang == "zh":
        if not actual or not expected:
            return 0.0
        common = SequenceMatcher(None, actual, expected, autojunk=False).find_longest_match().size
    elif not actual or not expected:
        return float(actual == expected)
    else:
        common = (Counter(actual) & Counter(expected)).total()
    return 2 * common / (len(actual) + len(expected))


def exact_and_f1(actual: str, expected: Sequence[str], lang: Language) -> tuple[float, float]:
    """Exact match and F1 with the best of the accepted answers; without any, 1 exactly when the answer is empty."""
    if not expected:
        empty = float(not joined(actual, lang))
        return empty, empty
    exact = max(float(joined(actual, lang) == joined(one, lang)) for one in expected)
    return exact, max(token_f1(tokens(actual, lang), tokens(one, lang), lang) for one in expected)


def contains(actual: str, expected: str, lang: Language) -> bool:
    """Whole words in English, any run of characters in Chinese; a Chinese text without a token is in nothing."""
    if lang == "zh":
        return bool(joined(expected, lang)) and joined(expected, lang) in joined(actual, lang)
    return f" {joined(expected, lang)} " in f" {joined(actual, lang)} "


def same_evidence(actual: str, expected: str, lang: Language) -> bool:
    """Equal, one within the other, or half alike by F1."""
    if joined(actual, "en") == joined(expected, "en") or contains(actual, expected, lang) or contains(expected, actual, lang):
        return True
    return exact_and_f1(actual, [expected], lang)[1] >= MATCHING_F1


def numbers(text: str) -> list[float]:
    """Numbers of an English text; a minus sign or brackets make one negative: "(1,200)" is -1200."""
    found = []
    for mark in re.findall(r"-?\(?\$?\s?[\d,]*\.?\d+\)?%?", text):
        negative = mark.startswith("-") or (mark.startswith("(") and mark.endswith(")"))
        digits = re.sub(r"[^\d.]", "", mark)
        if digits.count(".") <= 1:
            found.append(-float(digits) if negative else float(digits))
    return found
