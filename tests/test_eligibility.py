"""Questions whether the user's own firm may have a measure, through the whole path with the toy embedder."""

from collections.abc import Iterator
from datetime import date

import pytest
from measure_toys import toy_assistant

from assistant.cite import check_answer
from assistant.eligibility import Shelf, eligibility_draft
from assistant.question import plain_query
from assistant.retrieve import Filters
from assistant.schema import Answer, Turn
from assistant.service import Assistant

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with toy_assistant(tmp_path_factory.mktemp("toy")) as opened:
        yield opened


def said(*texts: str) -> list[Turn]:
    """Turns of a user, each with some answer after it."""
    return [turn for text in texts for turn in (Turn(role="user", text=text), Turn(role="assistant", text="..."))]


def ask(assistant: Assistant, question: str, *before: str) -> Answer:
    answer = assistant.ask(question, said(*before), as_of=DAY)
    assert check_answer(answer) == []
    assert answer.removed == 0
    return answer


def test_an_open_verdict_lists_its_clauses_and_asks_for_the_deciding_fact(assistant: Assistant) -> None:
    answer = ask(assistant, "Can we get the 15% tax rate?")
    assert answer.status == "partial"
    assert "cannot be decided yet" in answer.text
    assert answer.citations[0].quote == "A certified high-tech firm pays corporate income tax at the reduced rate of 15 percent."
    assert "HNTE certificate" in answer.notices[-1]


def test_the_answer_to_the_question_asked_decides(assistant: Assistant) -> None:
    assert "it applies to you" in ask(assistant, "yes", "Can we get the 15% tax rate?").text
    assert "it does not apply to you" in ask(assistant, "no", "Can we get the 15% tax rate?").text


def test_chinese_is_answered_in_chinese_from_the_chinese_text(assistant: Assistant) -> None:
    answer = ask(assistant, "跨线奖励我们能拿吗?", "我们在山西,去年营收2500万元,此前最高1800万元。")
    assert answer.status == "answered"
    assert "跨线奖励:按您所述,适用。" in answer.text
    assert answer.citations[0].passage.chunk.source.id == "rules-zh"
    assert any("2500万元" in notice for notice in answer.notices)


def test_a_fact_of_an_earlier_turn_counts_until_it_is_corrected(assistant: Assistant) -> None:
    first = "We make robots in Shanxi and have 60 employees."
    assert "it applies to you" in ask(assistant, "Can we get the robot grant?", first).text
    assert "Not met: A maker of robots" in ask(assistant, "Can we get the robot grant?", first, "We have 40 employees.").text


def test_a_question_with_its_facts_in_it_needs_no_history(assistant: Assistant) -> None:
    answer = ask(assistant, "We are an industrial firm with 30 employees. Do we qualify for the robot grant?")
    assert "it does not apply to you" in answer.text
    assert "- Met: It must be an industrial firm." in answer.text


def test_what_the_question_names_is_not_taken_for_a_fact(assistant: Assistant) -> None:
    answer = ask(assistant, "Can we as a Taiyuan high-tech firm get the reduced income tax?")
    assert answer.status == "partial"


def test_an_ended_measure_is_said_to_have_ended(assistant: Assistant) -> None:
    answer = ask(assistant, "Can we claim the export bonus?", "We are an industrial firm.")
    assert "its term has ended" in answer.text
    assert any("2022-12-31" in notice for notice in answer.notices)


def test_which_measures_apply_is_asked_back_without_facts_and_answered_with_them(assistant: Assistant) -> None:
    assert ask(assistant, "Which measures apply to us?").status == "clarify"
    answer = ask(assistant, "Which measures apply to us?", "We are a certified high-tech enterprise.")
    assert answer.status == "partial"
    assert [citation.quote[:27] for citation in answer.citations] == ["A certified high-tech firm "]


@pytest.mark.parametrize(
    "question",
    [
        "Which firms can get the robot grant?",
        "How much is the robot grant?",
        "哪些企业可以获得机器人补助?",
        "Must we be industrial to get the robot grant?",
        "Can we read the rules of the valley?",
    ],
)
def test_general_questions_are_left_to_the_extractive_engine(assistant: Assistant, question: str) -> None:
    filters = Filters(as_of=DAY)
    shelf = Shelf(assistant.retriever.generation, assistant.measures(), assistant.glossary, filters)
    assert eligibility_draft(plain_query(question), question, said("We make robots and have 60 employees."), (), shelf) is None


@pytest.mark.parametrize("question", ["And the robot grant?", "那机器人补助呢？"])
def test_a_short_question_goes_on_asking_for_the_same_firm(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question, "We are an industrial firm with 60 employees. Can we get the 15% tax rate?")
    assert "Robot grant: it applies to you" in answer.text or "机器人补助:按您所述,适用" in answer.text


def test_a_question_interrupted_by_its_facts_is_understood(assistant: Assistant) -> None:
    answer = ask(assistant, "Can my industrial company, with 30 employees, get the robot grant?")
    assert "Robot grant: it does not apply to you" in answer.text


def test_only_documents_that_may_be_searched_are_quoted(assistant: Assistant) -> None:
    answer = assistant.ask("跨线奖励我们能拿吗?", said("我们在山西。"), documents=["rules-zh"], as_of=DAY)
    assert {citation.passage.chunk.source.id for citation in answer.citations} <= {"rules-zh"}
