"""Unit words of both languages to one normal form: `万千瓦` and `GW` are both watts, `元` and `RMB` both yuan.

A table row is (pattern, normal form, multiplier). Symbols keep their case (`MW` is no `mW`); words do not mind it.
"""

import re
from decimal import Decimal

_SYMBOLS: tuple[tuple[str, str, str], ...] = (
    ("TWh", "wh", "1e12"),
    ("GWh", "wh", "1e9"),
    ("MWh", "wh", "1e6"),
    ("[kK]Wh", "wh", "1e3"),
    ("Wh", "wh", "1"),
    ("GWp?", "w", "1e9"),
    ("MWp?", "w", "1e6"),
    ("[kK]Wp?", "w", "1e3"),
    ("Wp?", "w", "1"),
    ("[kK]V", "v", "1e3"),
    ("[kK]VA", "va", "1e3"),
    ("MVA", "va", "1e6"),
    ("V", "v", "1"),
    ("nm", "m", "1e-9"),
    ("[μµ]m", "m", "1e-6"),
    ("mm2|mm²", "m2", "1e-6"),
    ("mm", "m", "1e-3"),
    ("cm2|cm²", "m2", "1e-4"),
    ("cm", "m", "1e-2"),
    ("km2|km²", "m2", "1e6"),
    ("km", "m", "1e3"),
    ("m2|m²", "m2", "1"),
    ("m3|m³", "m3", "1"),
    ("m", "m", "1"),
    ("kg", "g", "1e3"),
    ("t", "g", "1e6"),
    ("L", "l", "1"),
    ("ha", "m2", "1e4"),
    ("dB", "db", "1"),
    ("[GT]Hz|[kM]Hz", "hz", "1"),
    ("EFLOPS", "flops", "1e18"),
    ("PFLOPS", "flops", "1e15"),
    ("TFLOPS", "flops", "1e12"),
    ("°C|℃", "celsius", "1"),
    ("[TGMk]B", "byte", "1"),
    ("[GM]bps", "bps", "1"),
)
_WORDS: tuple[tuple[str, str, str], ...] = (
    ("元人民币|人民币元?|元|块钱|yuan|renminbi|rmb|cny", "yuan", "1"),
    ("美元|u\\.?s\\.? ?dollars?|dollars?|usd", "usd", "1"),
    ("欧元|euros?|eur", "eur", "1"),
    ("港元|港币|hkd", "hkd", "1"),
    ("日元|yen|jpy", "jpy", "1"),
    ("英镑|gbp", "gbp", "1"),
    ("个百分点|百分点|percentage[- ]points?|ppts?|pp", "point", "1"),
    ("basis points?|个基点|基点|bps", "point", "0.01"),
    ("%|percent|per ?cents?|pct", "percent", "1"),
    ("‰|per mille", "percent", "0.1"),
    ("成", "percent", "10"),
    ("倍|times|[- ]?fold", "times", "1"),
    ("千瓦时|千瓦小时|kilowatt[- ]hours?", "wh", "1e3"),
    ("兆瓦时|megawatt[- ]hours?", "wh", "1e6"),
    ("吉瓦时|gigawatt[- ]hours?", "wh", "1e9"),
    ("瓦时", "wh", "1"),
    ("千瓦|kilowatts?", "w", "1e3"),
    ("兆瓦|megawatts?", "w", "1e6"),
    ("吉瓦|gigawatts?", "w", "1e9"),
    ("瓦", "w", "1"),
    ("千伏安", "va", "1e3"),
    ("千伏|kilovolts?", "v", "1e3"),
    ("伏特?|volts?", "v", "1"),
    ("纳米|nanomet(?:re|er)s?", "m", "1e-9"),
    ("微米|microns?", "m", "1e-6"),
    ("毫米|millimet(?:re|er)s?", "m", "1e-3"),
    ("厘米|centimet(?:re|er)s?", "m", "1e-2"),
    ("平方公里|平方千米|square kilomet(?:re|er)s?", "m2", "1e6"),
    ("平方米|平米|square met(?:re|er)s?", "m2", "1"),
    ("立方米|cubic met(?:re|er)s?", "m3", "1"),
    ("公顷|hectares?", "m2", "1e4"),
    ("亩|mu", "mu", "1"),
    ("公里|千米|kilomet(?:re|er)s?", "m", "1e3"),
    ("米|met(?:re|er)s?", "m", "1"),
    ("英寸|inch(?:es)?", "inch", "1"),
    ("千克|公斤|kilograms?|kilos?", "g", "1e3"),
    ("公吨|吨|metric tons?|tonn?es?|tons?", "g", "1e6"),
    ("升|lit(?:re|er)s?", "l", "1"),
    ("个工作日|工作日|(?:working|business) days?", "workday", "1"),
    ("个?小时|hours?", "hours", "1"),
    ("分钟|minutes?", "minutes", "1"),
    ("秒钟?|seconds", "seconds", "1"),
    ("个?星期|周|weeks?", "weeks", "1"),
    ("个月|months?", "months", "1"),
    ("个季度|quarters", "quarter", "1"),
    ("周?年|years?", "years", "1"),
    ("天|日|days?", "days", "1"),
    ("周岁|岁|years? old", "age", "1"),
    ("人次", "visits", "1"),
    ("人|名|位(?!数)|persons?|people|staff|employees|workers", "persons", "1"),
    ("家|户", "count:firm", "1"),
    ("分(?!之|别|期|类|级|布|享|析|批|档|年)", "score", "1"),
    ("[件台套条辆艘座枚只部片块颗栋所篇册]", "count:", "1"),
    ("[个项种款类次批大支张步轮档](?!别|目标)", "count:", "1"),
)
_FIRM = frozenset({"company", "enterprise", "firm", "business", "manufacturer"})
# Words that end the noun phrase after a number.
_COUNT_STOPS = frozenset(
    (
        *("in", "of", "by", "and", "to", "for", "with", "at", "from", "on", "or", "as", "than", "per", "into", "over", "under", "between"),
        *("until", "since", "during", "before", "after", "above", "below", "about", "up", "through", "via", "against", "out", "off"),
        *(
            "is",
            "are",
            "was",
            "were",
            "has",
            "have",
            "had",
            "will",
            "would",
            "should",
            "shall",
            "may",
            "can",
            "aims",
            "plans",
            "gives",
            "wants",
            "sets",
            "needs",
        ),
        *("each", "that", "which", "who", "when", "while", "if", "the", "a", "an", "it", "its", "his", "her", "this", "these", "their"),
        *("those", "not", "more", "less", "least", "most", "only", "plus", "minus", "times"),
    )
)


def _joined(rows: tuple[tuple[str, str, str], ...], tail: str) -> str:
    ordered = sorted((option for pattern, _, _ in rows for option in _options(pattern)), key=_written_length, reverse=True)
    latin = "|".join(option for option in ordered if re.search("[A-Za-z]", option))
    other = "|".join(option for option in ordered if not re.search("[A-Za-z]", option))
    return rf"(?:(?:{latin}){tail}|{other})" if other else rf"(?:(?:{latin}){tail})"


def _written_length(option: str) -> int:
    """Length of the text an alternative matches, near enough to try `个月` before `个`."""
    return len(re.sub(r"\[[^\]]*\]|\(\?!.*?\)", "x", option))


def _options(pattern: str) -> list[str]:
    """The alternatives of a pattern, split at the bars that stand outside brackets."""
    return re.split(r"\|(?![^(]*\))", pattern)


_WORD_END = r"(?![A-Za-z])"
UNIT = rf"(?:{_joined(_SYMBOLS, _WORD_END)}|(?i:{_joined(_WORDS, _WORD_END)}))"
"""One unit, without a "per" part."""
_TABLE = [
    *((re.compile(pattern), normal, Decimal(factor)) for pattern, normal, factor in _SYMBOLS),
    *((re.compile(pattern, re.IGNORECASE), normal, Decimal(factor)) for pattern, normal, factor in _WORDS),
]
CURRENCIES = {
    "¥": "yuan",
    "￥": "yuan",
    "RMB": "yuan",
    "CNY": "yuan",
    "人民币": "yuan",
    "US$": "usd",
    "USD": "usd",
    "美元": "usd",
    "HK$": "hkd",
}
CURRENCIES |= {"$": "usd", "€": "eur", "£": "gbp"}
"""Signs that stand before the number."""
MONEY = frozenset({"yuan", "usd", "eur", "hkd", "jpy", "gbp"})


PERIODS = frozenset({"years", "quarters", "months", "weeks", "days", "workday", "hours", "minutes", "seconds"})


def is_counted(unit: str) -> bool:
    """Whether a unit in normal form counts things or time rather than measuring an amount."""
    return unit in PERIODS or unit in ("persons", "visits", "score", "age", "times") or unit.startswith("count:")


def unit_of(surface: str) -> tuple[str, Decimal]:
    """Normal form of one unit and the factor to it; ("", 1) for a word that is no unit."""
    for pattern, normal, factor in _TABLE:
        if pattern.fullmatch(surface):
            return normal, factor
    return "", Decimal(1)


def count_noun(following: str) -> str:
    """The normal form `persons` or `count:<noun>` for the words after an English number; "" when they name nothing countable."""
    run = re.match(r"(?:[\s-]+[A-Za-z][A-Za-z'’-]*){1,5}", following[:80])
    words = run.group().split() if run else []
    for word in words:
        low = word.lower().strip("-'’")
        if low in _COUNT_STOPS:
            return ""
        if low in ("people", "staff"):
            return "persons"
        if low.endswith("s") and not low.endswith(("ss", "us", "is")):
            return _singular(low)
    return ""


def _singular(noun: str) -> str:
    if noun.endswith("ies"):
        noun = noun[:-3] + "y"
    elif noun.endswith(("sses", "xes", "ches", "shes")):
        noun = noun[:-2]
    else:
        noun = noun[:-1]
    if noun in ("person", "employee", "worker"):
        return "persons"
    return "count:firm" if noun in _FIRM else f"count:{noun}"
