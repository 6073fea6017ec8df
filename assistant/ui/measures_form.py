"""The form of the measures page: a firm's facts, typed, described in words or loaded from a file; all optional, nothing preset."""

import json
from collections.abc import Mapping
from typing import Any

import streamlit as st

from assistant import verdict_texts as words
from assistant.describe import describe
from assistant.description import Description
from assistant.profile import FIELDS, SECTORS, Profile, kind_of, label, question
from assistant.profile_input import ProfileReading, read_profile
from assistant.ui.desk import Desk
from assistant.ui.safe import label_text
from ingest.glossary import Glossary
from ingest.schema import PlanQueryError

SHORT = (
    "province",
    "city",
    "sectors",
    "annual_revenue",
    "previous_best_revenue",
    "employees",
    "industrial",
    "independent_legal_person",
    "hnte",
    "srdi",
    "sci_tech_sme",
    "chain_firm",
)
_UNIT = {"yuan": "measures_unit_yuan", "share": "measures_unit_share"}


def facts() -> dict[str, Any]:
    """The facts in the form: plain values by field, only what is stated. They live in the session and nowhere else."""
    held: dict[str, Any] = st.session_state.setdefault("measure_facts", {})
    return held


def fill(stated: Mapping[str, Any]) -> None:
    """Put facts into the form in place of what it holds; the widgets are made anew, for Streamlit keeps the values of old ones."""
    st.session_state["measure_facts"] = dict(stated)
    st.session_state["measure_form"] = st.session_state.get("measure_form", 0) + 1


def plain_facts(profile: Profile) -> dict[str, Any]:
    """The stated fields of a profile as JSON values."""
    stated: dict[str, Any] = profile.model_dump(mode="json", exclude_none=True)
    return stated


def draw_form(desk: Desk) -> ProfileReading | None:
    """The form; what was read from it when it was sent this run, None otherwise. A field that cannot be read is named."""
    with st.form(f"measure_form_{st.session_state.get('measure_form', 0)}", border=True):
        given = _fields(desk, SHORT)
        with st.expander(desk.say("measures_more_facts")):
            given |= _fields(desk, tuple(field for field in FIELDS if field not in SHORT))
        is_sent = st.form_submit_button(desk.say("measures_check"), type="primary", icon=":material/fact_check:")
    if not is_sent:
        return None
    try:
        return read_profile(given)
    except PlanQueryError as error:
        st.error(desk.say("problem", message=label_text(str(error))), icon=":material/error:")
        return None


def _fields(desk: Desk, fields: tuple[str, ...]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for number, field in enumerate(fields):
        # A row of columns at a time, so that on a phone, where columns stand below each other, the fields keep their order.
        if number % 3 == 0:
            columns = st.columns(3, gap="medium")
        with columns[number % 3]:
            given[field] = field_input(desk, field, f"fact-{st.session_state.get('measure_form', 0)}-{field}", facts().get(field))
    return given


def field_input(desk: Desk, field: str, key: str, value: Any = None) -> Any:
    """One input for a profile field; what it gives back is for `read_profile`. Left alone it says "not stated"."""
    name, help_text, kind = _name(desk, field), label_text(question(field, desk.language)), kind_of(field)
    unstated = desk.say("measures_unstated")
    if kind == "yes_no":
        texts = {None: unstated, True: words.written(field, True, desk.language), False: words.written(field, False, desk.language)}
        options = list(texts)
        return st.selectbox(name, options, options.index(value), format_func=lambda one: texts[one], key=key, help=help_text)
    if kind == "choice":
        chosen = st.multiselect(
            name,
            SECTORS,
            value,
            format_func=lambda one: words.written(field, one, desk.language),
            key=key,
            help=help_text,
            placeholder=unstated,
        )
        return chosen or None
    return st.text_input(name, _typed(value), key=key, help=help_text, placeholder=unstated, max_chars=200) or None


def _name(desk: Desk, field: str) -> str:
    name = words.name_of(field, desk.language)
    unit = _UNIT.get(kind_of(field))
    return desk.say(unit, name=name[:1].upper() + name[1:]) if unit else name[:1].upper() + name[1:]


def _typed(value: Any) -> str:
    """A value as one would type it: 120000000 and not 1.2e+08."""
    if isinstance(value, (list, tuple)):
        return "; ".join(value)
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)


def draw_describe(desk: Desk, glossary: Glossary | None) -> None:
    """A box for the firm in words. What was read is shown with its words, to be picked and corrected before it counts."""
    if glossary is None:
        return
    with st.expander(desk.say("measures_describe"), icon=":material/edit_note:"):
        text = st.text_area(
            desk.say("measures_describe_here"),
            key="measure_words",
            max_chars=4000,
            placeholder=desk.say("measures_describe_example"),
            help=desk.say("measures_private"),
        )
        if st.button(desk.say("measures_read"), key="measure_read") and text.strip():
            st.session_state["measure_description"] = describe(text, glossary, desk.today())
        found: Description | None = st.session_state.get("measure_description")
        if found is not None:
            _draw_found(desk, found)


def _draw_found(desk: Desk, found: Description) -> None:
    st.caption(desk.say("measures_read_found") if found.origins else desk.say("measures_read_nothing"))
    chosen: dict[str, Any] = {}
    for origin in found.origins:
        value = words.written(origin.field, origin.value, desk.language)
        line = desk.say("measures_from_words", field=label(origin.field, desk.language), value=value, words=origin.words)
        note = f" ({origin.note.in_language(desk.language)})" if origin.note else ""
        if st.checkbox(label_text(line + note), True, key=f"take-{origin.field}-{origin.start}-{origin.words}"):
            chosen[origin.field] = getattr(found.profile, origin.field)
    for row in found.unclear:
        st.warning(label_text(desk.say("measures_unclear", words=row.words, why=row.why.in_language(desk.language))))
    if found.origins and st.button(desk.say("measures_take"), key="measure_take", type="primary"):
        fill({**facts(), **plain_facts(Profile.model_validate(chosen))})
        st.session_state.pop("measure_description")
        st.session_state["measure_taken"] = True
        st.rerun()


def profile_of_file(content: bytes, name: str) -> ProfileReading:
    """The profile in a saved JSON file; PlanQueryError names the file and what is wrong."""
    try:
        given = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise PlanQueryError(f"{name!r} cannot be read as JSON ({error}); choose a file saved here") from error
    if not isinstance(given, dict):
        raise PlanQueryError(f"{name!r} holds no JSON object of profile fields; choose a file saved here")
    return read_profile(given)


def draw_files(desk: Desk) -> None:
    """Save and load the facts as a file on the user's own machine."""
    with st.expander(desk.say("measures_files"), icon=":material/save:"):
        st.caption(desk.say("measures_private"))
        saved = json.dumps(facts(), ensure_ascii=False, indent=1)
        st.download_button(desk.say("measures_save"), saved, "profile.json", "application/json", key="measure_save", on_click="ignore")
        loaded = st.file_uploader(desk.say("measures_load"), "json", key="measure_load", max_upload_size=1)
        if loaded is not None and st.session_state.get("measure_loaded") != loaded.file_id:
            st.session_state["measure_loaded"] = loaded.file_id
            try:
                fill(plain_facts(profile_of_file(loaded.getvalue(), loaded.name).profile))
            except PlanQueryError as error:
                st.error(desk.say("problem", message=label_text(str(error))), icon=":material/error:")
                return
            st.rerun()
