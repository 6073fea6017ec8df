"""What the reader is fitted on: questions with texts that answer them, and with texts that only look as if they did."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

PRACTICE = Path(__file__).with_name("practice")
"""Folders of invented plans, measures, notices, regulations and reports with questions, in the layout of the public sets."""

UNREAD = ("chips_en", "digital_zh", "finance_en", "norms_en", "small_firms_en", "solar_zh", "vehicles_zh", "zones_zh")
"""Practice folders that the reader is not fitted on, so that the rankers see what its scores are worth on questions new to it."""


LARGEST = "squad11_train_rebuilt"
"""The set that most questions are of: a fitting may see a part of it, and runs that see other parts are worth more together."""

PARTS = ("right", "wrong")


class Text(NamedTuple):
    """A text as it is read, the nearest heading over it ("" for none) and the title of its document."""

    text: str
    heading: str
    title: str


class Group(NamedTuple):
    """A question with texts that answer it, none where it cannot be answered, and with wrong ones, the likest first."""

    set: str
    question: str
    right: tuple[Text, ...]
    wrong: tuple[Text, ...]


def write_groups(path: Path, groups: Sequence[Group]) -> None:
    """Every text once, on the first line, then one group a line that names its texts by number."""
    numbers: dict[Text, int] = {}
    rows = [
        group._asdict() | {part: [numbers.setdefault(text, len(numbers)) for text in getattr(group, part)] for part in PARTS}
        for group in groups
    ]
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in ([*numbers], *rows))


def read_groups(path: Path) -> list[Group]:
    """What `write_groups` wrote."""
    with path.open(encoding="utf-8") as stream:
        texts = [Text(*parts) for parts in json.loads(next(stream, "[]"))]
        rows = [json.loads(line) for line in stream]
    return [Group(row["set"], row["question"], *(tuple(texts[number] for number in row[part]) for part in PARTS)) for row in rows]
