"""The path as a LangChain Runnable: four named steps, verified at the end; errors stay errors."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.runnables import Runnable
from toys import passages_of, toy_index

from assistant.chain import STAGES, Request, Retrieved, build_chain
from assistant.question import Query, plain_query
from assistant.retrieve import Filters
from assistant.schema import Answer, Draft, DraftClaim, Evidence, Passage, Receipt, Turn
from ingest.schema import PlanQueryError
from ingest.store import Generation

DAY = date(2026, 11, 23)
QUOTE = "By 2028, robot makers reach annual revenue of more than 40 billion yuan."


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Generation]:
    generation = toy_index(tmp_path)
    yield generation
    generation.close()


def receipt(day: date) -> Receipt:
    return Receipt(generation="g1", corpus="c", model="toy", settings="s", version="0", as_of=day)


def understood(question: str, _: Sequence[Turn]) -> Query:
    return plain_query(question)


def claims(state: Retrieved, text: str, quote: str = QUOTE) -> Draft:
    passage = state.passages[0]
    start = passage.chunk.start + max(0, passage.chunk.text.find(quote))
    evidence = Evidence(passage=passage, quote=quote, start=start, end=start + len(quote))
    return Draft(status="answered", claims=(DraftClaim(text=text, evidence=(evidence,)),))


def chain(index: Generation, write: Any) -> Runnable[Request, Answer]:
    def search(query: Query, _: Filters) -> Sequence[Passage]:
        return passages_of(index, query.text)

    return build_chain(understood, search, write, receipt)


def request(question: str = "What annual revenue do robot makers reach?") -> Request:
    return Request(question=question, as_of=DAY)


def test_a_claim_with_its_quote_becomes_an_answer(index: Generation) -> None:
    answer = chain(index, lambda state: claims(state, QUOTE)).invoke(request())
    assert (answer.status, answer.text) == ("answered", f"{QUOTE} [1]")
    assert answer.citations[0].quote == QUOTE
    assert answer.retrieved[0] == answer.citations[0].passage.chunk.id
    assert answer.seconds > 0
    assert answer.receipt.as_of == DAY


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (QUOTE, "Robot makers reach whatever they like."),
        ("Robot makers reach more than 50 billion yuan.", QUOTE),
    ],
)
def test_what_cannot_be_proved_does_not_leave(text: str, quote: str, index: Generation) -> None:
    answer = chain(index, lambda state: claims(state, text, quote)).invoke(request())
    assert answer.status == "not_found"
    assert text not in answer.text
    assert answer.removed == 1
    assert any("could not be proved" in notice for notice in answer.notices)


def test_an_error_never_looks_like_an_answer(index: Generation) -> None:
    def fails(_: Retrieved) -> Draft:
        raise PlanQueryError("the disk is gone; put it back")

    with pytest.raises(PlanQueryError, match="the disk is gone"):
        chain(index, fails).invoke(request())


def test_a_batch_keeps_its_order(index: Generation) -> None:
    questions = [f"What annual revenue do robot makers reach, {i}?" for i in range(4)]
    answers = chain(index, lambda state: claims(state, QUOTE)).batch([request(question) for question in questions])
    assert [answer.question for answer in answers] == questions


def test_a_stream_gives_the_verified_answer_only(index: Generation) -> None:
    (answer,) = chain(index, lambda state: claims(state, QUOTE)).stream(request())
    assert isinstance(answer, Answer)
    assert answer.text.endswith("[1]")


def test_callbacks_see_the_steps_by_name(index: Generation) -> None:
    class Listener(BaseCallbackHandler):
        def __init__(self) -> None:
            self.names: list[str] = []

        def on_chain_start(self, serialized: Any, inputs: Any, *, run_id: UUID, **named: Any) -> None:
            self.names.append(named.get("name", ""))

    listener = Listener()
    chain(index, lambda state: claims(state, QUOTE)).invoke(request(), {"callbacks": [listener]})
    assert [name for name in listener.names if name in STAGES] == list(STAGES)
