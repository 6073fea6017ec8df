"""Text to the pieces between which a line may end, in Latin and Chinese script."""

import re
from collections.abc import Iterator
from itertools import pairwise

_CJK = "\u2e80-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef“”‘’…—"
_UNIT = re.compile(rf" |[{_CJK}]|[^ {_CJK}]+")
_IS_CJK = re.compile(f"[{_CJK}]")
_QUOTES = "“”‘’…—"
_OPENING, _CLOSING = "（【《〈“‘〔「『", "，。；：、！？）】》〉”’〕」』…—％‰"


def unbreakable(text: str) -> Iterator[str]:
    """Pieces between which a line may end: at spaces in Latin text, after Chinese signs elsewhere.

    At other places the text would read back with a space too many or too few, for a line break means a space in Latin text only.
    """
    units = _UNIT.findall(text)
    piece = ""
    for unit, after in pairwise([*units, ""]):
        piece += unit
        if after == "" or _may_break(piece, unit, after):
            yield piece
            piece = ""


def _may_break(piece: str, unit: str, after: str) -> bool:
    if unit == " ":
        return not (_IS_CJK.match(after) or _IS_CJK.match(piece[-2:-1]))
    is_quote = unit in _QUOTES or after in _QUOTES
    return _IS_CJK.match(unit) is not None and after != " " and unit not in _OPENING and after not in _CLOSING and not is_quote
