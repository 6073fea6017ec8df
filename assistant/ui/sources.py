"""Source cards beside an answer, and the drawer that opens a source at its quote."""

from urllib.parse import urlencode

import streamlit as st

from assistant.schema import AnswerStatus, Citation
from assistant.ui.desk import Desk
from assistant.ui.safe import html_text, label_text, marked, web_address
from assistant.ui.style import SCROLL_TO_QUOTE
from ingest.schema import Document, DocumentStatus, PlanQueryError, Section, Source

# A drawer with more text than this scrolls badly on a phone; the whole document is one button away.
SECTION_CHARS = 20_000

DOCUMENT_TONE: dict[DocumentStatus, str] = {
    "in_force": "pq-good",
    "expired": "pq-bad",
    "superseded": "pq-bad",
    "draft": "pq-part",
    "unknown": "pq-none",
}
ANSWER_TONE: dict[AnswerStatus, str] = {
    "answered": "pq-good",
    "partial": "pq-part",
    "not_found": "pq-none",
    "out_of_scope": "pq-none",
    "clarify": "pq-ask",
}


def document_badge(desk: Desk, status: DocumentStatus) -> str:
    """HTML of a document's status: colour and word."""
    return f'<span class="pq-badge {DOCUMENT_TONE[status]}">{html_text(desk.say(f"document_status_{status}"))}</span>'


def answer_badge(desk: Desk, status: AnswerStatus) -> str:
    """HTML of an answer's status: colour and word."""
    return f'<span class="pq-badge {ANSWER_TONE[status]}">{html_text(desk.say(f"status_{status}"))}</span>'


def whereabouts(desk: Desk, source: Source, heading: tuple[str, ...], page: int | None) -> str:
    """Document number, section path and page of a passage as one line of plain text, leaving out what is not known."""
    # Most documents repeat their title as their first heading; beside the title it only takes room.
    path = heading[1:] if heading[:1] == (source.title,) else heading
    where = " › ".join(path) or desk.say("before_first_heading")
    parts = [source.document_number, where, desk.say("page", page=page) if page is not None else None]
    return " · ".join(part for part in parts if part)


def document_link(document_id: str, start: int, end: int) -> str:
    """Address of the documents page with a document opened at a span, relative to any page of the chat."""
    return "documents?" + urlencode({"document": document_id, "start": start, "end": end})


def source_card(desk: Desk, citation: Citation, anchor: str) -> None:
    """One numbered source: what it is, its state, the verbatim quote, and the ways into it. `anchor` is unique to the answer."""
    chunk = citation.passage.chunk
    title = f'<span class="pq-number">{citation.number}</span>{html_text(desk.title(chunk.source))}'
    meta = html_text(whereabouts(desk, chunk.source, chunk.heading, citation.page))
    with st.container(border=True, gap="small"):
        st.html(
            f'<div class="pq-source" id="{anchor}-{citation.number}"><h4>{title}</h4>'
            f'<div class="pq-meta">{document_badge(desk, citation.document_status)} {meta}</div>'
            f"<blockquote>{html_text(citation.quote)}</blockquote></div>"
        )
        with st.container(horizontal=True, gap="small"):
            if st.button(desk.say("open_quote"), key=f"open-{anchor}-{citation.number}", icon=":material/menu_book:", type="secondary"):
                open_at_quote(desk, chunk.source, citation.quote, citation.start)
            official = web_address(chunk.source.url)
            if official is not None:
                st.link_button(desk.say("official_page"), official, icon=":material/open_in_new:", type="tertiary")


def open_at_quote(desk: Desk, source: Source, quote: str, start: int) -> None:
    """A drawer with the section around the quote, the quote highlighted and scrolled to; at most one can be open in a run."""
    drawer = st.dialog(label_text(desk.title(source)), width="medium", position="right")
    drawer(_section_around)(desk, source, quote, start)


def _section_around(desk: Desk, source: Source, quote: str, start: int) -> None:
    try:
        document = desk.engine().document(source.id)
    except PlanQueryError:
        _quote_alone(desk, quote, "document_gone")
        return
    place = place_of(document, quote, start)
    if place is None:
        _quote_alone(desk, quote, "quote_moved")
        return
    section = section_at(document, place)
    line = html_text(whereabouts(desk, document.source, section.heading, document.page_of(place)))
    badge = document_badge(desk, document.source.status_on(desk.today()))
    st.html(f'<div class="pq-meta">{badge} {line}</div>')
    link = document_link(source.id, place, place + len(quote))
    st.link_button(desk.say("whole_document"), link, icon=":material/description:", type="secondary")
    start, end = window(section, place, place + len(quote))
    cut = "" if end - start == section.end - section.start else f'<p class="pq-meta">{html_text(desk.say("cut"))}</p>'
    text = marked(document.text[start:end], [(place - start, place + len(quote) - start)])
    st.html(f'<div class="pq-section">{text}</div>{cut}')
    st.html(SCROLL_TO_QUOTE, unsafe_allow_javascript=True)


def _quote_alone(desk: Desk, quote: str, why: str) -> None:
    st.warning(desk.say(why))
    st.html(f'<div class="pq-section">{marked(quote, [(0, len(quote))])}</div>')


def place_of(document: Document, quote: str, start: int) -> int | None:
    """Where the quote stands: at `start`, or elsewhere when the document was read again since; None when it is gone."""
    if document.text[start : start + len(quote)] == quote:
        return start
    found = document.text.find(quote)
    return found if found >= 0 else None


def section_at(document: Document, place: int) -> Section:
    """The section that `place` stands in; for a place between sections (a heading) the one that follows, else the last."""
    following = (section for section in document.sections if place < section.end)
    return next(following, None) or Section(heading=(), start=0, end=len(document.text), blocks=())


def window(section: Section, start: int, end: int) -> tuple[int, int]:
    """The span to show: the section, widened to hold the quote, and cut evenly around it where it is too long."""
    first, last = min(section.start, start), max(section.end, end)
    if last - first <= SECTION_CHARS:
        return first, last
    spare = max(0, SECTION_CHARS - (end - start)) // 2
    return max(first, start - spare), min(last, end + spare)
