"""PDF files to a document: pages in reading order, running heads dropped, paragraphs rejoined across lines and pages, tables as rows."""

import io
import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic._font import Font

from ingest.read.build import Body
from ingest.read.ocr import read_pages
from ingest.read.pdf_flow import add_lines
from ingest.read.pdf_lines import Line, Piece, page_lines
from ingest.read.pdf_open_tables import page_tables
from ingest.read.pdf_operations import FontShelf, page_operations
from ingest.read.pdf_shapes import page_shapes, with_bullets
from ingest.read.pdf_spans import page_spans
from ingest.read.running import without_running_lines
from ingest.schema import ReadError
from ingest.settings import Settings

# What pypdf raises on damaged files besides its own errors.
_DAMAGE = (
    PyPdfError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    AssertionError,
    OverflowError,
    RecursionError,
    OSError,
    LookupError,
    NotImplementedError,
)


def read_pdf(content: bytes, name: str, settings: Settings) -> Body:
    """A document from the bytes of a PDF file."""
    with _silent_pypdf():
        reader = _opened(content, name)
        pages, failed = _all_lines(reader, name, settings)
        title = _sensible_title(reader)
    empty = [number for number, lines in enumerate(pages) if not lines]
    if empty and settings.ocr:
        for number, text in read_pages(content, empty, name).items():
            pages[number] = _plain_lines(text, number)
    if not any(pages):
        raise ReadError(f"{name}: scanned, no text in it; enable OCR (PLANQUERY_OCR=1 and the extra `ocr`) or supply a text version")
    notes = [f"page {number + 1}: damaged, read in part or not at all" for number in failed]
    return add_lines(without_running_lines(pages), title, notes)


@contextmanager
def _silent_pypdf() -> Iterator[None]:
    """pypdf logs and warns about every oddity of a file; what matters to the reader of the report is said by our errors."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _opened(content: bytes, name: str) -> PdfReader:
    damaged = f"{name}: damaged or cut-off PDF; supply a complete copy"
    try:
        reader = PdfReader(io.BytesIO(content))
        is_locked = reader.is_encrypted and not reader.decrypt("")
    except DependencyError as fault:
        raise ReadError(f"{name}: encrypted PDF, and the package `cryptography` is missing; run `make install`") from fault
    except _DAMAGE as fault:
        raise ReadError(damaged) from fault
    if is_locked:
        raise ReadError(f"{name}: protected by a password; supply a copy without password")
    if b"%%EOF" not in content[-2048:] and b"startxref" not in content[-2048:]:
        raise ReadError(damaged)
    return reader


def _all_lines(reader: PdfReader, name: str, settings: Settings) -> tuple[list[list[Line]], list[int]]:
    try:
        count = len(reader.pages)
    except _DAMAGE as fault:
        raise ReadError(f"{name}: damaged or cut-off PDF; supply a complete copy") from fault
    if count > settings.max_pages:
        raise ReadError(f"{name}: {count} pages are more than the {settings.max_pages} allowed; split it or raise PLANQUERY_MAX_PAGES")
    shelf = FontShelf()
    pages: list[list[Line]] = []
    failed: list[int] = []
    for number in range(count):
        try:
            pages.append(_page_lines(reader.pages[number], number, shelf))
        except _DAMAGE:
            pages.append([])
            failed.append(number)
    if count and len(failed) == count:
        raise ReadError(f"{name}: damaged PDF, no page can be read; supply a complete copy")
    return pages, failed


def _page_lines(page: PageObject, number: int, shelf: FontShelf) -> list[Line]:
    """Lines with their places; where a page's drawing cannot be followed, pypdf's plain text."""
    try:
        fonts: dict[str, Font] = {}
        operations = page_operations(page, shelf, fonts)
        shapes = page_shapes(operations)
        spans = with_bullets(page_spans(operations, fonts), shapes.dots)
        return page_lines(spans, number, page_tables(shapes.lines, spans))
    except _DAMAGE:
        return _plain_lines(page.extract_text(), number)


def _plain_lines(text: str, number: int) -> list[Line]:
    """Lines of text without places, as if typed: 12 points apart, 6 points a column."""
    kept = [(row, line.strip()) for row, line in enumerate(text.splitlines()) if line.strip()]
    return [Line((Piece(line, 0.0, 6.0 * len(line)),), -12.0 * row, 10.0, False, number) for row, line in kept]


def _sensible_title(reader: PdfReader) -> str | None:
    """The title in the file's properties, unless it is a file name or what a program leaves there."""
    try:
        title = " ".join(str(reader.metadata.title or "").split()) if reader.metadata else ""
    except _DAMAGE:
        return None
    is_leftover = re.search(
        r"\.(?:docx?|pdf|xlsx?|pptx?|indd|html?|txt|wpd|qxd)$|^(?:microsoft word|untitled|document\d*|无标题|文档\d*)|^https?:|[\\/_]",
        title,
        re.IGNORECASE,
    )
    letters = sum(character.isalpha() for character in title)
    return title if not is_leftover and letters >= 4 and letters > 0.5 * len(title.replace(" ", "")) and len(title) <= 200 else None
