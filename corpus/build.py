"""The Markdown of `sources/` to the PDF, HTML and DOCX files of `documents/`: the same text, the same bytes.

    python corpus/build.py [ID ...] [--out FOLDER] [--fonts FOLDER]

Without ids, every source is built. The manifest says by its `file` which format a document has.
"""

import argparse
import sys
from pathlib import Path

from font_files import find_fonts
from outline import Heading, blocks
from typeset_docx import docx_bytes
from typeset_html import html_bytes
from typeset_pdf import Style, pdf_bytes

from ingest.manifest import ManifestRow, load_manifest
from ingest.schema import PlanQueryError

CORPUS = Path(__file__).resolve().parent
# Both stand in running heads and footers, outside the text: a summary must never pass for the document itself.
NOTES = {"en": "Summary, not the official text", "zh": "摘要，非官方文本"}
# Documents that are not set like the others.
STYLES = {
    "n12-ic-machine-tool-super-deduction-en": Style(size=10.2, leading=14.4, columns=2),
    "n12-ic-machine-tool-super-deduction-zh": Style(size=11.0, leading=19.0, columns=2),
    # Large type, so that the appendix runs over a page break.
    "n06-li-ion-industry-norms-2024-en": Style(size=12.5, leading=19.0),
    "n06-li-ion-industry-norms-2024-zh": Style(size=13.0, leading=24.0),
}
PLAIN = {"en": Style(), "zh": Style(size=12.0, leading=21.0)}
CHARSETS = {"n18-above-designated-size-zh": "gb18030"}


def main(arguments: list[str] | None = None) -> int:
    """Exit 0 all built, 1 a source or the manifest has a fault, 2 unusable arguments."""
    parser = argparse.ArgumentParser(prog="corpus/build.py", description="Build the PDF, HTML and DOCX files of the corpus.")
    parser.add_argument("ids", nargs="*", metavar="ID", help="documents to build; all when none is given")
    parser.add_argument("--out", type=Path, default=CORPUS / "documents", help="folder for the files")
    parser.add_argument("--fonts", type=Path, help="folder that holds the fonts; else the usual folders of the system")
    given = parser.parse_args(arguments)
    try:
        for row in _chosen(given.ids):
            path = given.out / Path(row.file).name
            path.write_bytes(_built(row, given.fonts))
            print(path.name)  # noqa: T201
    except (PlanQueryError, ValueError) as fault:
        print(fault, file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _chosen(ids: list[str]) -> list[ManifestRow]:
    rows = {row.id: row for row in load_manifest(CORPUS / "manifest.yaml")}
    names = ids or sorted(path.stem for path in (CORPUS / "sources").glob("*.md"))
    unknown = [name for name in names if name not in rows]
    if unknown:
        raise PlanQueryError(f"manifest.yaml has no row {unknown[0]!r}; add one whose `file` says which format to build")
    return [rows[name] for name in names]


def _built(row: ManifestRow, fonts: Path | None) -> bytes:
    path = CORPUS / "sources" / f"{row.id}.md"
    if not path.is_file():
        raise PlanQueryError(f"sources/{path.name} is not there; documents without a source are kept as they are")
    content = blocks(path.read_text("utf-8"))
    if not content or content[0] != Heading(1, row.title):
        raise PlanQueryError(f"sources/{path.name}: the first heading and `title` in manifest.yaml must be the same; mend one of them")
    note = NOTES[row.language]
    match Path(row.file).suffix:
        case ".pdf":
            return pdf_bytes(content, row.source(), note, STYLES.get(row.id, PLAIN[row.language]), find_fonts(fonts))
        case ".html":
            return html_bytes(content, row.source(), note, CHARSETS.get(row.id, "utf-8"))
        case ".docx":
            return docx_bytes(content, row.source(), note)
    raise PlanQueryError(f"manifest.yaml: row {row.id}, field 'file': {row.file!r} is built by nobody; name a .pdf, .html or .docx file")


if __name__ == "__main__":
    sys.exit(main())
