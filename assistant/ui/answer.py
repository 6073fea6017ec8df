"""One exchange on the ask page: the question, the answer with its [n] marks, its sources beside it, and the feedback on it."""

from collections import Counter
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.history import Message, Rating
from assistant.schema import Answer
from assistant.ui.desk import Desk
from assistant.ui.safe import answer_html, html_text
from assistant.ui.sources import answer_badge, source_card
from ingest.schema import Chunk, PlanQueryError, Record

REASONS = ("wrong_fact", "wrong_source", "outdated", "incomplete", "misunderstood", "other")
NEAR_PASSAGES, NEAR_TOPICS, SHARED = 40, 4, 3
AVATAR = ":material/fact_check:"


class Topic(Record):
    """A section near an answer: `label` names it, `question` is what to ask."""

    label: str
    question: str


def draw_question(text: str) -> None:
    """The user's words, as they were typed."""
    with st.chat_message("user", avatar=":material/person:"):
        st.html(f'<p class="pq-said">{html_text(text)}</p>')


def draw_answer(desk: Desk, message: Message) -> None:
    """A stored answer. Its sources stand beside it on a wide screen and below it on a narrow one."""
    if message.answer is None or not message.answer.citations:
        with st.chat_message("assistant", avatar=AVATAR):
            _draw_text(desk, message)
        return
    left, right = st.columns([3, 2], gap="medium")
    with left, st.chat_message("assistant", avatar=AVATAR):
        _draw_text(desk, message)
    with right, st.container(gap="small"):
        st.caption(desk.say("sources"))
        for citation in message.answer.citations:
            source_card(desk, citation, _anchor(message))


def draw_partial(place: DeltaGenerator, answer: Answer) -> None:
    """What of an answer is verified so far, in place of what stood there; its marks become links once its sources are drawn."""
    place.html(f'<div class="pq-partial">{answer_html(answer.text, (), "")}</div>')


def _draw_text(desk: Desk, message: Message) -> None:
    answer = message.answer
    if answer is None:
        st.html(f'<div class="pq-answer">{answer_html(message.text, (), "")}</div>')
        st.info(desk.say("stored_answer"))
        return
    numbers = [citation.number for citation in answer.citations]
    st.html(f'{answer_badge(desk, answer.status)}<div class="pq-answer">{answer_html(answer.text, numbers, _anchor(message))}</div>')
    notices = "".join(f"<li>{html_text(notice)}</li>" for notice in answer.notices)
    if notices:
        st.html(f'<ul class="pq-notices">{notices}</ul>')
    engine = desk.say("engine_extractive") if answer.engine == "extractive" else answer.engine
    line = desk.say("answer_by", engine=engine, seconds=answer.seconds, day=answer.receipt.as_of.isoformat())
    st.html(f'<div class="pq-meta">{html_text(line)}</div>')
    _feedback(desk, message)


def _anchor(message: Message) -> str:
    return f"source-{message.id}"


def _feedback(desk: Desk, message: Message) -> None:
    """Thumbs, stored at once; after a thumb down, the reason, stored with it."""
    stored = desk.history.rating(message.id)
    default = None if stored is None else int(stored.verdict == "up")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(desk.say("rate"), width="content")
        thumb = st.feedback("thumbs", key=f"thumb-{message.id}", default=default)
    if thumb is not None and thumb != default:
        stored = Rating(verdict="up" if thumb else "down")
        desk.history.rate(desk.user, message.id, stored)
    if stored is not None and stored.verdict == "down" and not stored.reasons:
        _ask_reason(desk, message)
    elif stored is not None:
        st.caption(desk.say("rate_thanks"))


def _ask_reason(desk: Desk, message: Message) -> None:
    with st.form(f"reason-{message.id}"):
        reasons = st.pills(
            desk.say("rate_why"),
            REASONS,
            selection_mode="multi",
            format_func=lambda code: desk.say(f"reason_{code}"),
            key=f"reasons-{message.id}",
        )
        comment = st.text_input(desk.say("rate_comment"), max_chars=1000, key=f"comment-{message.id}")
        if st.form_submit_button(desk.say("rate_send")):
            chosen = tuple(reasons) or ("other",)
            desk.history.rate(desk.user, message.id, Rating(verdict="down", reasons=chosen, comment=comment.strip()))
            st.rerun()


def topics(desk: Desk, answer: Answer) -> list[Topic]:
    """Sections near the question that the answer does not cite, those of cited documents first; empty when the index is gone."""
    try:
        chunks = [passage.chunk for passage in desk.engine().retrieve(answer.query, NEAR_PASSAGES)]
    except PlanQueryError:
        return []
    cited = [citation.passage.chunk for citation in answer.citations]
    cited_sections, cited_documents = {(chunk.source.id, chunk.heading) for chunk in cited}, {chunk.source.id for chunk in cited}
    # A heading that many documents share ("Purpose", "Annex") says nothing of a topic.
    spread = Counter(heading for _, heading in {(chunk.source.id, chunk.heading[-1:]) for chunk in chunks})
    own = [chunk for chunk in chunks if chunk.source.language == answer.language] or chunks
    near = [chunk for chunk in own if chunk.heading and (chunk.source.id, chunk.heading) not in cited_sections]
    telling = [chunk for chunk in near if spread[chunk.heading[-1:]] < SHARED and chunk.heading[-1] != chunk.source.title]
    # The question goes on in the language of the conversation, whatever that of the window.
    spoken = replace(desk, language=answer.language)
    found: dict[str, Topic] = {}
    for chunk in sorted(telling, key=lambda chunk: chunk.source.id not in cited_documents):
        found.setdefault(chunk.heading[-1], _topic(spoken, chunk, chunk.source.id in cited_documents))
    return list(found.values())[:NEAR_TOPICS]


def _topic(desk: Desk, chunk: Chunk, is_cited: bool) -> Topic:
    title, heading = desk.title(chunk.source), chunk.heading[-1]
    label = heading if is_cited else f"{heading} · {title}"
    return Topic(label=label, question=desk.say("ask_topic", title=title, topic=heading))
