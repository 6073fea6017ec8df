"""Markdown: front matter, headings, lists, tables."""

from datetime import date
from pathlib import Path

import pytest

from ingest.read import read_file
from ingest.schema import Document, ReadError
from ingest.settings import Settings

SETTINGS = Settings(_env_file=None)


def _read(folder: Path, text: str) -> Document:
    path = folder / "a.md"
    path.write_text(text, encoding="utf-8")
    return read_file(path, SETTINGS, "a")


def test_front_matter_fills_the_source(tmp_path: Path) -> None:
    document = _read(
        tmp_path, "---\ntitle: A plan\npublished: 2023-04-05\nvalid_to: 2025-12-31\nsupersedes: [old]\n---\n# Goals\n\nMore.\n"
    )
    assert document.source.title == "A plan"
    assert document.source.published == date(2023, 4, 5)
    assert document.source.supersedes == ("old",)
    assert document.text == "Goals\n\nMore."


@pytest.mark.parametrize(
    ("front", "says"),
    [
        ("colour: red", "`colour`"),
        ("status: maybe", "`status`"),
        ("published: soon", "`published`"),
        ("published: 2026-13-01", "`published`"),
        ("id: other", "`id`"),
        ("a: [", "YAML"),
    ],
)
def test_an_unknown_key_or_a_bad_value_is_named(tmp_path: Path, front: str, says: str) -> None:
    with pytest.raises(ReadError, match=says):
        _read(tmp_path, f"---\n{front}\n---\nText.\n")


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    assert _read(tmp_path, "---\n\nText between rules.\n\n---\n\nMore.\n").text == "Text between rules.\n\nMore."


def test_lists_tables_and_headings_are_kept(tmp_path: Path) -> None:
    document = _read(
        tmp_path,
        "# Plan\n\n## Aid\n\nFirms get:\n\n- a **grant**\n  - up to 5%\n- a loan\n\n| Year | Sum |\n|---|---|\n| 2024 | 10 |\n\n"
        "营业\n收入 and [a link](http://x.y) <!-- hidden -->\n",
    )
    section = document.sections[0]
    assert section.heading == ("Plan", "Aid")
    assert [(block.kind, block.level, document.text[block.start : block.end]) for block in section.blocks] == [
        ("paragraph", 0, "Firms get:"),
        ("list_item", 0, "a grant"),
        ("list_item", 1, "up to 5%"),
        ("list_item", 0, "a loan"),
        ("table_head", 0, "Year | Sum"),
        ("table_row", 0, "2024 | 10"),
        ("paragraph", 0, "营业收入 and a link"),
    ]
    assert [cell.head for cell in section.blocks[5].cells] == ["Year", "Sum"]
