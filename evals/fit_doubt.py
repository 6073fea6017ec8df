"""The project's own suites to the weights of `assistant/doubt.json`: which questions a document leaves open, though it seems to answer.

Run by hand: `python -m evals.fit_doubt SUITE ... --store INDEX --as-of DAY --out assistant/doubt.json`. A logistic regression in which
answerable questions and others count the same on the whole; answerable ones are put once more to the index without the documents that
answer them. The threshold keeps false refusals, cross-validated, to FALSE_REFUSALS.
"""

import argparse
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from assistant import Assistant
from assistant.decision import NEVER_SEEN, doubts
from assistant.doubt import SIGNS, Doubtful, signs
from evals.ranking_models import LEAST_SPREAD, Floats, linear
from evals.schema import AnswerCase
from evals.suites import read_suites
from ingest.schema import PlanQueryError
from ingest.settings import Settings

STRENGTH = 0.05
"""Inverse strength of the penalty; between 0.02 and 0.3 the cross-validated figures moved by less than they do between random folds."""

FALSE_REFUSALS = 0.05
"""Share of answerable questions that may be refused: one answer in twenty for two near misses in three."""

LEFT_OUT = 0.2
"""Weight of all questions put without their documents, of that of all answerable ones. At 0.5 more of them are refused (.54 instead of
.48), and fewer of the near misses that people wrote (.59 instead of .64)."""

FOUND = 8
"""Candidates, best first, among which an answer may stand though its documents are left out: such a question is not used."""

FOLDS, REPEATS = 8, 8
LANGUAGES = ("en", "zh")


class Sample(NamedTuple):
    """The signs of a question, whether nothing answers it, and whether that is because its documents are left out."""

    key: str
    signs: NDArray[np.float32]
    is_open: bool
    language: str
    is_left_out: bool = False


def samples(case: AnswerCase, assistant: Assistant, as_of: date) -> list[Sample]:
    """The question as it stands and, where it has an answer, without the documents that hold it; fewer where nothing is to be learned.

    A question whose best sentence stands in a wrong document tells nothing of refusing: that answer is wrong whether it is given or not.
    """
    if case.expected_status not in ("answered", "partial", "not_found"):
        return []
    is_open = case.expected_status == "not_found"
    found = []
    ranked = _doubtful(case, assistant, as_of, ())
    if ranked is not None and (is_open or _is_expected(case, ranked.ranked.found[0].passage.chunk.source.id)):
        found.append(Sample(case.id, signs(ranked), is_open, case.lang))
    others = tuple(source.id for source in assistant.sources() if not _is_expected(case, source.id))
    without = None if is_open or not case.expected_sources else _doubtful(case, assistant, as_of, others)
    if without is not None and not _holds(case, [candidate.text for candidate in without.ranked.found[:FOUND]]):
        found.append(Sample(case.id, signs(without), True, case.lang, is_left_out=True))
    return found


def _is_expected(case: AnswerCase, document: str) -> bool:
    return any(document.startswith(expected.document) for expected in case.expected_sources)


def _holds(case: AnswerCase, texts: Sequence[str]) -> bool:
    """Whether these texts hold every fact that is expected."""
    told = "\n".join(texts).lower()
    return bool(case.expected_facts) and all(any(form.lower() in told for form in fact) for fact in case.expected_facts)


def _doubtful(case: AnswerCase, assistant: Assistant, as_of: date, documents: Sequence[str]) -> Doubtful | None:
    """None without passages, and where the best candidate's document leaves nothing open in words."""
    desk = assistant.desk(assistant.request(case.question, case.history, documents, as_of))
    query = assistant.query_of(case.question, case.history)
    passages = desk.search(query)
    ranked = desk.rank(query, passages) if passages else None
    if ranked is None or not ranked.found:
        return None
    return doubts(query.language, ranked, desk.idf(NEVER_SEEN), desk.concepts, desk.left_open)


def fit(features: Floats, is_open: NDArray[np.bool_], weights: Floats) -> Any:
    """The regression on standardised features."""
    return LogisticRegression(C=STRENGTH, max_iter=3000).fit(features, is_open, sample_weight=weights)


def weights_of(found: Sequence[Sample]) -> Floats:
    """One weight a sample: questions left open weigh as much as those answered, those put without their documents LEFT_OUT of it."""
    kinds = np.array([2 if one.is_left_out else int(one.is_open) for one in found])
    counts = np.bincount(kinds, minlength=3)
    shares = counts[0] / np.maximum(counts, 1) * (1.0, 1.0, LEFT_OUT)
    weights: Floats = shares[kinds]
    return weights


def cross_validated(found: Sequence[Sample], features: Floats) -> Floats:
    """For every sample the mean score of the models that were fitted without its question."""
    is_open = np.array([one.is_open for one in found], np.bool_)
    weights, scores = weights_of(found), np.zeros(len(found))
    for seed in range(REPEATS):
        fold = np.array([crc32(f"{seed} {one.key}".encode()) % FOLDS for one in found])
        for number in range(FOLDS):
            train, test = fold != number, fold == number
            if test.any():
                scores[test] += fit(features[train], is_open[train], weights[train]).decision_function(features[test]) / REPEATS
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
        found = [one for case in cases for one in samples(case, assistant, options.as_of)]
    is_open, is_left_out = (np.array([getattr(one, name) for one in found], np.bool_) for name in ("is_open", "is_left_out"))
    if (is_open & ~is_left_out).sum() < FOLDS or (~is_open).sum() < FOLDS:
        raise PlanQueryError("too few questions with and without an answer to fit on; name more suites")
    stacked = np.array([one.signs for one in found], np.float64)
    mean, scale = stacked[~is_left_out].mean(axis=0), np.maximum(stacked[~is_left_out].std(axis=0), LEAST_SPREAD)
    features = (stacked - mean) / scale
    scores = cross_validated(found, features)
    of = {language: np.array([one.language == language for one in found], np.bool_) for language in LANGUAGES}
    threshold = {name: round(float(np.quantile(scores[own & ~is_open], 1 - FALSE_REFUSALS)), 4) for name, own in of.items()}
    fitted = fit(features, is_open, weights_of(found))
    model = linear(SIGNS, mean, scale, fitted.coef_[0], float(fitted.intercept_[0]))
    provenance = {
        "fitted by": "evals/fit_doubt.py",
        "method": f"class-balanced logistic regression, C {STRENGTH}; positive: the documents leave the question open",
        "weight of questions put without their documents": LEFT_OUT,
        "suites": [suite.name for suite in suites],
        "questions": {
            "answered": int((~is_open).sum()),
            "left open": int((is_open & ~is_left_out).sum()),
            "without documents": int(is_left_out.sum()),
        },
        "cross-validated": {name: _figures(scores[own] > threshold[name], is_open[own], is_left_out[own]) for name, own in of.items()},
    }
    written = {"model": model.model_dump(mode="json"), "threshold": threshold, "provenance": provenance}
    options.out.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _figures(is_refused: NDArray[np.bool_], is_open: NDArray[np.bool_], is_left_out: NDArray[np.bool_]) -> dict[str, float]:
    kinds = {"false refusals": ~is_open, "refusal recall": is_open & ~is_left_out, "refusal recall without documents": is_left_out}
    return {name: round(float(is_refused[kind].mean()), 3) for name, kind in kinds.items() if kind.any()}


if __name__ == "__main__":
    main()
