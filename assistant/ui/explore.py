"""The explore page: pick a topic, read the passages about it from all documents, and open any of them in place."""

import streamlit as st

from assistant.schema import Passage
from assistant.ui.desk import Desk
from assistant.ui.documents import occurrences
from assistant.ui.safe import html_text, marked
from assistant.ui.sources import document_badge, open_at_quote, whereabouts
from assistant.ui.texts import TOPICS
from ingest.schema import PlanQueryError

# Search deep, then filter: the filters must not leave a page empty that has passages further down.
SEARCHED, SHOWN = 60, 12


def show(desk: Desk) -> None:
    """Draw the page."""
    st.header(desk.say("explore_title"), anchor=False)
    st.caption(desk.say("explore_more"))
    topic = _topic(desk)
    try:
        titles = {source.id: desk.title(source) for source in desk.engine().sources()}
        documents, only_in_force = _filters(desk, titles)
        found = desk.engine().retrieve(topic, SEARCHED) if topic else ()
    except PlanQueryError as error:
        st.error(desk.say("problem", message=str(error)), icon=":material/error:")
        return
    shown = [passage for passage in found if _passes(desk, passage, documents, only_in_force)][:SHOWN]
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


def _passes(desk: Desk, passage: Passage, documents: list[str], only_in_force: bool) -> bool:
    source = passage.chunk.source
    is_wanted = not documents or source.id in documents
    is_current = not only_in_force or source.status_on(desk.today()) == "in_force"
    return is_wanted and is_current


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
