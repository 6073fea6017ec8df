"""What the reader is fitted on: questions with texts that answer them, and with texts that only look as if they did."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

PRACTICE = Path(__file__).with_name("practice")
"""Folders of invented plans, measures, notices, regulations and reports with questions, in the layout of the public sets."""

UNREAD = ("digital_zh", "finance_en", "small_firms_en", "vehicles_zh")
"""Practice folders that the reader is not fitted on, so that the rankers see what its scores are worth on questions new to it."""


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
    """One group a line."""
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(group._asdict(), ensure_ascii=False) + "\n" for group in groups)


def read_groups(path: Path) -> list[Group]:
    """What `write_groups` wrote."""
    with path.open(encoding="utf-8") as stream:
        return [_group(json.loads(line)) for line in stream]


def _group(fields: dict[str, list[list[str]]]) -> Group:
    right, wrong = (tuple(Text(*text) for text in fields[part]) for part in ("right", "wrong"))
    return Group(str(fields["set"]), str(fields["question"]), right, wrong)
