"""A stored conversation to a file for the record: Markdown and Word, with sources, statuses and receipts."""

import re
from io import BytesIO

import docx
from docx.document import Document as WordFile
from docx.oxml.ns import qn

from assistant.history import Message
from assistant.schema import Answer, Citation
from assistant.ui.desk import Desk
from assistant.ui.safe import web_address
from assistant.ui.sources import whereabouts

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|$~!&])")
_BLOCK_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))", re.MULTILINE)
# Characters XML 1.0 cannot hold; python-docx refuses a text with any of them.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"\\\[(\d+)\\\]")


def to_markdown(desk: Desk, messages: tuple[Message, ...]) -> str:
    """The conversation as Markdown; texts of users and documents are escaped, so they read as they were written."""
    lines = [f"# {desk.say('app_title')}", desk.say("export_made", day=desk.today().isoformat())]
    for message in messages:
        if message.role == "user":
            lines.append(f"## {desk.say('export_question')}: {_plain(' '.join(message.text.split()))}")
        elif message.answer is None:
            lines.append(_plain(message.text))
        else:
            lines += _answer_lines(desk, message.answer)
    return "\n\n".join(lines) + "\n"


def _answer_lines(desk: Desk, answer: Answer) -> list[str]:
    lines = [f"**{desk.say('export_answer')}** ({desk.say(f'status_{answer.status}')})", _REFERENCE.sub(r"[\1]", _plain(answer.text))]
    lines += [f"*{_plain(notice)}*" for notice in answer.notices]
    if answer.citations:
        lines.append(f"**{desk.say('sources')}**")
    for citation in answer.citations:
        quote = "\n".join(f"> {line}" for line in _plain(citation.quote).split("\n"))
        lines += [f"\\[{citation.number}\\] {_plain(_source_line(desk, citation))}", quote]
        url = web_address(citation.passage.chunk.source.url)
        lines += [f"<{url}>"] if url is not None else []
    return [*lines, f"`{_receipt_line(desk, answer)}`"]


def to_word(desk: Desk, messages: tuple[Message, ...]) -> bytes:
    """The conversation as a .docx file."""
    word = docx.Document()
    # Latin and Chinese text take their fonts from different attributes; without the second, Word falls back to whatever it has.
    word.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Microsoft YaHei")
    word.add_heading(desk.say("app_title"), 0)
    word.add_paragraph(desk.say("export_made", day=desk.today().isoformat()))
    for message in messages:
        if message.role == "user":
            word.add_heading(_printable(" ".join(message.text.split())), 2)
        elif message.answer is None:
            word.add_paragraph(_printable(message.text))
        else:
            _add_answer(word, desk, message.answer)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _add_answer(word: WordFile, desk: Desk, answer: Answer) -> None:
    word.add_paragraph().add_run(desk.say(f"status_{answer.status}")).bold = True
    for line in filter(str.strip, answer.text.split("\n")):
        is_item = line.lstrip().startswith("- ")
        word.add_paragraph(_printable(line.strip().removeprefix("- ")), "List Bullet" if is_item else None)
    for notice in answer.notices:
        word.add_paragraph().add_run(_printable(notice)).italic = True
    if answer.citations:
        word.add_heading(desk.say("sources"), 3)
    for citation in answer.citations:
        word.add_paragraph(_printable(f"[{citation.number}] {_source_line(desk, citation)}"))
        word.add_paragraph(_printable(citation.quote), "Intense Quote")
        if citation.passage.chunk.source.url is not None:
            word.add_paragraph(_printable(citation.passage.chunk.source.url))
    word.add_paragraph(_printable(_receipt_line(desk, answer)), "Caption")


def _source_line(desk: Desk, citation: Citation) -> str:
    chunk = citation.passage.chunk
    status = desk.say(f"document_status_{citation.document_status}")
    return f"{desk.title(chunk.source)} · {whereabouts(desk, chunk.source, chunk.heading, citation.page)} · {status}"


def _receipt_line(desk: Desk, answer: Answer) -> str:
    receipt = answer.receipt
    hashes = {name: getattr(receipt, name)[:16] for name in ("generation", "corpus", "model", "settings", "version")}
    return desk.say("export_receipt", engine=answer.engine, day=receipt.as_of.isoformat(), **hashes).replace("`", "'")


def _plain(text: str) -> str:
    """Text as Markdown that shows it; only "- " at the start of a line keeps its meaning, for the lists of answers."""
    escaped = _MARKDOWN.sub(r"\\\1", text)
    return _BLOCK_START.sub(lambda found: found.group() if found[2] == "-" else f"{found[1]}\\{found[2]}", escaped)


def _printable(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
