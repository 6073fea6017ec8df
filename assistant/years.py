"""Years as questions and documents name them: by their number, or by their distance from one named before."""

import re

from assistant.slots import solid
from ingest.numerals import number_value
from ingest.schema import Language

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

_STEP = re.compile(
    r"\b(?:in |for )?(?:(?:the|an?|(?P<n>one|two|three|four|five|\d)) years? (?:(?P<after>after|later)|(?:before|earlier))"
    r"|the (?:(?P<next>following|next|subsequent)|previous|preceding|prior) year)(?: that)?\b"
    r"|[再更]?[往向]?(?:前面?[一1]|上一|头一)年|(?P<zh_next>[再更]?[往向]?后面?[一1]年|下一年|次年|转年)"
    r"|[再更]?过?(?P<zh_n>[一两二三四五\d])年(?:(?P<zh_after>之?后)|之?前)",
    re.IGNORECASE,
)


def stepped(text: str, language: Language, previous: str, answer: str) -> str:
    """ "And the year after?" with the year that it means: one from the last year of `previous`, or from the only one of `answer`.

    As it is where it asks something of its own, or no year is known to count from.
    """
    found = _STEP.search(text)
    if found is None or solid(text[: found.start()] + text[found.end() :], language):
        return text
    asked, told = YEAR.findall(previous), set(YEAR.findall(answer))
    known = asked[-1:] or (list(told) if len(told) == 1 else [])
    if not known:
        return text
    steps = int(number_value(found["n"] or found["zh_n"] or "1") or 0)
    is_later = any(found[name] for name in ("after", "next", "zh_next", "zh_after"))
    year = int(known[0]) + (steps if is_later else -steps)
    return text[: found.start()] + (f"{year}年" if language == "zh" else f"in {year}") + text[found.end() :]
