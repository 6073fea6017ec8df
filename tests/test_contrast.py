"""Sides of a comparison in documents of their own: one without the thing asked about has no answer, not that of another thing."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant import Assistant
from ingest.build import build_index
from ingest.embed import Embedder
from ingest.settings import Settings
from tests.toys import write_files

GLOSSARY = """- {id: ferry, kind: product, zh: [渡轮], en: [ferry, ferries]}
- {id: trawler, kind: product, zh: [拖网渔船], en: [trawler, trawlers]}
- {id: toll, kind: indicator, zh: [通行费], en: [toll, tolls]}
"""
RULES = """---
title: Harbour rules, {year} edition
language: en
status: in_force
---
# Harbour rules, {year} edition

## Tolls

{text}
"""
OLD = RULES.format(year=2021, text="A trawler pays a toll of 200 yuan under the 2021 edition. Boats keep to the west pier.")
NEW = RULES.format(
    year=2024, text="A trawler pays 300 yuan under the 2024 edition. A ferry pays a toll of 900 yuan under the 2024 edition."
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("contrast")
    documents = write_files(folder / "documents", {"old": OLD, "new": NEW})
    (documents / "glossary.yaml").write_text(GLOSSARY, "utf-8")
    settings = Settings(_env_file=None, store=folder / "store")
    build_index([documents], settings)
    with Assistant.open(settings) as opened:
        yield opened


def test_an_edition_that_never_names_the_thing_asked_about_is_missing(assistant: Assistant) -> None:
    answer = assistant.ask("How does the toll of a ferry differ between the 2021 edition and the 2024 edition?", as_of=date(2026, 11, 23))
    assert answer.status == "partial"
    assert "900 yuan" in answer.text
    assert "200 yuan" not in answer.text
    assert any("2021" in notice for notice in answer.notices)


def test_an_edition_need_not_name_what_it_measures(assistant: Assistant) -> None:
    answer = assistant.ask("How does the toll of a trawler differ between the 2021 edition and the 2024 edition?", as_of=date(2026, 11, 23))
    assert answer.status == "answered"
    assert "200 yuan" in answer.text
    assert "300 yuan" in answer.text
