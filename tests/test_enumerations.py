"""Candidates that count the things a list is asked of."""

from pathlib import Path

import pytest

from assistant.candidates import candidates
from assistant.enumerations import counted
from assistant.kinds import Kind
from ingest.schema import Language
from tests.toys import passages_of, toy_index

TEXTS = {
    "en": "# Harbour plan\n\nThe plan names five key piers: north, south, east, west and old. The east pier is for ferries.\n",
    "zh": "# 港口规划\n\n规划确定五个重点码头：东、南、西、北、中。第二个码头停渡轮。东码头停渔船。\n",
}


@pytest.mark.parametrize(
    ("question", "kind", "language", "told"),
    [
        ("Which piers does the plan name?", "list", "en", ["The plan names five key piers: north, south, east, west and old."]),
        ("Which boats does the plan name?", "list", "en", []),
        ("Which pier is for ferries?", "fact", "en", []),
        ("规划涵盖哪些码头?", "list", "zh", ["规划确定五个重点码头：东、南、西、北、中。"]),
        ("规划涵盖哪些渡轮?", "list", "zh", []),
    ],
)
def test_only_who_counts_the_things_asked_for_is_told(
    question: str, kind: Kind, language: Language, told: list[str], tmp_path: Path
) -> None:
    index = toy_index(tmp_path, TEXTS)
    found = candidates(passages_of(index, question))
    gains = counted(question, kind, language, found)
    index.close()
    assert [candidate.text for candidate, gain in zip(found, gains, strict=True) if gain] == told
