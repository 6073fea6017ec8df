"""The ask page: example questions, the conversation with its sources, and one question at a time.

A question is put into the session as pending; the run that finds it draws the page with every input off, answers, stores the exchange
and draws again from the history. So what stands on the page is always what is stored.
"""

import logging
from datetime import date
from functools import partial
from urllib.parse import urlsplit

import streamlit as st

from assistant.history import Message
from assistant.model import address, stays_here
from assistant.schema import Answer, Turn
from assistant.ui import conversations
from assistant.ui.answer import AVATAR, draw_answer, draw_partial, draw_question, topics
from assistant.ui.desk import Desk
from assistant.ui.safe import html_text, label_text
from assistant.ui.style import SCROLL_TO_QUESTION
from assistant.ui.texts import EXAMPLES
from assistant.ui.visitor import follow_question
from ingest.schema import Language, PlanQueryError

# Earlier turns than these do not help to understand a follow-up.
TURNS_SENT = 12
STAGES = ("rewriting", "searching", "reading", "checking")

logger = logging.getLogger(__name__)


def show(desk: Desk) -> None:
    """Draw the page."""
    conversation = conversations.current()
    messages = desk.history.messages(desk.user, conversation) if conversation is not None else ()
    pending = st.session_state.get("pending")
    conversations.sidebar(desk, messages, is_busy=pending is not None)
    if not messages and pending is None:
        _welcome(desk)
    _draw_messages(desk, messages, is_busy=pending is not None)
    _problem(desk)
    _limits(desk, is_busy=pending is not None)
    _who_answers(desk)
    st.chat_input(
        desk.say("question_here") if pending is None else desk.say("wait"),
        key="question",
        disabled=pending is not None,
        submit_mode="disable",
        on_submit=partial(_submit, desk),
    )
    if pending is not None:
        _answer_pending(desk, pending, conversation, messages)


def put(desk: Desk, question: str) -> None:
    """Make a question the pending one, or say why it cannot be; a question already pending stays."""
    length, limit = len(question), desk.settings.max_question_chars
    st.session_state.pop("problem", None)
    if not question.strip():
        st.session_state["problem"] = desk.say("question_empty")
    elif length > limit:
        st.session_state["problem"] = desk.say("question_too_long", length=length, limit=limit)
    elif st.session_state.get("pending") is None:
        st.session_state["pending"] = question.strip()


def _submit(desk: Desk) -> None:
    put(desk, st.session_state["question"] or "")


def _welcome(desk: Desk) -> None:
    title, more = html_text(desk.say("welcome")), html_text(desk.say("welcome_more"))
    st.html(f'<div class="pq-hero"><h1>{title}</h1><p>{more}</p></div>')
    st.caption(desk.say("examples"))
    other: Language = "zh" if desk.language == "en" else "en"
    for language in (desk.language, other):
        # On a phone the style hides the other language's row, or the page would open scrolled past its title.
        key = "examples" if language == desk.language else "examples-other"
        with st.container(horizontal=True, gap="small", key=key):
            for number, question in enumerate(EXAMPLES[language]):
                st.button(question, key=f"example-{language}-{number}", on_click=partial(put, desk, question))


def _draw_messages(desk: Desk, messages: tuple[Message, ...], is_busy: bool) -> None:
    for message in messages:
        if message.role == "user":
            draw_question(message.text)
        else:
            draw_answer(desk, message)
    if messages and messages[-1].answer is not None and not is_busy:
        _suggest(desk, messages[-1], messages[-1].answer)
        st.html(f"{SCROLL_TO_QUESTION}<!-- {messages[-1].id} -->", unsafe_allow_javascript=True)


def _suggest(desk: Desk, message: Message, answer: Answer) -> None:
    """Chips that ask about sections near the last answer; after a refusal they say what the documents do cover."""
    near = topics(desk, answer)
    if not near:
        return
    st.caption(desk.say("next_topics" if answer.status == "answered" else "near_topics"))
    with st.container(horizontal=True, gap="small"):
        for number, topic in enumerate(near):
            st.button(label_text(topic.label), key=f"topic-{message.id}-{number}", on_click=partial(put, desk, topic.question))


def _limits(desk: Desk, is_busy: bool) -> None:
    """Which documents and which day the next answer is bound to; kept in the session across pages."""
    try:
        titles = desk.choices(desk.engine().sources())
    except PlanQueryError as error:
        st.error(str(error), icon=":material/error:")
        return
    # A document may have left the index since it was chosen; Streamlit refuses a choice that is no option.
    chosen = st.session_state["limit_documents"] = [name for name in st.session_state.get("limit_documents", []) if name in titles]
    label = desk.say("limits_active", count=len(chosen)) if chosen else desk.say("limits")
    with st.popover(label, icon=":material/tune:", disabled=is_busy, type="tertiary"):
        st.multiselect(
            desk.say("limit_documents"),
            list(titles),
            format_func=lambda key: titles.get(key, key),
            key="limit_documents",
            placeholder=desk.say("limit_documents_none"),
            persist_state="session",
        )
        first, last = date(2000, 1, 1), date(2100, 1, 1)
        st.date_input(desk.say("limit_day"), None, min_value=first, max_value=last, key="limit_day", persist_state="session")


def _who_answers(desk: Desk) -> None:
    """Which engine answers and what leaves the machine. Settings that name no usable model are reported with the limits."""
    settings = desk.settings
    if not settings.chat_model:
        st.caption(desk.say("answers_extractive"))
        return
    try:
        place = urlsplit(address(settings)).hostname or ""
        key = "answers_model_here" if stays_here(settings) else "answers_model_away"
    except PlanQueryError:
        return
    st.caption(label_text(desk.say(key, model=settings.chat_model, place=place)))


def _problem(desk: Desk) -> None:
    problem = st.session_state.get("problem")
    if problem is not None:
        st.error(problem, icon=":material/error:")


def _answer_pending(desk: Desk, question: str, conversation: str | None, messages: tuple[Message, ...]) -> None:
    """Answer, store, and draw the page again. Nothing of a failed question is stored but its line in the audit log."""
    draw_question(question)
    begun = desk.now()
    try:
        answer = _run(desk, question, tuple(message.turn() for message in messages[-TURNS_SENT:]))
        home = conversation if messages and conversation is not None else desk.history.begin(desk.user, question)
        desk.history.add(desk.user, home, answer)
        desk.history.log(question, answer.status, answer.seconds, home)
        conversations.switch_to(home)
        follow_question(answer.language)
    except PlanQueryError as error:
        st.session_state["problem"] = desk.say("problem", message=str(error))
        _log_failure(desk, question, (desk.now() - begun).total_seconds())
    except Exception:
        # A fault of ours. Raised on, it would leave the page with every input off; the log has the whole of it.
        logger.exception("a question could not be answered")
        st.session_state["problem"] = desk.say("fault")
        _log_failure(desk, question, (desk.now() - begun).total_seconds())
    del st.session_state["pending"]
    st.rerun()


def _run(desk: Desk, question: str, history: tuple[Turn, ...]) -> Answer:
    documents = tuple(st.session_state.get("limit_documents", ()))
    day = st.session_state.get("limit_day") or desk.today()
    answer: Answer | None = None
    with st.chat_message("assistant", avatar=AVATAR):
        status, place = st.status(desk.say("stage_rewriting")), st.empty()
        for step in desk.engine().stream(question, history, documents, day):
            if isinstance(step, Answer):
                answer = step
                draw_partial(place, answer)
            elif step in STAGES:
                status.update(label=desk.say(f"stage_{step}"))
    if answer is not None:
        return answer
    raise PlanQueryError(f"the assistant ended without an answer to {question[:80]!r}; ask again")


def _log_failure(desk: Desk, question: str, seconds: float) -> None:
    try:
        desk.history.log(question, "error", seconds)
    except PlanQueryError:
        logger.exception("a failed question could not be written to the audit log")
