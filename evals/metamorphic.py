"""Cases to variants that mean the same, and to how consistently the two are answered (metamorphic testing, Chen et al. 1998).

A rule rewrites the question, or gives None where it has nothing to rewrite. No rule looks at what is expected.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from opencc import OpenCC

from evals.schema import AnswerCase, Scored, Suite
from evals.scoring import score_case

Rule = Callable[[AnswerCase], str | None]
WIDTH = {code: code + 0xFEE0 for code in [*range(ord("0"), ord("9") + 1), *map(ord, "%?!(),:;")]}
SHORTER_ZH = {"千万": ("亿", 1), "百万": ("亿", 2), "万": ("亿", 4), "亿": ("万亿", 4)}
"""Chinese scale -> the larger one and the places the point moves: 5000万 is 0.5亿."""
OTHER_EN = {"billion": "bn", "million": "mn", "bn": "billion", "mn": "million"}
SEPARATOR = "~"


def typo(case: AnswerCase) -> str | None:
    """Two neighbouring characters swapped in the middle of the longest word (six letters, or four Chinese characters, and more)."""
    runs = [*re.finditer(r"[A-Za-z]{6,}|[\u3400-\u9fff]{4,}", case.question)]
    longest = max(runs, key=lambda run: len(run[0]), default=None)
    if longest is None:
        return None
    first = longest.start() + len(longest[0]) // 2 - 1
    swapped = case.question[first + 1] + case.question[first]
    return case.question[:first] + swapped + case.question[first + 2 :]


def width(case: AnswerCase) -> str | None:
    """Digits and marks in the other width: half to full where there are any, otherwise full to half."""
    full = case.question.translate(WIDTH)
    return full if full != case.question else unicodedata.normalize("NFKC", case.question)


@lru_cache(maxsize=1)
def converter() -> OpenCC:
    """Simplified to traditional characters."""
    return OpenCC("s2t")


def script(case: AnswerCase) -> str | None:
    """Traditional characters for simplified ones."""
    return str(converter().convert(case.question)) if case.lang == "zh" else None


def order(case: AnswerCase) -> str | None:
    """The two parts around the only comma, the other way round: "By 2027, how many?" asks "how many, By 2027?"."""
    parts = re.fullmatch(r"([^,，]{4,})[,，]\s*([^,，]{4,}?)([?？。.!！]*)", case.question)
    if not parts:
        return None
    comma = "，" if case.lang == "zh" else ", "
    return f"{parts[2]}{comma}{parts[1]}{parts[3]}"


def units(case: AnswerCase) -> str | None:
    """Amounts and percentages in another form of the same value: 5000万元 as 0.5亿元, 30 billion as 30 bn, 40% as 40 percent."""
    if case.lang == "zh":
        text = re.sub(r"(\d+(?:\.\d+)?)(千万|百万|万(?!亿)|(?<!万)亿)", larger, case.question)
        return re.sub(r"(\d+(?:\.\d+)?)[%％]", r"百分之\1", text)
    text = re.sub(r"(\d)\s?(billion|million|bn|mn)\b", lambda found: f"{found[1]} {OTHER_EN[found[2]]}", case.question)
    return re.sub(r"(\d)\s?%", r"\1 percent", text)


def larger(found: re.Match[str]) -> str:
    """An amount on the next larger Chinese scale."""
    scale, places = SHORTER_ZH[found[2]]
    return f"{Decimal(found[1]).scaleb(-places).normalize():f}{scale}"


RULES: Mapping[str, Rule] = {"typo": typo, "width": width, "script": script, "order": order, "units": units}
DISTRACTORS = "distractors"
"""Not a rule of the question: the same question over the corpus with further documents in it."""


def variants(suite: Suite) -> Suite:
    """The variants of every answers case, with `~rule` behind the id; rules that change nothing give none."""
    made = [
        case.model_copy(update={"id": f"{case.id}{SEPARATOR}{name}", "question": question})
        for case in answer_cases(suite)
        for name, rule in RULES.items()
        for question in [rule(case)]
        if question is not None and question != case.question
    ]
    return suite.model_copy(update={"cases": tuple(made)})


def answer_cases(suite: Suite) -> list[AnswerCase]:
    """The answers cases of a suite."""
    return [case for case in suite.cases if isinstance(case, AnswerCase)]


def again(suite: Suite) -> Suite:
    """Every answers case unchanged under the name of the distractors."""
    made = tuple(case.model_copy(update={"id": f"{case.id}{SEPARATOR}{DISTRACTORS}"}) for case in answer_cases(suite))
    return suite.model_copy(update={"cases": made})


def consistency(original: Mapping[str, Any], variant: Mapping[str, Any]) -> dict[str, float]:
    """Whether two answers say the same: the same status and, where both cite, first claims with a quoted span in common."""
    same_status = original["status"] == variant["status"]
    spans, others = first_spans(original), first_spans(variant)
    shared = any(a[0] == b[0] and a[1] < b[2] and b[1] < a[2] for a in spans for b in others)
    return {"consistency": float(same_status and (shared or not (spans or others))), "same_status": float(same_status)}


def first_spans(answer: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """Document and offsets of the quotes of the first claim."""
    cited: list[int] = next((claim["citations"] for claim in answer["claims"]), [])
    return [(one["document_id"], one["start"], one["end"]) for one in answer["citations"] if one["number"] in cited]


def score_variants(suite: Suite, answers: Mapping[tuple[str, str], Mapping[str, Any]], originals: Suite) -> list[Scored]:
    """Scores of the variants, with `kept` for those whose original was right: is the variant right as well?"""
    by_id = {case.id: case for case in answer_cases(originals)}
    rows = []
    for case in answer_cases(suite):
        of, _, rule = case.id.rpartition(SEPARATOR)
        actual, before = ({k: v for k, v in answers[suite.name, id_].items() if k not in ("suite", "id")} for id_ in (case.id, of))
        scored = score_case(suite.name, case, actual)
        scores = {"accuracy": scored.scores["accuracy"]}
        if score_case(suite.name, by_id[of], before).scores["accuracy"]:
            scores["kept"] = scores["accuracy"]
        if "answer" in actual and "answer" in before:
            scores = consistency(before["answer"], actual["answer"]) | scores
        reasons = scored.reasons if scores.get("consistency") == 1 else ("answered otherwise than the original", *scored.reasons)
        rows.append(scored.model_copy(update={"scores": scores, "reasons": reasons, "slices": scored.slices | {"rule": (rule,)}}))
    return rows
