"""Files to documents: `read_file` finds the format by extension, checks it by content and reads it.

Raises `ReadError` with one line that names the file and the remedy for whatever cannot be read.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from ingest.read.build import Body, require_text
from ingest.read.characters import is_mostly_chinese
from ingest.read.docx import read_docx
from ingest.read.html import read_html
from ingest.read.markdown import read_markdown
from ingest.read.pdf import read_pdf
from ingest.read.text import read_text
from ingest.schema import Document, ReadError, Source
from ingest.settings import Settings

EXTENSIONS: Mapping[str, str] = {
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
}
_MEGABYTE = 1_000_000
# First bytes of files that people rename; what text formats there are cannot start with any of them.
_SIGNATURES = (
    (b"PK\x03\x04", "docx", "a DOCX or other zip file"),
    (b"\xd0\xcf\x11\xe0", "doc", "an old Office file (.doc, .xls, .ppt)"),
    (b"{\\rtf", "rtf", "an RTF file"),
    (b"\x89PNG", "image", "a picture"),
    (b"\xff\xd8\xff", "image", "a picture"),
    (b"GIF8", "image", "a picture"),
    (b"\x1f\x8b", "gzip", "a compressed file"),
    (b"7z\xbc\xaf", "7z", "a compressed file"),
    (b"\x7fELF", "program", "a program"),
)


def read_file(path: Path, settings: Settings, document_id: str) -> Document:
    """The document in `path`. Its source holds what the file alone tells; `document_id` becomes the id."""
    content = _content(path, settings)
    body = require_text(_body(path, content, settings), str(path))
    source = _source(path, body, document_id)
    return Document(
        source=source,
        file=path.name,
        text=body.text,
        sections=body.sections,
        page_starts=body.page_starts,
        blank_pages=body.blank_pages,
        warnings=body.warnings,
        content_hash=content_hash(content, source),
    )


def content_hash(content: bytes, source: Source) -> str:
    """Identity of a document: sha256 of the file's bytes and of its source record."""
    return hashlib.sha256(content + source.model_dump_json().encode()).hexdigest()


def _content(path: Path, settings: Settings) -> bytes:
    if path.suffix.lower() not in EXTENSIONS:
        raise ReadError(
            f"{path}: files of type {path.suffix or 'without extension'!r} are not read; convert it to PDF, HTML, DOCX, Markdown or text"
        )
    try:
        size = path.stat().st_size
        if size > settings.max_file_mb * _MEGABYTE:
            most = settings.max_file_mb
            raise ReadError(
                f"{path}: {size / _MEGABYTE:.0f} MB is more than the {most} MB allowed; split it or raise PLANQUERY_MAX_FILE_MB"
            )
        content = path.read_bytes()
    except OSError as fault:
        raise ReadError(f"{path}: cannot be opened ({fault.strerror}); check that it exists and may be read") from fault
    if not content.strip():
        raise ReadError(f"{path}: the file is empty; supply it again or remove it")
    return content


def _body(path: Path, content: bytes, settings: Settings) -> Body:
    name, kind = str(path), EXTENSIONS[path.suffix.lower()]
    found = _found_kind(content)
    if found is not None and found[0] != kind:
        raise ReadError(f"{name}: the extension says {path.suffix}, but it is {found[1]}; rename it or convert it")
    if kind == "pdf":
        if b"%PDF-" not in content[:1024]:
            raise ReadError(f"{name}: the extension says .pdf, but it is no PDF; rename it or supply the PDF")
        return read_pdf(content, name, settings)
    if kind == "docx":
        if found is None:
            raise ReadError(f"{name}: the extension says .docx, but it is no Word document; save it as .docx or rename it")
        return read_docx(content, name, settings.max_unpacked_mb)
    if kind == "html":
        return read_html(content, name)
    return read_markdown(content, name) if kind == "markdown" else read_text(content, name)


def _found_kind(content: bytes) -> tuple[str, str] | None:
    """What the first bytes give away: kind and a name for people; None for text and what is unknown."""
    # Readers of PDF accept some bytes before the mark; text may mention it, so only the very start or a binary start counts.
    start = content.lstrip(b"\xef\xbb\xbf\x00\t\r\n ")
    if start.startswith(b"%PDF-"):
        return "pdf", "a PDF"
    for signature, kind, name in _SIGNATURES:
        if content.startswith(signature):
            return kind, name
    return None


def _source(path: Path, body: Body, document_id: str) -> Source:
    stated = body.front_matter
    if stated.get("id", document_id) != document_id:
        raise ReadError(f"{path}: front matter `id` is {stated['id']!r}, but the document is {document_id!r}; leave `id` out")
    told: dict[str, object] = {
        "title": body.title or path.stem,
        "language": "zh" if is_mostly_chinese(body.text) else "en",
        **{key: _plain(value) for key, value in stated.items() if value is not None},
        "id": document_id,
    }
    try:
        return Source.model_validate(told)
    except ValidationError as fault:
        first = fault.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        allowed = f"allowed keys: {', '.join(Source.model_fields)}" if first["type"] == "extra_forbidden" else first["msg"]
        raise ReadError(f"{path}: front matter `{key}` is not accepted ({allowed}); mend or remove it") from fault


def _plain(value: object) -> object:
    """YAML reads a bare year or number as a number; names and numbers of documents are text."""
    if isinstance(value, list):
        return tuple(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool | date) else value
