"""OCR: without its parts the reader says what to install."""

import importlib.util

import pytest

from ingest.read.ocr import read_pages
from ingest.schema import ReadError


@pytest.mark.skipif(importlib.util.find_spec("pytesseract") is not None, reason="OCR is installed here")
def test_missing_ocr_is_named_with_its_remedy() -> None:
    with pytest.raises(ReadError, match=r"a\.pdf: pages without text need OCR.*\[ocr\]"):
        read_pages(b"%PDF-1.4", [0], "a.pdf")
