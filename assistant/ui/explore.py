"""The explore page: the passages about a topic from all documents, and what one document aims at and provides."""

import streamlit as st

from assistant.schema import Passage
from assistant.ui.desk import Desk
from assistant.ui.documents import occurrences
from assistant.ui.safe import html_text, marked
from assistant.ui.sources import document_badge, open_at_quote, whereabouts
from assistant.ui.texts import TOPICS
from ingest.register import Register
from ingest.schema import Document, PlanQueryError

# Search deep, then filter: the filter by status must not leave a page empty that has passages further down.
SEARCHED, SHOWN = 60, 12


def show(desk: Desk) -> None:
    """Draw the page."""
    st.header(desk.say("explore_title"), anchor=False)
    try:
        titles = desk.choices(desk.engine().sources())
        by_topic, by_document = st.tabs([desk.say("explore_by_topic"), desk.say("explore_by_document")])
        with by_topic:
            _by_topic(desk, titles)
        with by_document:
            _by_document(desk, titles)
    except PlanQueryError as error:
        st.error(desk.say("problem", message=str(error)), icon=":material/error:")


def _by_topic(desk: Desk, titles: dict[str, str]) -> None:
    st.caption(desk.say("explore_more"))
    topic = _topic(desk)
    documents, only_in_force = _filters(desk, titles)
    found = desk.engine().retrieve(topic, SEARCHED, documents) if topic else ()
    shown = [passage for passage in found if not only_in_force or _is_in_force(desk, passage)][:SHOWN]
    if topic and not shown:
        st.info(desk.say("explore_none"))
    for passage in shown:
        _card(desk, passage, topic)


def _topic(desk: Desk) -> str:
    """What the visitor typed, else the frequent topic they picked, else nothing."""
    typed = st.text_input(desk.say("explore_topic"), key="explore_topic", max_chars=200, icon=":material/search:").strip()
    picked = st.pills(desk.say("explore_pick"), TOPICS[desk.language], key=f"explore_pick_{desk.language}")
    return typed or picked or ""


def _filters(desk: Desk, titles: dict[str, str]) -> tuple[list[str], bool]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        documents = st.multiselect(
            desk.say("limit_documents"),
            list(titles),
            format_func=lambda key: titles.get(key, key),
            key="explore_documents",
            placeholder=desk.say("limit_documents_none"),
        )
        only_in_force = st.toggle(desk.say("explore_in_force"), key="explore_in_force")
    return documents, only_in_force


def _is_in_force(desk: Desk, passage: Passage) -> bool:
    return passage.chunk.source.status_on(desk.today()) == "in_force"


def _card(desk: Desk, passage: Passage, topic: str) -> None:
    chunk = passage.chunk
    badge = document_badge(desk, chunk.source.status_on(desk.today()))
    place = html_text(whereabouts(desk, chunk.source, chunk.heading, chunk.page_of(chunk.start)))
    with st.container(border=True, gap="small"):
        st.html(
            f'<div class="pq-source"><h4>{html_text(desk.title(chunk.source))}</h4><div class="pq-meta">{badge} {place}</div>'
            f"<blockquote>{marked(chunk.text, occurrences(chunk.text, topic))}</blockquote></div>"
        )
        if st.button(desk.say("explore_open"), key=f"passage-{chunk.id}", icon=":material/menu_book:"):
            open_at_quote(desk, chunk.source, chunk.text, chunk.start)


def _by_document(desk: Desk, titles: dict[str, str]) -> None:
    chosen = st.selectbox(
        desk.say("explore_document"), list(titles), index=None, format_func=lambda key: titles.get(key, key), key="explore_document"
    )
    if chosen is None:
        return
    document, register = desk.engine().document(chosen), desk.engine().register(chosen)
    st.caption(desk.say("explore_found"))
    _table(desk, "targets", _target_rows(desk, document, register))
    _table(desk, "provisions", _provision_rows(desk, document, register))


def _table(desk: Desk, name: str, rows: list[dict[str, str]]) -> None:
    st.subheader(desk.say(name, count=len(rows)), anchor=False)
    if rows:
        sentence = st.column_config.TextColumn(width="large")
        st.dataframe(rows, hide_index=True, key=f"register_{name}", column_config={desk.say("column_sentence"): sentence})
    else:
        st.caption(desk.say("none_found"))


def _target_rows(desk: Desk, document: Document, register: Register) -> list[dict[str, str]]:
    names = [desk.say(f"column_{name}") for name in ("indicator", "value", "year", "sentence")]
    return [
        dict(zip(names, (target.indicator, target.value, str(target.year or "—"), document.text[target.start : target.end]), strict=True))
        for target in register.targets
    ]


def _provision_rows(desk: Desk, document: Document, register: Register) -> list[dict[str, str]]:
    names = [desk.say(f"column_{name}") for name in ("strength", "actor", "instrument", "sentence")]
    return [
        dict(
            zip(
                names,
                (
                    desk.say(f"strength_{provision.strength}"),
                    provision.actor or "—",
                    provision.instrument or "—",
                    document.text[provision.start : provision.end],
                ),
                strict=True,
            )
        )
        for provision in register.provisions
    ]
