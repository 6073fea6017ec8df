"""Paths to the files that ingest shall read: manifest rows first, then every other document file, each with its own id."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.manifest import MANIFEST, ManifestRow, load_manifest
from ingest.schema import PlanQueryError, Record, Source

COMPANIONS = ("glossary.yaml", "measures.yaml")
"""Files at the top of a folder that go with its documents and are none themselves."""


class Candidate(Record):
    """A file to read. `source` is the manifest's, or None where the file speaks for itself; `fault` says why it cannot be read."""

    path: Path
    name: str
    document_id: str
    source: Source | None = None
    fault: str | None = None


def collect(paths: Sequence[Path]) -> tuple[Candidate, ...]:
    """Files in a fixed order: as the paths are given, by name within a folder. A path that does not exist is refused."""
    found: list[Candidate] = []
    for path in paths:
        if not path.exists():
            raise PlanQueryError(f"{str(path)!r} does not exist; give a file or a folder of documents")
        found.extend(_folder(path) if path.is_dir() else [Candidate(path=path, name=path.name, document_id=path.stem)])
    return tuple(_with_own_ids(found))


def companion(paths: Sequence[Path], name: str) -> Path | None:
    """A file such as `glossary.yaml` that lies at the top of one of the folders; None where there is none."""
    return next((path / name for path in paths if path.is_dir() and (path / name).is_file()), None)


def _folder(folder: Path) -> Iterator[Candidate]:
    manifest = folder / MANIFEST
    if not manifest.exists():
        beside = {folder / name for name in COMPANIONS}
        yield from (found for found in _files(folder, folder) if found.path not in beside)
        return
    listed: set[Path] = set()
    for row in load_manifest(manifest):
        path = folder / row.file
        listed.add(path.resolve())
        yield Candidate(path=path, name=row.file, document_id=row.id, source=_source(row), fault=_missing(path, row))
    dropped_in = folder / "documents"
    if dropped_in.is_dir():
        yield from (extra for extra in _files(dropped_in, dropped_in) if extra.path.resolve() not in listed)


def _source(row: ManifestRow) -> Source:
    return row.source()


def _missing(path: Path, row: ManifestRow) -> str | None:
    return None if path.is_file() else f"{row.file}: manifest row {row.id} names it, but it is not there; add the file or remove the row"


def _files(folder: Path, top: Path) -> Iterator[Candidate]:
    """Every file that is not hidden, links followed once: a folder that contains itself is reported, not walked for ever."""
    seen = {folder.resolve()}
    for place, folders, names in os.walk(folder, followlinks=True):
        here = Path(place)
        for name in sorted(folders):
            inner = here / name
            if name.startswith("."):
                folders.remove(name)
            elif inner.resolve() in seen:
                folders.remove(name)
                fault = f"{inner.relative_to(top)}: the folder links back to one already read (a loop); remove the link"
                yield Candidate(path=inner, name=str(inner.relative_to(top)), document_id=name, fault=fault)
            else:
                seen.add(inner.resolve())
        folders.sort()
        for name in sorted(names):
            if not name.startswith("."):
                path = here / name
                yield Candidate(path=path, name=str(path.relative_to(top)), document_id=path.stem)


def _with_own_ids(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """A file's id is its name without extension; files that share one get their path, then their whole name, as id."""
    for key in (lambda c: c.document_id, lambda c: str(Path(c.name).with_suffix("")), lambda c: c.name):
        counts = Counter(candidate.document_id for candidate in found)
        found = [
            candidate
            if counts[candidate.document_id] == 1 or candidate.source
            else candidate.model_copy(update={"document_id": key(candidate)})
            for candidate in found
        ]
    counts = Counter(candidate.document_id for candidate in found)
    for candidate in found:
        if counts[candidate.document_id] > 1 and candidate.fault is None:
            fault = f"{candidate.name}: another file has the id {candidate.document_id!r} too; rename one of them"
            candidate = candidate.model_copy(update={"fault": fault})
        yield candidate
