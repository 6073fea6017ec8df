"""Who sits at the browser: an anonymous id, the language and the pass, each in a cookie, so that a reload changes nothing.

The id in the cookie is a random secret; pages and the history see only its hash. The pass is proof of the access code, good for one
id and void when the code changes.
"""

import hmac
import re
import secrets
import time
from collections import deque
from collections.abc import Callable
from hashlib import sha256
from typing import cast

import streamlit as st

from assistant.ui.texts import say
from ingest.schema import Language
from ingest.settings import Settings

ID_COOKIE, PASS_COOKIE, LANGUAGE_COOKIE = "planquery_visitor", "planquery_pass", "planquery_language"
DAYS = {ID_COOKIE: 365, PASS_COOKIE: 1, LANGUAGE_COOKIE: 365}
_COOKIE_VALUE = re.compile(r"[A-Za-z0-9_-]{2,128}")
WRONG_CODES_A_MINUTE = 10


class Doorkeeper:
    """Compares access codes, for all sessions of the process: after ten wrong ones within a minute none is looked at."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong: deque[float] = deque(maxlen=WRONG_CODES_A_MINUTE)

    def is_closed(self) -> bool:
        """Whether codes are refused unseen for now."""
        return len(self._wrong) == WRONG_CODES_A_MINUTE and self._clock() - self._wrong[0] < 60

    def admits(self, given: str, code: str) -> bool:
        """Whether `given` is the code; a wrong one is counted."""
        is_right = not self.is_closed() and hmac.compare_digest(given.encode(), code.encode())
        if not is_right:
            self._wrong.append(self._clock())
        return is_right


@st.cache_resource
def _doorkeeper() -> Doorkeeper:
    return Doorkeeper(time.monotonic)


def language() -> Language:
    """The visitor's choice; before any, the language of their last question, else of their browser. Call before the switch is drawn."""
    asked_in = st.session_state.pop("asked_in", None)
    has_chosen = st.session_state.get("language_chosen") or _cookie(LANGUAGE_COOKIE) is not None
    if asked_in is not None and not has_chosen:
        st.session_state["language"] = asked_in
    chosen = st.session_state.get("language") or _cookie(LANGUAGE_COOKIE)
    if chosen is None:
        chosen = "zh" if (st.context.locale or "").lower().startswith("zh") else "en"
    return "zh" if chosen == "zh" else "en"


def language_switch(current: Language) -> None:
    """The English/中文 switch; sets the language for this run's successors and remembers an explicit choice."""
    names: dict[Language, str] = {"en": "English", "zh": "中文"}
    if "language" not in st.session_state:
        st.session_state["language"] = current
    st.segmented_control(
        say(current, "language"),
        list(names),
        format_func=lambda code: names[code],
        key="language",
        required=True,
        on_change=lambda: st.session_state.update(language_chosen=True),
        label_visibility="collapsed",
    )
    # Screen readers and the choice of Chinese glyphs go by the language of the page, which Streamlit leaves at English.
    _run_script("lang", f"document.documentElement.lang = '{'zh-CN' if current == 'zh' else 'en'}';")
    if st.session_state.get("language_chosen"):
        _keep(LANGUAGE_COOKIE, st.session_state["language"])


def follow_question(asked_in: Language) -> None:
    """Turn the window to the language of the session's first question in the next run, unless the visitor has chosen one."""
    if not st.session_state.get("has_asked"):
        st.session_state.update(has_asked=True, asked_in=asked_in)


def visitor_id() -> str:
    """The hash that stands for this browser in the history."""
    return sha256(_secret().encode()).hexdigest()[:32]


def has_signed_in(settings: Settings) -> bool:
    """Whether no access code is set, or this visitor has given it."""
    code = settings.access_code.get_secret_value()
    held = st.session_state.get(PASS_COOKIE) or _cookie(PASS_COOKIE) or ""
    return not code or hmac.compare_digest(held, _pass(code))


def sign_in(settings: Settings, current: Language) -> None:
    """The form that asks for the access code; a right one reruns the page."""
    code = settings.access_code.get_secret_value()
    with st.form("sign_in", width=420):
        given = st.text_input(say(current, "access_code"), type="password", autocomplete="current-password")
        is_sent = st.form_submit_button(say(current, "sign_in"), type="primary")
    if is_sent and _doorkeeper().is_closed():
        st.error(say(current, "access_code_wait"))
    elif is_sent and _doorkeeper().admits(given, code):
        st.session_state[PASS_COOKIE] = _pass(code)
        st.rerun()
    elif is_sent:
        st.error(say(current, "access_code_wrong"))


def keep_cookies() -> None:
    """Write this session's id and pass into the browser where it does not hold them yet."""
    _keep(ID_COOKIE, _secret())
    if PASS_COOKIE in st.session_state:
        _keep(PASS_COOKIE, st.session_state[PASS_COOKIE])


def _secret() -> str:
    if ID_COOKIE not in st.session_state:
        st.session_state[ID_COOKIE] = _cookie(ID_COOKIE) or secrets.token_urlsafe(24)
    return cast(str, st.session_state[ID_COOKIE])


def _pass(code: str) -> str:
    return hmac.new(code.encode(), _secret().encode(), sha256).hexdigest()


def _cookie(name: str) -> str | None:
    value = st.context.cookies.get(name)
    # Under Streamlit's AppTest there is no browser, and what stands here is not a string.
    return value if isinstance(value, str) and _COOKIE_VALUE.fullmatch(value) else None


def _keep(name: str, value: str) -> None:
    if _cookie(name) == value:
        return
    # Streamlit has no call that sets a cookie. The value is our own token, never a text of someone else's.
    words = f"{name}={value}; path=/; max-age={DAYS[name] * 86400}; SameSite=Strict"
    script = f"document.cookie = '{words}' + (location.protocol === 'https:' ? '; Secure' : '');"
    _run_script(name, script)


def _run_script(name: str, script: str) -> None:
    """Run our own JavaScript once for each new wording of it; the style hides its container."""
    with st.container(key=f"scripts-{name}"):
        st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
