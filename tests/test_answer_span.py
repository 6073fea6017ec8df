"""A quote to the short answer inside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from toys import PLAN, TALENT, candidate_of, toy_index

from assistant.answer_span import find_span
from assistant.question import plain_query
from ingest.store import Generation

MORE = PLAN.replace("## Key sectors", "The test centre opens on 3 May 2026. It was founded by Li Wen.\n\n## Key sectors")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Generation]:
    generation = toy_index(tmp_path, {"plan": MORE, "talent": TALENT})
    yield generation
    generation.close()


@pytest.mark.parametrize(
    ("question", "part", "short"),
    [
        ("How much annual revenue do robot makers reach by 2028?", "40 billion", "40 billion yuan"),
        ("By how many percent do exports grow?", "Exports", "9 percent"),
        ("博士的安家补贴是多少？", "博士", "20万元"),
        ("When does the test centre open?", "opens on", "3 May 2026"),
    ],
)
def test_the_short_answer_is_the_figure_or_date_asked_for(question: str, part: str, short: str, index: Generation) -> None:
    span = find_span(plain_query(question), candidate_of(index, question, part))
    assert span is not None
    assert short in span.text
    text = next(index.document(id_).text for id_ in ("plan", "talent") if index.document(id_).text[span.start : span.end] == span.text)
    assert span.text in text


def test_where_no_kind_is_asked_for_there_is_no_short_answer(index: Generation) -> None:
    assert find_span(plain_query("Tell me about exports"), candidate_of(index, "exports", "Exports")) is None


def test_what_the_question_says_itself_is_not_its_answer(index: Generation) -> None:
    span = find_span(plain_query("How much do robot makers reach by 2028?"), candidate_of(index, "annual revenue", "40 billion"))
    assert span is not None
    assert "2028" not in span.text
