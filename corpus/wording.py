"""Documents against the texts they draw on: finds runs of identical words, so that no sentence of a source is passed on as ours.

    python corpus/wording.py SOURCE ... [--documents FOLDER ...] [--longest 7] [--longest-zh SIGNS] [--allow FILE]

A source is a text file or a folder of them. English documents are compared word by word, Chinese ones sign by sign when --longest-zh is
given. Case, punctuation and line breaks do not count. Names that cannot be put otherwise may stand one a line in the file --allow
(official titles by default); runs that they explain are shown too. Exit 0 no run, 1 runs found, 2 unusable arguments.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

CORPUS = Path(__file__).resolve().parent
TITLES = CORPUS / "sources" / "official-titles.txt"
SUFFIXES = (".md", ".txt")
# An address, a date (2026-04-01), a document number (国发〔2020〕8号) and a Chinese term in an English text count as one word each.
_NAME = r"https?://[^\s\u3400-\u9fff]+|\d{4}-\d\d-\d\d|[\u3400-\u9fff]+[〔\[]\d{4}[〕\]]\d+号"
_WORD = re.compile(rf"{_NAME}|[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+(?:[.,'’][^\W_\u3400-\u9fff]+)*")
_SIGN = re.compile(rf"{_NAME}|[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")


class Run(NamedTuple):
    """Units that a document shares with a source, and whether listed names explain it."""

    document: str
    source: str
    units: tuple[str, ...]
    is_allowed: bool


def main(arguments: list[str] | None = None) -> int:
    """Print every run; the exit status says whether one is left that no listed name explains."""
    parser = argparse.ArgumentParser(prog="corpus/wording.py", description="Find runs of identical words in documents and their sources.")
    parser.add_argument("sources", nargs="+", type=Path, metavar="SOURCE", help="text file or folder of text files")
    parser.add_argument(
        "--documents", nargs="+", type=Path, default=[CORPUS / "documents", CORPUS / "sources"], help="folders of *-en.md, *-zh.md"
    )
    parser.add_argument("--longest", type=int, default=7, help="words that may stand in both in the same order")
    parser.add_argument("--longest-zh", type=int, help="the same for Chinese documents, in signs; without it they are not compared")
    parser.add_argument("--allow", type=Path, default=TITLES, help="file of names that may be repeated, one a line")
    given = parser.parse_args(arguments)
    for path in (*given.sources, *given.documents, given.allow):
        if not path.exists():
            parser.error(f"{str(path)!r} does not exist")
    names = given.allow.read_text("utf-8").splitlines()
    found = _found(given.documents, given.sources, names, "-en", _WORD, given.longest)
    if given.longest_zh is not None:
        found += _found(given.documents, given.sources, names, "-zh", _SIGN, given.longest_zh)
    for run in found:
        gap = "" if all(len(unit) == 1 for unit in run.units) else " "
        print(f"{'allowed' if run.is_allowed else 'FOUND'}  {run.document}  {run.source}  {len(run.units)}: {gap.join(run.units)}")  # noqa: T201
    left = sum(not run.is_allowed for run in found)
    print(f"{left} runs found, {len(found) - left} allowed by name")  # noqa: T201
    return 1 if left else 0


def _found(
    documents: Sequence[Path], sources: Sequence[Path], names: Sequence[str], language: str, unit: re.Pattern[str], longest: int
) -> list[Run]:
    allowed = [_units(name, unit) for name in names if name.strip()]
    texts = {path: _units(path.read_text("utf-8"), unit) for path in _files(sources)}
    found: list[Run] = []
    for document in _files(documents):
        if document.stem.endswith(language):
            words = _units(document.read_text("utf-8"), unit)
            for source, text in texts.items():
                for run in shared_runs(words, text, longest):
                    found.append(Run(document.name, source.name, run, _is_explained(run, allowed, longest)))
    return found


def _files(places: Sequence[Path]) -> Iterator[Path]:
    for place in places:
        yield from sorted(path for path in place.rglob("*") if path.suffix in SUFFIXES) if place.is_dir() else [place]


def _units(text: str, unit: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(unit.findall(text.lower().replace("’", "'")))


def shared_runs(document: Sequence[str], source: Sequence[str], longest: int) -> Iterator[tuple[str, ...]]:
    """Runs of more than `longest` units in both, each at its full length, in the order of the document."""
    size = longest + 1
    places: dict[tuple[str, ...], list[int]] = {}
    for start in range(len(source) - size + 1):
        places.setdefault(tuple(source[start : start + size]), []).append(start)
    at = 0
    while at <= len(document) - size:
        starts = places.get(tuple(document[at : at + size]), ())
        length = max((_shared(document[at:], source[start:]) for start in starts), default=0)
        if length:
            yield tuple(document[at : at + length])
        at += max(length, 1)


def _shared(first: Sequence[str], second: Sequence[str]) -> int:
    pairs = enumerate(zip(first, second, strict=False))
    return next((number for number, (left, right) in pairs if left != right), min(len(first), len(second)))


def _is_explained(run: tuple[str, ...], allowed: Sequence[tuple[str, ...]], longest: int) -> bool:
    """Whether, without the listed names in it, no stretch of more than `longest` units is left."""
    is_named = [False] * len(run)
    for name in allowed:
        for at in range(len(run) - len(name) + 1):
            if run[at : at + len(name)] == name:
                is_named[at : at + len(name)] = [True] * len(name)
    stretches = "".join("n" if named else "." for named in is_named).split("n")
    return max(map(len, stretches)) <= longest


if __name__ == "__main__":
    sys.exit(main())
