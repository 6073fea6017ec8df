"""The measures page: which measures apply to a firm, two firms side by side, and many firms at once."""

import streamlit as st

from assistant import verdict_texts as words
from assistant.checking_report import GROUP_NAMES
from assistant.profile import Profile
from assistant.ui.desk import Desk
from assistant.ui.measure_exports import to_word, to_xlsx
from assistant.ui.measures_batch import XLSX, draw_batch
from assistant.ui.measures_form import draw_describe, draw_files, draw_form, facts, fill, plain_facts, profile_of_file
from assistant.ui.measures_result import changed, draw_result
from assistant.ui.safe import label_text
from assistant.verdict_groups import group_of
from ingest.schema import PlanQueryError

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show(desk: Desk) -> None:
    """Draw the page."""
    st.header(desk.say("measures_title"), anchor=False)
    try:
        if not desk.engine().measures():
            st.info(desk.say("measures_no_register"))
            return
        tabs = st.tabs([desk.say("measures_one"), desk.say("measures_two"), desk.say("measures_many")])
        with tabs[0]:
            _one(desk)
        with tabs[1]:
            _two(desk)
        with tabs[2]:
            draw_batch(desk)
    except PlanQueryError as error:
        st.error(desk.say("problem", message=str(error)), icon=":material/error:")


def _one(desk: Desk) -> None:
    st.caption(desk.say("measures_more"))
    draw_describe(desk, desk.engine().glossary)
    if st.session_state.pop("measure_taken", False):
        st.info(desk.say("measures_taken"))
    reading = draw_form(desk)
    draw_files(desk)
    if reading is not None:
        fill(plain_facts(reading.profile))
        st.session_state["measure_interpretations"] = reading.interpretations
        st.session_state["measure_checked"] = reading.profile
        st.rerun()
    checked: Profile | None = st.session_state.get("measure_checked")
    if checked is None:
        return
    for row in st.session_state.get("measure_interpretations", ()):
        st.info(label_text(row.text.in_language(desk.language)), icon=":material/help:")
    if plain_facts(checked) != facts():
        st.warning(desk.say("measures_stale"))
    day = st.date_input(desk.say("measures_day"), desk.today(), key="measure_day", persist_state="session") or desk.today()
    verdicts = desk.engine().verdicts(checked, day)
    with st.container(horizontal=True):
        st.download_button(
            "DOCX", lambda: to_word(desk, checked, verdicts, day), "measures.docx", DOCX, key="measure_docx", on_click="ignore"
        )
        st.download_button(
            "XLSX", lambda: to_xlsx(desk, checked, verdicts, day), "measures.xlsx", XLSX, key="measure_xlsx", on_click="ignore"
        )
    draw_result(desk, verdicts)


def _two(desk: Desk) -> None:
    """The firm of the form beside one from a saved file: only the measures on which they differ, and the facts that do."""
    st.caption(desk.say("measures_two_more"))
    loaded = st.file_uploader(desk.say("measures_load"), "json", key="compare_load", max_upload_size=1)
    mine: Profile | None = st.session_state.get("measure_checked")
    if mine is None:
        st.info(desk.say("measures_two_first"))
    if mine is None or loaded is None:
        return
    other = profile_of_file(loaded.getvalue(), loaded.name).profile
    first, second = desk.say("measures_this"), loaded.name
    st.subheader(desk.say("measures_two_facts"), anchor=False)
    here, there = plain_facts(mine), plain_facts(other)
    names = [field for field in Profile.model_fields if here.get(field) != there.get(field)]
    unstated = desk.say("measures_unstated")
    rows = [
        {
            desk.say("measures_fact"): words.name_of(field, desk.language),
            first: words.written(field, here[field], desk.language) if field in here else unstated,
            second: words.written(field, there[field], desk.language) if field in there else unstated,
        }
        for field in names
    ]
    st.dataframe(rows, hide_index=True, key="compare_facts")
    pairs = changed(desk.engine().verdicts(mine, desk.today()), desk.engine().verdicts(other, desk.today()))
    st.subheader(desk.say("measures_two_verdicts", count=len(pairs)), anchor=False)
    table = [
        {
            desk.say("measures_measure"): one.measure.title.in_language(desk.language),
            first: GROUP_NAMES[group_of(one)].in_language(desk.language),
            second: GROUP_NAMES[group_of(two)].in_language(desk.language),
            desk.say("measures_why"): f"{one.reason(desk.language)} → {two.reason(desk.language)}",
        }
        for one, two in pairs
    ]
    st.dataframe(table, hide_index=True, key="compare_verdicts")
