"""Follow-ups with the standalone questions that people wrote to how well `assistant.followup` rewrites them.

`python -m evals.rewriting QUESTIONS.jsonl`: a line holds `question`, `history` (turns with `role` and `text`) and the standalone question
as `standalone` or as the first of `answers`.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from assistant.followup import resolve
from assistant.schema import Turn
from evals.metrics import f1
from evals.suites import read_lines
from ingest.lexical import LexicalIndex, terms
from ingest.schema import PlanQueryError


class Pair(NamedTuple):
    """A question among its turns, oldest first, and what a person made of it."""

    question: str
    history: tuple[Turn, ...]
    gold: str


def read_pairs(path: Path) -> list[Pair]:
    """The questions of a file that have turns before them; PlanQueryError names the first that lacks a field."""
    pairs = []
    for number, row in read_lines(path):
        try:
            gold = row.get("standalone") or row["answers"][0] if row["history"] else ""
            pair = Pair(row["question"], tuple(_turn(turn) for turn in row["history"]), gold)
        except (KeyError, IndexError) as error:
            needed = "a line needs question, history, and standalone or answers"
            raise PlanQueryError(f"{path.name} line {number}: {error!r}; {needed}") from error
        if pair.history:
            pairs.append(pair)
    if not pairs:
        raise PlanQueryError(f"{str(path)!r} holds no question with turns before it")
    return pairs


def _turn(turn: Mapping[str, Any]) -> Turn:
    return Turn(role="user" if turn["role"] == "user" else "assistant", text=turn["text"])


def ours(pair: Pair) -> str:
    """The question as the assistant rewrites it."""
    return resolve(pair.question, pair.history).text


def last_turn(pair: Pair) -> str:
    """The question as it was typed."""
    return pair.question


def glued(pair: Pair) -> str:
    """Every turn and the question in one."""
    return " ".join([*(turn.text for turn in pair.history), pair.question])


WAYS: Mapping[str, Callable[[Pair], str]] = {"ours": ours, "last turn": last_turn, "all turns": glued}


def rewrite_scores(pair: Pair, said: str) -> dict[str, float]:
    """Precision, recall and F1 of a rewrite over sets of index terms, and what became of the question.

    `kept` is defined where a person added nothing: whether nothing was added or lost; `added` where one did: the share of it that is there.
    """
    gold, own, rewritten = set(terms(pair.gold)), set(terms(pair.question)), set(terms(said))
    shared = len(gold & rewritten)
    precision = shared / len(rewritten) if rewritten else 0.0
    recall = shared / len(gold) if gold else 1.0
    scores = {"P": precision, "R": recall, "F1": f1(precision, recall) or 0.0}
    wanted = gold - own
    return scores | ({"added": len(wanted & rewritten) / len(wanted)} if wanted else {"kept": float(rewritten == own)})


def reciprocal_ranks(pairs: Sequence[Pair], said: Sequence[str]) -> list[float]:
    """1 / rank at which BM25 finds each pair's own standalone question among those of all pairs; those of one talk are much alike."""
    index = LexicalIndex.build([terms(pair.gold) for pair in pairs])
    ranks = []
    for at, text in enumerate(said):
        scores = index.scores(Counter(terms(text)))
        ranks.append(1 / (1 + int((scores > scores[at]).sum())) if scores[at] > 0 else 0.0)
    return ranks


def report(pairs: Sequence[Pair]) -> list[str]:
    """Lines: the means in percent of each way to make a question stand alone."""
    lines = [f"{len(pairs)} pairs", f"{'':<12}{'P':>8}{'R':>8}{'F1':>8}{'added':>8}{'kept':>8}{'MRR':>8}"]
    for name, way in WAYS.items():
        said = [way(pair) for pair in pairs]
        rows: list[dict[str, float]] = [
            rewrite_scores(pair, text) | {"MRR": rank} for pair, text, rank in zip(pairs, said, reciprocal_ranks(pairs, said), strict=True)
        ]
        columns = [[row[metric] for row in rows if metric in row] for metric in ("P", "R", "F1", "added", "kept", "MRR")]
        lines.append(f"{name:<12}" + "".join(f"{100 * sum(column) / len(column):>8.1f}" if column else f"{'':>8}" for column in columns))
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report of a file; 2, and the reason, where it cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m evals.rewriting", description=__doc__)
    parser.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl", help="pairs with history, question and standalone")
    try:
        sys.stdout.write("\n".join(report(read_pairs(parser.parse_args(arguments).questions))) + "\n")
    except PlanQueryError as error:
        sys.stderr.write(f"rewriting: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
