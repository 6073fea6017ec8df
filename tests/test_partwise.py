"""Parts to one draft: each borne out by its own words, in order, once; what has no answer is named."""

from collections.abc import Iterator

import pytest

from assistant.parts import Part
from assistant.partwise import WEAK, Answered, different, is_borne_out, joined
from assistant.question import plain_query
from assistant.ranked import rank
from assistant.schema import Draft
from ingest.reader import no_reading
from ingest.store import Generation
from tests.toys import DOCUMENTS, passages_of, toy_index

LEAST = 0.5
REVENUE = ("What revenue do robot makers reach by 2028?", "what revenue do robot makers reach")
EXPORTS = ("How much do exports of robot makers grow?", "how much do exports grow")
ORCHARDS = ("How much do robot makers pay for orchards?", "how much for orchards")
DOCTORS = ("新引进的博士安家补贴多少？", "博士安家补贴多少")
MASTERS = ("新引进的硕士每人补贴多少？", "硕士每人补贴多少")
HORSES = ("新引进的饲养员每匹马奖多少？", "每匹马饲养员奖多少")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    opened = toy_index(tmp_path_factory.mktemp("partwise"), DOCUMENTS)
    yield opened
    opened.close()


def answered(index: Generation, asked: tuple[str, str], confidence: float = 0.9) -> Answered:
    """A part as the toy index answers it; a glossary of one indicator."""
    question, own = asked
    query = plain_query(question)
    ranked = rank(query, passages_of(index, question), no_reading, lambda _: 1.0)
    part = Part(question=question, own=own, said=own)
    return Answered(part, query, ranked, confidence, Draft(status="answered"), lambda text: frozenset({"jobs"} & set(text.split())))


@pytest.mark.parametrize(
    ("asked", "figures"),
    [
        ((REVENUE, EXPORTS), ("40 billion", "9 percent")),
        ((EXPORTS, REVENUE), ("9 percent", "40 billion")),
        ((DOCTORS, MASTERS), ("20万元", "5万元")),
    ],
)
def test_parts_are_answered_in_their_order_each_by_its_own_figure(
    index: Generation, asked: tuple[tuple[str, str], ...], figures: tuple[str, ...]
) -> None:
    draft = joined([answered(index, one) for one in asked], LEAST, "en")
    assert draft is not None
    assert draft.status == "answered"
    assert len(draft.claims) == len(figures)
    assert all(figure in claim.text for figure, claim in zip(figures, draft.claims, strict=True))


def test_what_answers_two_parts_is_said_once(index: Generation) -> None:
    draft = joined([answered(index, REVENUE), answered(index, REVENUE, 0.7)], LEAST, "en")
    assert draft is not None
    assert len(draft.claims) == 1
    assert draft.confidence == 0.7


@pytest.mark.parametrize(("known", "unknown"), [(REVENUE, ORCHARDS), (DOCTORS, HORSES)])
def test_a_part_whose_own_words_no_document_holds_is_named_as_missing(
    index: Generation, known: tuple[str, str], unknown: tuple[str, str]
) -> None:
    draft = joined([answered(index, known), answered(index, unknown)], LEAST, plain_query(known[0]).language)
    assert draft is not None
    assert draft.status == "partial"
    assert len(draft.claims) == 1
    assert unknown[1] in draft.notices[0]
    assert joined([answered(index, unknown)], LEAST, "en") is None


def test_a_doubtful_part_is_answered_only_from_a_document_that_another_part_was_answered_from(index: Generation) -> None:
    doubtful = WEAK * LEAST
    beside = joined([answered(index, REVENUE), answered(index, EXPORTS, doubtful)], LEAST, "en")
    elsewhere = joined([answered(index, DOCTORS), answered(index, EXPORTS, doubtful)], LEAST, "en")
    less = joined([answered(index, REVENUE), answered(index, EXPORTS, doubtful / 2)], LEAST, "en")
    assert beside is not None
    assert elsewhere is not None
    assert less is not None
    assert [beside.status, elsewhere.status, less.status] == ["answered", "partial", "partial"]


@pytest.mark.parametrize(
    ("asked", "told", "is_so"),
    [
        (("How many jobs?", "how many jobs in exports"), "Exports make 300 jobs", True),
        (("How many jobs?", "how many jobs in exports"), "Exports make 300 yuan", False),  # another measure, however alike
        (EXPORTS, "Exports grow by 9 percent", True),
        (EXPORTS, "The fee is 9 percent", False),
        (DOCTORS, "对博士给予安家补贴20万元", True),
        (DOCTORS, "出口增长9%", False),
    ],
)
def test_a_part_is_borne_out_by_its_own_words_and_measure(index: Generation, asked: tuple[str, str], told: str, is_so: bool) -> None:
    assert is_borne_out(answered(index, asked), told) == is_so


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        (["What does the city pay?", "What does the zone pay?"], ["city", "zone"]),
        (["Grant of 2021?", "Grant of 2024?", "Grant of 2025?"], ["2021", "2024", "2025"]),
        (["太原补多少?", "大同补多少?"], ["太原", "大同"]),
        (["博士补多少?", "硕士补多少?"], ["博士", "硕士"]),
        (["船长的补贴?", "船员的补贴?"], ["长", "员"]),
        (["What is paid?", "What is paid?"], ["What is paid?", "What is paid?"]),
    ],
)
def test_like_questions_are_named_by_what_differs(questions: list[str], expected: list[str]) -> None:
    assert different(questions) == expected


def test_a_part_that_is_refused_as_a_question_of_its_own_is_told_as_missing(index: Generation) -> None:
    known, other = (answered(index, one) for one in (REVENUE, EXPORTS))
    other = other._replace(query=other.query.model_copy(update={"kind": "fact"}))
    both = joined([known, other], LEAST, "en")
    one = joined([known, other._replace(draft=Draft(status="not_found"))], LEAST, "en")
    assert both is not None
    assert one is not None
    assert (both.status, len(both.claims)) == ("answered", 2)
    assert (one.status, len(one.claims)) == ("partial", 1)
