"""What was read from a firm's own words: fields with their words, and words that gave no value."""

from typing import Any

from assistant.profile import Profile
from ingest.measures import Bilingual
from ingest.schema import Record


class Origin(Record):
    """A field, its value and the words it was read from: `text[start:end] == words`. `note` is an interpretation to confirm."""

    field: str
    value: Any
    words: str
    start: int
    end: int
    note: Bilingual | None = None


class Unclear(Record):
    """Words that speak of a field (None: of no field that could be told) but give no value."""

    field: str | None
    words: str
    start: int
    end: int
    why: Bilingual


class Description(Record):
    """What could be read. The profile holds exactly the fields of `origins`; show both for correction before the profile counts."""

    profile: Profile
    origins: tuple[Origin, ...] = ()
    unclear: tuple[Unclear, ...] = ()
