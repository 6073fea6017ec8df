"""One case of a run as HTML: why it failed, what was expected, what was said, and the passages cited."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from assistant.ui.desk import Desk
from assistant.ui.runs import CaseResult
from assistant.ui.safe import html_text
from assistant.ui.texts import TEXTS

HIDDEN = frozenset({"claims", "citations", "text", "question", "query", "retrieved", "receipt", "language", "seconds"})
"""Parts of an answer that are shown otherwise, or that only a program reads."""


def draw_case(desk: Desk, one: CaseResult) -> None:
    """Expected and answered side by side; on a phone one below the other."""
    scores = " · ".join(f"{name} {value:.2f}" for name, value in one.scores.items())
    st.html(f'<div class="pq-meta">{html_text(f"{one.key} · {scores}")}</div>{_reasons(desk, one)}')
    expected, said = st.columns(2)
    with expected:
        st.html(f"<h4>{html_text(desk.say('case_expected'))}</h4>{pairs(desk, one.expected)}")
    with said:
        draw_said(desk, one, desk.say("case_answer"))


def draw_said(desk: Desk, one: CaseResult, title: str) -> None:
    """What the assistant said, under a title."""
    answer = one.actual.get("answer")
    body = _answer(desk, answer) if isinstance(answer, dict) else pairs(desk, one.actual)
    st.html(f"<h4>{html_text(title)}</h4>{body}")


def _reasons(desk: Desk, one: CaseResult) -> str:
    if not one.reasons:
        return ""
    items = "".join(f"<li>{html_text(reason)}</li>" for reason in one.reasons)
    return f'<h4>{html_text(desk.say("case_why"))}</h4><ul class="pq-answer">{items}</ul>'


def _answer(desk: Desk, answer: Mapping[str, Any]) -> str:
    rest = {name: value for name, value in answer.items() if name not in HIDDEN}
    quotes = "".join(
        f'<div class="pq-source"><div class="pq-meta">[{html_text(str(one["number"]))}] {html_text(_place(desk, one))}</div>'
        f"<blockquote>{html_text(one['quote'])}</blockquote></div>"
        for one in answer.get("citations", ())
    )
    return f'{pairs(desk, rest)}<div class="pq-answer"><p class="pq-said">{html_text(answer.get("text", ""))}</p></div>{quotes}'


def _place(desk: Desk, citation: Mapping[str, Any]) -> str:
    page = desk.say("page", page=citation["page"]) if citation.get("page") else ""
    return " · ".join(part for part in (citation.get("document_id"), " › ".join(citation.get("section", ())), page) if part)


def pairs(desk: Desk, values: Mapping[str, Any]) -> str:
    """Names and values; empty values are left out."""
    lines = "".join(
        f'<div class="pq-meta">{html_text(_name(desk, name))}</div><p class="pq-said">{html_text(_shown(desk, name, value))}</p>'
        for name, value in values.items()
        if value not in ("", [], {}, None)
    )
    return f'<div class="pq-answer">{lines}</div>'


def _name(desk: Desk, name: str) -> str:
    return desk.say(f"case_{name}") if f"case_{name}" in TEXTS else name.replace("_", " ")


def _shown(desk: Desk, name: str, value: Any) -> str:
    if name in ("status", "expected_status") and f"status_{value}" in TEXTS:
        return desk.say(f"status_{value}")
    return written(value)


def written(value: Any) -> str:
    """A value as people read it: one item a line, a bar between the alternatives of a fact."""
    if isinstance(value, list):
        return "\n".join(" | ".join(map(str, one)) if isinstance(one, list) else written(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {written(one)}" for name, one in value.items() if one not in ("", [], {}, None))
    return str(value)
