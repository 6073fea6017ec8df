"""The evaluation page on runs that evals wrote, and runs started from it as real processes."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st
from evals_small import CASES, REVENUE, small_index
from evals_toys import CASES as TOY_CASES
from evals_toys import DAY, TEXTS, Refuser, ToyAssistant
from streamlit.testing.v1 import AppTest

from assistant.history import History, Rating
from assistant.ui import run_process
from assistant.ui.run_process import Runner, drafts, environment, new_folder
from assistant.ui.runs import read_results, shelf
from assistant.ui.safe import label_text
from evals.results import finish, save_cases, score_suites
from evals.run import answer_all, begin, jobs_of, run_info
from evals.suites import read_suites, write_lines
from ingest.schema import Language, PlanQueryError
from ingest.settings import Settings

HOSTILE = "<img src=x onerror=alert(1)> **bold** :material/home:"


def evaluation_page(folder: str, store: str, language: "Language") -> None:
    from datetime import UTC, datetime
    from pathlib import Path

    from assistant.history import History
    from assistant.ui import evaluation
    from assistant.ui.desk import Desk
    from ingest.settings import Settings

    def no_engine():  # type: ignore[no-untyped-def]
        raise AssertionError("the page needs no index")

    clock = lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # noqa: E731
    home = Path(folder)
    settings = Settings(_env_file=None, runs=home / "runs", store=Path(store), history=home / "history")
    evaluation.show(Desk(settings, History(settings.history, clock), no_engine, clock, "ann", language))


def toy_run(out: Path, asker: ToyAssistant) -> None:
    """A run as `python -m evals run` leaves it, with one hostile question in it."""
    suite = out.parent.parent / "toy.jsonl"
    write_lines(suite, [*TOY_CASES, TOY_CASES[0] | {"id": "hostile", "question": HOSTILE, "note": HOSTILE}])
    suites = read_suites([suite])
    begin(out, run_info({one.name: one.sha256 for one in suites}, asker, "extractive", DAY))
    save_cases(out, suites)
    answer_all(jobs_of(suites, asker, asker, TEXTS.get, DAY), out, lambda done, total: None)
    finish(out, "toy", score_suites(out, suites), {})


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    toy_run(tmp_path / "runs" / "a-good", ToyAssistant())
    toy_run(tmp_path / "runs" / "b-refusing", Refuser())
    return tmp_path


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_index(tmp_path_factory.mktemp("small"))


def opened(home: Path, language: Language = "en", run: str | None = None, store: Path = Path("none")) -> AppTest:
    kwargs = {"folder": str(home), "store": str(store), "language": language}
    page = AppTest.from_function(evaluation_page, kwargs=kwargs, default_timeout=120)
    if run is not None:
        page.query_params["run"] = run
    page.run()
    assert not page.exception
    return page


def html(page: AppTest) -> str:
    return "\n".join(str(element.proto.body) for element in page.html)


def table(page: AppTest, column: str):  # type: ignore[no-untyped-def]
    return next(one.value for one in page.dataframe if column in one.value.columns)


def test_without_a_run_the_page_says_how_to_get_one(tmp_path: Path) -> None:
    assert opened(tmp_path).info[0].value.startswith("No run yet")


def test_runs_are_listed_newest_first_with_their_main_numbers(home: Path) -> None:
    rows = table(opened(home), "Engine")
    assert list(rows["Rightly refused"]) == ["100.0%", "100.0%"]
    assert list(rows["False refusals"]) == ["100.0%", "20.0%"]
    assert rows["Accuracy (95% interval)"][0].startswith("16.7% (")
    assert list(rows["Corpus"]) == ["c1", "c1"]


def test_a_chosen_run_opens_and_closes(home: Path) -> None:
    page = opened(home)
    page.selectbox(key="evaluation_chosen").select("b-refusing").run()
    assert "".join(page.query_params["run"]) == "b-refusing"
    assert "Failing cases (5 of 6)" in [one.value for one in page.subheader]
    page.button(key="evaluation_back").click().run()
    assert not page.exception
    assert "run" not in page.query_params
    assert page.selectbox(key="evaluation_chosen").value is None


def test_an_opened_run_shows_metrics_with_intervals_and_slices(home: Path) -> None:
    page = opened(home, run="a-good")
    metrics = table(page, "Metric").set_index("Metric")
    assert metrics.loc["Accuracy", "Value"] == pytest.approx(100 * 5 / 6)
    assert metrics.loc["Accuracy", "95% interval"].endswith("100%")
    assert metrics.loc["Rightly refused", "Cases"] == 1
    assert set(table(page, "Group")["Group"]) >= {"figure", "follow-up", "unanswerable"}
    page.button_group(key="run_dimension").set_value("lang").run()
    assert set(table(page, "Group")["Group"]) == {"English", "Chinese"}


def test_a_failing_case_shows_expected_answer_and_reason_and_stays_text(home: Path) -> None:
    page = opened(home, run="a-good")
    (case,) = page.expander
    assert "<img" not in html(page)
    assert "&lt;img src=x" in html(page)
    assert "status is not_found, expected answered" in html(page)
    assert "2300亿元" in html(page)
    assert "The documents do not say." in html(page)
    assert case.label == f"✗ {label_text(HOSTILE)}"


def test_cases_are_searched_and_paged(home: Path) -> None:
    page = opened(home, run="b-refusing")
    page.text_input(key="run_find").input("share").run()
    assert [one.label for one in page.expander] == ["✗ What share is paid\\?"]
    page.text_input(key="run_find").input("").run()
    page.toggle(key="run_all_cases").set_value(True).run()
    assert sum(one.label.startswith("✓") for one in page.expander) == 1


def test_an_address_outside_the_runs_opens_nothing(home: Path) -> None:
    page = opened(home, run="../runs/a-good")
    assert page.tabs


def test_a_broken_run_is_named_and_the_others_shown(home: Path) -> None:
    (home / "runs" / "a-good" / "report.json").write_text("{", "utf-8")
    page = opened(home)
    assert "a\\-good" in page.warning[0].value
    assert len(table(page, "Engine")) == 1


def test_two_runs_stand_side_by_side_with_the_paired_test(home: Path) -> None:
    page = opened(home)
    page.selectbox(key="compare_first").select("a-good").run()
    page.selectbox(key="compare_second").select("b-refusing").run()
    page.toggle(key="compare_now").set_value(True).run()
    assert not page.exception
    rows = table(page, "Reading").set_index("Metric")
    assert (rows.loc["Accuracy", "First"], rows.loc["Accuracy", "Second"]) == ("83.3%", "16.7%")
    assert (rows.loc["Accuracy", "p"], rows.loc["Accuracy", "Reading"]) == ("0.125", "may be chance")
    assert rows.loc["Rightly refused", "Reading"] == "no change"
    assert any("0 won, 4 lost" in one.value for one in page.markdown)
    page.selectbox(key="compare_case-a-good-b-refusing").select("toy/share").run()
    assert "A subsidy of 40% of the cost is paid once. [1]" in html(page)
    assert "The documents do not say." in html(page)


def test_the_page_is_whole_in_chinese(home: Path) -> None:
    page = opened(home, "zh", run="a-good")
    assert {"准确率", "应拒已拒"} <= set(table(page, "指标")["指标"])
    assert any(one.value.startswith("未通过的题目") for one in page.subheader)


def small_suites(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page offers the small suite in place of the project's own."""
    folder.mkdir()
    write_lines(folder / "small.jsonl", CASES)
    monkeypatch.setattr("assistant.ui.evaluation_start.SUITES", folder)


def until(page: AppTest, text: str) -> AppTest:
    """Draw the page as the browser does every second, until it says so."""
    for _ in range(240):
        page.run()
        assert not page.exception
        if any(text in one.value for one in [*page.success, *page.error, *page.info, *page.warning]):
            return page
        time.sleep(0.25)
    raise AssertionError(f"the page never said {text!r}")


def test_a_run_started_from_the_page_ends_in_a_report_one_can_open(tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_suites(tmp_path / "cases", monkeypatch)
    page = opened(tmp_path, store=store)
    assert page.button(key="start_run").disabled
    page.button_group(key="start_suites").set_value(["small"]).run()
    page.button(key="start_run").click().run()
    assert page.button(key="start_stop")
    page = until(page, "is finished")
    page.button(key="start_open").click().run()
    assert table(page, "Metric").set_index("Metric").loc["Accuracy", "Value"] == 100
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["20261123-090000"]


def test_a_run_without_an_index_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_suites(tmp_path / "cases", monkeypatch)
    page = opened(tmp_path, store=tmp_path / "nothing")
    page.button_group(key="start_suites").set_value(["small"]).run()
    page.button(key="start_run").click().run()
    page = until(page, "failed")
    assert "python \\-m ingest" in page.error[0].value


def test_a_stopped_run_goes_on_where_it_was(tmp_path: Path, store: Path) -> None:
    suite = tmp_path / "many.jsonl"
    write_lines(suite, [REVENUE | {"id": f"revenue-{number}"} for number in range(120)])
    settings = Settings(_env_file=None, runs=tmp_path / "runs", store=store)
    runner, out = Runner(), tmp_path / "runs" / "one"
    runner.start(settings, [suite], "extractive", out)
    with pytest.raises(PlanQueryError, match="under way"):
        runner.start(settings, [suite], "extractive", tmp_path / "runs" / "two")
    for _ in range(600):
        if runner.progress().done or not runner.is_running():
            break
        time.sleep(0.05)
    runner.stop()
    done, total = runner.progress()
    assert 0 < done < total == 120
    ended = runner.ended()
    assert ended is not None
    assert ended.was_stopped
    assert [path.name for path, _ in shelf(settings.runs).unfinished] == ["one"]
    kept = (out / "answers.jsonl").read_text("utf-8").splitlines()[: done - 1]
    runner.start(settings, [suite], "extractive", out)
    while runner.is_running():
        time.sleep(0.1)
    assert (out / "answers.jsonl").read_text("utf-8").splitlines()[: done - 1] == kept
    assert all(one.scores["accuracy"] == 1 for one in read_results(out))
    assert [run.name for run in shelf(settings.runs).runs] == ["one"]


def test_complaints_of_the_visitor_are_offered_as_drafts(tmp_path: Path) -> None:
    history = History(tmp_path / "history", lambda: datetime(2026, 11, 23, tzinfo=UTC))
    for user in ("ann", "bob"):
        said = ToyAssistant().ask("What share is paid?").model_copy(update={"question": f"What share does {user} get?"})
        message = history.add(user, history.begin(user, said.question), said)
        history.rate(user, message, Rating(verdict="down", reasons=("wrong_fact",), comment=HOSTILE))
    page = opened(tmp_path)
    page.button(key="complaints_make").click().run()
    assert not page.exception
    rows = table(page, "Answer given")
    assert list(rows["Question"]) == ["What share does ann get?"]
    assert HOSTILE in rows["Reason"][0]
    assert b"bob" not in drafts(Settings(_env_file=None, history=tmp_path / "history"), "ann")


def test_a_failing_command_says_why(tmp_path: Path) -> None:
    with pytest.raises(PlanQueryError, match="give the --out folder of a run"):
        run_process.comparison(Settings(_env_file=None), tmp_path, tmp_path)


def test_a_run_gets_the_settings_of_the_window(tmp_path: Path) -> None:
    given = environment(Settings(_env_file=None, k=3, ocr=True, store=tmp_path, chat_api_key="secret"))
    assert (given["PLANQUERY_K"], given["PLANQUERY_STORE"], given["PLANQUERY_CHAT_API_KEY"]) == ("3", str(tmp_path), "secret")


def test_each_run_has_a_folder_named_by_its_beginning(tmp_path: Path) -> None:
    assert new_folder(tmp_path, datetime(2026, 11, 23, 9, 5, 7, tzinfo=UTC)).name == "20261123-090507"
