"""One run opened: its numbers with intervals, its slices, and the cases behind them."""

from pathlib import Path

import streamlit as st

from assistant.ui.case_block import draw_case
from assistant.ui.desk import Desk
from assistant.ui.runs import PAGE, CaseResult, Measured, Run, read_results
from assistant.ui.safe import html_text, label_text
from assistant.ui.texts import TEXTS

CASES_A_PAGE = 10
SHARE = "%.1f%%"
IN_SLICES = ("accuracy", "recall@5", "verdict_accuracy", "fact_recall", "evidence_f1", "abstention_recall", "false_refusals", "F1", "EM")


def percent(one: Measured | None) -> str:
    """A share for people; a dash where no case defines it."""
    return f"{100 * one.value:.1f}%" if one is not None else "—"


def measured(one: Measured | None) -> str:
    """A share with its interval."""
    interval = f" ({100 * one.low:.0f}-{100 * one.high:.0f}%)" if one is not None and one.low is not None and one.high is not None else ""
    return percent(one) + interval


def seconds(value: float | None) -> str:
    """A time for people."""
    return f"{value:.2f} s" if value is not None else "—"


def metric_name(desk: Desk, metric: str) -> str:
    """The name of a metric in the visitor's language; those of public benchmarks keep their own."""
    return desk.say(f"metric_{metric}") if f"metric_{metric}" in TEXTS else metric


def slice_value(desk: Desk, dimension: str, value: str) -> str:
    """The name of a kind, language or status; documents and measures keep their ids."""
    key = {"kind": f"case_kind_{value}", "lang": f"language_{value}", "status": f"status_{value}"}.get(dimension, "")
    return desk.say(key) if key in TEXTS else value


@st.cache_data(show_spinner=False, max_entries=8)
def results_of(folder: Path, changed: float) -> tuple[CaseResult, ...]:
    """The cases of a run; `changed` is when it was last scored, so that a run scored anew is read anew."""
    return read_results(folder)


def draw_run(desk: Desk, run: Run) -> None:
    """Draw the run."""
    report = run.report
    st.subheader(label_text(report.title), anchor=False)
    draw_facts(desk, run)
    if report.errors or report.fallbacks:
        st.warning(desk.say("run_faults", errors=report.errors, fallbacks=report.fallbacks, cases=report.cases))
    if (run.folder / PAGE).is_file():
        st.download_button(
            desk.say("run_download"), (run.folder / PAGE).read_bytes, f"{run.name}.html", "text/html", key="run_download", on_click="ignore"
        )
    _metrics(desk, run)
    if report.slices:
        _slices(desk, run)
    _cases(desk, results_of(run.folder, run.finished.timestamp()))


def draw_facts(desk: Desk, run: Run) -> None:
    """When and on what the run was made: two runs differ by one of these."""
    report = run.report
    line = desk.say(
        "run_facts",
        name=run.name,
        finished=f"{run.finished:%Y-%m-%d %H:%M}",
        engine=report.info.engine,
        day=report.info.as_of.isoformat(),
        corpus=report.info.corpus[:12],
        generation=report.info.generation,
    )
    st.html(f'<div class="pq-meta">{html_text(line)}</div>')


def _metrics(desk: Desk, run: Run) -> None:
    name, value, interval, cases = (desk.say(f"run_{key}") for key in ("metric", "value", "interval", "cases"))
    rows = [
        {name: metric_name(desk, metric), value: 100 * one.value, interval: measured(one).partition(" ")[2].strip("()"), cases: one.cases}
        for metric, one in run.report.metrics.items()
    ]
    bar = st.column_config.ProgressColumn(min_value=0, max_value=100, format=SHARE, width=130)
    st.dataframe(rows, hide_index=True, key="run_metrics", column_config={value: bar}, height="content")
    times = [f"{metric_name(desk, cost)} {costs:.2f}" for cost, costs in run.report.costs.items()]
    st.caption(label_text(" · ".join(times)))


def _slices(desk: Desk, run: Run) -> None:
    st.subheader(desk.say("run_slices"), anchor=False)
    dimensions = list(run.report.slices)
    dimension = st.segmented_control(
        desk.say("run_slices_by"),
        dimensions,
        default=dimensions[0],
        format_func=lambda one: desk.say(f"dimension_{one}") if f"dimension_{one}" in TEXTS else one,
        key="run_dimension",
        required=True,
    )
    groups = run.report.slices[dimension]
    columns = [metric for metric in IN_SLICES if any(metric in group for group in groups.values())]
    value = desk.say("run_group")
    names = {metric: metric_name(desk, metric) for metric in columns}
    rows = [
        {value: slice_value(desk, dimension, group), desk.say("run_cases"): max((one.cases for one in of.values()), default=0)}
        | {names[metric]: 100 * of[metric].value if metric in of else None for metric in columns}
        for group, of in groups.items()
    ]
    shown = {label: st.column_config.NumberColumn(format=SHARE) for label in names.values()}
    if columns:
        shown[names[columns[0]]] = st.column_config.ProgressColumn(min_value=0, max_value=100, format=SHARE, width=130)
    st.dataframe(rows, hide_index=True, key="run_slices", column_config=shown, placeholder="—")


def _cases(desk: Desk, results: tuple[CaseResult, ...]) -> None:
    failing = [one for one in results if one.is_failing]
    st.subheader(desk.say("run_case_list", failing=len(failing), total=len(results)), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.text_input(desk.say("run_find"), key="run_find").casefold().split()
        every = st.toggle(desk.say("run_all_cases"), key="run_all_cases")
    shown = [one for one in (results if every else failing) if all(word in found_in(one) for word in wanted)]
    if not shown:
        st.info(desk.say("run_no_cases"))
        return
    pages = -(-len(shown) // CASES_A_PAGE)
    page = st.number_input(desk.say("run_page", count=pages), 1, pages, key=f"run_page-{pages}", width=160) if pages > 1 else 1
    for one in shown[(page - 1) * CASES_A_PAGE : page * CASES_A_PAGE]:
        mark = "✗" if one.is_failing else "✓"
        with st.expander(f"{mark} {label_text(one.question)}"):
            draw_case(desk, one)


def found_in(one: CaseResult) -> str:
    """What a search looks at: the question, the name of the case and why it failed."""
    return " ".join([one.question, one.key, *one.reasons]).casefold()
