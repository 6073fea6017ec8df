"""The real corpus, the real embedder, the real index: what a visitor asks first is answered with figure, qualifier and source."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from assistant.__main__ import main as ask_main
from evals.schema import AnswerCase
from evals.suites import read_suite
from ingest.__main__ import main as ingest_main
from ingest.manifest import load_manifest
from ingest.schema import IngestReport
from ingest.settings import PROJECT, Settings

AS_OF = date(2026, 11, 23)
"""A fixed day: the plan's horizon has passed."""


@pytest.fixture(scope="module")
def assistant(corpus_store: Path) -> Iterator[Assistant]:
    with Assistant.open(Settings(_env_file=None, store=corpus_store)) as opened:
        yield opened


def check_citations(answer: Answer, assistant: Assistant) -> None:
    """Every quote is the document's own text, every mark has its source, every figure of a claim stands in a quote of it."""
    for citation in answer.citations:
        document = assistant.document(citation.passage.chunk.source.id)
        assert document.text[citation.start : citation.end] == citation.quote
        assert citation.page == document.page_of(citation.start)
    assert {int(mark) for mark in re.findall(r"\[(\d+)\]", answer.text)} == {citation.number for citation in answer.citations}
    quotes = {citation.number: citation.quote for citation in answer.citations}
    for claim in answer.claims:
        assert claim.citations
        proof = re.sub(r"(?<=\d),(?=\d)", "", " ".join(quotes[number] for number in claim.citations))
        for figure in re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d)", "", claim.text)):
            assert figure in proof


def test_every_document_of_the_corpus_is_read(corpus_report: tuple[Path, IngestReport]) -> None:
    _, report = corpus_report
    assert [row.error for row in report.failed()] == []
    assert [row.document_id for row in report.documents] == [row.id for row in load_manifest(PROJECT / "corpus" / "manifest.yaml")]
    assert all(row.chunks > 0 and not row.blank_pages for row in report.documents)


@pytest.mark.parametrize(
    ("question", "facts", "document"),
    [
        ("What revenue does the plan aim for by 2025?", ["more than 230 billion yuan"], "s01-electronics-plan-2025-en"),
        ("规划到2025年的营业收入目标是多少?", ["2300亿元以上"], "s01-electronics-plan-2025-zh"),
    ],
)
def test_the_revenue_target_is_answered_with_its_qualifier_and_a_source_that_opens_at_the_quote(
    question: str, facts: list[str], document: str, assistant: Assistant
) -> None:
    answer = assistant.ask(question, as_of=AS_OF)
    assert answer.status == "answered"
    assert [fact for fact in facts if fact not in answer.text] == []
    assert document in [citation.passage.chunk.source.id for citation in answer.citations]
    assert answer.citations[0].page == 1
    assert any("2025-12-31" in notice for notice in answer.notices)
    check_citations(answer, assistant)


@pytest.mark.parametrize(
    ("question", "nearby"),
    [("How much is the subsidy in the plan?", "What they do cover nearby:"), ("规划中的补贴是多少?", "文件中相近的内容有")],
)
def test_a_subsidy_that_the_plan_does_not_state_is_not_found_with_what_it_does_cover(
    question: str, nearby: str, assistant: Assistant
) -> None:
    answer = assistant.ask(question, as_of=AS_OF)
    assert answer.status == "not_found"
    assert nearby in answer.text
    assert answer.claims == answer.citations == ()


@pytest.mark.parametrize("suite", ["answers_en", "answers_zh", "refusals", "followup"])
def test_every_answer_to_a_suite_is_proved_from_its_documents(suite: str, assistant: Assistant) -> None:
    cases = read_suite(PROJECT / "evals" / "cases" / f"{suite}.jsonl").cases
    for case in cases[::8]:
        assert isinstance(case, AnswerCase)
        check_citations(assistant.ask(case.question, case.history, as_of=AS_OF), assistant)


def test_two_assistants_on_one_index_answer_alike(corpus_store: Path, assistant: Assistant) -> None:
    question = "Which sectors does the plan develop?"
    with Assistant.open(Settings(_env_file=None, store=corpus_store)) as other:
        first, second = (each.ask(question, as_of=AS_OF).model_dump(exclude={"seconds"}) for each in (assistant, other))
    assert first == second


def test_an_unchanged_corpus_is_not_embedded_again(corpus_report: tuple[Path, IngestReport], capsys: pytest.CaptureFixture[str]) -> None:
    store, report = corpus_report
    assert ingest_main(["--store", str(store), "--quiet"]) == 0
    assert "index unchanged" in capsys.readouterr().out
    with Assistant.open(Settings(_env_file=None, store=store)) as assistant:
        assert assistant.generation.id == report.generation


def test_a_lone_file_without_manifest_is_answered_from(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "Valley news, 3 March 2024\n\nThe valley office has published a plan for robot making. "
        "By 2028 the plan aims for sales of more than 40 billion yuan. The office will report on progress every year.\n"
    )
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    assert ingest_main([str(tmp_path / "report.txt"), "--store", str(tmp_path / "store")]) == 0
    capsys.readouterr()
    assert ask_main(["ask", "What sales does the plan aim for by 2028?", "--store", str(tmp_path / "store"), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["status"] == "answered"
    assert "more than 40 billion yuan" in answer["text"]
    (citation,) = answer["citations"]
    assert (citation["document_id"], citation["page"]) == ("report", None)
    assert text[citation["start"] : citation["end"]] == citation["quote"]
