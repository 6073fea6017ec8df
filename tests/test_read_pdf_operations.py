"""`ingest.read.pdf_operations`: the place of text follows the operators, whichever of them a program writes."""

import io
from itertools import pairwise
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from pypdf.generic._font import Font

from ingest.read.build import Body
from ingest.read.pdf import read_pdf
from ingest.read.pdf_operations import FontShelf, page_operations
from ingest.read.pdf_spans import page_spans
from ingest.settings import Settings


def new_pdf(content: str) -> bytes:
    """A page with this content stream; /F1 is Helvetica, /F2 Times."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=595, height=842)
    fonts = {
        name: {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": face} for name, face in (("/F1", "/Helvetica"), ("/F2", "/Times-Roman"))
    }
    page[NameObject("/Resources")] = _dictionary({"/Font": fonts})
    stream = DecodedStreamObject()
    stream.set_data(content.encode("latin-1"))
    page[NameObject("/Contents")] = writer._add_object(stream)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _dictionary(entries: dict[str, Any]) -> DictionaryObject:
    return DictionaryObject(
        {NameObject(key): _dictionary(value) if isinstance(value, dict) else NameObject(value) for key, value in entries.items()}
    )


def body(content: str) -> Body:
    return read_pdf(new_pdf(content), "a.pdf", Settings(_env_file=None))


def spans(content: str) -> list[tuple[str, float, float]]:
    """Text, left end and right end of each string shown."""
    fonts: dict[str, Font] = {}
    operations = page_operations(PdfReader(io.BytesIO(new_pdf(content))).pages[0], FontShelf(), fonts)
    return [(span.text, span.left, span.right) for span in page_spans(operations, fonts)]


def follow_on(shown: list[tuple[str, float, float]]) -> bool:
    return all(before[2] == pytest.approx(after[1]) for before, after in pairwise(shown))


def test_text_goes_on_where_the_last_string_ended() -> None:
    shown = spans("BT /F1 11 Tf 60 700 Td (The fund gives up ) Tj /F2 11 Tf (to five million) Tj /F1 11 Tf ( yuan.) Tj ET")
    assert [text for text, _, _ in shown] == ["The fund gives up ", "to five million", " yuan."]
    assert follow_on(shown)


def test_arrays_without_numbers_go_on_too() -> None:
    shown = spans("BT /F1 11 Tf 60 700 Td [(The plan )] TJ [(runs to ) (2025.)] TJ ET")
    assert [text for text, _, _ in shown] == ["The plan ", "runs to 2025."]
    assert follow_on(shown)


def test_quote_operators_begin_a_line_and_text_goes_on_after_them() -> None:
    shown = spans("BT /F1 11 Tf 14 TL 60 700 Td (First) Tj (Second) ' ( goes on) Tj 1 2 (Third) \" ( too) Tj ET")
    assert [text for text, _, _ in shown] == ["First", "Second", " goes on", "Third", " too"]
    assert [shown[number][1] for number in (0, 1, 3)] == [60.0] * 3
    assert follow_on(shown[1:3])
    assert follow_on(shown[3:])


def test_a_text_object_that_shows_nothing_moves_nothing() -> None:
    assert spans("BT 1 0 0 1 60 700 Tm ET BT /F1 11 Tf 60 700 Td (Text) Tj ET")[0][1] == 60.0


def test_letter_spacing_ends_with_the_state_it_was_set_in() -> None:
    plain = "BT /F1 11 Tf 60 660 Td (The plan runs to 2025.) Tj ET"
    assert spans(f"q 9 Tc BT /F1 11 Tf 60 700 Td (HEAD) Tj ET Q {plain}")[1] == spans(plain)[0]


def test_outlined_text_is_bold_until_the_outline_ends() -> None:
    running = "".join(
        f"BT /F1 11 Tf 60 {680 - 14 * n} Td (This is a line of running text of the plan, number {n}.) Tj ET " for n in range(3)
    )
    found = body("BT /F1 11 Tf 2 Tr 60 694 Td (Amounts and rates) Tj 0 Tr ET " + running)
    assert [section.heading for section in found.sections] == [("Amounts and rates",)]
