"""A report and its scored cases to one HTML page that needs no network and no script: the failing-only switch is a checkbox in CSS."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from evals.charts import bars
from evals.schema import Estimate, Report, Scored
from evals.style import STYLE

TILES = ("accuracy", "fact_recall", "F1", "recall@5", "quotes_found", "numbers_locked", "abstention_recall", "false_refusals")
IN_SLICES = ("accuracy", "fact_recall", "evidence_f1", "F1", "hit@1", "recall@5", "verdict_accuracy", "abstention_recall", "false_refusals")
LONGEST_TABLE = 40
"""Rows of a slice that are shown: a bench has hundreds of documents, and a table of them helps nobody."""


def page(report: Report, rows: Sequence[Scored]) -> str:
    """The whole page."""
    parts = [
        f"<h1>{escape(report.title)}</h1>",
        f'<p class="soft small">{facts(report)}</p>',
        tiles(report),
        "<h2>Metrics</h2>" + bars(list(report.metrics.items()), "Metrics with 95% intervals"),
        metric_table(report),
        *(slice_section(name, of) for name, of in report.slices.items()),
        f"<h2>Cases ({len(rows)})</h2>",
        '<input type="checkbox" id="failing"> <label for="failing">show failing cases only</label>',
        '<div class="cases">' + "".join(case_block(row) for row in rows) + "</div>",
    ]
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(report.title)}</title><style>{STYLE}</style>"
    )
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{"".join(parts)}</body></html>\n'


def facts(report: Report) -> str:
    """What was measured, in one line."""
    info = report.info
    named = {
        "engine": info.engine,
        "as of": str(info.as_of),
        "index": info.generation,
        "corpus": info.corpus[:12],
        "model": info.model,
        "settings": info.settings[:12],
        "code": info.version,
    }
    return " · ".join(f"{escape(name)} {escape(value)}" for name, value in named.items())


def tiles(report: Report) -> str:
    """The numbers that are looked at first."""
    shown = [(name, f"{100 * report.metrics[name].value:.1f}%", "") for name in TILES if name in report.metrics]
    shown += [(name.replace("_", " "), f"{value:.2f} {'MB' if name.endswith('mb') else 's'}", "") for name, value in report.costs.items()]
    shown.append(("cases", str(report.cases), ""))
    shown += [(name, str(count), " bad" if count else "") for name, count in (("errors", report.errors), ("fallbacks", report.fallbacks))]
    body = "".join(f'<div class="tile{mood}"><b>{escape(value)}</b>{escape(name)}</div>' for name, value, mood in shown)
    return f'<div class="tiles">{body}</div>'


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose first column is text and whose others are numbers."""
    first, *others = heads
    head = f"<th>{escape(first)}</th>" + "".join(f'<th class="n">{escape(name)}</th>' for name in others)
    body = "".join(
        f"<tr><td>{escape(cells[0])}</td>" + "".join(f'<td class="n">{escape(cell)}</td>' for cell in cells[1:]) + "</tr>" for cells in rows
    )
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def metric_table(report: Report) -> str:
    """Every metric with its interval, and the columns of `extra` beside it."""
    names = dict.fromkeys([*report.metrics, *report.costs, *(name for of in report.extra.values() for name in of)])
    rows = []
    for name in names:
        one = report.metrics.get(name)
        value = one.value if one else report.costs.get(name)
        interval = f"{one.low:.3f} - {one.high:.3f}" if one and one.low is not None else ""
        others = [f"{of[name]:.3f}" if name in of else "" for of in report.extra.values()]
        rows.append([name, f"{value:.3f}" if value is not None else "", interval, str(one.cases) if one else "", *others])
    return table(["metric", "value", "95% interval", "cases", *report.extra], rows)


def slice_section(name: str, of: Mapping[str, Mapping[str, Estimate]]) -> str:
    """A chart of the first metric that the slices have, and a table of the main ones; long slices show their largest groups."""
    columns = [metric for metric in IN_SLICES if any(metric in group for group in of.values())]
    if not columns:
        return ""
    largest = sorted(of, key=lambda value: -max((one.cases for one in of[value].values()), default=0))[:LONGEST_TABLE]
    shown = {value: of[value] for value in of if value in set(largest)}
    rows = [
        [value, *(f"{group[one].value:.3f} ({group[one].cases})" if one in group else "" for one in columns)]
        for value, group in shown.items()
    ]
    chart = bars([(value, group[columns[0]]) for value, group in shown.items() if columns[0] in group], f"{columns[0]} by {name}")
    left_out = f'<p class="soft small">{len(of) - len(shown)} smaller groups are in report.json.</p>' if len(of) > len(shown) else ""
    return f"<h2>{escape(columns[0])} by {escape(name)}</h2>{chart}{table([name, *columns], rows)}{left_out}"


def case_block(row: Scored) -> str:
    """One case: closed it shows question and outcome, open everything that led to it."""
    mood = ("right" if row.scores["accuracy"] == 1 else "wrong") if "accuracy" in row.scores else ("wrong" if row.reasons else "graded")
    # Graded cases without a reason are not failures; the switch hides them with the right ones.
    classes = f"{mood} right" if mood == "graded" else mood
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in row.reasons)
    scores = " · ".join(f"{name} {value:.2f}" for name, value in row.scores.items())
    said = answer_block(row.actual["answer"]) if "answer" in row.actual else dl({k: v for k, v in row.actual.items() if k != "error"})
    key = f'<span class="soft small">{escape(row.suite)}/{escape(row.id)}</span>'
    why = f'<h3>Why it failed</h3><ul class="reasons">{reasons}</ul>' if reasons else ""
    return (
        f'<details class="case {classes}"><summary>{escape(row.question)} {key}</summary><div>{why}<h3>Expected</h3>{dl(row.expected)}'
        f'<h3>Answer</h3>{said}<h3>Scores</h3><p class="small soft">{escape(scores)}</p></div></details>'
    )


def answer_block(answer: Mapping[str, Any]) -> str:
    """Text, notices and citations of an answer."""
    citations = "".join(
        f"<blockquote>{escape(one['quote'])}</blockquote><p class='small soft'>[{one['number']}] {escape(place(one))}</p>"
        for one in answer["citations"]
    )
    about = {"status": answer["status"], "query": answer["query"], "engine": answer["engine"], "notices": answer["notices"]}
    return f"{dl(about)}<div class='answer'>{escape(answer['text'])}</div>{'<h3>Citations</h3>' + citations if citations else ''}"


def place(citation: Mapping[str, Any]) -> str:
    """Where a quote stands."""
    page_number = f"page {citation['page']}" if citation["page"] else ""
    return ", ".join(
        part for part in (citation["document_id"], " > ".join(citation["section"]), page_number, citation["document_status"]) if part
    )


def dl(values: Mapping[str, Any]) -> str:
    """A list of names and values; empty values are left out."""
    pairs = "".join(
        f"<dt>{escape(name.replace('_', ' '))}</dt><dd>{escape(shown(value))}</dd>"
        for name, value in values.items()
        if value not in ("", [], {}, None)
    )
    return f"<dl>{pairs}</dl>"


def shown(value: Any) -> str:
    """A value as people read it: lists one item a line, alternatives of a fact with a bar between them."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n".join(" | ".join(map(str, one)) if isinstance(one, list) else shown(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {shown(one)}" for name, one in value.items() if one not in ("", [], {}, None))
    return json.dumps(value, ensure_ascii=False)
