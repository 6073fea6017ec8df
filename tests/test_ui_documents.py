from datetime import date

import pytest
from ui_toys import PLAN, TARGET, document

from assistant.ui import sources
from assistant.ui.documents import PART_CHARS, matches, occurrences, parts
from assistant.ui.sources import document_link, place_of, section_at, window
from ingest.schema import Document, Section


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("revenue", ["revenue", "Revenue"]), ("annual revenue", ["annual\n  revenue"]), ("(2022)", ["(2022)"]), ("", []), ("absent", [])],
)
def test_find_ignores_case_and_line_breaks_and_takes_signs_literally(wanted: str, found: list[str]) -> None:
    text = "The annual\n  revenue (2022). Revenue"
    assert [text[start:end] for start, end in occurrences(text, wanted)] == found


def test_chinese_words_are_found_without_spaces() -> None:
    assert occurrences("规划的营业收入目标", "营业收入") == [(3, 7)]


@pytest.mark.parametrize(
    ("wanted", "is_match"), [("toy 2022", True), ("玩具", True), ("No. 1", True), ("office", True), ("1999", False), ("", True)]
)
def test_document_search_looks_at_title_number_issuer_and_date(wanted: str, is_match: bool) -> None:
    assert matches(PLAN, wanted) is is_match


def long_document(lengths: list[int]) -> Document:
    sections, place = [], 0
    for number, length in enumerate(lengths):
        sections.append(Section(heading=(str(number),), start=place, end=place + length, blocks=()))
        place += length
    return Document(source=PLAN, file="x.md", text="x" * place, sections=tuple(sections), content_hash="h")


def test_parts_hold_every_section_once_and_stay_short() -> None:
    divided = parts(long_document([PART_CHARS // 2, PART_CHARS // 2, 10, PART_CHARS * 3, 10]))
    assert [[section.heading[0] for section in part] for part in divided] == [["0", "1"], ["2"], ["3"], ["4"]]


def test_a_document_without_sections_is_one_part() -> None:
    assert [section.end for part in parts(long_document([])) for section in part] == [0]


def test_a_quote_is_found_again_after_the_document_moved() -> None:
    read = document("t01-plan")
    start = read.text.index(TARGET)
    assert place_of(read, TARGET, start) == place_of(read, TARGET, start + 40) == start
    assert place_of(read, "never written", start) is None


def test_the_section_around_a_quote_is_the_one_it_stands_in() -> None:
    read = document("t01-plan")
    assert section_at(read, read.text.index(TARGET)).heading == ("Chapter 1", "Targets")
    assert section_at(read, read.text.index("silicon")).heading == ("Chapter 2", "Semiconductors")
    assert section_at(read, len(read.text)).end == len(read.text)


def test_a_long_section_is_cut_around_the_quote() -> None:
    section = Section(heading=(), start=100, end=100 + 10 * sources.SECTION_CHARS, blocks=())
    start, end = window(section, 90_000, 90_050)
    assert section.start < start < 90_000 < 90_050 < end < section.end
    assert end - start <= sources.SECTION_CHARS
    assert window(Section(heading=(), start=0, end=50, blocks=()), 10, 20) == (0, 50)


def test_a_document_link_escapes_its_id() -> None:
    assert document_link("a&b=c d", 1, 2) == "documents?document=a%26b%3Dc+d&start=1&end=2"


def test_a_plan_past_its_end_counts_as_expired() -> None:
    assert PLAN.status_on(date(2026, 11, 23)) == "expired"
