"""Passages to a draft without a model: the right sentence, the whole list, or an honest refusal."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from toys import PLAN, ToyEmbedder, passages_of, toy_index

from assistant.extract import extract
from assistant.question import plain_query
from assistant.schema import Draft
from ingest.store import Generation

DAY = date(2026, 11, 23)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Generation]:
    generation = toy_index(tmp_path)
    yield generation
    generation.close()


def draft(index: Generation, question: str, as_of: date = DAY) -> Draft:
    return extract(plain_query(question), passages_of(index, question), ToyEmbedder(), index.lexical.idf, as_of)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What annual revenue do robot makers reach by 2028?", "By 2028, robot makers reach annual revenue of more than 40 billion yuan."),
        ("By how much do exports grow a year?", "Exports grow by about 9 percent a year."),
        ("新引进的博士给予多少安家补贴？", "对新引进的博士，一次性给予安家补贴20万元。"),
    ],
)
def test_a_figure_is_answered_by_the_sentence_that_states_it(question: str, first: str, index: Generation) -> None:
    answer = draft(index, question)
    assert answer.status == "answered"
    assert answer.claims[0].text == first
    assert len(answer.claims) <= 2


def test_a_list_is_answered_whole_with_its_lead(index: Generation) -> None:
    claims = draft(index, "Which sectors does the plan develop?").claims
    assert [claim.layout for claim in claims] == ["lead", "item", "item", "item"]
    assert [claim.text.removeprefix("- ") for claim in claims][1:] == ["joint motors", "force sensors", "motion controllers"]


@pytest.mark.parametrize("question", ["Which cheese do astronauts prefer for breakfast?", "宇航员早餐喜欢吃什么奶酪？"])
def test_what_is_not_there_is_refused_with_what_is_nearby(question: str, index: Generation) -> None:
    answer = draft(index, question)
    assert (answer.status, answer.claims) == ("not_found", ())
    assert answer.refusal


def test_without_passages_there_is_only_the_refusal() -> None:
    answer = extract(plain_query("What revenue?"), [], ToyEmbedder(), lambda _: 1.0, DAY)
    assert (answer.status, answer.claims, answer.confidence) == ("not_found", (), 0.0)
    assert answer.refusal


def test_every_claim_is_the_text_of_its_evidence(index: Generation) -> None:
    for question in ("What revenue do robot makers reach?", "Which sectors does the plan develop?", "博士的安家补贴是多少？"):
        for claim in draft(index, question).claims:
            assert [evidence.quote for evidence in claim.evidence] == [claim.text]


def test_a_reader_is_told_what_has_ended_and_what_is_a_draft(tmp_path: Path, index: Generation) -> None:
    question = "What annual revenue do robot makers reach by 2028?"
    assert draft(index, question).notices == ()
    assert any("2028-12-31" in notice for notice in draft(index, question, date(2029, 1, 1)).notices)
    drafts = toy_index(tmp_path / "drafts", {"plan": PLAN.replace("status: in_force", "status: draft")})
    assert any("draft" in notice for notice in draft(drafts, question).notices)
    drafts.close()
