"""The question back: asked where nothing is named to search for, with titles in the asker's language to choose from."""

from collections.abc import Iterator

import pytest

from assistant.clarify import CHOICES, unclear
from assistant.question import plain_query
from assistant.schema import Passage
from ingest.store import Generation
from tests.toys import passages_of, toy_index

EN = {f"en{number}": f"---\ntitle: Robot plan {word}\nlanguage: en\n---\nA robot grant for {word}." for number, word in enumerate("ABCD")}
ZH = {f"zh{number}": f"---\ntitle: 机器人办法{word}\nlanguage: zh\n---\n机器人补贴{word}。" for number, word in enumerate("甲乙")}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    opened = toy_index(tmp_path_factory.mktemp("clarify"), EN | ZH)
    yield opened
    opened.close()


@pytest.fixture
def passages(index: Generation) -> list[Passage]:
    return passages_of(index, "robot grant 机器人补贴")


@pytest.mark.parametrize(
    "question",
    [
        "How much is it?",
        "What are the conditions?",
        "Does our case count?",
        "Is my situation covered?",
        "Would we be qualified or included?",
        "What if we match them?",
        "有什么条件？",
        "补贴多少？",
        "我们的情况符合吗？",
        "这样算够格吗？",
        "那样能享受吗？",
        "我们满足资格吗？",
    ],
)
def test_a_question_that_names_nothing_is_asked_back(question: str) -> None:
    draft = unclear(plain_query(question), (), has_history=False)
    assert draft is not None
    assert (draft.status, draft.claims) == ("clarify", ())
    assert draft.refusal


@pytest.mark.parametrize(
    "question", ["LFP density?", "How much is a pilot line?", "Do ferries qualify?", "中试线补贴多少？", "博士有什么条件？", "渡船符合吗？"]
)
def test_a_short_question_that_names_its_topic_is_complete(question: str) -> None:
    assert unclear(plain_query(question), (), has_history=False) is None


@pytest.mark.parametrize("question", ["How much is it?", "有什么条件？"])
def test_within_a_conversation_nothing_is_asked_back(question: str) -> None:
    assert unclear(plain_query(question), (), has_history=True) is None


@pytest.mark.parametrize(("question", "titles"), [("How much is it?", "Robot plan"), ("有什么条件？", "机器人办法")])
def test_a_few_titles_in_the_askers_language_are_offered_once_each(question: str, titles: str, passages: list[Passage]) -> None:
    draft = unclear(plain_query(question), [*passages, *passages], has_history=False)
    assert draft is not None
    offered = draft.refusal.splitlines()[1:]
    assert 1 < len(offered) <= CHOICES
    assert len(set(offered)) == len(offered)
    assert all(line.startswith(f"- {titles}") for line in offered)


@pytest.mark.parametrize("question", ["How much is it?", "有什么条件？"])
def test_a_single_title_is_no_choice(question: str, passages: list[Passage]) -> None:
    language = plain_query(question).language
    single = [passage for passage in passages if passage.chunk.source.language == language][:1]
    draft = unclear(plain_query(question), single, has_history=False)
    assert single
    assert draft is not None
    assert draft.refusal == draft.refusal.splitlines()[0]
    assert single[0].chunk.source.title not in draft.refusal
