"""Amounts as people say them ("6个亿", "刚破亿", "half a billion", "200 grand") to amounts as documents write them."""

import re

_NUMBER = r"\d+(?:\.\d+)?|[一二两三四五六七八九十百千半]+"
_REACHED = r"(?<=[破过超达到近上满])"
_GIVEN = r"(?<![\d一二两三四五六七八九十百千万亿半几多])"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"({_NUMBER})个(亿|千万|百万|万)(?!元|人|吨|千瓦|台|户|[a-zA-Z])"), r"\1\2元"),
    (re.compile(rf"{_REACHED}{_GIVEN}([十百千]?)(亿|万)(?!元)(?![\d一二两三四五六七八九十])"), r"一\1\2元"),
    (re.compile(r"(?<=[\d一二两三四五六七八九十百千])(亿|千万|百万|万)(?=的|[,，。?？、;；]|营收|收入|销售|投资|以上|以下|$)"), r"\1元"),
    (re.compile(r"(?<!第)(\d+(?:\.\d+)?)\s?个点(?!\d)"), r"\1个百分点"),
    (re.compile(r"\b(?:half|1/2) (?:of )?a (billion|million|trillion)\b", re.IGNORECASE), r"0.5 \1"),
    (re.compile(r"\b(?:a )?quarter of a (billion|million)\b", re.IGNORECASE), r"0.25 \1"),
    # A lone letter must touch its number: "80m" is money, "Annex 5 B" and "500 m" are not.
    (re.compile(r"\b(\d+(?:\.\d+)?)(?: ?grand|k)\b"), r"\1 thousand"),
    (re.compile(r"\b(\d+(?:\.\d+)?)(?: ?bn|b)\b"), r"\1 billion"),
    (re.compile(r"\b(\d+(?:\.\d+)?)(?: ?(?:mn|mil)|m)\b(?! ?\d| (?:of|from|wide|long|away|high|deep|tall)\b)"), r"\1 million"),
)


def written(text: str) -> str:
    """The text with spoken amounts as documents would write them; money is meant where no unit is said. Offsets change."""
    for pattern, form in _RULES:
        text = pattern.sub(form, text)
    return text
