"""A quote to the short answer inside it, by the shipped weights."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from toys import PLAN, TALENT, candidate_of, toy_index

from assistant.answer_span import find_span
from assistant.candidates import Candidate
from assistant.question import plain_query
from assistant.schema import AnswerSpan, Passage
from ingest.schema import Block, Chunk, Source
from ingest.store import Generation

MORE = PLAN.replace("## Key sectors", "The test centre opens on 3 May 2026. It was founded by Li Wen.\n\n## Key sectors")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Generation]:
    generation = toy_index(tmp_path, {"plan": MORE, "talent": TALENT})
    yield generation
    generation.close()


def sentence(text: str, start: int = 0) -> Candidate:
    """A candidate that is one sentence, `start` characters into its document."""
    end = start + len(text)
    source = Source(id="d", title="d", language="en")
    chunk = Chunk(
        id="c", source=source, order=0, start=start, end=end, text=text, heading=(), blocks=(Block(kind="paragraph", start=start, end=end),)
    )
    return Candidate(Passage(chunk=chunk, score=1.0, rank=1), start, end, text, "sentence", 0, "", "", 0)


def short(question: str, text: str) -> str | None:
    """The short answer in a sentence."""
    span = find_span(plain_query(question), sentence(text))
    return span.text if span else None


@pytest.mark.parametrize(
    ("question", "part", "short"),
    [
        ("How much annual revenue do robot makers reach by 2028?", "40 billion", "more than 40 billion yuan"),
        ("By how many percent do exports grow?", "Exports", "about 9 percent"),
        ("博士的安家补贴是多少？", "博士", "20万元"),
        ("When does the test centre open?", "opens on", "3 May 2026"),
        ("Who founded the test centre?", "founded", "Li Wen"),
    ],
)
def test_the_short_answer_is_verbatim_at_its_place_in_the_document(question: str, part: str, short: str, index: Generation) -> None:
    candidate = candidate_of(index, question, part)
    span = find_span(plain_query(question), candidate)
    assert span is not None
    assert span.text == short
    assert index.document(candidate.passage.chunk.source.id).text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("In which year was the bridge completed?", "The bridge over the Avon was completed in 1864 by the city.", "1864"),
        ("Who designed the town hall?", "The town hall was designed by Clara Brandt in 1902.", "Clara Brandt"),
        ("Where is the head office of the bureau?", "The head office of the bureau is located in Port Ellis.", "Port Ellis"),
        ("How many firms received the award?", "In 2023 about 1,200 firms received the award.", "about 1,200"),
        ("What share of the cost is paid?", "The office pays up to 30% of the cost of the project.", "up to 30%"),
        ("What is the ceiling of the award?", "A firm earns 2 percent of its investment, up to 10 million yuan.", "up to 10 million yuan"),
        ("已经支持了多少个项目？", "该项奖励已支持168个项目，资金共5499万元。", "168个"),
        ("大桥于哪一年建成？", "大桥于1987年建成，全长三公里。", "1987年"),
        ("市政厅是由谁设计的？", "市政厅是由林书文设计的，位于老城区。", "林书文"),
        ("研究院位于哪里？", "研究院位于临海市东港区，占地五公顷。", "临海市东港区"),
        ("单个项目最高补贴多少？", "对符合条件的企业，单个项目补贴最高不超过500万元。", "最高不超过500万元"),
    ],
)
def test_figures_years_names_and_places_are_found_whole(question: str, text: str, answer: str) -> None:
    assert short(question, text) == answer


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Why was the plant closed?", "The plant was closed in 2011 because its boiler had failed."),
        ("Is the grant open to foreign firms?", "The grant is open to foreign firms with an office in the zone."),
        ("How do firms apply for the grant?", "Firms apply through the portal of the bureau before 1 May 2026."),
        ("Tell me about the grant.", "The grant supports pilot lines in the zone."),
        ("Which sectors does the plan name?", "For the semiconductor sector the plan names these measures:"),
        ("收入首次达到5亿元奖励多少？", "收入首次达到1亿元、5亿元的，分别给予奖励100万元、300万元。"),
        ("工厂为什么关闭？", "工厂因锅炉故障于2011年关闭。"),
        ("外资企业是否可以申请？", "外资企业在园区设有办公室的可以申请。"),
    ],
)
def test_questions_for_an_explanation_or_a_decision_have_no_short_answer(question: str, text: str) -> None:
    assert short(question, text) is None


def test_what_the_question_says_itself_is_not_its_answer(index: Generation) -> None:
    span = find_span(plain_query("How much do robot makers reach by 2028?"), candidate_of(index, "annual revenue", "40 billion"))
    assert span is not None
    assert "2028" not in span.text


def test_of_a_table_row_the_cell_below_the_head_asked_for_is_the_answer(index: Generation) -> None:
    span = find_span(
        plain_query("What is the highest grant for a test centre?"), candidate_of(index, "highest grant test centre", "Test centre")
    )
    assert span is not None
    assert span.text == "5 million yuan"


def test_a_question_in_the_other_language_finds_the_figure() -> None:
    span = find_span(plain_query("How many jobs were created?"), sentence("园区共创造就业岗位3500个。", 40))
    assert span is not None
    assert "3500" in span.text
    assert span.start >= 40


def test_the_same_question_has_the_same_short_answer_every_time() -> None:
    found = {short("Who designed the town hall?", "The town hall was designed by Clara Brandt in 1902.") for _ in range(3)}
    assert len(found) == 1


@pytest.mark.parametrize("text", ["", "...", "—— ——", "12", "|", "（）", "A" * 3000, "字" * 1500])
def test_odd_texts_do_no_harm(text: str) -> None:
    for question in ("What is it?", "这是什么？", "?"):
        found = find_span(plain_query(question), sentence(text))
        assert found is None or isinstance(found, AnswerSpan)
