"""Public question sets to the weights of `assistant/spans.json`: which part of a sentence is the short answer to a question.

Run by hand: `python -m evals.fit_spans BENCH_FOLDER --out assistant/spans.json`. Equal sets, options and code give equal bytes.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from assistant.answer_span import EXPLAINED
from assistant.question import plain_query
from assistant.span_model import SpanWeights, best_span, scorer
from assistant.span_question import wanted
from evals.span_fitting import Sample, Vocabulary, fit, sample
from evals.span_rows import SETS, SpanRow, rows_of
from evals.spans import exact_and_f1
from ingest.schema import Language, PlanQueryError
from ingest.settings import PROJECT

LANGUAGES: tuple[Language, ...] = ("en", "zh")
SURE = 0.25
"""Expected overlap from which a short answer is marked. Chosen by hand: so unsure a span is mostly wrong on sets held out, although by F1
it still does better than its sentence, and a wrong mark misleads more than none.
"""

CODE = ("assistant/span_*.py", "evals/span_*.py", "evals/fit_spans.py", "ingest/figures.py", "ingest/sentences.py", "ingest/lexical.py")
"""Files that make the weights."""


class Part(NamedTuple):
    """A set with its rows and their samples."""

    origin: str
    language: Language
    rows: list[SpanRow]
    samples: list[Sample]


class Judged(NamedTuple):
    """A row under weights fitted on other texts: exact match and F1 of the span, F1 of the sentence, and the overlap expected."""

    exact: float
    f1: float
    sentence_f1: float
    expected: float
    is_explained: bool

    @property
    def is_marked(self) -> bool:
        """Whether the span is sure enough to be marked."""
        return self.expected >= SURE and not self.is_explained


def parts_of(top: Path, limit: int | None, seed: int) -> tuple[dict[str, Part], dict[Language, Vocabulary]]:
    """The sets that are there, and the features seen in each language."""
    seen = {language: Vocabulary() for language in LANGUAGES}
    found: dict[str, Part] = {}
    for one in (one for one in SETS if (top / one.path).exists()):
        rows = rows_of(one, top, limit, seed)
        found[one.name] = Part(one.origin, one.language, rows, [sample(row, one.language, seen[one.language]) for row in rows])
    return found, seen


def fitted(parts: Sequence[Part], vocabulary: Vocabulary) -> dict[str, float]:
    """Weights of the samples of some sets."""
    samples = [one for part in parts for one in part.samples]
    if not samples:
        raise PlanQueryError("no set to fit on; BENCH_FOLDER needs at least two sets of different origin for each language")
    return fit(samples, vocabulary)


def judged(part: Part, weights: Mapping[str, float]) -> list[Judged]:
    """Every row of a set under some weights."""
    by = scorer(weights)
    found = []
    for row in part.rows:
        query = plain_query(row.question)
        asked = wanted(query)
        span = best_span(asked, part.language, row.text, by)
        said = row.text[span.start : span.end] if span else row.text
        exact, f1 = exact_and_f1(said, row.answers, part.language)
        whole = exact_and_f1(row.text, row.answers, part.language)[1]
        is_explained = query.kind in EXPLAINED or asked.sort == "why"
        found.append(Judged(exact, f1, whole, span.expected if span else 0.0, is_explained))
    return found


def cross_validated(parts: Mapping[str, Part], seen: Mapping[Language, Vocabulary]) -> dict[str, dict[str, float]]:
    """Figures in percent of each set under the weights of the sets of other origins."""
    table: dict[str, dict[str, float]] = {}
    known: dict[tuple[str, Language], dict[str, float]] = {}
    for name, part in parts.items():
        key = part.origin, part.language
        others = [other for other in parts.values() if other.language == part.language and other.origin != part.origin]
        if key not in known:
            known[key] = fitted(others, seen[part.language])
        table[name] = figures(judged(part, known[key]))
    return table


def figures(rows: Sequence[Judged]) -> dict[str, float]:
    """Exact match and F1 where only sure spans are marked, of sentences alone and of every span; how many are marked; F1 by expectation."""
    marked = [row for row in rows if row.is_marked]
    shown = {
        "questions": len(rows),
        "exact": _percent([row.exact * row.is_marked for row in rows]),
        "F1": _percent([row.f1 if row.is_marked else row.sentence_f1 for row in rows]),
        "F1 of the sentence": _percent([row.sentence_f1 for row in rows]),
        "F1 with every span": _percent([row.f1 for row in rows]),
        "marked": _percent([float(row.is_marked) for row in rows]),
        "F1 of those marked": _percent([row.f1 for row in marked]),
        "expected of those marked": _percent([row.expected for row in marked]),
    }
    for low, high in ((0.0, SURE), (SURE, 0.5), (0.5, 0.7), (0.7, 1.01)):
        inside = [row for row in rows if low <= row.expected < high and not row.is_explained]
        shown[f"F1 of {len(inside)} expected from {low:g}"] = _percent([row.f1 for row in inside])
        shown[f"F1 of their sentences from {low:g}"] = _percent([row.sentence_f1 for row in inside])
    explained = [row for row in rows if row.is_explained]
    shown[f"F1 of spans in {len(explained)} explained"] = _percent([row.f1 for row in explained])
    shown["F1 of sentences there"] = _percent([row.sentence_f1 for row in explained])
    return shown


def _percent(values: Sequence[float]) -> float:
    return round(100 * sum(values) / len(values), 1) if values else 0.0


def code_hash() -> str:
    """Checksum over the code that reads, makes features and fits."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in CODE for path in PROJECT.glob(pattern)}):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def fit_all(top: Path, options: Mapping[str, Any]) -> SpanWeights:
    """The weights of both languages with their provenance."""
    parts, seen = parts_of(top, options.get("limit"), options.get("seed", 0))
    provenance = {
        "fitted by": "evals/fit_spans.py",
        "options": dict(options),
        "sets": {name: {"origin": part.origin, "questions": len(part.rows)} for name, part in parts.items()},
        "sets not there": [one.name for one in SETS if one.name not in parts],
        "percent, by weights of sets of other origins": cross_validated(parts, seen),
        "code": code_hash(),
        "versions": {name: version(name) for name in ("numpy", "scipy")},
    }
    weights = {
        language: dict(sorted(fitted([part for part in parts.values() if part.language == language], seen[language]).items()))
        for language in LANGUAGES
    }
    return SpanWeights(weights=weights, threshold=dict.fromkeys(LANGUAGES, SURE), provenance=provenance)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and print the table; with `--out` write the weights."""
    parser = argparse.ArgumentParser(prog="python -m evals.fit_spans", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="BENCH_FOLDER", help="folder with the sets; those that are not there are left out")
    parser.add_argument("--out", type=Path, help="write the weights to this file (default: nowhere)")
    parser.add_argument("--limit", type=int, help="most questions of a set")
    parser.add_argument("--seed", type=int, default=0, help="which questions and articles are taken")
    options = parser.parse_args(arguments)
    named = {key: value for key in ("limit", "seed") if (value := getattr(options, key)) is not None}
    try:
        found = fit_all(options.folder, named)
    except PlanQueryError as error:
        sys.stderr.write(f"fit_spans: {error}\n")
        return 2
    table: Any = found.provenance["percent, by weights of sets of other origins"]
    sys.stdout.write("".join(f"{name}\n{json.dumps(row, indent=1)}\n" for name, row in table.items()))
    if options.out:
        options.out.write_text(json.dumps(found.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
