"""Verdicts to files for the record: Word and Excel for one firm, Excel and CSV for many, with quotes, document numbers and the day."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import docx
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assistant import verdict_texts as words
from assistant.checking_report import GROUP_NAMES, MET, given
from assistant.enterprises import Matrix
from assistant.profile import Profile
from assistant.ui.desk import Desk
from assistant.verdict_groups import GROUPS, group_of, grouped
from assistant.verdicts import ConditionResult, Verdict
from ingest.schema import Source

# What neither Word nor Excel can hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A spreadsheet takes a cell that begins so for a formula, and the names come from a file of somebody's.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_word(desk: Desk, profile: Profile, verdicts: Sequence[Verdict], day: date) -> bytes:
    """One firm's verdicts as a .docx file: the facts they rest on, then the measures by group with every clause."""
    sources = {source.id: source for source in desk.engine().sources()}
    word = docx.Document()
    # Latin and Chinese text take their fonts from different attributes; without the second, Word falls back to whatever it has.
    word.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Microsoft YaHei")
    word.add_heading(desk.say("measures_title"), 0)
    word.add_paragraph(_made(desk, day))
    word.add_heading(desk.say("measures_facts"), 1)
    for name, value in _facts(desk, profile):
        word.add_paragraph(_printable(f"{name}: {value}"), "List Bullet")
    for group, members in grouped(verdicts).items():
        if members:
            word.add_heading(f"{GROUP_NAMES[group].in_language(desk.language)} ({len(members)})", 1)
        for verdict in members:
            _add_verdict(word, desk, verdict, sources)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _add_verdict(word: WordFile, desk: Desk, verdict: Verdict, sources: Mapping[str, Source]) -> None:
    measure, language = verdict.measure, desk.language
    word.add_heading(_printable(measure.title.in_language(language)), 2)
    word.add_paragraph(_printable(f"{desk.say('measures_gives')} {measure.gives.in_language(language)}"))
    formula = verdict.worth(language).formula
    if formula:
        word.add_paragraph(_printable(f"{desk.say('measures_amount')} {formula}"))
    word.add_paragraph(_printable(verdict.reason(language)))
    for notice in verdict.notices(language):
        word.add_paragraph().add_run(_printable(notice)).italic = True
    for result in verdict.conditions:
        met = MET[result.met].in_language(language)
        word.add_paragraph(_printable(f"{met}: {result.needs(language)} ({given(result, language)})"), "List Bullet")
        quote, where = _clause(desk, result, sources)
        if quote:
            word.add_paragraph(_printable(quote), "Intense Quote")
            word.add_paragraph(_printable(where), "Caption")


def to_xlsx(desk: Desk, profile: Profile, verdicts: Sequence[Verdict], day: date) -> bytes:
    """One firm's verdicts as an .xlsx file: a sheet of verdicts, one of conditions with quotes, one of the facts."""
    sources = {source.id: source for source in desk.engine().sources()}
    book = Workbook()
    book.remove(book.worksheets[0])
    _sheet(book, desk.say("measures_sheet_verdicts"), _made(desk, day), list(_verdict_rows(desk, verdicts, sources)))
    _sheet(book, desk.say("measures_sheet_conditions"), _made(desk, day), list(_condition_rows(desk, verdicts, sources)))
    head = (desk.say("measures_fact"), desk.say("measures_value"))
    _sheet(book, desk.say("measures_facts"), _made(desk, day), [head, *_facts(desk, profile)])
    return _saved(book)


def _verdict_rows(desk: Desk, verdicts: Sequence[Verdict], sources: Mapping[str, Source]) -> Iterator[tuple[str, ...]]:
    language = desk.language
    keys = (
        "measures_measure",
        "column_status",
        "measures_gives",
        "measures_amount",
        "measures_why",
        "measures_nearest",
        "column_title",
        "column_number",
    )
    yield tuple(desk.say(key) for key in keys)
    for group, members in grouped(verdicts).items():
        for verdict in members:
            measure = verdict.measure
            clause = (measure.gives_clause_zh if language == "zh" else measure.gives_clause) or measure.gives_clause
            source = sources.get(clause.document if clause else measure.document)
            yield (
                measure.title.in_language(language),
                GROUP_NAMES[group].in_language(language),
                measure.gives.in_language(language),
                verdict.worth(language).formula or "",
                verdict.reason(language),
                (verdict.nearest_change(language) or "") if verdict.changes else "",
                source.title if source else measure.document,
                (source.document_number or "") if source else "",
            )


def _condition_rows(desk: Desk, verdicts: Sequence[Verdict], sources: Mapping[str, Source]) -> Iterator[tuple[str, ...]]:
    language = desk.language
    keys = ("measures_measure", "measures_condition", "measures_value", "measures_met", "measures_quote", "column_title")
    yield tuple(desk.say(key) for key in keys)
    for verdict in verdicts:
        for result in verdict.conditions:
            quote, where = _clause(desk, result, sources)
            title, met = verdict.measure.title.in_language(language), MET[result.met].in_language(language)
            yield (title, result.needs(language), given(result, language), met, quote, where)


def matrix_xlsx(desk: Desk, found: Matrix) -> bytes:
    """Many firms as an .xlsx file: enterprises down, measures across, then the near misses."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _sheet(book, desk.say("measures_sheet_matrix"), _made(desk, desk.today()), _matrix_rows(desk, found))
    head = (desk.say("measures_enterprise"), desk.say("measures_measure"), desk.say("measures_nearest"))
    near = [
        (row.name, verdict.measure.title.in_language(desk.language), verdict.nearest_change(desk.language) or "")
        for row, verdict in found.near_misses()
    ]
    _sheet(book, desk.say("measures_sheet_near"), _made(desk, desk.today()), [head, *near])
    return _saved(book)


def matrix_csv(desk: Desk, found: Matrix) -> bytes:
    """The matrix as CSV in UTF-8 with a byte order mark, by which spreadsheets know it."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([_harmless(cell) for cell in row] for row in _matrix_rows(desk, found))
    return out.getvalue().encode("utf-8-sig")


def _matrix_rows(desk: Desk, found: Matrix) -> list[tuple[str, ...]]:
    language = desk.language
    names = {group: GROUP_NAMES[group].in_language(language) for group in GROUPS}
    head = (desk.say("measures_enterprise"), *(one.title.in_language(language) for one in found.measures))
    rows = [(row.name, *(names[group_of(one)] for one in verdicts)) for row, verdicts in zip(found.rows, found.verdicts, strict=True)]
    applying = (names["applies"], *(str(found.counts_of_measure(number)["applies"]) for number in range(len(found.measures))))
    return [head, *rows, applying]


def _facts(desk: Desk, profile: Profile) -> list[tuple[str, str]]:
    stated = [(field, value) for field, value in profile if value is not None]
    return [(words.name_of(field, desk.language), words.written(field, value, desk.language)) for field, value in stated]


def _clause(desk: Desk, result: ConditionResult, sources: Mapping[str, Source]) -> tuple[str, str]:
    """The quote of a test and where it stands; two empty texts where it has none."""
    clause = result.clause(desk.language)
    if clause is None:
        return "", ""
    source = sources.get(clause.document)
    parts = [source.title if source else clause.document, (source.document_number or "") if source else "", clause.section]
    return clause.quote, " · ".join(part for part in parts if part)


def _made(desk: Desk, day: date) -> str:
    return desk.say("measures_made", day=day.isoformat(), today=desk.today().isoformat())


def _sheet(book: Workbook, title: str, note: str, rows: Sequence[tuple[str, ...]]) -> None:
    sheet: Worksheet = book.create_sheet(title[:31])
    sheet.append([note])
    for row in rows:
        sheet.append([_harmless(_printable(cell)) for cell in row])
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    for number, column in enumerate(sheet.iter_cols(min_row=2), 1):
        width = max((len(str(cell.value or "")) for cell in column), default=0)
        sheet.column_dimensions[get_column_letter(number)].width = min(60, max(12, width + 2))
        for cell in column:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "B3"


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _printable(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
