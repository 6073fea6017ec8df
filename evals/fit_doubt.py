"""The project's own suites to the weights of `assistant/doubt.json`: which questions a document leaves open, though it seems to answer.

Run by hand: `python -m evals.fit_doubt SUITE ... --store INDEX --as-of DAY --out assistant/doubt.json`. A logistic regression in which
answerable questions and others count the same on the whole; the threshold keeps false refusals, cross-validated, to FALSE_REFUSALS.
"""

import argparse
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from assistant import Assistant
from assistant.decision import NEVER_SEEN, doubts
from assistant.doubt import SIGNS, signs
from evals.ranking_models import LEAST_SPREAD, Floats, linear
from evals.schema import AnswerCase
from evals.suites import read_suites
from ingest.schema import PlanQueryError
from ingest.settings import Settings

STRENGTH = 0.05
"""Inverse strength of the penalty; between 0.02 and 0.3 the cross-validated figures moved by less than they do between random folds."""

FALSE_REFUSALS = 0.05
"""Share of answerable questions that may be refused: one answer in twenty for about two thirds of the near misses."""

FOLDS, REPEATS = 8, 8
LANGUAGES = ("en", "zh")


class Sample(NamedTuple):
    """The signs of a question and whether nothing answers it."""

    signs: NDArray[np.float32]
    is_open: bool
    language: str


def sample(case: AnswerCase, assistant: Assistant, as_of: date) -> Sample | None:
    """None for questions without passages, without statements of absence, or whose best sentence stands in a wrong document: such an
    answer is wrong whether it is given or not, and tells nothing of refusing."""
    if case.expected_status not in ("answered", "partial", "not_found"):
        return None
    desk = assistant.desk(assistant.request(case.question, case.history, (), as_of))
    query = assistant.query_of(case.question, case.history)
    passages = desk.search(query)
    ranked = desk.rank(query, passages) if passages else None
    if ranked is None or not ranked.found:
        return None
    doubtful = doubts(query.language, ranked, desk.idf(NEVER_SEEN), desk.concepts, desk.left_open)
    if doubtful is None:
        return None
    is_open = case.expected_status == "not_found"
    source = doubtful.ranked.found[0].passage.chunk.source.id
    is_right = any(source.startswith(expected.document) for expected in case.expected_sources)
    return Sample(signs(doubtful), is_open, query.language) if is_open or is_right else None


def fit(features: Floats, is_open: NDArray[np.bool_]) -> Any:
    """The regression on standardised features."""
    return LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=3000).fit(features, is_open)


def cross_validated(features: Floats, is_open: NDArray[np.bool_]) -> Floats:
    """For every question the mean score of the models that were fitted without it."""
    scores = np.zeros(len(is_open))
    for seed in range(REPEATS):
        for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(features, is_open):
            scores[test] += fit(features[train], is_open[train]).decision_function(features[test]) / REPEATS
    return scores


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit on the suites and write the weights with their figures."""
    parser = argparse.ArgumentParser(prog="python -m evals.fit_doubt", description=__doc__)
    parser.add_argument("suites", nargs="+", type=Path, help="suites of questions, evals/cases/*.jsonl")
    parser.add_argument("--store", type=Path, help="folder of the index")
    parser.add_argument("--as-of", type=date.fromisoformat, required=True, help="the day on which the questions are asked")
    parser.add_argument("--out", type=Path, required=True, help="file for the weights")
    options = parser.parse_args(arguments)
    suites = read_suites(options.suites)
    cases = [case for suite in suites for case in suite.cases if isinstance(case, AnswerCase)]
    with Assistant.open(Settings(store=options.store) if options.store else Settings()) as assistant:
        found = [one for case in cases if (one := sample(case, assistant, options.as_of)) is not None]
    is_open = np.array([one.is_open for one in found], np.bool_)
    if is_open.sum() < FOLDS or (~is_open).sum() < FOLDS:
        raise PlanQueryError("too few questions with and without an answer to fit on; name more suites")
    stacked = np.array([one.signs for one in found], np.float64)
    mean, scale = stacked.mean(axis=0), np.maximum(stacked.std(axis=0), LEAST_SPREAD)
    features = (stacked - mean) / scale
    scores = cross_validated(features, is_open)
    of = {language: np.array([one.language == language for one in found], np.bool_) for language in LANGUAGES}
    threshold = {name: round(float(np.quantile(scores[own & ~is_open], 1 - FALSE_REFUSALS)), 4) for name, own in of.items()}
    fitted = fit(features, is_open)
    model = linear(SIGNS, mean, scale, fitted.coef_[0], float(fitted.intercept_[0]))
    provenance = {
        "fitted by": "evals/fit_doubt.py",
        "method": f"class-balanced logistic regression, C {STRENGTH}; positive: the documents leave the question open",
        "suites": [suite.name for suite in suites],
        "questions": {"answered": int((~is_open).sum()), "left open": int(is_open.sum())},
        "cross-validated": {name: _figures(scores[own] > threshold[name], is_open[own]) for name, own in of.items()},
    }
    written = {"model": model.model_dump(mode="json"), "threshold": threshold, "provenance": provenance}
    options.out.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _figures(is_refused: NDArray[np.bool_], is_open: NDArray[np.bool_]) -> dict[str, float]:
    shares = {"false refusals": is_refused[~is_open].mean(), "refusal recall": is_refused[is_open].mean()}
    return {name: round(float(share), 3) for name, share in shares.items()}


if __name__ == "__main__":
    main()
