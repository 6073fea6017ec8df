"""The evaluation page: the runs made so far, any of them opened, two side by side, a new one with progress, and drafts from complaints."""

import csv
import io
from pathlib import Path

import streamlit as st

from assistant.ui.desk import Desk
from assistant.ui.evaluation_compare import draw_comparison
from assistant.ui.evaluation_run import draw_run, measured, percent, seconds
from assistant.ui.evaluation_start import draw_start
from assistant.ui.run_process import drafts
from assistant.ui.runs import Run, Shelf, shelf
from assistant.ui.safe import label_text
from ingest.schema import PlanQueryError

ADDRESS = "run"
SHORT_HASH = 8


def show(desk: Desk) -> None:
    """Draw the run named in the address, else the tabs."""
    st.header(desk.say("evaluation_title"), anchor=False)
    try:
        found = shelf(desk.settings.runs)
        opened = next((run for run in found.runs if run.name == st.query_params.get(ADDRESS)), None)
        if opened is None:
            _tabs(desk, found)
            return
        if st.button(desk.say("evaluation_back"), key="evaluation_back"):
            del st.query_params[ADDRESS]
            st.session_state.pop("evaluation_chosen", None)
            st.rerun()
        draw_run(desk, opened)
    except PlanQueryError as error:
        st.error(desk.say("problem", message=label_text(str(error))), icon=":material/error:")


def _tabs(desk: Desk, found: Shelf) -> None:
    st.caption(desk.say("evaluation_more"))
    tabs = st.tabs([desk.say(f"evaluation_{name}") for name in ("runs", "compare", "start", "complaints")])
    with tabs[0]:
        _runs(desk, found)
    with tabs[1]:
        draw_comparison(desk, found.runs)
    with tabs[2]:
        draw_start(desk, found.unfinished)
    with tabs[3]:
        _complaints(desk)


def _runs(desk: Desk, found: Shelf) -> None:
    if found.unreadable:
        st.warning(desk.say("evaluation_unreadable", names=label_text(", ".join(found.unreadable))))
    if not found.runs:
        st.info(desk.say("evaluation_none"))
        return
    names = {run.name: f"{run.name} · {run.report.title}" for run in found.runs}
    st.selectbox(
        desk.say("evaluation_open"),
        list(names),
        index=None,
        format_func=lambda name: names.get(name, name),
        key="evaluation_chosen",
        placeholder=desk.say("evaluation_choose"),
    )
    table = st.dataframe(
        [_row(desk, run) for run in found.runs],
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="evaluation_runs",
        height="content" if len(found.runs) <= 12 else 480,
    )
    picked = table["selection"]["rows"]
    chosen = st.session_state["evaluation_chosen"] or (found.runs[picked[0]].name if picked and picked[0] < len(found.runs) else None)
    if chosen:
        st.query_params[ADDRESS] = chosen
        st.rerun()


def _row(desk: Desk, run: Run) -> dict[str, str | int]:
    report = run.report
    cells: dict[str, str | int] = {
        "suite": report.title,
        "finished": f"{run.finished:%Y-%m-%d %H:%M}",
        "corpus": report.info.corpus[:SHORT_HASH],
        "engine": report.info.engine,
        "accuracy": measured(report.metrics.get("accuracy")),
        "false_refusals": percent(report.metrics.get("false_refusals")),
        "abstention_recall": percent(report.metrics.get("abstention_recall")),
        "p50": seconds(report.costs.get("latency_p50")),
        "p95": seconds(report.costs.get("latency_p95")),
        "cases": report.cases,
        "errors": report.errors,
    }
    return {desk.say(f"run_{name}"): value for name, value in cells.items()}


def _complaints(desk: Desk) -> None:
    """The visitor's own thumbs-down only: what others asked is theirs."""
    st.caption(desk.say("complaints_more"))
    if st.button(desk.say("complaints_make"), key="complaints_make"):
        with st.spinner(desk.say("complaints_making")):
            st.session_state["complaint_drafts"] = drafts(desk.settings, desk.user)
    made: bytes | None = st.session_state.get("complaint_drafts")
    if made is None:
        return
    rows = list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    if not rows:
        st.info(desk.say("complaints_none"))
        return
    columns = {"complaint_question": "question", "complaint_reason": "note", "complaint_answer": "answer"}
    st.dataframe([{desk.say(key): row[name] for key, name in columns.items()} for row in rows], hide_index=True, key="complaint_rows")
    st.download_button(
        desk.say("complaints_download", count=len(rows)), made, "drafts.csv", "text/csv", key="complaint_download", on_click="ignore"
    )
    st.markdown(desk.say("complaints_next"))
    st.code(f"python -m evals cases import drafts.csv --out {Path('evals', 'cases', 'from_use.jsonl').as_posix()}", language=None)
