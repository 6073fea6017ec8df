"""Tables in an answer: the head is proved like any row."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from toys import candidate_of, toy_index

from assistant.cite import verify
from assistant.lists import entries, list_draft
from assistant.question import plain_query
from assistant.schema import Draft, Receipt
from ingest.store import Generation

DAY = date(2026, 11, 23)
RECEIPT = Receipt(generation="g1", corpus="c", model="m", settings="s", version="0", as_of=DAY)
NORMS = """---
title: Norms for motors
language: en
---
# Norms for motors

## Levels

The table compares the editions.

| Item | 2021 edition | 2024 edition |
|---|---|---|
| torque | 160 | 165 |
| weight | 30 | 25 |
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    opened = toy_index(Path(tmp_path_factory.mktemp("tables")), {"norms": NORMS})
    yield opened
    opened.close()


def test_a_head_that_holds_a_figure_is_proved(index: Generation) -> None:
    claims = list_draft(plain_query("Which levels are there?"), candidate_of(index, "torque weight levels", "torque"))
    answer = verify(Draft(status="answered", claims=tuple(claims)), "q", "q", "en", DAY, RECEIPT)
    assert answer.status == "answered"
    assert "| Item | 2021 edition | 2024 edition |" in answer.text


def test_the_first_row_brings_the_head_and_quotes_it(index: Generation) -> None:
    claims = list_draft(plain_query("Which levels are there?"), candidate_of(index, "torque weight levels", "torque"))
    first = claims[1]
    assert first.text.splitlines()[0] == "| Item | 2021 edition | 2024 edition |"
    assert [evidence.quote for evidence in first.evidence] == ["torque | 160 | 165", "Item | 2021 edition | 2024 edition"]
    assert entries(claims) == 2
