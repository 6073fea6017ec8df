"""The number lock: every figure of a claim must stand in a quote it cites, and every calculation must come out right."""

import ast
import operator
import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from ingest.figures import Figure, find_figures, same, supports
from ingest.sentences import sentence_spans
from ingest.units import UNIT

_EQUALS = re.compile(r"[=≈＝]|\bequals\b|等于")
_SCALE = r"(?:\s?(?i:thousand|million|billion|trillion|bn|mn|tn|k|m|b)(?![A-Za-z])|[百千]?(?:万亿|亿|万))"
_PIECE = rf"(?:[¥￥$€£]?\d[\d,]*(?:\.\d+)?{_SCALE}?(?:\s?{UNIT})?)"
_EXPRESSION = re.compile(rf"(?:{_PIECE}|[()（）\s+*/×÷^−–-])+$")
_OPERATOR = re.compile(r"([()+*/^-])")
_TO_ASCII = str.maketrans("（）×÷−–", "()*/--")
_OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_CONSTANTS = (1, 100)
"""Numbers a formula may hold without a quote: growth factors need 1, shares need 100."""
_LARGEST_EXPONENT = 100


def is_locked(claim: str, sources: Iterable[str], names: Iterable[str] = ()) -> bool:
    """Whether each figure of `claim` stands, with unit and qualifier, in one of the `sources`.

    `names` are titles and document numbers: a figure inside a name that the claim spells out is part of the name.
    """
    texts = tuple(sources)
    if any(_is_whole_sentence(claim.strip(), text) for text in texts):
        return True
    claimed = _figures(_without(claim, names))
    quoted = [figure for text in texts for figure in _figures(text)]
    return all(any(supports(figure, wanted) for figure in quoted) for wanted in claimed)


def _is_whole_sentence(claim: str, text: str) -> bool:
    """Whether the claim is whole sentences of the text, word for word: then nothing can have been cut off a figure."""
    at = text.find(claim)
    if at < 0 or not claim:
        return False
    spans = sentence_spans(text)
    return at in {start for start, _ in spans} and at + len(claim) in {end for _, end in spans}


def _without(claim: str, names: Iterable[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        claim = claim.replace(name, " ") if len(name) > 5 else claim
    return claim


@lru_cache(maxsize=2048)
def _figures(text: str) -> tuple[Figure, ...]:
    return find_figures(text)


def is_right_calculation(claim: str, sources: Iterable[str], names: Iterable[str] = ()) -> bool:
    """Whether `claim` states formulas (`a / b - 1 = c`) of quoted operands with right results, and no other figure without a quote.

    A formula of one operand says the same quantity in another unit.
    """
    texts = tuple(sources)
    quoted = [figure for text in texts for figure in _figures(text)]
    rest, results = _without(claim, names), []
    formulas = 0
    while match := _EQUALS.search(rest):
        left = _EXPRESSION.search(rest[: match.start()].rstrip())
        result = next(iter(_figures(rest[match.end() :])), None)
        if left is None or result is None or left.group().strip() == result.surface.strip():
            return False
        value = _evaluate(left.group(), quoted)
        if value is None or not _comes_to(value, result, is_rounded="≈" in match.group() or result.qualifier == "about"):
            return False
        results.append(result)
        formulas += 1
        rest = rest[: left.start()] + " ; " + rest[match.end() + result.end :]
    proved = [*quoted, *results]
    return formulas > 0 and all(
        _is_year_span(other, quoted) or any(supports(figure, other) for figure in proved) for other in _figures(rest)
    )


def _evaluate(expression: str, quoted: list[Figure]) -> float | None:
    """The value of a formula; None when an operand is not quoted or the formula is malformed."""
    parts = _OPERATOR.split(expression.translate(_TO_ASCII).strip())
    code = ""
    for part in (piece.strip() for piece in parts):
        if not part or _OPERATOR.fullmatch(part):
            code += "**" if part == "^" else part
            continue
        value = _operand(part, quoted)
        if value is None:
            return None
        code += repr(value)
    try:
        return _walk(ast.parse(code, mode="eval").body)
    except (SyntaxError, ValueError, ArithmeticError, RecursionError):
        return None


def _operand(written: str, quoted: list[Figure]) -> float | None:
    figures = find_figures(written)
    if len(figures) != 1 or figures[0].surface.strip() != written:
        return None
    figure = figures[0]
    is_quoted = any(_same_quantity(figure, other) for other in quoted)
    years = _years(quoted)
    is_span = figure.unit in ("", "years") and any(figure.value == abs(a - b) for a in years for b in years if a != b)
    is_constant = figure.unit == "" and figure.value in _CONSTANTS
    return _plain(figure) if is_quoted or is_span or is_constant else None


def _years(quoted: Iterable[Figure]) -> set[int]:
    ends = [end for figure in quoted if figure.kind == "date" and figure.unit == "year" for end in (figure.value, figure.high)]
    return {int(end) for end in ends if end is not None}


def _is_year_span(figure: Figure, quoted: Iterable[Figure]) -> bool:
    """Whether a span of years ("from 2022 to 2025") joins two quoted years, as the period of a calculation does."""
    return figure.unit == "year" and figure.high is not None and {int(figure.value), int(figure.high)} <= _years(quoted)


def _same_quantity(operand: Figure, quoted: Figure) -> bool:
    """Value and unit agree, or a bare operand equals the number as written in the quote; qualifiers do not enter a calculation."""
    bare = quoted.model_copy(update={"qualifier": operand.qualifier})
    ends = [bare.model_copy(update={"high": None})]
    if quoted.high is not None:
        ends.append(bare.model_copy(update={"value": quoted.high, "high": None}))
    if any(same(end, operand) for end in ends):
        return True
    is_year = operand.unit == "year" and quoted.kind == "date"
    if is_year:
        return supports(bare, operand)
    written = re.findall(r"\d[\d,]*(?:\.\d+)?", quoted.surface)
    return operand.unit == "" and any(float(number.replace(",", "")) == float(operand.value) for number in written)


def _plain(figure: Figure) -> float:
    return float(figure.value) / 100 if figure.unit == "percent" else float(figure.value)


def _walk(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_walk(node.operand)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        left, right = _walk(node.left), _walk(node.right)
        is_wild = isinstance(node.op, ast.Pow) and (abs(right) > _LARGEST_EXPONENT or left < 0)
        if is_wild:
            raise ValueError(right)
        return _OPERATIONS[type(node.op)](left, right)
    raise ValueError(ast.dump(node))


def _comes_to(value: float, result: Figure, is_rounded: bool) -> bool:
    """Whether a value rounds to the stated result at the precision in which the result is written."""
    stated = _plain(result)
    written = re.search(r"\d[\d,]*(?:\.(\d+))?", result.surface)
    if written is None:
        return False
    number = float(written.group().replace(",", ""))
    step = abs(stated) / number if number else (0.01 if result.unit == "percent" else 1.0)
    last_place = step * 10.0 ** -len(written.group(1) or "")
    return abs(value - stated) <= (1.0 if is_rounded else 0.5) * last_place * 1.0001 + 1e-9 * abs(stated)
