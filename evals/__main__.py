"""`python -m evals run | score | compare | bench | report | validate | cases | metamorphic`: see evals/README.md.

Exit status: 0 done, 1 a threshold was missed, a service failed or a suite is invalid, 2 unusable arguments or files.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from evals import commands
from ingest.schema import PlanQueryError

if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what it returns is printed, its status becomes the exit status."""
    options = parser().parse_args(arguments)
    try:
        text, status = options.command(options)
    except (PlanQueryError, OSError) as error:
        print(f"evals: {error}", file=sys.stderr)
        return 2
    print(text)
    return int(status)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(prog="python -m evals", description="Measure the assistant and open every number into its cases.")
    verbs = top.add_subparsers(required=True, metavar="COMMAND")

    add_runs(verbs)
    add_results(verbs)
    add_suites(verbs)
    add_cases(verbs)
    return top


def add_runs(verbs: "Verbs") -> None:
    """`run` and `bench`, which ask."""
    run = verb(verbs, "run", commands.run, "ask the cases of suites and score the answers")
    run.add_argument("suites", nargs="+", type=Path, metavar="SUITE.jsonl")
    asking(run)
    judging(run)

    bench = verb(verbs, "bench", commands.bench, "run a benchmark folder (docs/ and questions.jsonl) on an index of its own")
    bench.add_argument("folder", type=Path, metavar="FOLDER")
    bench.add_argument("--limit", type=positive, help="ask this many questions, spread evenly over the file")
    bench.add_argument("--no-baseline", action="store_true", help="leave the LangChain tutorial's pipeline out")
    asking(bench, store_help="folder of the index (default: OUT/store)")


def add_results(verbs: "Verbs") -> None:
    """`score`, `compare` and `report`, which read what a run left."""
    score = verb(verbs, "score", commands.score, "score saved answers again, without asking")
    score.add_argument("out", type=Path, metavar="OUT", help="the --out of a run or bench")
    score.add_argument(
        "suites", nargs="*", type=Path, metavar="SUITE.jsonl", help="cases with other expectations (default: the saved ones)"
    )
    gated(score)
    judging(score)

    compare = verb(verbs, "compare", commands.compare, "pair the cases of two runs")
    compare.add_argument("first", type=Path, metavar="A")
    compare.add_argument("second", type=Path, metavar="B")
    compare.add_argument("--out", type=Path, help="write the comparison as JSON to this file")
    compare.add_argument("--json", action="store_true", help="print the comparison as JSON")

    report = verb(verbs, "report", commands.report, "print the table of a run and write its report.html anew")
    report.add_argument("out", type=Path, metavar="OUT")


def add_suites(verbs: "Verbs") -> None:
    """`validate` and `metamorphic`, which look at suites."""
    validate = verb(verbs, "validate", commands.validate, "check suites against an index")
    validate.add_argument("suites", nargs="+", type=Path, metavar="SUITE.jsonl")
    validate.add_argument("--store", type=Path, help="folder of the index")

    metamorphic = verb(verbs, "metamorphic", commands.metamorphic, "ask rule-made variants of the cases and score consistency")
    metamorphic.add_argument("suites", nargs="+", type=Path, metavar="SUITE.jsonl")
    metamorphic.add_argument("--distractors", nargs="+", type=Path, default=[], metavar="PATH", help="documents to add to the corpus")
    metamorphic.add_argument(
        "--corpus", nargs="+", type=Path, default=[], metavar="PATH", help="documents of the index (default: the corpus)"
    )
    asking(metamorphic)


def add_cases(verbs: "Verbs") -> None:
    """`cases draft | import | export`."""
    actions = verbs.add_parser("cases", help="turn feedback into cases and cases into other layouts").add_subparsers(required=True)
    draft = verb(actions, "draft", commands.draft_cases, "feedback of the chat to draft cases")
    draft.add_argument("feedback", nargs="?", type=Path, metavar="FEEDBACK.jsonl", help="(default: the thumbs-down of PLANQUERY_HISTORY)")
    draft.add_argument("--user", metavar="ID", help="only the thumbs-down of this visitor of the chat")
    draft.add_argument("--out", type=Path, required=True, help="drafts, .jsonl or .csv; existing drafts are kept as they are")
    take = verb(actions, "import", commands.import_cases, "approved drafts to a suite")
    take.add_argument("drafts", type=Path, metavar="DRAFTS", help=".jsonl or .csv")
    take.add_argument("--out", type=Path, required=True, help="suite to add them to")
    export = verb(actions, "export", commands.export_cases, "a suite in another layout")
    export.add_argument("suite", type=Path, metavar="SUITE.jsonl")
    export.add_argument("--format", choices=("jsonl", "csv", "ragas", "langsmith"), required=True)
    export.add_argument("--answers", type=Path, help="OUT of a run whose answers become responses (ragas)")
    export.add_argument("--out", type=Path, required=True)


def verb(verbs: "Verbs", name: str, command: commands.Command, text: str) -> argparse.ArgumentParser:
    """One command of the line."""
    made = verbs.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    made.set_defaults(command=command)
    return made


def asking(to: argparse.ArgumentParser, store_help: str = "folder of the index (default: PLANQUERY_STORE)") -> None:
    """Options of the commands that ask the assistant."""
    to.add_argument("--store", type=Path, help=store_help)
    to.add_argument("--out", type=Path, required=True, help="folder for answers and report; an interrupted run continues in it")
    to.add_argument("--engine", help="`extractive`, or a chat model such as ollama:qwen3 (default: PLANQUERY_CHAT_MODEL)")
    to.add_argument(
        "--as-of", type=date.fromisoformat, help="day the questions are asked on (default: today, or the day of the run continued)"
    )
    gated(to)


def gated(to: argparse.ArgumentParser) -> None:
    """The gate option."""
    to.add_argument("--require", nargs="+", default=[], metavar="METRIC>=X", help="exit with 1 when a threshold is missed; also METRIC<=X")
    to.add_argument("--gates", type=Path, metavar="GATES.json", help="exit with 1 when a suite misses its levels, e.g. evals/gates.json")


def judging(to: argparse.ArgumentParser) -> None:
    """The judge option."""
    to.add_argument("--judge", metavar="PROVIDER:MODEL", help="also ask this chat model what it thinks of each answer; reported apart")


def positive(text: str) -> int:
    """A whole number from 1."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give a whole number from 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
