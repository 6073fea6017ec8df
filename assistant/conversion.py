"""An amount of money in the scale that a question asks for: 230 billion yuan is 2300亿元 and 0.23 trillion yuan.

Only scales are converted. What a sum is in another currency depends on a rate, and is told where a document tells it.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from assistant.candidates import Candidate
from assistant.folding import language_of
from assistant.lock import is_right_calculation
from assistant.prompts import sentence
from assistant.schema import DraftClaim, Evidence
from ingest.figures import Figure, find_figures
from ingest.schema import Language


class Scale(NamedTuple):
    """A unit in which money is counted: its name, its size in yuan, and the text after a number."""

    name: str
    size: Decimal
    written: str


def _scale(name: str, written: str) -> Scale:
    return Scale(name, find_figures(f"1{written}")[0].value, written)


_EN = {name: _scale(name, f" {name} yuan") for name in ("trillion", "billion", "million", "thousand")}
_ZH = {name: _scale(name, f"{name}元") for name in ("万亿", "千亿", "百亿", "亿", "千万", "百万", "万")}
_NAMES_EN, _NAMES_ZH = "|".join(_EN), "|".join(_ZH)
_ASKED_EN = re.compile(
    rf"\b(?:how many|(?:in|into|as)(?: terms of)?) ({_NAMES_EN})s?\b"
    r"(?=\s*(?:$|[^\w\s]|(?:of )?(?:yuan|RMB)\b|(?:is|are|was|were|does|do|did|can|could|will|would)\b))",
    re.IGNORECASE,
)
_ASKED_ZH = re.compile(
    rf"(?:(?:多少|几)个?|(?:换算|折算|折|合|相当于|等于|换)(?:成|为|是)?)({_NAMES_ZH})(?![美欧港日户家个人名吨座台片千度架辆套条平])"
    rf"|(?:用|按|以)({_NAMES_ZH})元?(?:表示|计|为单位|说|写)|\b(?:in|into) ({_NAMES_ZH})元?"
)
_AHEAD = re.compile(r"\b(?:how much is|convert|express|write|what is|is|turn)\s*$|[把将]\s*$", re.IGNORECASE)
_BEHIND = re.compile(r"\s*(?:(?:is|are|equals?|in|into|as|to)\b|=|(?:人民币)?(?:是|等于|换算|折|合|相当于|用|以|按|为))", re.IGNORECASE)
_AROUND = re.compile(
    rf"\b(?:and|so|what|how|much|many|is|are|it|that|this|would|be|please|convert\w*|express\w*|written|in|into|as|terms|of|the|amount|yuan)\b"
    rf"|(?:{_NAMES_EN})s?|{_NAMES_ZH}|那|就|是|多少|几|个|元|呢|吗|请|换算|折算|折|合|成|为|用|按|以|表示|计|一下|说|写|相当于|等于|[\s,.?，。？]",
    re.IGNORECASE,
)
_WRITTEN = re.compile(rf"\d[\d,]*(?:\.\d+)?\s?({_NAMES_EN}|{_NAMES_ZH})?\s?(?:yuan|元)?")


def asked_scale(question: str) -> Scale | None:
    """The scale that a question wants an amount in; None where it names none."""
    found = _ASKED_ZH.search(question) or _ASKED_EN.search(question)
    if found is None:
        return None
    name = next(group for group in found.groups() if group)
    return _ZH.get(name) or _EN[name.lower()]


def rescaled(text: str, previous: str) -> str:
    """The previous question with the scale that a text asks for and nothing else ("in trillions?", "那是多少万元"); "" for other texts."""
    scale = asked_scale(text)
    if scale is None or _AROUND.sub("", text):
        return ""
    asked = previous.rstrip("?？。. ")
    return f"{asked},以{scale.written}表示?" if language_of(previous) == "zh" else f"{asked}, in{' ' * (scale.name in _ZH)}{scale.written}?"


def amount_to_convert(question: str) -> Figure | None:
    """The one amount of money that a question states and wants in another scale; None for other questions."""
    amounts = [figure for figure in find_figures(question) if figure.unit == "yuan" and figure.value]
    scale = asked_scale(question)
    if scale is None or len(amounts) != 1 or _scale_of(amounts[0]) == scale.name:
        return None
    start, end = amounts[0].start, amounts[0].end
    return amounts[0] if _AHEAD.search(question[:start]) or _BEHIND.match(question[end:]) else None


def stating(amount: Figure, found: Iterable[Candidate]) -> Candidate | None:
    """The candidate that states the amount, however it writes it, with the fewest other figures; the first of several."""
    read = [(find_figures(candidate.text), candidate) for candidate in found]
    stated = [(len(figures), c) for figures, c in read if any(f.value == amount.value and f.unit == amount.unit for f in figures)]
    return min(stated, key=lambda one: one[0])[1] if stated else None


def conversion(question: str, claims: Sequence[DraftClaim], language: Language) -> list[DraftClaim]:
    """The amount of the first claim in the scale asked for, as a calculation of our own; [] where none is asked for, where the quote
    tells it in that scale, and where it states several amounts."""
    scale = asked_scale(question)
    if scale is None or not claims or not claims[0].evidence:
        return []
    quote = claims[0].evidence[0]
    stated = _amount(question, claims[0], quote)
    same = () if stated is None else (f for f in find_figures(quote.quote) if f.value == stated.value)
    if stated is None or any(_scale_of(figure) == scale.name for figure in same):
        return []
    value = (stated.value / scale.size).normalize()
    number = f"{value:,f}" if scale.name in _EN else f"{value:f}"
    written = _WRITTEN.search(stated.surface)
    if written is None:
        return []
    text = sentence("conversion", language, formula=f"{written.group().strip()} = {number}{scale.written}")
    is_right = is_right_calculation(text, [quote.quote])
    return [DraftClaim(text=text, evidence=(quote,), layout="calculation")] if is_right else []


def _amount(question: str, claim: DraftClaim, quote: Evidence) -> Figure | None:
    """The amount that the question states and wants converted; where it states none to convert, the marked answer or the only amount of
    the quote beside what the question says itself."""
    texts = ([claim.answer_span.text] if claim.answer_span else []) + [quote.quote]
    said = {figure.value for figure in find_figures(question) if figure.unit == "yuan"}
    is_said = amount_to_convert(question) is not None
    for text in texts:
        single = [figure for figure in reversed(find_figures(text)) if figure.unit == "yuan" and figure.high is None]
        amounts = {figure.value: figure for figure in single if (figure.value in said) == is_said}
        if len(amounts) == 1:
            return next(iter(amounts.values()))
    return None


def _scale_of(figure: Figure) -> str:
    """The name of the scale that an amount is written in; "" for a plain number."""
    found = _WRITTEN.search(figure.surface)
    return (found.group(1) or "") if found else ""
