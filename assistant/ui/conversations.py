"""The sidebar of the ask page: start, reopen, export and delete conversations.

The open one is named in the address, so a reload keeps it, and in the session, so a look at another page does.
"""

from functools import partial

import streamlit as st

from assistant.history import Message
from assistant.ui.desk import Desk
from assistant.ui.export import to_markdown, to_word
from assistant.ui.safe import label_text

ADDRESS = "conversation"
LISTED = 30
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def current() -> str | None:
    """The id of the open conversation; whether it is the visitor's own is for the history to say."""
    if ADDRESS not in st.query_params and ADDRESS in st.session_state:
        st.query_params[ADDRESS] = st.session_state[ADDRESS]
    return st.query_params.get(ADDRESS)


def switch_to(conversation: str | None) -> None:
    """Open a conversation, or none. Takes effect with the next run, or this one when called from a callback."""
    if conversation is None:
        st.query_params.pop(ADDRESS, None)
        st.session_state.pop(ADDRESS, None)
    else:
        st.query_params[ADDRESS] = st.session_state[ADDRESS] = conversation


def sidebar(desk: Desk, messages: tuple[Message, ...], is_busy: bool) -> None:
    """The list of conversations and what can be done with the open one."""
    with st.sidebar:
        st.button(
            desk.say("new_conversation"),
            key="new_conversation",
            icon=":material/add:",
            on_click=partial(switch_to, None),
            disabled=is_busy,
            width="stretch",
        )
        if messages:
            _export(desk, messages)
            _delete(desk, is_busy)
        _list(desk, is_busy)


def _export(desk: Desk, messages: tuple[Message, ...]) -> None:
    with st.popover(desk.say("export"), icon=":material/download:", width="stretch"):
        name = f"plan-query-{desk.today().isoformat()}"
        markdown, word = partial(to_markdown, desk, messages), partial(to_word, desk, messages)
        st.download_button(desk.say("export_markdown"), markdown, f"{name}.md", "text/markdown", on_click="ignore", key="export_md")
        st.download_button(desk.say("export_word"), word, f"{name}.docx", WORD, on_click="ignore", key="export_docx")


def _delete(desk: Desk, is_busy: bool) -> None:
    with st.popover(desk.say("delete"), icon=":material/delete:", width="stretch", disabled=is_busy):
        st.text(desk.say("delete_sure"))
        st.button(desk.say("delete_yes"), key="delete", type="primary", on_click=partial(_delete_current, desk))


def _delete_current(desk: Desk) -> None:
    conversation = current()
    if conversation is not None:
        desk.history.delete(desk.user, conversation)
    switch_to(None)


def _list(desk: Desk, is_busy: bool) -> None:
    st.caption(desk.say("conversations"))
    listed = desk.history.conversations(desk.user)[:LISTED]
    if not listed:
        st.caption(desk.say("no_conversations"))
    with st.container(key="conversations", gap=None):
        for row in listed:
            is_open = row.id == current()
            st.button(
                label_text(row.title),
                key=f"conversation-{row.id}",
                on_click=partial(switch_to, row.id),
                type="secondary" if is_open else "tertiary",
                disabled=is_busy,
                width="stretch",
                wrap=False,
            )
