"""Public question sets to the weights of `assistant/ranking.json`: which sentence answers best, and whether any does.

Run by hand: `python -m evals.fit_ranking BENCH_FOLDER --out assistant/ranking.json`. Equal sets, options and code give equal bytes.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from math import floor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from assistant.ranker import Linear, Ranking, ranking
from evals.ranking_models import Floats, first_right, fit_answerable, fit_sentences, judge, percent, probabilities
from evals.training_rows import SETS, Row, Rows, rows_of
from ingest.build import code_version
from ingest.schema import Language, PlanQueryError
from ingest.settings import PROJECT

LANGUAGES: tuple[Language, ...] = ("en", "zh")
FALSE_REFUSALS = 0.10
"""Share of answerable questions of a set that may be refused; the threshold is the highest that keeps to it on the sets for it."""

FITTING = ("fit_ranking.py", "ranking_models.py", "training_rows.py")
"""The files of this room that make the weights."""

ALIKE = 0.95
"""Correlation of scores from which `--check` takes two sets of weights for the same."""

Sets = Mapping[str, Rows]
Table = dict[str, dict[str, dict[str, float]]]


def in_language(sets: Sets, language: Language, without: str | None = None) -> dict[str, Rows]:
    """The sets of a language; with `without`, those that share no text with that set."""
    origin = sets[without].origin if without else None
    return {name: rows for name, rows in sets.items() if rows.language == language and rows.origin != origin}


def fitted(sets: Sets, language: Language) -> tuple[Linear, Linear]:
    """The sentence model of some sets of one language, and the abstention model over its rankings."""
    chosen = [row for rows in sets.values() for row in rows.sentences]
    judged = [row for rows in sets.values() for row in rows.judged]
    if not any(row.right.any() for row in chosen) or len({row.label == "answerable" for row in judged}) < 2:
        raise PlanQueryError(f"{', '.join(sets) or 'no set'}: too few questions to fit `{language}`; add sets or raise --limit")
    sentences = fit_sentences(chosen, language)
    return sentences, fit_answerable([judge(row, sentences) for row in judged], language)


def held_out(sets: Sets, language: Language) -> Iterator[tuple[str, Rows, Linear, Floats]]:
    """Each set with the sentence weights and the confidences that sets of other origins give it."""
    known: dict[str, tuple[Linear, Linear]] = {}
    for name, rows in in_language(sets, language).items():
        if rows.origin not in known:
            known[rows.origin] = fitted(in_language(sets, language, name), language)
        sentences, answerable = known[rows.origin]
        yield name, rows, sentences, probabilities([judge(row, sentences) for row in rows.judged], answerable)


def cross_validated(sets: Sets, given: Mapping[str, float]) -> tuple[Table, dict[Language, dict[str, Any]]]:
    """The figures of each set in percent under the weights of the others, and the threshold of each language with how it was chosen."""
    table: Table = {}
    thresholds: dict[Language, dict[str, Any]] = {}
    for language in LANGUAGES:
        parts = list(held_out(sets, language))
        on = {name: (rows, chances) for name, rows, _, chances in parts if rows.sets_threshold and rows.judged}
        found = min((allowing(rows.judged, chances) for rows, chances in on.values()), default=0.5)
        value = given.get(language, found)
        chosen = "by hand" if language in given else "most with at most 10% false refusals on each of `on`"
        thresholds[language] = {"value": value, "chosen": chosen, "on": sorted(on), "by the rule": found}
        for name, rows, sentences, chances in parts:
            table[name] = {}
            if rows.sentences:
                table[name]["sentence"] = sentence_figures(rows.sentences, sentences)
            if rows.judged:
                table[name]["at the threshold"] = refusals(rows.judged, chances, value)
                table[name]["at 10% false refusals"] = refusals(rows.judged, chances, allowing(rows.judged, chances))
    return table, thresholds


def allowing(judged: Sequence[Row], chances: Floats) -> float:
    """The highest threshold, to two places, below which at most the allowed share of answerable questions falls; 0.5 for none."""
    answerable = np.sort([chance for row, chance in zip(judged, chances, strict=True) if row.label == "answerable"])
    return floor(100 * answerable[int(FALSE_REFUSALS * len(answerable))]) / 100 if len(answerable) else 0.5


def sentence_figures(rows: Sequence[Row], model: Linear) -> dict[str, float]:
    """Questions; percent with a right candidate at all, and with a right one first, by the model and by shared words alone."""
    words = [row.right[int(np.argmax(row.matrix[:, 0]))] > 0 for row in rows]
    found = percent([bool(row.right.any()) for row in rows])
    return {"questions": len(rows), "found": found, "first": first_right(rows, model), "first by words": percent(words)}


def refusals(judged: Sequence[Row], chances: Floats, threshold: float) -> dict[str, float]:
    """Percent refused of each label that the set has, and how many questions that is of."""
    figures: dict[str, float] = {"threshold": threshold}
    for label in ("answerable", "unanswerable", "left out"):
        below = [chance < threshold for row, chance in zip(judged, chances, strict=True) if row.label == label]
        if below:
            figures |= {f"{label} refused": percent(below), f"{label} questions": len(below)}
    return figures


def fit_all(sets: Sets, given: Mapping[str, float], options: Mapping[str, Any]) -> Ranking:
    """Both models of both languages with their provenance."""
    models = {language: fitted(in_language(sets, language), language) for language in LANGUAGES}
    table, thresholds = cross_validated(sets, given)
    provenance = {
        "fitted by": "evals/fit_ranking.py",
        "options": dict(options),
        "sets": {name: {"origin": rows.origin, "for sentences": len(rows.sentences), **labels(rows)} for name, rows in sets.items()},
        "sets not there": [one.name for one in SETS if one.name not in sets],
        "threshold": thresholds,
        "percent, by weights of sets of other origins": table,
        "code": code_hash(),
        "versions": {name: version(name) for name in ("numpy", "scipy", "scikit-learn")},
    }
    return Ranking(
        sentence={language: models[language][0] for language in LANGUAGES},
        answerable={language: models[language][1] for language in LANGUAGES},
        threshold={language: thresholds[language]["value"] for language in LANGUAGES},
        provenance=provenance,
    )


def labels(rows: Rows) -> dict[str, int]:
    """How many questions of each label a set has for abstention."""
    found = [row.label for row in rows.judged]
    return {label: found.count(label) for label in ("answerable", "unanswerable", "left out")}


def code_hash() -> str:
    """Checksum over the code that reads, searches, makes features and fits."""
    digest = hashlib.sha256(code_version().encode())
    for path in (*sorted((PROJECT / "assistant").glob("*.py")), *(PROJECT / "evals" / name for name in FITTING)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def compared(sets: Sets, one: Ranking, other: Ranking) -> dict[str, dict[str, float]]:
    """Correlation of weights and of scores on the rows, for each model of two rankings."""
    found: dict[str, dict[str, float]] = {}
    for language in LANGUAGES:
        rows = [row for part in in_language(sets, language).values() for row in (*part.sentences, *part.judged)]
        signs = np.array([judge(row, one.sentence[language]).signs for row in rows])
        matrix = np.concatenate([row.matrix for row in rows])
        for kind, first, second, seen in (
            ("sentence", one.sentence[language], other.sentence[language], matrix),
            ("answerable", one.answerable[language], other.answerable[language], signs),
        ):
            weights, scores = np.corrcoef(first.weights, second.weights)[0, 1], np.corrcoef(first.score(seen), second.score(seen))[0, 1]
            found[f"{kind} {language}"] = {"weights": round(float(weights), 3), "scores": round(float(scores), 3)}
    return found


def written(found: Ranking) -> str:
    """The file, one number a line, so that a change of one weight is a change of one line."""
    return json.dumps(found.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def shown(found: Ranking) -> str:
    """The cross-validation as a table to print."""
    lines = []
    table: Any = found.provenance["percent, by weights of sets of other origins"]
    for name, parts in table.items():
        lines += [f"{name:<45}{part:<23}{'  '.join(f'{key} {value:g}' for key, value in row.items())}" for part, row in parts.items()]
    return "\n".join([*lines, f"thresholds {json.dumps(found.provenance['threshold'], ensure_ascii=False)}"])


def threshold(text: str) -> tuple[str, float]:
    """`en=0.4` to its parts."""
    language, _, value = text.partition("=")
    if language not in LANGUAGES or not 0 < float(value) < 1:
        raise argparse.ArgumentTypeError("give en=0.4 or zh=0.5, a number between 0 and 1")
    return language, float(value)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and print the table; with `--out` write the weights, with `--check` compare them with those shipped."""
    parser = argparse.ArgumentParser(prog="python -m evals.fit_ranking", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="BENCH_FOLDER", help="folder with the sets; those that are not there are left out")
    parser.add_argument("--out", type=Path, help="write the weights to this file (default: nowhere)")
    parser.add_argument("--limit", type=int, help="most questions of a set for each model and label")
    parser.add_argument("--seed", type=int, default=0, help="which questions and articles are taken")
    parser.add_argument("--threshold", nargs="+", type=threshold, default=[], metavar="LANGUAGE=X", help="instead of the rule's")
    parser.add_argument("--date", help="day to write down; left out otherwise, so that equal runs give equal files")
    parser.add_argument("--work", type=Path, help="folder that keeps the indexes between runs")
    parser.add_argument("--check", action="store_true", help="exit 1 when scores correlate below 0.95 with those of the shipped weights")
    options = parser.parse_args(arguments)
    try:
        return _run(options)
    except PlanQueryError as error:
        sys.stderr.write(f"fit_ranking: {error}\n")
        return 2


def _run(options: argparse.Namespace) -> int:
    with TemporaryDirectory() as scratch:
        there = [one for one in SETS if (options.folder / one.path).exists()]
        work = options.work or Path(scratch)
        sets = {one.name: rows_of(one, options.folder, work, options.limit, options.seed) for one in there}
    named = {key: value for key in ("limit", "seed", "date") if (value := getattr(options, key)) is not None}
    found = fit_all(sets, dict(options.threshold), named)
    sys.stdout.write(shown(found) + "\n")
    alike = compared(sets, found, ranking()) if options.check else {}
    sys.stdout.write("".join(f"{name}: {row}\n" for name, row in alike.items()))
    if options.out:
        options.out.write_text(written(found), "utf-8")
    return int(any(row["scores"] < ALIKE for row in alike.values()))


if __name__ == "__main__":
    sys.exit(main())
