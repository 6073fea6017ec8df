"""`python -m ingest [PATH ...] --store DIR`: read documents, report on each, make the new index live."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from tqdm import tqdm

from ingest.build import Progress, build_index
from ingest.schema import DocumentReport, IngestReport, PlanQueryError
from ingest.settings import Settings

STAGES = {"model": "preparing the model", "read": "reading", "embed": "embedding", "write": "writing"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 all read, 1 some documents failed, 2 unusable arguments, settings or corpus files."""
    options = _parser().parse_args(arguments)
    try:
        settings = Settings(**({"store": options.store} if options.store else {}))
        report = build_index(options.paths or [settings.corpus], settings, _progress())
    except (PlanQueryError, ValidationError) as error:
        print(f"ingest: {error}", file=sys.stderr)
        return 2
    print_report(report, quiet=options.quiet)
    return 1 if any(report.failed()) or report.generation is None else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ingest", description="Read documents into a searchable index.")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders (default: the corpus)")
    parser.add_argument("--store", type=Path, help="folder of the index (default: PLANQUERY_STORE)")
    parser.add_argument("--quiet", action="store_true", help="leave out the line a document")
    return parser


def _progress() -> Progress:
    bars: dict[str, Any] = {}

    def show(stage: str, done: int, total: int) -> None:
        if stage not in bars:
            bars[stage] = tqdm(total=total, desc=STAGES[stage], file=sys.stderr, disable=None, leave=False)
        bars[stage].update(done - bars[stage].n)
        if done >= total:
            bars[stage].close()

    return show


def print_report(report: IngestReport, *, quiet: bool = False) -> None:
    """One line a document, then the totals; failures last, where they are seen."""
    if not quiet:
        print(f"{'document':44}  pages sect. chunks    chars unread targets measures duties")
        for row in report.documents:
            if row.error is None:
                print(_line(row))
    read = [row for row in report.documents if row.error is None]
    reused = sum(row.reused for row in read)
    state = "index unchanged" if report.embedded == 0 and reused == len(read) else f"{report.embedded} chunks embedded"
    print(
        f"{len(read)} documents ({reused} unchanged), {sum(row.chunks for row in read)} chunks, "
        f"{sum(row.targets for row in read)} targets, {sum(row.provisions for row in read)} measures; {state}; {report.seconds:.1f} s"
    )
    for row in read:
        for warning in [*row.warnings, *([f"pages without text: {', '.join(map(str, row.blank_pages))}"] if row.blank_pages else [])]:
            print(f"note: {row.file}: {warning}", file=sys.stderr)
    for row in report.failed():
        print(f"failed: {row.error}", file=sys.stderr)
    if report.generation is None:
        print("nothing could be indexed; the live index, if any, is unchanged", file=sys.stderr)


def _line(row: DocumentReport) -> str:
    name = (row.document_id or row.file)[:44]
    return (
        f"{name:44} {row.pages or '-':>5} {row.sections:>5} {row.chunks:>6} {row.characters:>8} {row.unreadable_share:>6.0%} "
        f"{row.targets:>7} {row.provisions:>8} {row.obligations:>6}"
    )


if __name__ == "__main__":
    sys.exit(main())
