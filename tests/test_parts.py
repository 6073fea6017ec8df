"""Questions that ask several things: where they are split, and that a part without an answer is named."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant import Assistant
from assistant.cite import check_answer
from assistant.parts import parts
from assistant.question import plain_query
from ingest.build import build_index
from ingest.embed import Embedder
from ingest.settings import Settings
from tests.toys import DOCUMENTS, write_files

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def assistant(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    settings = Settings(_env_file=None, store=tmp_path_factory.mktemp("store"))
    build_index([write_files(tmp_path_factory.mktemp("documents"), DOCUMENTS)], settings)
    with Assistant.open(settings) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Robot fund: what is the cap and who may apply?", ("Robot fund: what is the cap?", "Robot fund: who may apply?")),
        ("When was the robot fund issued, by whom?", ("When was the robot fund issued?", "by whom was the robot fund issued?")),
        (
            "How many firms did the valley have to bring, and how many the whole province?",
            ("How many firms did the valley have to bring?", "How many firms did the whole province have to bring?"),
        ),
        ("河谷规划的营收目标多少，哪年到期？", ("河谷规划的营收目标多少?", "河谷规划哪年到期?")),
    ],
)
def test_each_part_stands_alone(question: str, asked: tuple[str, ...]) -> None:
    assert tuple(part.question for part in parts(plain_query(question), None)) == asked


@pytest.mark.parametrize(
    "question",
    [
        "What do pilot lines and test centres need?",
        "From when and until when do the rules run?",
        "What is the grant, which is paid by the valley?",
        "How many fees are there, and which ones?",
        "收费一共有几项？分别是哪些？",
        "补贴谁来发，是人社部门吗？",
        "博士和硕士有哪些补贴？",
    ],
)
def test_one_request_stays_one_question(question: str) -> None:
    assert parts(plain_query(question), None) == ()


def test_all_parts_are_answered_in_their_order(assistant: Assistant) -> None:
    answer = assistant.ask("What revenue do robot makers reach by 2028, and how fast do exports grow?", as_of=DAY)
    assert answer.status == "answered"
    assert answer.text.index("40 billion yuan") < answer.text.index("9 percent")
    assert check_answer(answer) == []


def test_a_part_without_an_answer_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("What revenue do robot makers reach by 2028, and how many orchards do they plant?", as_of=DAY)
    assert answer.status == "partial"
    assert "40 billion yuan" in answer.text
    assert any("orchards" in notice for notice in answer.notices)
