"""Tables in an answer: the head has no quote of its own."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.cite import prove, verify
from assistant.lists import list_draft
from assistant.question import plain_query
from assistant.schema import Draft, Receipt
from ingest.store import Generation
from tests.toys import candidate_of, toy_index

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


def test_the_head_of_a_table_that_holds_a_figure_is_proved_by_its_rows(index: Generation) -> None:
    claims = list_draft(plain_query("Which levels are there?"), candidate_of(index, "torque weight levels", "torque"))
    answer = verify(Draft(status="answered", claims=tuple(claims)), "q", "q", "en", DAY, RECEIPT)
    assert answer.status == "answered"
    assert "| Item | 2021 edition | 2024 edition |" in answer.text


def test_a_head_without_rows_below_it_proves_no_figure(index: Generation) -> None:
    head = list_draft(plain_query("Which levels are there?"), candidate_of(index, "torque weight levels", "torque"))[1]
    assert "2021 edition" in head.text
    assert prove(head) is None
