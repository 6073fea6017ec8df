"""The chat window: sign-in, the resources that all sessions share, and the pages. Start it with `python -m assistant serve`."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from weakref import finalize

import streamlit as st
from pydantic import ValidationError
from streamlit.navigation.page import StreamlitPage

from assistant import Assistant
from assistant.history import History
from assistant.ui import ask, documents, evaluation, explore, measures, visitor
from assistant.ui.desk import Desk
from assistant.ui.style import FAVICON, STYLE, logo
from assistant.ui.texts import say
from ingest.schema import PlanQueryError
from ingest.settings import Settings


class Entry(NamedTuple):
    """A line of the navigation; its name is the text `page_{path}`."""

    path: str
    show: Callable[[Desk], None]


# The first entry is the page one arrives at. No icons: Streamlit would fetch the page's icon from a foreign host.
PAGES = (
    Entry("ask", ask.show),
    Entry("measures", measures.show),
    Entry("explore", explore.show),
    Entry("documents", documents.show),
    Entry("evaluation", evaluation.show),
)


def now() -> datetime:
    """The clock of the whole window, in the server's time zone, so that "today" is the office's day."""
    return datetime.now(UTC).astimezone()


@st.cache_resource(show_spinner=False, max_entries=1)
def open_assistant(_settings: Settings, key: str) -> Assistant:
    """One assistant for all sessions; `key` is what the settings say, so changed settings open another."""
    assistant = Assistant.open(_settings)
    # Another session may be in the middle of an answer when ingest switches the index, so the old one is closed after its last user.
    finalize(assistant, assistant.retriever.generation.close)
    return assistant


def live_assistant(settings: Settings) -> Assistant:
    """The assistant on the newest index: opened again when ingest has switched to another generation."""
    key = settings.model_dump_json()
    assistant = open_assistant(settings, key)
    if assistant.is_stale():
        open_assistant.clear()
        assistant = open_assistant(settings, key)
    return assistant


@st.cache_resource(show_spinner=False)
def open_history(folder: Path) -> History:
    """One history for all sessions."""
    return History(folder, now)


def page(entry: Entry, desk: Desk) -> StreamlitPage:
    """A Streamlit page that draws the entry at this desk."""
    return st.Page(lambda: entry.show(desk), title=desk.say(f"page_{entry.path}"), url_path=entry.path, default=entry is PAGES[0])


def main() -> None:
    """Draw the window for one run of one session."""
    language = visitor.language()
    st.set_page_config(page_title=say(language, "app_title"), page_icon=FAVICON, layout="wide")
    st.html(STYLE)
    st.logo(logo(say(language, "app_title")), size="large", icon_image=FAVICON)
    with st.sidebar:
        visitor.language_switch(language)
    try:
        settings = Settings()
        if not visitor.has_signed_in(settings):
            visitor.sign_in(settings, language)
            return
        visitor.keep_cookies()
        history = open_history(settings.history)
        desk = Desk(settings, history, lambda: live_assistant(settings), now, visitor.visitor_id(), language)
        st.navigation([page(entry, desk) for entry in PAGES]).run()
    except PlanQueryError as error:
        st.error(say(language, "problem", message=str(error)), icon=":material/error:")
    except ValidationError as error:
        st.error(say(language, "settings_problem", message=str(error)), icon=":material/error:")


main()
