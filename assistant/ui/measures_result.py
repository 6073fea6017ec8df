"""The verdicts on the measures page: counts, filters, groups, and for each measure the reasons with their clauses a click away."""

import re
from collections.abc import Sequence

import streamlit as st

from assistant import verdict_texts as words
from assistant.applicability import next_questions
from assistant.checking_report import GROUP_NAMES, MET, given
from assistant.profile import SECTORS
from assistant.profile_input import read_profile
from assistant.ui.desk import Desk
from assistant.ui.measures_form import facts, field_input, fill, plain_facts
from assistant.ui.safe import html_text, label_text
from assistant.ui.sources import open_at_quote
from assistant.verdict_groups import GROUPS, Group, group_of, grouped
from assistant.verdicts import Verdict
from ingest.measures import Clause, Measure, squeeze
from ingest.schema import PlanQueryError

TONE: dict[Group, str] = {
    "applies": "pq-good",
    "one_fact_away": "pq-ask",
    "needs_information": "pq-part",
    "does_not_apply": "pq-none",
    "expired": "pq-bad",
    "direction": "pq-none",
}
MET_TONE = {True: "pq-good", False: "pq-bad", None: "pq-part"}
ASKED = 3


def badge(desk: Desk, group: Group) -> str:
    """HTML of a group: colour and word."""
    return f'<span class="pq-badge {TONE[group]}">{html_text(GROUP_NAMES[group].in_language(desk.language))}</span>'


def draw_result(desk: Desk, verdicts: Sequence[Verdict]) -> None:
    """Counts, the questions worth answering, filters, and the groups of what passes them."""
    counts = grouped(verdicts)
    st.html(" ".join(f"{badge(desk, group)} <b>{len(counts[group])}</b> &nbsp;" for group in GROUPS))
    _questions(desk, verdicts)
    shown = _filtered(desk, verdicts)
    for group, members in grouped(shown).items():
        if not members:
            continue
        st.subheader(f"{GROUP_NAMES[group].in_language(desk.language)} ({len(members)})", anchor=False)
        if group == "direction":
            st.caption(desk.say("measures_directions"))
        for verdict in members:
            _measure(desk, verdict, group)
    if not shown:
        st.info(desk.say("measures_none"))


def _questions(desk: Desk, verdicts: Sequence[Verdict]) -> None:
    """The facts that settle most, each answered on the spot."""
    asked = next_questions(verdicts, desk.language)[:ASKED]
    if not asked:
        return
    with st.container(border=True):
        st.caption(desk.say("measures_next"))
        for row in asked:
            with st.form(f"next-{row.fact}", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
                answer = field_input(desk, row.fact, f"next-value-{row.fact}")
                is_sent = st.form_submit_button(desk.say("measures_answer"), help=desk.say("measures_resolves", count=row.resolves))
            st.caption(f"{label_text(row.question)} · {desk.say('measures_resolves', count=row.resolves)}")
            if is_sent and answer is not None:
                _answered(desk, row.fact, answer)


def _answered(desk: Desk, fact: str, answer: object) -> None:
    try:
        reading = read_profile({**facts(), fact: answer})
    except PlanQueryError as error:
        st.error(desk.say("problem", message=label_text(str(error))), icon=":material/error:")
        return
    fill(plain_facts(reading.profile))
    st.session_state["measure_interpretations"] = reading.interpretations
    st.session_state["measure_checked"] = reading.profile
    st.rerun()


def _filtered(desk: Desk, verdicts: Sequence[Verdict]) -> list[Verdict]:
    regions = {row.measure.region.en: row.measure.region for row in verdicts if row.measure.region is not None}
    kinds = list(dict.fromkeys(row.measure.kind for row in verdicts))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        kind = st.multiselect(
            desk.say("measures_kind"),
            kinds,
            format_func=lambda one: desk.say(f"kind_{one}"),
            key="measure_kind",
            placeholder=desk.say("measures_all"),
        )
        region = st.multiselect(
            desk.say("measures_region"),
            list(regions),
            format_func=lambda one: regions[one].in_language(desk.language),
            key="measure_region",
            placeholder=desk.say("measures_all"),
        )
        sector = st.selectbox(
            desk.say("measures_sector"),
            SECTORS,
            None,
            format_func=lambda one: words.written("sectors", one, desk.language),
            key="measure_sector",
            placeholder=desk.say("measures_all"),
        )
    return [
        row
        for row in verdicts
        if (not kind or row.measure.kind in kind)
        and (not region or (row.measure.region is not None and row.measure.region.en in region))
        and (sector is None or _is_for(row, sector))
    ]


def _is_for(verdict: Verdict, sector: str) -> bool:
    """Whether a measure is open to a sector: it names no sectors, or this one among them."""
    named = [result.test for result in verdict.conditions if result.test.fact == "sectors"]
    return not named or any(isinstance(test.value, tuple) and sector in test.value for test in named)


def _measure(desk: Desk, verdict: Verdict, group: Group) -> None:
    measure, language = verdict.measure, desk.language
    label = f"{measure.title.in_language(language)} · {measure.gives.in_language(language)}"
    card = st.expander(label_text(label), key=f"measure-{measure.id}", on_change="rerun")
    # Reasons and clauses of dozens of closed cards would only slow the page down.
    if not card.open:
        return
    with card:
        st.html(f'<div class="pq-answer">{badge(desk, group)} {html_text(verdict.reason(language))}{_facts_html(desk, verdict)}</div>')
        for number, (clause, lines) in enumerate(_by_clause(desk, verdict)):
            _clause(desk, f"{measure.id}-{number}", clause, lines)


def _facts_html(desk: Desk, verdict: Verdict) -> str:
    """What is given and by whom, the amount with its formula, dates, the nearest change and the warnings, as a list."""
    measure, language, amount = verdict.measure, desk.language, verdict.worth(desk.language)
    nearest = verdict.nearest_change(language) if verdict.changes else None
    stated = [
        ("measures_gives", measure.gives.in_language(language)),
        ("measures_amount", words.listed([part for part in (amount.what, amount.formula) if part], language)),
        ("measures_step", words.listed([part for part in (amount.step, amount.next_step) if part], language)),
        ("measures_nearest", nearest),
        ("measures_where", measure.region.in_language(language) if measure.region else None),
        ("measures_payer", measure.payer.in_language(language) if measure.payer else None),
        ("measures_apply", measure.how_to_apply.in_language(language) if measure.how_to_apply else None),
        ("measures_edition", measure.edition.in_language(language) if measure.edition else None),
        ("measures_dates", _term(desk, measure)),
    ]
    rows = [f"<li><b>{html_text(desk.say(key))}</b> {html_text(value)}</li>" for key, value in stated if value]
    notes = [f"<li>{html_text(text)}</li>" for text in verdict.notices(language)]
    return f"<ul>{''.join(rows)}</ul>" + (f'<ul class="pq-notices">{"".join(notes)}</ul>' if notes else "")


def _term(desk: Desk, measure: Measure) -> str:
    unstated = desk.say("measures_unstated")
    return desk.say("measures_from_to", start=measure.valid_from or unstated, end=measure.valid_to or unstated)


def _by_clause(desk: Desk, verdict: Verdict) -> list[tuple[Clause | None, list[str]]]:
    """Each clause once with the tests that rest on it (as HTML lines), the granting clause first; tests without one at the end."""
    measure, language = verdict.measure, desk.language
    grants = (measure.gives_clause_zh or measure.gives_clause) if language == "zh" else (measure.gives_clause or measure.gives_clause_zh)
    found: dict[str, tuple[Clause | None, list[str]]] = {squeeze(grants.quote): (grants, [])} if grants else {}
    for result in verdict.conditions:
        clause = result.clause(language)
        key = squeeze(clause.quote) if clause else ""
        met = f'<span class="pq-badge {MET_TONE[result.met]}">{html_text(MET[result.met].in_language(language))}</span>'
        line = f"{met} {html_text(result.needs(language))} ({html_text(given(result, language))})"
        line += f" · {html_text(desk.say('measures_one_enough'))}" if result.group is not None else ""
        inferred = f" {html_text(result.test.inferred.in_language(language))}" if result.test.inferred else ""
        found.setdefault(key, (clause, []))[1].append(line + inferred)
    return list(found.values())


def _clause(desk: Desk, key: str, clause: Clause | None, lines: Sequence[str]) -> None:
    quote = f"<blockquote>{html_text(clause.quote)}</blockquote>" if clause else ""
    with st.container(border=True, gap="small"):
        st.html(f'<div class="pq-source">{"".join(f"<div>{line}</div>" for line in lines)}{quote}</div>')
        if clause is not None and st.button(desk.say("open_quote"), key=f"clause-{key}", icon=":material/menu_book:"):
            open_clause(desk, clause)


def open_clause(desk: Desk, clause: Clause) -> None:
    """The drawer with the clause in its document; line breaks of the document may differ from those of the reviewed quote."""
    try:
        document = desk.engine().document(clause.document)
    except PlanQueryError as error:
        st.error(desk.say("problem", message=str(error)), icon=":material/error:")
        return
    found = re.search(r"\s*".join(re.escape(char) for char in squeeze(clause.quote)), document.text)
    quote, start = (found.group(), found.start()) if found else (clause.quote, 0)
    open_at_quote(desk, document.source, quote, start)


def changed(first: Sequence[Verdict], second: Sequence[Verdict]) -> list[tuple[Verdict, Verdict]]:
    """The pairs of verdicts on one measure that fall into different groups."""
    return [(one, other) for one, other in zip(first, second, strict=True) if group_of(one) != group_of(other)]
