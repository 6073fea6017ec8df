"""Two runs side by side: what changed, whether by chance, and the cases won and lost with both answers."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from assistant.ui.case_block import draw_said, pairs
from assistant.ui.desk import Desk
from assistant.ui.evaluation_run import draw_facts, metric_name, results_of
from assistant.ui.run_process import comparison
from assistant.ui.runs import Run
from assistant.ui.safe import html_text, label_text
from ingest.settings import Settings

CHANCE = 0.05
"""The usual level: a difference that chance alone gives less often than this is called one."""


@st.cache_data(show_spinner=False, max_entries=16)
def compared(_settings: Settings, first: Path, second: Path, marks: tuple[float, float]) -> dict[str, Any]:
    """The comparison of two runs; `marks` say when they were scored."""
    found: dict[str, Any] = json.loads(comparison(_settings, first, second))
    return found


def draw_comparison(desk: Desk, runs: Sequence[Run]) -> None:
    """Choose two runs and draw what differs."""
    if len(runs) < 2:
        st.info(desk.say("compare_needs_two"))
        return
    by_name = {run.name: run for run in runs}
    names = {name: f"{name} · {run.report.title}" for name, run in by_name.items()}
    columns = st.columns(2)
    with columns[0]:
        first = st.selectbox(desk.say("compare_first"), list(names), index=1, format_func=lambda name: names[name], key="compare_first")
        draw_facts(desk, by_name[first])
    with columns[1]:
        second = st.selectbox(desk.say("compare_second"), list(names), index=0, format_func=lambda name: names[name], key="compare_second")
        draw_facts(desk, by_name[second])
    if first == second:
        st.info(desk.say("compare_same"))
        return
    if not st.toggle(desk.say("compare_now"), key="compare_now"):
        return
    one, two = by_name[first], by_name[second]
    with st.spinner(desk.say("compare_working")):
        found = compared(desk.settings, one.folder, two.folder, (one.finished.timestamp(), two.finished.timestamp()))
    _differences(desk, found["differences"])
    _cases(desk, found, one, two)


def _differences(desk: Desk, differences: Sequence[dict[str, Any]]) -> None:
    rows = [
        {
            desk.say("run_metric"): metric_name(desk, one["metric"]),
            desk.say("compare_first"): f"{100 * one['first']:.1f}%",
            desk.say("compare_second"): f"{100 * one['second']:.1f}%",
            desk.say("compare_change"): f"{100 * one['difference']:+.1f}",
            desk.say("run_interval"): f"{100 * one['low']:+.1f} .. {100 * one['high']:+.1f}" if one["low"] is not None else "—",
            "p": f"{one['p']:.3f}",
            desk.say("compare_verdict"): desk.say(_reading(one)),
            desk.say("run_cases"): one["cases"],
        }
        for one in differences
    ]
    st.dataframe(rows, hide_index=True, key="compare_table", height="content")
    st.caption(desk.say("compare_test"))


def _reading(one: dict[str, Any]) -> str:
    if one["p"] < CHANCE:
        return "compare_differs"
    return "compare_chance" if one["difference"] else "compare_equal"


def _cases(desk: Desk, found: dict[str, Any], one: Run, two: Run) -> None:
    by_metric = metric_name(desk, found["deciding"])
    st.markdown(
        desk.say("compare_changed", metric=label_text(by_metric), won=len(found["won"]), lost=len(found["lost"]))
        + (f" {desk.say('compare_unpaired', count=len(found['unpaired']))}" if found["unpaired"] else "")
    )
    changed = dict.fromkeys(found["won"], "compare_won") | dict.fromkeys(found["lost"], "compare_lost")
    before = {case.key: case for case in results_of(one.folder, one.finished.timestamp())}
    after = {case.key: case for case in results_of(two.folder, two.finished.timestamp())}
    known = [key for key in changed if key in before and key in after]
    key = st.selectbox(
        desk.say("compare_open"),
        known,
        index=None,
        format_func=lambda key: f"{desk.say(changed[key])}: {after[key].question} ({key})",
        key=f"compare_case-{one.name}-{two.name}",
        placeholder=desk.say("evaluation_choose"),
    )
    if key is None:
        return
    st.html(f'<p class="pq-said">{html_text(after[key].question)}</p>{pairs(desk, after[key].expected)}')
    left, right = st.columns(2)
    with left:
        draw_said(desk, before[key], desk.say("compare_first"))
    with right:
        draw_said(desk, after[key], desk.say("compare_second"))
