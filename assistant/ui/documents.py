"""The documents page: what is in the index, and any one document opened, searched and saved as text."""

import re
from collections.abc import Sequence
from datetime import date

import streamlit as st

from assistant.ui.desk import Desk
from assistant.ui.safe import html_text, label_text, marked, web_address
from assistant.ui.sources import document_badge
from assistant.ui.style import SCROLL_TO_QUOTE
from ingest.schema import Document, PlanQueryError, Section, Source

# Enough text for an hour's reading; more at once makes phones slow.
PART_CHARS = 40_000
ADDRESS = ("document", "start", "end")
WIDTHS = {"title": 360, "issuer": 170}


def show(desk: Desk) -> None:
    """Draw the list, or the document named in the address."""
    document_id = st.query_params.get("document")
    try:
        known = {source.id: source for source in desk.engine().sources()}
        sources = [known[name] for name in desk.choices(list(known.values()))]
        document = desk.engine().document(document_id) if document_id in known else None
    except PlanQueryError as error:
        st.error(desk.say("problem", message=str(error)), icon=":material/error:")
        return
    if document is not None:
        _document(desk, document, {source.id: desk.title(source) for source in sources})
        return
    if document_id is not None:
        st.warning(desk.say("documents_missing", document=document_id))
    _list(desk, sources)


def _list(desk: Desk, sources: Sequence[Source]) -> None:
    st.header(desk.say("documents_title"), anchor=False)
    wanted = st.text_input(desk.say("documents_search"), key="documents_search", icon=":material/search:")
    shown = [source for source in sources if matches(source, wanted)]
    if not shown:
        st.info(desk.say("documents_none"))
        return
    # Options are ids, so two documents with one title stay two.
    titles = desk.choices(shown)
    label = desk.say("documents_open")
    st.selectbox(label, list(titles), index=None, format_func=lambda key: titles.get(key, key), key="chosen", on_change=_open_chosen)
    st.caption(desk.say("documents_count", shown=len(shown), total=len(sources)))
    rows = [_row(desk, source) for source in shown]
    columns = {desk.say(f"column_{name}"): st.column_config.TextColumn(width=pixels) for name, pixels in WIDTHS.items()}
    table = st.dataframe(
        rows,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="documents_table",
        height="content" if len(rows) <= 12 else 480,
        column_config=columns,
    )
    picked = table["selection"]["rows"]
    if picked and picked[0] < len(shown):
        _open(shown[picked[0]].id)
        st.rerun()


def matches(source: Source, wanted: str) -> bool:
    """Whether every word of the search stands in what is known of the document; no words match all."""
    known = [source.title, source.title_en, source.title_zh, source.issuer, source.document_number, source.id, source.published]
    text = " ".join(str(part) for part in known if part).casefold()
    return all(word in text for word in wanted.casefold().split())


def _row(desk: Desk, source: Source) -> dict[str, str]:
    columns = {
        "title": desk.title(source),
        "status": desk.say(f"document_status_{source.status_on(desk.today())}"),
        "number": source.document_number,
        "issuer": source.issuer,
        "published": _day(source.published),
        "valid": _day(source.valid_to),
        "language": desk.say(f"language_{source.language}"),
        "audience": desk.say(f"audience_{source.audience}"),
    }
    return {desk.say(f"column_{name}"): value or "—" for name, value in columns.items()}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _open(document_id: str) -> None:
    st.query_params.from_dict({"document": document_id})


def _open_chosen() -> None:
    if st.session_state["chosen"] is not None:
        _open(st.session_state["chosen"])


def _close() -> None:
    for name in ADDRESS:
        st.query_params.pop(name, None)


def _document(desk: Desk, document: Document, titles: dict[str, str]) -> None:
    st.button(desk.say("back"), on_click=_close, icon=":material/arrow_back:", type="tertiary")
    _head(desk, document.source, document.text, titles)
    wanted = st.text_input(desk.say("find"), key=f"find-{document.source.id}", icon=":material/search:").strip()
    found = [span for section in document.sections for span in _within(section, document.text, wanted)]
    quote = _quote_in_address(document)
    if wanted:
        st.caption(desk.say("found", count=len(found)))
    spans = found if wanted else [quote] if quote is not None else []
    pages = parts(document)
    opening = next((number for number, part in enumerate(pages) if spans and spans[0][0] < part[-1].end), 0)
    number = opening
    if len(pages) > 1:
        # The place found is part of the key, so that a new search turns to the part it found.
        number = st.selectbox(
            desk.say("part"),
            range(len(pages)),
            index=opening,
            format_func=lambda at: desk.say("part_of", part=at + 1, total=len(pages)),
            key=f"part-{document.source.id}-{spans[:1]}",
        )
    st.html("".join(_section_html(document, section, spans) for section in pages[number]) or "—")
    if spans:
        st.html(f"{SCROLL_TO_QUOTE}<!-- {spans[0][0]} -->", unsafe_allow_javascript=True)


def _head(desk: Desk, source: Source, text: str, titles: dict[str, str]) -> None:
    known = [source.document_number, source.issuer, _day(source.published), desk.say(f"language_{source.language}")]
    line = " · ".join(part for part in known if part)
    relations = [
        desk.say(key, documents=", ".join(titles.get(other, other) for other in others))
        for key, others in (("supersedes", source.supersedes), ("superseded_by", source.superseded_by))
        if others
    ]
    st.header(label_text(desk.title(source)), anchor=False)
    badge = document_badge(desk, source.status_on(desk.today()))
    st.html(f'<div class="pq-meta">{badge} {"<br>".join(map(html_text, [line, *relations]))}</div>')
    with st.container(horizontal=True, gap="small"):
        name = re.sub(r"[^\w.-]+", "-", source.id) + ".txt"
        st.download_button(desk.say("download_text"), text, name, "text/plain", on_click="ignore", icon=":material/download:")
        official = web_address(source.url)
        if official is not None:
            st.link_button(desk.say("official_page"), official, icon=":material/open_in_new:", type="tertiary")


def _quote_in_address(document: Document) -> tuple[int, int] | None:
    """The span named in the address, when it is one of this document."""
    try:
        start, end = int(st.query_params.get("start", "")), int(st.query_params.get("end", ""))
    except ValueError:
        return None
    return (start, end) if 0 <= start < end <= len(document.text) else None


def occurrences(text: str, wanted: str) -> list[tuple[int, int]]:
    """Spans of `wanted` in the text, whatever its case; spaces match any run of white space. Empty when nothing is wanted."""
    words = [re.escape(word) for word in wanted.split()]
    return [found.span() for found in re.finditer(r"\s+".join(words), text, re.IGNORECASE)] if words else []


def _within(section: Section, text: str, wanted: str) -> list[tuple[int, int]]:
    return [(section.start + start, section.start + end) for start, end in occurrences(text[section.start : section.end], wanted)]


def parts(document: Document) -> list[tuple[Section, ...]]:
    """The sections in reading order, gathered into parts of about PART_CHARS; a longer section is a part by itself."""
    gathered: list[list[Section]] = []
    for section in document.sections:
        if gathered and section.end - gathered[-1][0].start <= PART_CHARS:
            gathered[-1].append(section)
        else:
            gathered.append([section])
    return [tuple(part) for part in gathered] or [(Section(heading=(), start=0, end=len(document.text), blocks=()),)]


def _section_html(document: Document, section: Section, spans: list[tuple[int, int]]) -> str:
    inside = [(start - section.start, end - section.start) for start, end in spans if section.start <= start and end <= section.end]
    heading = f"<h5>{html_text(' › '.join(section.heading))}</h5>" if section.heading else ""
    return f'<div class="pq-section">{heading}{marked(document.text[section.start : section.end], inside)}</div>'
