"""A prediction to the published metrics of its benchmark; evals/README.md names the source of each."""

import math
import re
from collections.abc import Sequence
from itertools import islice, permutations

from evals.bench_schema import BenchQuestion, Prediction
from evals.metrics import abstention, f1
from evals.scoring import ranking
from evals.spans import contains, exact_and_f1, joined, numbers, same_evidence
from ingest.schema import Language

NUMBER_KINDS = ("arithmetic", "count", "metrics-generated")
GRADED_RETRIEVAL = "retrieval_graded"
ORDERS = 5040
"""Orders of answers that are tried: all of them up to seven answers (7! = 5040)."""
_END = r"\s*(?:[.,;:!。，；：！\[(（]|$)"
# The word must stand alone: "No risk of loss ..." and "不超过300万元" begin a statement and decide nothing.
YES = re.compile(rf"\W*(?:yes|是的?|对|可以|符合){_END}", re.IGNORECASE)
NO = re.compile(rf"\W*(?:no|否|不是|不对|不可以|不能|不行|不符合){_END}", re.IGNORECASE)


def score_prediction(question: BenchQuestion, prediction: Prediction) -> dict[str, float]:
    """Every metric that the question defines, from 0 to 1."""
    scores = ranking(list(prediction.retrieved), question.gains())
    if question.kind == GRADED_RETRIEVAL:
        return scores
    scores = answer_scores(question, prediction) | scores
    if question.answers and question.evidence and prediction.evidence is not None:
        scores |= evidence_scores(question.evidence, prediction.evidence, question, scores["F1"])
    return scores | decision_scores(question, prediction)


def answer_scores(question: BenchQuestion, prediction: Prediction) -> dict[str, float]:
    """Exact match, F1 and abstention of the short answer; the same for the first claim and its quote, which hold more words."""
    answer, lang = prediction.answer.strip(), question.lang
    unanswerable, abstained = not question.answers, not answer
    exact, overlap = exact_and_f1(answer, question.answers, lang)
    scores = {"EM": exact, "F1": overlap, "abstain_correct": float(unanswerable == abstained)}
    if not question.gold_string_in_corpus_top10:
        scores |= abstention(abstained, unanswerable)
    if question.answers_with_conditions is not None:
        expected = question.answers_with_conditions if question.answers else ()
        scores |= conditional_scores([(answer, ())] if answer else [], expected)
    if unanswerable:
        return scores

    def found(text: str) -> float:
        return float(any(contains(text, gold, lang) for gold in question.answers))

    first_quote = next(iter(prediction.evidence or ()), "")
    scores |= {"answered": float(not abstained), "contains": found(answer)}
    scores |= {"claim_F1": exact_and_f1(prediction.claim, question.answers, lang)[1], "claim_contains": found(prediction.claim)}
    scores |= {"quote_F1": exact_and_f1(first_quote, question.answers, lang)[1], "contains_first_quote": found(first_quote)}
    scores["text_contains"] = found(prediction.text)
    return scores | special_scores(question, answer)


def special_scores(question: BenchQuestion, answer: str) -> dict[str, float]:
    """Metrics of single benchmarks: all facts, a number within 1%."""
    scores = {}
    if question.must_include:
        missing = [group for group in question.must_include if not any(contains(answer, one, question.lang) for one in group)]
        scores["all_facts"] = float(not missing)
    if question.kind in NUMBER_KINDS:
        gold, said = numbers(question.answers[0])[:1], numbers(answer)
        scores["number_match"] = float(any(abs(abs(one) - abs(gold[0])) <= max(0.01 * abs(gold[0]), 0.005) for one in said if gold))
    return scores


def conditional_scores(predicted: Sequence[tuple[str, Sequence[str]]], expected: Sequence[tuple[str, Sequence[str]]]) -> dict[str, float]:
    """ConditionalQA (Sun et al. 2022): best pairing of answers, times the F1 of their conditions; extra answers cost exp(1 - ratio)."""
    names = ("cqa_EM", "cqa_EM_cond", "cqa_F1", "cqa_F1_cond")
    if not expected:
        return dict.fromkeys(names, float(not predicted))
    padded = [*predicted, *[("", ())] * (len(expected) - len(predicted))]
    best = [0.0] * 4
    for order in islice(permutations(padded), ORDERS):
        totals = [0.0] * 4
        for (answer, conditions), (gold, gold_conditions) in zip(order, expected, strict=False):
            exact, overlap = exact_and_f1(answer, [gold], "en")
            agreement = condition_f1(conditions, gold_conditions)
            totals = [a + b for a, b in zip(totals, (exact, exact * agreement, overlap, overlap * agreement), strict=True)]
        best = [max(a, b / len(expected)) for a, b in zip(best, totals, strict=True)]
    discount = math.exp(1 - max(1.0, len(padded) / len(expected)))
    return {name: value * discount for name, value in zip(names, best, strict=True)}


def condition_f1(predicted: Sequence[str], expected: Sequence[str]) -> float:
    """F1 of two lists of conditions; 1 when both are empty."""
    if not predicted and not expected:
        return 1.0
    return 2 * len(set(predicted) & set(expected)) / (len(predicted) + len(expected))


def evidence_scores(gold: Sequence[str], quotes: Sequence[str], question: BenchQuestion, answer_f1: float) -> dict[str, float]:
    """ExpMRC (kind ends in +evidence): F1 of all quotes with the best annotator. Otherwise P/R/F1 over sentences that are the same."""
    if question.kind.endswith("+evidence"):
        found = exact_and_f1(" ".join(quotes), gold, question.lang)[1]
        return {"evidence_F1": found, "overall_F1": found * answer_f1}
    plain_gold, plain_quotes = [untagged(one) for one in gold], [untagged(one) for one in quotes]
    lang: Language = question.lang
    pairs = {(quote, one): same_evidence(quote, one, lang) for quote in plain_quotes for one in plain_gold}
    precision = sum(any(pairs[quote, one] for one in plain_gold) for quote in plain_quotes) / len(plain_quotes) if plain_quotes else 0.0
    recall = sum(any(pairs[quote, one] for quote in plain_quotes) for one in plain_gold) / len(plain_gold)
    return {"evidence_P": precision, "evidence_R": recall, "evidence_F1": f1(precision, recall) or 0.0}


def untagged(text: str) -> str:
    """A text with its HTML tags replaced by spaces."""
    return re.sub(r"<[^>]+>", " ", text)


def decision_scores(question: BenchQuestion, prediction: Prediction) -> dict[str, float]:
    """ShARC (Saeidi et al. 2018): is the answer Yes, No, or a question back? `decision_yes` and so on are the recalls of the classes."""
    if question.kind == "clarify_inquire":
        expected = "ask"
    elif question.kind == "decision_yesno":
        expected = joined(question.answers[0], "en")
    else:
        return {}
    right = float(decision(prediction) == expected)
    return {"decision_micro": right, f"decision_{expected}": right}


def decision(prediction: Prediction) -> str:
    """`ask` for a question back, otherwise what the answer begins with; "" when that is neither yes nor no."""
    if prediction.status == "clarify":
        return "ask"
    said = prediction.text or prediction.answer
    return "yes" if YES.match(said) else "no" if NO.match(said) else ""
