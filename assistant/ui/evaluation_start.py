"""A new run: which suites, which engine, progress while it goes on, and how it ended."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from assistant.ui.desk import Desk
from assistant.ui.run_process import EXTRACTIVE, SUITES, Ended, Runner, last_line, new_folder
from assistant.ui.runs import REPORT, RunInfo, count_lines
from assistant.ui.safe import label_text

FAILED = "FAILED:"
"""How evals begins a line about a run that does not pass."""
EVERY_SECONDS = 1.0


@st.cache_resource(show_spinner=False)
def runner() -> Runner:
    """One for all sessions, so that two visitors do not measure at the same time and slow each other."""
    return Runner()


def draw_start(desk: Desk, unfinished: Sequence[tuple[Path, RunInfo]]) -> None:
    """The form, or the run under way."""
    st.caption(desk.say("start_more"))
    if runner().is_running():
        _progress(desk)
        return
    ended = runner().ended()
    if ended is not None:
        _say_how(desk, ended)
    _form(desk)
    for folder, info in unfinished:
        _offer_to_continue(desk, folder, info)


def _form(desk: Desk) -> None:
    suites = {path.stem: path for path in sorted(SUITES.glob("*.jsonl"))}
    counts = {name: count_lines(path) for name, path in suites.items()}
    chosen = st.pills(
        desk.say("start_suites"),
        list(suites),
        selection_mode="multi",
        format_func=lambda name: desk.say("start_suite", name=name, count=counts[name]),
        key="start_suites",
    )
    engines = [EXTRACTIVE, *filter(None, [desk.settings.chat_model])]
    names = {EXTRACTIVE: desk.say("engine_extractive")}
    engine = st.selectbox(desk.say("start_engine"), engines, format_func=lambda one: names.get(one, one), key="start_engine")
    if st.button(desk.say("start_run"), type="primary", disabled=not chosen, key="start_run"):
        folder = new_folder(desk.settings.runs, desk.now())
        runner().start(desk.settings, [suites[name] for name in chosen], engine, folder)
        st.rerun()


@st.fragment(run_every=EVERY_SECONDS)
def _progress(desk: Desk) -> None:
    """Drawn anew every second by itself; the whole page is drawn when the run has ended."""
    if not runner().is_running():
        st.rerun()
    done, total = runner().progress()
    text = desk.say("start_asking", done=done, total=total) if total else desk.say("start_opening")
    st.progress(done / total if total else 0.0, text)
    if st.button(desk.say("start_stop"), key="start_stop"):
        runner().stop()
        st.rerun()


def _say_how(desk: Desk, ended: Ended) -> None:
    name = label_text(ended.folder.name)
    missed = [line.removeprefix(FAILED).strip() for line in ended.said.splitlines() if line.startswith(FAILED)]
    if ended.was_stopped:
        st.info(desk.say("start_stopped", name=name))
    elif ended.status == 0:
        st.success(desk.say("start_done", name=name))
    elif (ended.folder / REPORT).exists() and missed:
        st.warning(desk.say("start_missed", name=name, why=label_text("; ".join(missed))))
    else:
        st.error(desk.say("start_failed", name=name, why=label_text(last_line(ended.said))))
    if (ended.folder / REPORT).exists() and st.button(desk.say("start_open"), key="start_open"):
        st.query_params["run"] = ended.folder.name
        st.rerun()


def _offer_to_continue(desk: Desk, folder: Path, info: RunInfo) -> None:
    """A stopped run goes on where it was, as long as its suites are still there."""
    paths = [SUITES / f"{name}.jsonl" for name in info.suites]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(label_text(desk.say("start_unfinished", name=folder.name, suites=", ".join(info.suites))), width="content")
        can_continue = all(path.is_file() for path in paths)
        if st.button(desk.say("start_continue"), key=f"continue-{folder.name}", disabled=not can_continue):
            runner().start(desk.settings, paths, info.engine, folder)
            st.rerun()
