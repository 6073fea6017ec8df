"""Questions between figures that they state themselves: each figure's sentence, and what explains the difference."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant import Assistant
from assistant.stated import doubted_figures
from ingest.build import build_index
from ingest.embed import Embedder
from ingest.settings import Settings
from tests.toys import write_files

DAY = date(2026, 11, 23)
HARBOUR = """---
title: Harbour dues of Valley
language: en
status: in_force
---
# Harbour dues of Valley

## Dues

Under the final text a ferry pays harbour dues of 30,000 yuan a year.

## Draft

The draft of 2020 had named harbour dues of 45,000 yuan for a ferry, which differs from the final text.

## Berths

The harbour has 12 berths and earned 8 million yuan in 2021.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("stated")
    settings = Settings(_env_file=None, store=folder / "store", glossary=folder / "none.yaml")
    build_index([write_files(folder / "docs", {"harbour": HARBOUR})], settings)
    with Assistant.open(settings) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("Is the fee 30,000 yuan or 45,000 yuan?", [30_000, 45_000]),
        ("One paper says 840 billion, another says 800. Which is right?", [840_000_000_000, 800]),
        ("到底是15%还是20%，网上两种说法", [15, 20]),
        ("有说1000万有说2000万，哪个对？", [10_000_000, 20_000_000]),
        ("Our revenue is 30 million yuan and we employ 200 people, or a few more.", []),
        ("What is paid from 30 million yuan to 40 million yuan?", []),
        ("Is it 30 million yuan or what?", []),
    ],
)
def test_figures_of_one_unit_that_are_set_against_one_another_are_doubted(question: str, values: list[int]) -> None:
    assert [int(figure.value) for figure in doubted_figures(question)] == values


def test_both_figures_are_told_with_the_sentences_that_hold_them(assistant: Assistant) -> None:
    answer = assistant.ask("Somebody says a ferry pays harbour dues of 30,000 yuan, another 45,000 yuan. Which one is right?", as_of=DAY)
    assert answer.status == "answered"
    assert "final text a ferry pays harbour dues of 30,000 yuan" in answer.text
    assert "draft of 2020 had named harbour dues of 45,000 yuan" in answer.text
    assert "berths" not in answer.text


def test_the_one_figure_that_the_documents_know_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("Are the harbour dues of a ferry 30,000 yuan or 70,000 yuan?", as_of=DAY)
    assert answer.status == "answered"
    assert "30,000 yuan" in answer.text
