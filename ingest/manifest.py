"""`manifest.yaml` to source records: one row a document, every fault named by row and field."""

from collections import Counter
from pathlib import Path

import yaml
from pydantic import ValidationError

from ingest.schema import PlanQueryError, Source

MANIFEST = "manifest.yaml"


class _WithoutDates(yaml.SafeLoader):
    """Leaves dates as text: one that does not exist shall be a fault of its row and field, not of the file."""


_WithoutDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class ManifestRow(Source):
    """One row: the source record and the file, relative to the manifest's folder."""

    file: str

    def source(self) -> Source:
        """The row without its file."""
        return Source.model_validate(self.model_dump(exclude={"file"}))


def load_manifest(path: Path) -> tuple[ManifestRow, ...]:
    """The rows in file order, checked against each other; () for an empty file."""
    try:
        listed = yaml.load(path.read_text("utf-8"), _WithoutDates) or []  # noqa: S506  a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PlanQueryError(f"{path.name}: not valid YAML ({str(error).splitlines()[0]}); mend the file and ingest again") from error
    if not isinstance(listed, list):
        raise PlanQueryError(f"{path.name}: a list of rows is expected, found {type(listed).__name__}; begin each row with `- id:`")
    rows = tuple(_row(path, number, fields) for number, fields in enumerate(listed, 1))
    _check_unique(path, rows)
    _check_dates(path, rows)
    _check_links(path, rows)
    return rows


def _row(path: Path, number: int, fields: object) -> ManifestRow:
    try:
        return ManifestRow.model_validate(fields)
    except ValidationError as error:
        name = fields.get("id", "without id") if isinstance(fields, dict) else "not a mapping"
        fault = error.errors()[0]
        field = ".".join(str(part) for part in fault["loc"]) or "row"
        raise PlanQueryError(f"{path.name}: row {number} ({name}), field {field!r}: {fault['msg']}") from error


def _check_unique(path: Path, rows: tuple[ManifestRow, ...]) -> None:
    for field in ("id", "file"):
        for value, count in Counter(getattr(row, field) for row in rows).items():
            if count > 1:
                raise PlanQueryError(f"{path.name}: {field} {value!r} stands in {count} rows; every row needs its own")


def _check_dates(path: Path, rows: tuple[ManifestRow, ...]) -> None:
    for row in rows:
        if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
            raise PlanQueryError(
                f"{path.name}: row {row.id}, field 'valid_to': {row.valid_to} is before valid_from {row.valid_from}; mend one"
            )


def _check_links(path: Path, rows: tuple[ManifestRow, ...]) -> None:
    """Every id that a row names must have a row, and supersedes / superseded_by must agree in both directions."""
    by_id = {row.id: row for row in rows}
    for row in rows:
        named = [("supersedes", other) for other in row.supersedes] + [("superseded_by", other) for other in row.superseded_by]
        named += [("translation_of", row.translation_of)] if row.translation_of else []
        for field, other in named:
            if other not in by_id:
                raise PlanQueryError(f"{path.name}: row {row.id}, field {field!r}: no row has the id {other!r}")
        for later in row.superseded_by:
            if row.id not in by_id[later].supersedes:
                raise PlanQueryError(f"{path.name}: row {row.id} is superseded_by {later!r}, but that row's `supersedes` lacks {row.id!r}")
        for earlier in row.supersedes:
            if row.id not in by_id[earlier].superseded_by:
                raise PlanQueryError(f"{path.name}: row {row.id} supersedes {earlier!r}, but that row's `superseded_by` lacks {row.id!r}")
        if row.translation_of and by_id[row.translation_of].language == row.language:
            raise PlanQueryError(f"{path.name}: row {row.id}, field 'translation_of': {row.translation_of!r} is in the same language")
