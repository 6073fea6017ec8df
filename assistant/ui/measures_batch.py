"""Many enterprises at once: a CSV to a matrix with counts, near misses and the measures that nobody meets."""

import streamlit as st

from assistant.checking_report import GROUP_NAMES
from assistant.enterprises import Matrix, matrix, read_table
from assistant.profile import FIELDS
from assistant.ui.desk import Desk
from assistant.ui.measure_exports import matrix_csv, matrix_xlsx
from assistant.ui.safe import label_text
from assistant.verdict_groups import GROUPS
from ingest.schema import PlanQueryError

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST_MB = 5


def draw_batch(desk: Desk) -> None:
    """Upload, faults by line, and the matrix of the rows that could be read."""
    st.caption(desk.say("measures_batch_more"))
    st.download_button(
        desk.say("measures_batch_template"),
        ("name," + ",".join(FIELDS) + "\n").encode("utf-8-sig"),
        "enterprises.csv",
        "text/csv",
        key="batch_template",
        on_click="ignore",
        type="tertiary",
    )
    loaded = st.file_uploader(desk.say("measures_batch_load"), "csv", key="batch_load", max_upload_size=LARGEST_MB)
    if loaded is None:
        return
    try:
        rows = read_table(loaded.getvalue())
        engine = desk.engine()
        found = matrix(rows, engine.measures(), lambda profile: engine.verdicts(profile, desk.today()))
    except PlanQueryError as error:
        st.error(desk.say("problem", message=label_text(str(error))), icon=":material/error:")
        return
    faults = [row.error for row in rows if row.error is not None]
    if faults:
        st.warning(desk.say("measures_batch_faults", count=len(faults), total=len(rows)) + "\n\n" + "\n\n".join(map(label_text, faults)))
    read_as = [f"{row.name}: {part.text.in_language(desk.language)}" for row in rows for part in row.interpretations]
    if read_as:
        st.info("\n\n".join(label_text(text) for text in read_as))
    if found.rows:
        _draw(desk, found)


def _draw(desk: Desk, found: Matrix) -> None:
    names = {group: GROUP_NAMES[group].in_language(desk.language) for group in GROUPS}
    st.subheader(desk.say("measures_batch_enterprises", count=len(found.rows)), anchor=False)
    enterprise, measure = desk.say("measures_enterprise"), desk.say("measures_measure")
    by_row = [
        {enterprise: row.name, **{names[group]: found.counts_of_row(number)[group] for group in GROUPS}}
        for number, row in enumerate(found.rows)
    ]
    st.dataframe(by_row, hide_index=True, key="batch_rows")
    st.subheader(desk.say("measures_batch_measures"), anchor=False)
    by_measure = [
        {measure: one.title.in_language(desk.language), **{names[group]: found.counts_of_measure(number)[group] for group in GROUPS}}
        for number, one in enumerate(found.measures)
        if not one.no_condition_stated
    ]
    st.dataframe(by_measure, hide_index=True, key="batch_measures")
    near = [
        {
            enterprise: row.name,
            measure: verdict.measure.title.in_language(desk.language),
            desk.say("measures_nearest"): verdict.nearest_change(desk.language),
        }
        for row, verdict in found.near_misses()
    ]
    st.subheader(desk.say("measures_near_misses", count=len(near)), anchor=False)
    if near:
        st.dataframe(near, hide_index=True, key="batch_near")
    nobody = found.nobody_meets()
    st.subheader(desk.say("measures_nobody", count=len(nobody)), anchor=False)
    st.markdown("\n".join(f"- {label_text(one.title.in_language(desk.language))}" for one in nobody))
    with st.container(horizontal=True):
        st.download_button("XLSX", matrix_xlsx(desk, found), "measures.xlsx", XLSX, key="batch_xlsx", on_click="ignore")
        st.download_button("CSV", matrix_csv(desk, found), "measures.csv", "text/csv", key="batch_csv", on_click="ignore")
