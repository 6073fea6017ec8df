from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ingest.schema import Language


def measures_page(folder: str, language: "Language") -> None:
    import atexit
    from datetime import UTC, datetime
    from pathlib import Path

    import streamlit as st
    from measure_toys import toy_assistant

    from assistant.history import History
    from assistant.ui import measures
    from assistant.ui.desk import Desk
    from ingest.settings import Settings

    @st.cache_resource
    def opened(folder: str):  # type: ignore[no-untyped-def]
        assistant = toy_assistant(Path(folder))
        atexit.register(assistant.close)
        return assistant

    clock = lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # noqa: E731
    settings = Settings(_env_file=None)
    measures.show(Desk(settings, History(Path(folder) / "history", clock), lambda: opened(folder), clock, "ann", language))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("measures")


def opened(folder: Path, language: Language = "en") -> AppTest:
    page = AppTest.from_function(measures_page, kwargs={"folder": str(folder), "language": language}, default_timeout=60).run()
    assert not page.exception
    return page


def html(page: AppTest) -> str:
    return "\n".join(str(element.proto.body) for element in page.html)


def press(page: AppTest, label: str) -> AppTest:
    page = next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return page


def typed(page: AppTest, **fields: str) -> AppTest:
    for field, text in fields.items():
        next(box for box in page.text_input if (box.key or "").endswith(f"-{field}")).input(text)
    return press(page, "Check the measures")


def heads(page: AppTest) -> list[str]:
    return [one.value for one in page.subheader]


def test_nothing_is_preset_and_nothing_is_judged_before_it_is_asked_for(folder: Path) -> None:
    page = opened(folder)
    assert all(not box.value for box in page.text_input)
    assert {str(box.value) for box in page.selectbox} == {"None"}
    assert heads(page) == []


def test_an_empty_form_is_unknown_and_never_no(folder: Path) -> None:
    page = press(opened(folder), "Check the measures")
    assert heads(page)[:4] == ["One fact away (1)", "Needs information (2)", "Expired (1)", "Directions, no entitlement (1)"]


def test_verdicts_are_grouped_and_an_amount_in_words_is_stated_as_read(folder: Path) -> None:
    page = typed(opened(folder), province="山西", annual_revenue="2500万", previous_best_revenue="18 million")
    assert heads(page)[0] == "Applies (1)"
    assert any("25 million yuan" in box.value for box in page.info)
    assert any(one.label.startswith("Crossing award") for one in page.expander)


def test_a_field_that_cannot_be_read_is_named(folder: Path) -> None:
    assert "employees takes one number" in typed(opened(folder), employees="many").error[0].value.replace("\\", "")
    assert "cannot be negative" in typed(opened(folder), annual_revenue="-5").error[0].value.replace("\\", "")


def test_words_are_shown_before_they_fill_the_form_and_count_only_when_checked(folder: Path) -> None:
    page = opened(folder)
    page.text_area(key="measure_words").input("我们在太原，去年营收2500万元，60到80人")
    page = press(page, "Read it")
    labels = [box.label.replace("\\", "") for box in page.checkbox]
    assert any("25 million yuan" in label and "2500万元" in label for label in labels)
    assert len(page.warning) == 1
    next(box for box in page.checkbox if "Taiyuan" in box.label).uncheck()
    page = press(page, "Put these into the form")
    assert next(box for box in page.text_input if (box.key or "").endswith("annual_revenue")).value == "25000000"
    assert not next(box for box in page.text_input if (box.key or "").endswith("city")).value
    assert heads(page) == []


def test_a_question_answered_on_the_spot_changes_the_verdict(folder: Path) -> None:
    page = typed(opened(folder), employees="60")
    assert "Applies (1)" not in heads(page)
    next(box for box in page.selectbox if box.key == "next-value-industrial").select(True)
    answers = [button for button in page.button if button.label == "Answer"]
    asked = [box.key for box in [*page.selectbox, *page.text_input] if (box.key or "").startswith("next-value-")]
    assert "next-value-industrial" in asked
    for number in range(len(answers)):
        page = [button for button in page.button if button.label == "Answer"][number].click().run()
        if "Applies (1)" in heads(page):
            break
    assert "Applies (1)" in heads(page)


def test_filters_narrow_the_list_without_changing_the_counts(folder: Path) -> None:
    page = press(opened(folder), "Check the measures")
    page = page.multiselect(key="measure_kind").select("direction").run()
    assert heads(page) == ["Directions, no entitlement (1)"]
    assert "Applies</span> <b>0</b>" in html(page)


def test_the_page_speaks_chinese(folder: Path) -> None:
    page = press(opened(folder, "zh"), "核对措施")
    assert page.header[0].value == "我们适用哪些措施？"
    assert "只差一项信息 (1)" in heads(page)


def test_a_saved_profile_comes_back(folder: Path) -> None:
    page = opened(folder)
    page.file_uploader(key="measure_load").upload("mine.json", b'{"employees": 60, "industrial": true}', "application/json")
    page = page.run()
    assert next(box for box in page.text_input if (box.key or "").endswith("employees")).value == "60"
    page = opened(folder)
    page.file_uploader(key="measure_load").upload("bad.json", b'{"turnover": 1}', "application/json")
    assert "unknown field" in page.run().error[0].value.replace("\\", "")


def test_two_profiles_show_only_what_differs(folder: Path) -> None:
    page = typed(opened(folder), employees="60")
    page.file_uploader(key="compare_load").upload("other.json", b'{"employees": 10}', "application/json")
    page = page.run()
    tables = {frame.key: frame.value for frame in page.dataframe} if hasattr(page.dataframe[0], "key") else {}
    verdicts = tables.get("compare_verdicts", page.dataframe[-1].value)
    assert list(verdicts["Measure"]) == ["Robot grant"]
    assert list(verdicts["other.json"]) == ["Does not apply"]


def test_a_table_of_enterprises_becomes_a_matrix_and_bad_rows_are_named(folder: Path) -> None:
    page = opened(folder)
    table = "name,employees,industrial,hnte\nAlpha,60,yes,no\nBeta,many,,\nGamma,40,是,\n".encode()
    page.file_uploader(key="batch_load").upload("firms.csv", table, "text/csv")
    page = page.run()
    assert "line 3 (Beta)" in page.warning[0].value.replace("\\", "")
    assert "Enterprises (2)" in heads(page)
    assert "One condition short (2)" in heads(page)
    assert list(page.dataframe[0].value["Enterprise"]) == ["Alpha", "Gamma"]
    assert list(page.dataframe[0].value["Applies"]) == [1, 0]
