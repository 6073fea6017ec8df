"""`ingest.read.pdf_operations`: the place of text follows the operators, whichever of them a program writes."""

import io
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from ingest.read.build import Body
from ingest.read.pdf import read_pdf
from ingest.settings import Settings


def body(content: str) -> Body:
    """What is read of a page with this content stream; /F1 is Helvetica, /F2 Times."""
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
    return read_pdf(file.getvalue(), "a.pdf", Settings(_env_file=None))


def _dictionary(entries: dict[str, Any]) -> DictionaryObject:
    return DictionaryObject(
        {NameObject(key): _dictionary(value) if isinstance(value, dict) else NameObject(value) for key, value in entries.items()}
    )


def read(content: str) -> str:
    return body(content).text


def test_text_goes_on_where_the_last_string_ended() -> None:
    shown = "BT /F1 11 Tf 60 700 Td (The fund gives up ) Tj /F2 11 Tf (to five million) Tj /F1 11 Tf ( yuan.) Tj ET"
    assert read(shown) == "The fund gives up to five million yuan."


def test_arrays_without_numbers_go_on_too() -> None:
    assert read("BT /F1 11 Tf 60 700 Td [(The plan )] TJ [(runs to ) (2025.)] TJ ET") == "The plan runs to 2025."


def test_quote_operators_begin_a_line_and_text_goes_on_after_them() -> None:
    shown = "BT /F1 11 Tf 14 TL 60 700 Td (The first) Tj ( line goes) ' ( on.) Tj 0 0 ( Third line.) \" ET"
    assert read(shown) == "The first line goes on. Third line."


def test_a_text_object_that_shows_nothing_moves_nothing() -> None:
    assert read("BT 1 0 0 1 60 700 Tm ET BT /F1 11 Tf 60 700 Td (Upper line of text) Tj ET BT 60 686 Td (and lower one.) Tj ET") == (
        "Upper line of text and lower one."
    )


def test_letter_spacing_ends_with_the_state_it_was_set_in() -> None:
    spaced = "q 9 Tc BT /F1 11 Tf 60 700 Td (HEAD) Tj ET Q "
    assert read(spaced + "BT /F1 11 Tf 60 660 Td (The plan ) Tj (runs to 2025.) Tj ET").endswith("The plan runs to 2025.")


def test_outlined_text_is_bold_until_the_outline_ends() -> None:
    running = "".join(
        f"BT /F1 11 Tf 60 {680 - 14 * n} Td (This is a line of running text of the plan, number {n}.) Tj ET " for n in range(3)
    )
    found = body("BT /F1 11 Tf 2 Tr 60 694 Td (Amounts and rates) Tj 0 Tr ET " + running)
    assert [section.heading for section in found.sections] == [("Amounts and rates",)]
