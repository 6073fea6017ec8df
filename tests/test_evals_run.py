"""Runs that crash, stop and go on; gates; comparison; the page; all on toy assistants."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from evals_toys import CASES, DAY, TEXTS, Crasher, Refuser, ToyAssistant, ToyIndex

from evals.compare import as_text, compare
from evals.results import finish, read_results, save_cases, saved_cases, score_suites, write_page
from evals.run import answer_all, begin, jobs_of, run_info
from evals.schema import Report
from evals.suites import measure_named, read_suite, read_suites, write_lines
from evals.summary import as_text as report_text
from evals.summary import missed_gates, parse_gate
from ingest.schema import PlanQueryError

PROFILES: list[dict[str, Any]] = [
    {"id": "large", "as_of": "2026-11-23", "profile": {"employees": 30}, "expected_verdicts": {"grant": "applies"}},
    {
        "id": "silent",
        "as_of": "2026-11-23",
        "profile": {},
        "expected_verdicts": {"grant": "needs_information"},
        "expected_missing": {"grant": ["employees"]},
    },
]
SEARCHES: list[dict[str, Any]] = [
    {"id": "find", "question": "What share is paid?", "lang": "en", "expected_documents": ["notice"], "kind": "figure", "note": ""}
]


@pytest.fixture
def suite_paths(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / name for name in ("answers.jsonl", "profiles.jsonl", "searches.jsonl")]
    for path, rows in zip(paths, (CASES, PROFILES, SEARCHES), strict=True):
        write_lines(path, rows)
    return paths


def perform(out: Path, paths: list[Path], asker: ToyAssistant, engine: str = "extractive") -> Report:
    suites = read_suites(paths)
    begin(out, run_info({suite.name: suite.sha256 for suite in suites}, asker, engine, DAY))
    save_cases(out, suites)
    answer_all(jobs_of(suites, asker, asker, TEXTS.get, DAY), out, lambda done, total: None)
    return finish(out, "toy", score_suites(out, suites), {})


def test_a_run_of_all_three_kinds_of_suite_is_scored(tmp_path: Path, suite_paths: list[Path]) -> None:
    report = perform(tmp_path / "out", suite_paths, ToyAssistant())
    assert (report.cases, report.errors, report.metrics["accuracy"].value) == (8, 0, 1.0)
    assert report.metrics["verdict_accuracy"].cases == 2
    assert report.metrics["recall@1"].value == 1.0
    assert report.slices["lang"]["zh"]["accuracy"].cases == 1
    assert set(report.costs) == {"latency_p50", "latency_p95"}
    assert "accuracy" in report_text(report)


def test_two_runs_give_the_same_bytes_and_scores(tmp_path: Path, suite_paths: list[Path]) -> None:
    one, two = (perform(tmp_path / name, suite_paths, ToyAssistant()) for name in ("a", "b"))
    assert (tmp_path / "a" / "answers.jsonl").read_bytes() == (tmp_path / "b" / "answers.jsonl").read_bytes()
    assert (tmp_path / "a" / "results.jsonl").read_bytes() == (tmp_path / "b" / "results.jsonl").read_bytes()
    assert one.metrics == two.metrics


def test_a_crashed_case_is_an_error_and_the_others_are_scored(tmp_path: Path, suite_paths: list[Path]) -> None:
    report = perform(tmp_path / "out", suite_paths[:1], Crasher())
    assert (report.cases, report.errors) == (5, 1)
    assert report.metrics["accuracy"].value == 0.8
    crashed = next(row for row in read_results(tmp_path / "out") if row.error)
    assert (crashed.id, crashed.error) == ("share", "ConnectionError: the model is gone")
    assert missed_gates(report, ["accuracy>=0.5"]) == ["1 of 5 cases ended in an error"]
    assert missed_gates(report, []) == []


def test_a_second_run_asks_only_what_is_missing(tmp_path: Path, suite_paths: list[Path]) -> None:
    out = tmp_path / "out"
    perform(out, suite_paths[:1], Crasher())
    whole = (out / "answers.jsonl").read_text("utf-8").splitlines(keepends=True)
    (out / "answers.jsonl").write_text("".join(whole[:3]) + whole[3][:20], "utf-8")  # killed while writing the fourth line

    class Counter(ToyAssistant):
        questions: list[str] = []  # noqa: RUF012 - read by the test below

        def ask(self, question, history=(), documents=(), as_of=None):  # type: ignore[no-untyped-def]
            self.questions.append(question)
            return super().ask(question)

    report = perform(out, suite_paths[:1], Counter())
    assert Counter.questions == ["What share is paid?", "And at most?", "How large is revenue in Shaanxi?"]
    assert (report.errors, report.metrics["accuracy"].value) == (0, 1.0)


def test_another_corpus_is_refused_with_a_remedy(tmp_path: Path, suite_paths: list[Path]) -> None:
    perform(tmp_path / "out", suite_paths, ToyAssistant())

    class Elsewhere(ToyAssistant):
        generation = ToyIndex(corpus="c2")

    with pytest.raises(PlanQueryError, match="corpus 'c1', now it is 'c2'; give another --out"):
        perform(tmp_path / "out", suite_paths, Elsewhere())


def test_answers_of_another_engine_are_a_failed_service(tmp_path: Path, suite_paths: list[Path]) -> None:
    report = perform(tmp_path / "out", suite_paths[:1], ToyAssistant(), engine="ollama:qwen3")
    assert report.fallbacks == 4  # the fifth is a refusal, which needs no engine
    assert missed_gates(report, []) == ["4 answers were not given by ollama:qwen3: the service failed"]


def test_saved_answers_are_scored_again_with_other_expectations(tmp_path: Path, suite_paths: list[Path]) -> None:
    out = tmp_path / "out"
    perform(out, suite_paths[:1], ToyAssistant())
    stricter = [case | {"expected_facts": [["no such thing"]]} if case["id"] == "share" else case for case in CASES]
    write_lines(suite_paths[0], stricter)
    assert [row.scores["accuracy"] for row in score_suites(out, read_suites(suite_paths[:1]))] == [1, 1, 0, 1, 1]
    assert [row.scores["accuracy"] for row in score_suites(out, saved_cases(out))] == [1, 1, 1, 1, 1]


def test_an_answer_to_another_question_is_not_scored(tmp_path: Path, suite_paths: list[Path]) -> None:
    perform(tmp_path / "out", suite_paths[:1], ToyAssistant())
    write_lines(suite_paths[0], [CASES[0] | {"question": "What share is paid?"}])
    (row,) = score_suites(tmp_path / "out", read_suites(suite_paths[:1]))
    assert row.error is not None
    assert "has changed" in row.error


@pytest.mark.parametrize(
    ("gate", "missed"),
    [
        ("accuracy>=0.9", []),
        ("false_refusals<=0.1", []),
        ("latency_p95<=60", []),
        ("false_refusals>=0.5", ["false_refusals is 0.0000, required >= 0.5"]),
    ],
)
def test_gates(tmp_path: Path, suite_paths: list[Path], gate: str, missed: list[str]) -> None:
    assert missed_gates(perform(tmp_path / "out", suite_paths, ToyAssistant()), [gate]) == missed


def test_a_required_metric_that_was_not_measured_is_missed(tmp_path: Path, suite_paths: list[Path]) -> None:
    report = perform(tmp_path / "out", suite_paths[2:], ToyAssistant())
    (missed,) = missed_gates(report, ["accuracy>=0"])
    assert missed.startswith("accuracy is required and was not measured")


def test_a_malformed_gate_is_refused() -> None:
    with pytest.raises(PlanQueryError, match="not of the form"):
        parse_gate("accuracy=0.8")


def test_comparison_lists_what_was_lost_and_tests_it(tmp_path: Path, suite_paths: list[Path]) -> None:
    perform(tmp_path / "a", suite_paths, ToyAssistant())
    perform(tmp_path / "b", suite_paths, Refuser())
    result = compare(read_results(tmp_path / "a"), read_results(tmp_path / "b"))
    accuracy = next(one for one in result.differences if one.metric == "accuracy")
    assert (accuracy.first, accuracy.second, accuracy.cases) == pytest.approx((1.0, 3 / 7, 7))
    assert accuracy.p == 2 / 2**4  # none won, four lost
    assert (result.won, result.lost) == ((), ("answers/figure-en", "answers/figure-zh", "answers/share", "answers/follow"))
    assert "lost by accuracy: 4" in as_text(result)


def test_runs_without_a_common_case_cannot_be_compared(tmp_path: Path, suite_paths: list[Path]) -> None:
    perform(tmp_path / "a", suite_paths[:1], ToyAssistant())
    perform(tmp_path / "b", suite_paths[1:], ToyAssistant())
    with pytest.raises(PlanQueryError, match="no case in common"):
        compare(read_results(tmp_path / "a"), read_results(tmp_path / "b"))


class Tags(HTMLParser):
    """Counts the tags of a page, and collects what would be fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in ("meta", "input", "line", "rect", "path"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            assert self.open.pop() == tag


def test_the_page_is_whole_escaped_and_needs_no_network(tmp_path: Path, suite_paths: list[Path]) -> None:
    hostile = CASES[0] | {"id": "<b>", "question": "<script>alert(1)</script>", "note": "<img src=x>"}
    write_lines(suite_paths[0], [*CASES, hostile])
    out = tmp_path / "out"
    perform(out, suite_paths, ToyAssistant())
    tags = Tags()
    tags.feed((out / "report.html").read_text("utf-8"))
    assert tags.open == []
    assert tags.fetched == []
    assert {"script", "img", "b"} & set(tags.seen) == {"b"}  # the tiles use <b>
    assert tags.seen.count("details") == 9
    assert "url(" not in (out / "report.html").read_text("utf-8")


def test_the_page_can_be_written_anew(tmp_path: Path, suite_paths: list[Path]) -> None:
    out = tmp_path / "out"
    perform(out, suite_paths, ToyAssistant())
    before = (out / "report.html").read_bytes()
    (out / "report.html").unlink()
    write_page(out)
    assert (out / "report.html").read_bytes() == before


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 1: not JSON"),
        ("[]", "is not an object"),
        ('{"id": "a"}', "neither `question` nor `profile`"),
        ('{"id": "a", "question": "q", "lang": "fr", "kind": "figure", "expected_status": "answered"}', "`lang`"),
        ("", "holds no case"),
        (json.dumps(CASES[0]) + "\n" + json.dumps(CASES[0]), "occurs twice"),
    ],
)
def test_a_faulty_suite_is_refused_by_line(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "bad.jsonl").write_text(line, "utf-8")
    with pytest.raises(PlanQueryError, match=message):
        read_suite(tmp_path / "bad.jsonl")


def test_a_measure_is_named_by_its_id_or_what_stands_before_a_hyphen() -> None:
    ids = ["e07-landing", "e07b-support", "grant"]
    assert [measure_named(rule, ids) for rule in ("E07", "E07b", "grant", "E0", "e08")] == [
        "e07-landing",
        "e07b-support",
        "grant",
        None,
        None,
    ]
