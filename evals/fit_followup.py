"""Benchmark conversations to the weights of `assistant/followup.json`: how far the turns before a question should count.

Run by hand: `python -m evals.fit_followup FOLDER ... --out assistant/followup.json`. The model is a softmax over the documents found, whose
score is the sum that `assistant.retrieve.search` computes, and over the passages of the right document where the evidence is known; its
few weights are fitted with every folder counting the same, but for those that `COUNTED` names.
"""

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from assistant.folding import language_of, normalise
from assistant.followup import resolve
from assistant.fusion import standardise
from assistant.question import plain_query
from assistant.retrieve import CANDIDATES, dense_weight, lexical_scores, title_weight, turn_scores
from assistant.schema import Turn
from assistant.views import View, balanced_view, traits, view_of, whole_view
from evals.bench import Prepared, prepare
from evals.bench_schema import BenchQuestion
from ingest.build import build_index
from ingest.embed import Embedder, open_embedder
from ingest.settings import Settings
from ingest.store import Generation, open_generation

Floats = NDArray[np.float64]

PARTS: Mapping[str, tuple[str, ...]] = {
    "question": ("answer_length", "question_length"),
    "balanced": (),
    "balanced_document": (),
    "whole_document": ("answer_length", "question_length"),
    "turns": ("answer_length",),
}
"""Parts of the sum and the traits of the conversation that change their weight."""

PENALTY = 0.003
"""Strength of the squared penalty beside a mean loss of about 0.5; from a tenth to ten times as much no figure moved by over a point."""


COUNTED: Mapping[str, float] = {"doc2dial_en": 2.0}
"""Folders that count more than once: questions about pages of public offices are what the assistant is for. Between 1 and 4 hit@1 of
doc2dial_en and mtrag_en, each fitted on the other halves, moved by less than half a point."""

PASSAGES = 0.3
"""Share of the loss over passages beside that over documents: at 1 it cost a point of document hit@1, at 0 two of evidence first."""

EVIDENCE = 60
"""Letters of a piece of evidence that a passage must hold; longer pieces may run over the end of a passage."""


class Sample(NamedTuple):
    """One question: features of the candidate rows, the documents the rows belong to, which documents answer it, and which rows of
    those hold the evidence.
    """

    features: Floats
    documents: NDArray[np.int64]
    gold: frozenset[int]
    holds: NDArray[np.bool_]


def columns() -> list[tuple[str, str]]:
    """Part and factor of every weight, in the order of the features."""
    return [(part, factor) for part, factors in PARTS.items() for factor in ("constant", *factors)]


def samples(folder: Path, store: Path, limit: int) -> list[Sample]:
    """Every question of a folder that has turns before it and a document that answers it, at most `limit`, evenly spread."""
    settings = Settings(store=store / folder.name)
    prepared = prepare(folder, store / f"{folder.name}-report", None, settings, build_index)
    asked = [question for question in prepared.questions if question.history and question.gains()]
    asked = [asked[i * len(asked) // limit] for i in range(limit)] if len(asked) > limit else asked
    embedder = open_embedder(settings, set_up=True)
    index = open_generation(settings.store)
    try:
        found = [_sample(question, prepared, index, embedder) for question in asked]
    finally:
        index.close()
    return [sample for sample in found if sample.gold & set(sample.documents.tolist())]


def _sample(question: BenchQuestion, prepared: Prepared, index: Generation, embedder: Embedder) -> Sample:
    history = tuple(Turn(role="user" if turn["role"] == "user" else "assistant", text=turn["text"]) for turn in question.history)
    text = resolve(normalise(question.question), history).text
    views = (view_of(text), balanced_view(text, history), whole_view(text, history))
    weight = dense_weight(embedder, plain_query(text), index.info.unreadable_share)
    titles = title_weight(language_of(text), has_turns=True)
    rows, fused = _fused(views, index, embedder, weight, titles)
    documents = index.document_rows[rows].astype(np.int64)
    best = [_best(scores, documents) for scores in fused]
    turns = standardise(turn_scores(index, views[2].turns, titles)[rows]).astype(np.float64)
    parts = {"question": fused[0], "balanced": fused[1], "balanced_document": best[1], "whole_document": best[2], "turns": turns}
    seen: dict[str, float] = {"constant": 1.0, **traits(text, history)}
    features = np.array([parts[part] * seen[factor] for part, factor in columns()], dtype=np.float64).T
    gains = question.gains()
    gold = frozenset(i for i, source in enumerate(index.sources) if prepared.names.get(source.id) in gains)
    evidence = [_letters(text)[:EVIDENCE] for text in question.evidence or ()]
    texts = [_letters(chunk.text) for chunk in index.chunks(rows)] if evidence else [""] * len(rows)
    is_right = np.isin(documents, list(gold))
    holds = np.array([any(text in chunk for text in evidence) for chunk in texts], dtype=np.bool_) & is_right
    return Sample(features, documents, gold, holds)


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text.lower())


def _fused(
    views: Sequence[View], index: Generation, embedder: Embedder, weight: float, titles: float
) -> tuple[NDArray[np.int64], list[Floats]]:
    """The candidate rows of all views and each view's score of them, as `assistant.retrieve.search` takes them."""
    lexical = [lexical_scores(index, view.terms, titles) for view in views]
    parts = [np.argpartition(-scores, min(CANDIDATES, len(scores) - 1))[:CANDIDATES] for scores in lexical]
    vectors = [embedder.embed_query(view.text) for view in views] if weight else []
    parts += [index.dense(vector, CANDIDATES, None)[0] for vector in vectors]
    rows = np.unique(np.concatenate(parts))
    found = index.vectors(rows.tolist()) if weight else None
    dense: list[Any] = [standardise(found @ vector) for vector in vectors] if found is not None else [np.zeros(len(rows))] * len(views)
    return rows, [(standardise(scores[rows]) + weight * cosines).astype(np.float64) for scores, cosines in zip(lexical, dense, strict=True)]


def _best(scores: Floats, documents: NDArray[np.int64]) -> Floats:
    _, group = np.unique(documents, return_inverse=True)
    best = np.full(int(group.max()) + 1, -np.inf)
    np.maximum.at(best, group, scores)
    spread: Any = standardise(best[group].astype(np.float32))
    return np.asarray(spread, dtype=np.float64)


def fit(sets: Mapping[str, Sequence[Sample]]) -> Floats:
    """Weights with the least mean loss, the mean of the folders' means, each as often as it counts."""

    def loss(weights: Floats) -> tuple[float, Floats]:
        total = PENALTY * float(weights @ weights)
        slope: Floats = 2 * PENALTY * weights
        for name, part in sets.items():
            share = COUNTED.get(name, 1.0) / len(part)
            for sample in part:
                value, gradient = _loss(sample, weights)
                total += share * value
                slope = slope + share * gradient
        return total, slope

    return np.asarray(minimize(loss, np.full(len(columns()), 0.1), jac=True, method="L-BFGS-B", options={"maxiter": 100}).x)


def _loss(sample: Sample, weights: Floats) -> tuple[float, Floats]:
    """Negative log probability of the documents that answer, each document scored by its best row."""
    scores = sample.features @ weights
    order = np.argsort(scores, kind="stable")
    last = {int(document): int(row) for document, row in zip(sample.documents[order], order, strict=True)}
    rows = np.array(list(last.values()))
    is_gold = np.array([document in sample.gold for document in last])
    chance = np.exp(scores[rows] - scores[rows].max())
    chance /= chance.sum()
    right = chance * is_gold
    total = float(right.sum()) + 1e-12
    gradient: Floats = sample.features[rows].T @ (chance - right / total)
    within, slope = _passage_loss(sample, scores)
    return PASSAGES * within - float(np.log(total)), gradient + PASSAGES * slope


def _passage_loss(sample: Sample, scores: Floats) -> tuple[float, Floats]:
    """Negative log probability of the rows that hold the evidence among the rows of the documents that answer; 0 where none is known."""
    if not sample.holds.any():
        return 0.0, np.zeros(len(columns()))
    inside = np.isin(sample.documents, list(sample.gold))
    features, holds = sample.features[inside], sample.holds[inside]
    chance = np.exp(scores[inside] - scores[inside].max())
    chance /= chance.sum()
    right = chance * holds
    total = float(right.sum()) + 1e-12
    slope: Floats = features.T @ (chance - right / total)
    return -float(np.log(total)), slope


def measured(part: Sequence[Sample], weights: Floats) -> dict[str, float]:
    """Hit@1 and recall@5 of documents, and evidence in the first passage where it is known and was found, in percent."""
    hits, recall, quoted, known = 0.0, 0.0, 0, 0
    for sample in part:
        order = np.argsort(-(sample.features @ weights), kind="stable")
        ranked = list(dict.fromkeys(sample.documents[order].tolist()))
        hits += ranked[0] in sample.gold
        recall += len(sample.gold & set(ranked[:5])) / len(sample.gold)
        known += bool(sample.holds.any())
        quoted += bool(sample.holds[order[0]])
    shares = {"hit@1": hits / len(part), "recall@5": recall / len(part), "evidence first": quoted / max(1, known)}
    return {name: round(100 * share, 1) for name, share in shares.items()}


def cross_validated(sets: Mapping[str, Sequence[Sample]]) -> dict[str, dict[str, dict[str, float]]]:
    """For every folder: each half by the other halves' weights, the whole by the other folders', beside one view alone."""
    first, second = (fit({name: part[half::2] for name, part in sets.items()}) for half in (0, 1))
    figures: dict[str, dict[str, dict[str, float]]] = {}
    for name, part in sets.items():
        others = {key: other for key, other in sets.items() if key != name}
        one, two = measured(part[1::2], first), measured(part[::2], second)
        figures[name] = {
            "other halves": {key: round((one[key] + two[key]) / 2, 1) for key in one},
            **({"other folders": measured(part, fit(others))} if others else {}),
            "standalone question only": measured(part, _only("question")),
            "conversation glued on only": measured(part, _only("whole_document")),
        }
    return figures


def _only(part: str) -> Floats:
    return np.array([float(column == (part, "constant")) for column in columns()])


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit on the folders and write the weights with their figures."""
    parser = argparse.ArgumentParser(prog="python -m evals.fit_followup", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="benchmark folders with docs/ and questions.jsonl")
    parser.add_argument("--out", type=Path, required=True, help="file for the weights")
    parser.add_argument("--store", type=Path, help="folder that keeps the indexes between runs")
    parser.add_argument("--limit", type=int, default=500, help="most questions of a folder")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as scratch:
        sets = {folder.name: samples(folder, options.store or Path(scratch), options.limit) for folder in options.folders}
    weights = fit(sets)
    parts: dict[str, dict[str, float]] = {part: {} for part in PARTS}
    for (part, factor), weight in zip(columns(), weights, strict=True):
        parts[part][factor] = round(float(weight), 3)
    provenance = {
        "fitted by": "evals/fit_followup.py",
        "questions": {name: len(part) for name, part in sets.items()},
        "percent": cross_validated(sets),
    }
    options.out.write_text(json.dumps({"provenance": provenance, "parts": parts}, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
