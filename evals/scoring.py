"""A case and what was said to it to scores and, where it failed, the reasons in words."""

import re
from collections.abc import Mapping
from typing import Any

from evals import metrics
from evals.facts import missing_facts, occurs
from evals.grounding import evidence, grounding, meets
from evals.schema import AnswerCase, ApplicabilityCase, Case, RetrievalCase, Scored

ANSWERING = ("answered", "partial")
LONGEST = {
    **dict.fromkeys(("figure", "date", "count", "yesno"), 600),
    **dict.fromkeys(("list", "summary", "compare"), 2500),
}
"""Characters of an answer, by kind. 600 is a sentence with its qualifier in English three times over; 2500 is a list of about twenty
short items, one screen and a half. Longer answers hide what was asked for."""
LONGEST_OTHER = 1500
RETRIEVED = 50
"""Passages asked for when documents are ranked: enough that ten documents appear among them in the folders we know."""

Outcome = tuple[dict[str, float], list[str]]


def spoken(answer: Mapping[str, Any]) -> str:
    """The text of an answer without the [n] marks of its citations, which are not figures of the answer."""
    marks = {str(citation["number"]) for citation in answer["citations"]}
    return re.sub(r"\s?\[(\d+)\]", lambda mark: "" if mark[1] in marks else mark[0], answer["text"])


def is_sourced(case: AnswerCase, answer: Mapping[str, Any]) -> bool:
    """Whether at least one citation points at an expected source."""
    return any(meets(citation, source) for citation in answer["citations"] for source in case.expected_sources)


def answer_faults(case: AnswerCase, answer: Mapping[str, Any]) -> list[str]:
    """Why the answer is wrong, one sentence a fault; [] makes the case right. The list is the definition of case accuracy."""
    text = spoken(answer)
    faults = [f"status is {answer['status']}, expected {case.expected_status}"] if answer["status"] != case.expected_status else []
    faults += [f"fact not found: {' | '.join(fact)}" for fact in missing_facts(case.expected_facts, text)]
    faults += [f"forbidden text found: {one}" for one in case.forbidden if occurs(one, text)]
    if case.expected_sources and not is_sourced(case, answer):
        faults.append(f"no citation at an expected source: {', '.join(sorted({source.document for source in case.expected_sources}))}")
    longest = LONGEST.get(case.kind, LONGEST_OTHER)
    if not text.strip() or len(text) > longest:
        faults.append(f"{len(text)} characters long, expected 1 to {longest} for {case.kind}")
    return faults


def score_answer(case: AnswerCase, actual: Mapping[str, Any]) -> Outcome:
    """Accuracy, facts, evidence, grounding, abstention and follow-up resolution of one answer."""
    answer = actual["answer"]
    faults = answer_faults(case, answer)
    should_answer, did_answer = case.expected_status in ANSWERING, answer["status"] in ANSWERING
    scores = {"accuracy": float(not faults), "status": float(answer["status"] == case.expected_status)}
    if case.expected_facts:
        missing = missing_facts(case.expected_facts, spoken(answer))
        scores["fact_recall"] = 1 - len(missing) / len(case.expected_facts)
    if case.forbidden:
        scores["forbidden_avoided"] = float(not any(occurs(one, spoken(answer)) for one in case.forbidden))
    if should_answer:
        scores |= evidence(answer, case.expected_sources)
    if did_answer:
        scores |= grounding(answer, actual["quotes_found"])
    scores |= metrics.abstention(not did_answer, not should_answer)
    if case.history and case.expected_sources:
        scores["followup_resolved"] = float(
            any(meets(citation, source) for citation in answer["citations"] for source in case.expected_sources)
        )
    return scores, faults


def ranking(documents: list[str], gains: Mapping[str, float]) -> dict[str, float]:
    """Recall, hit, MRR and nDCG of ranked documents; {} when nothing is relevant."""
    relevant = set(gains)
    scores = {
        **{f"recall@{k}": metrics.recall_at(documents, relevant, k) for k in (1, 3, 5, 10)},
        **{f"hit@{k}": metrics.hit_at(documents, relevant, k) for k in (1, 3, 5, 10)},
        "MRR@10": metrics.reciprocal_rank(documents, relevant),
        "nDCG@10": metrics.ndcg(documents, gains),
    }
    return {name: value for name, value in scores.items() if value is not None}


def score_retrieval(case: RetrievalCase, actual: Mapping[str, Any]) -> Outcome:
    """Ranking of documents; each expected prefix counts once, at its best document."""
    documents = metrics.as_expected(actual["documents"], case.expected_documents)
    scores = ranking(documents, dict.fromkeys(case.expected_documents, 1.0))
    missed = [document for document in case.expected_documents if document not in documents[:5]]
    return scores, [f"not among the first five documents: {document}" for document in missed]


def score_applicability(case: ApplicabilityCase, actual: Mapping[str, Any]) -> Outcome:
    """Verdicts and missing facts; a measure without a verdict is wrong, and the case is right when all of it is."""
    verdicts = actual["verdicts"]
    faults = [
        f"{rule}: {verdicts.get(rule, {}).get('status', 'no verdict')}, expected {status}"
        for rule, status in case.expected_verdicts.items()
        if verdicts.get(rule, {}).get("status") != status
    ]
    scores = {"verdict_accuracy": 1 - len(faults) / len(case.expected_verdicts)} if case.expected_verdicts else {}
    expected = {(rule, field) for rule, fields in case.expected_missing.items() for field in fields}
    named = {(rule, field) for rule in case.expected_missing for field in verdicts.get(rule, {}).get("missing", ())}
    if expected:
        scores["missing_recall"] = len(expected & named) / len(expected)
    if named:
        scores["missing_precision"] = len(expected & named) / len(named)
    faults += [f"{rule}: missing fact not named: {field}" for rule, field in sorted(expected - named)]
    return {"accuracy": float(not faults), **scores}, faults


def slices_of(case: Case) -> dict[str, tuple[str, ...]]:
    """The slices that a case counts under."""
    match case:
        case AnswerCase():
            documents = tuple(dict.fromkeys(source.document for source in case.expected_sources))
            return {"kind": (case.kind,), "lang": (case.lang,), "document": documents, "status": (case.expected_status,)}
        case RetrievalCase():
            return {"kind": (case.kind,) if case.kind else (), "lang": (case.lang,), "document": case.expected_documents}
        case ApplicabilityCase():
            return {"measure": tuple(case.expected_verdicts), "status": tuple(dict.fromkeys(case.expected_verdicts.values()))}


def outcome(case: Case, actual: Mapping[str, Any]) -> Outcome:
    """Scores and reasons of a case that did not end in an error."""
    match case:
        case AnswerCase():
            return score_answer(case, actual)
        case RetrievalCase():
            return score_retrieval(case, actual)
        case ApplicabilityCase():
            return score_applicability(case, actual)


def score_case(suite: str, case: Case, actual: Mapping[str, Any]) -> Scored:
    """One line of the results. An error scores 0 where the kind of suite has an accuracy, and nothing else."""
    error = actual.get("error")
    match case:
        case AnswerCase():
            question, at_error = case.question, {"accuracy": 0.0}
        case RetrievalCase():
            question, at_error = case.question, {"recall@5": 0.0}
        case ApplicabilityCase():
            question, at_error = ", ".join(f"{name}: {value}" for name, value in case.profile.items()), {"accuracy": 0.0}
    scores, reasons = (at_error, [f"error: {error}"]) if error else outcome(case, actual)
    return Scored(
        suite=suite,
        id=case.id,
        question=question,
        slices={name: values for name, values in slices_of(case).items() if values} | {"suite": (suite,)},
        expected=case.model_dump(mode="json", exclude={"id", "question", "lang", "kind"}),
        actual=dict(actual),
        scores=scores,
        reasons=tuple(reasons),
        error=error,
    )
