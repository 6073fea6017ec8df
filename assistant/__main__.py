"""`python -m assistant ask | chat | check | serve | doctor`: the assistant on the command line."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from assistant.checking import check
from assistant.compose import answer_object
from assistant.draft_measures import draft_file
from assistant.schema import Turn
from assistant.service import Assistant
from assistant.terminal import batch, chat, doctor, print_answer, read_history, serve
from ingest.schema import PlanQueryError
from ingest.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 a line of a batch failed or doctor found a fault, 2 unusable arguments or no index."""
    options = _parser().parse_args(arguments)
    try:
        settings = Settings(**({"store": options.store} if options.store else {}))
        return int(options.run(options, settings))
    except (PlanQueryError, ValidationError) as error:
        print(f"assistant: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader, `head` say, has seen enough; nothing more may be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--store", type=Path, help="folder of the index (default: PLANQUERY_STORE)")
    parser = argparse.ArgumentParser(prog="python -m assistant", description="Ask the documents of an index.")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    _ask_parser(verbs.add_parser("ask", parents=[common], help="answer one question, or a batch of them"))
    verbs.add_parser("chat", parents=[common], help="a conversation in the terminal").set_defaults(run=_chat)
    _check_parser(verbs.add_parser("check", parents=[common], help="which measures apply to an enterprise"))
    serving = verbs.add_parser("serve", parents=[common], help="open the chat window")
    serving.add_argument("--port", type=int, default=8501)
    serving.add_argument("--address", default="127.0.0.1", help="address to listen on (default: this machine only)")
    serving.set_defaults(run=lambda options, settings: serve(settings, options.address, options.port))
    verbs.add_parser("doctor", parents=[common], help="versions, model, index, and what leaves the machine").set_defaults(
        run=lambda options, settings: doctor(settings)
    )
    drafting = verbs.add_parser("draft-measures", help="measures a document seems to hold, by the chat model, for review")
    drafting.add_argument("document", type=Path, help="the file")
    drafting.set_defaults(run=_draft_measures, store=None)
    return parser


def _ask_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", nargs="?", help="the question, in English or Chinese")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--history", type=Path, help='JSON list of earlier turns: [{"role": "user", "text": "..."}]')
    parser.add_argument("--document", action="append", default=[], metavar="ID", help="search only this document (may be repeated)")
    parser.add_argument("--as-of", type=date.fromisoformat, help="the day asked about, YYYY-MM-DD (default: today)")
    parser.add_argument("--batch", type=Path, metavar="CASES.jsonl", help="answer every line (id, question, history)")
    parser.add_argument("--out", type=Path, metavar="ANSWERS.jsonl", help="where the answers of a batch go")
    parser.set_defaults(run=_ask)


def _check_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--profile", help="file with one JSON object of profile fields, or - for standard input")
    parser.add_argument("--describe", metavar="TEXT", help="the enterprise in words instead of a profile file")
    parser.add_argument("--as-of", type=date.fromisoformat, default=None, help="the day asked about, YYYY-MM-DD (default: today)")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a report")
    parser.add_argument("--language", choices=("en", "zh"), help="language of reasons and questions (default: en, or that of --describe)")
    parser.add_argument("--batch", type=Path, metavar="PROFILES.jsonl", help="check every line (id, as_of, profile)")
    parser.add_argument("--out", type=Path, metavar="VERDICTS.jsonl", help="where the verdicts of a batch go")
    parser.add_argument("--brief", action="store_true", help="in a batch only measure_id, status and missing: for thousands of lines")
    parser.set_defaults(run=check)


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    if bool(options.batch) != bool(options.out) or bool(options.batch) == bool(options.question):
        raise PlanQueryError("give either a question, or --batch CASES.jsonl together with --out ANSWERS.jsonl")
    with Assistant.open(settings) as assistant:
        if options.batch:
            return batch(assistant, options.batch, options.out, options.document, options.as_of)
        history: Sequence[Turn] = read_history(options.history) if options.history else ()
        answer = assistant.ask(options.question, history, options.document, options.as_of)
    if options.json:
        print(json.dumps(answer_object(answer), ensure_ascii=False, indent=1))
    else:
        print_answer(answer)
    return 0


def _chat(options: argparse.Namespace, settings: Settings) -> int:
    with Assistant.open(settings) as assistant:
        return chat(assistant)


def _draft_measures(options: argparse.Namespace, settings: Settings) -> int:
    drafted = draft_file(options.document, settings)
    print(drafted.text)
    for note in drafted.notes:
        print(note, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
