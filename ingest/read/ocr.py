"""Pictures of PDF pages to text by tesseract; used only for pages without text, and only when it is switched on."""

from collections.abc import Sequence

from ingest.schema import ReadError

LANGUAGES = "chi_sim+eng"
# 300 dots an inch is what tesseract is trained for; a PDF unit is 1/72 inch.
SCALE = 300 / 72
_REMEDY = "install the extra (`pip install .[ocr]`) and tesseract with the languages chi_sim and eng, or set PLANQUERY_OCR=0"


def read_pages(content: bytes, pages: Sequence[int], name: str) -> dict[int, str]:
    """Text of the given pages (from 0) of a PDF. Raises `ReadError` when the parts for it are not installed."""
    try:
        import pypdfium2
        import pytesseract
    except ImportError as fault:
        raise ReadError(f"{name}: pages without text need OCR, which is not installed; {_REMEDY}") from fault
    texts: dict[int, str] = {}
    document = pypdfium2.PdfDocument(content, password="")
    try:
        for number in pages:
            image = document[number].render(scale=SCALE).to_pil()
            texts[number] = pytesseract.image_to_string(image, lang=LANGUAGES)
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError) as fault:
        raise ReadError(f"{name}: OCR failed ({type(fault).__name__}); {_REMEDY}") from fault
    finally:
        document.close()
    return texts
