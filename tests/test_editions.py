"""Editions: which documents a year or a word for an edition means, and which documents are editions of one."""

from datetime import date

import pytest

from assistant.comparison import Side
from assistant.editions import apart, is_edition_of, named_documents, two_editions
from assistant.question import plain_query
from assistant.schema import Passage
from ingest.schema import Chunk, Language, Source


def source(name: str, title: str, language: Language = "en", published: date | None = None, supersedes: tuple[str, ...] = ()) -> Source:
    return Source(id=name, title=title, language=language, published=published, supersedes=supersedes)


def passage(of: Source) -> Passage:
    """A passage of a document; what it says does not matter here."""
    return Passage(chunk=Chunk(id=of.id, source=of, heading=(), start=0, end=1, text="x", blocks=(), order=0), score=1.0, rank=1)


OLD = source("old", "Valley fee rules (2021)", published=date(2023, 1, 9))
NEW = source("new", "Valley fee rules (2024, revised)")
DATED = source("dated", "Valley robot plan", published=date(2022, 5, 1))
OTHER = source("other", "Hill orchard rules (2021)")
OLD_ZH = source("old_zh", "河谷收费办法（2021年版）", "zh")
NEW_ZH = source("new_zh", "河谷收费办法（2024年修订）", "zh")
FOUND = [passage(one) for one in (NEW, OLD, DATED, NEW_ZH, OLD_ZH)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("the 2021 rules", {"old", "old_zh"}),
        ("the revised rules", {"new"}),
        ("修订后的办法", {"new_zh"}),
        ("2024年的办法", {"new", "new_zh"}),
        ("the plan of 2022", {"dated"}),  # no title has the year, so the date of publication tells
        ("the revised plan of 2022", set()),  # a date makes no draft or revision
        ("the rules of 2023", set()),  # printed then, but the title says 2021
        ("the rules of 2019", set()),
        ("the fee rules", set()),
    ],
)
def test_a_year_or_a_word_for_an_edition_names_the_documents_found_that_have_it(name: str, expected: set[str]) -> None:
    assert set(named_documents(name, FOUND)) == expected


def test_sides_are_asked_of_their_documents_only_where_each_names_another() -> None:
    sides = [
        Side(name="2021 rules", question="2021 rules fee for water"),
        Side(name="revised rules", question="revised rules fee for water"),
    ]
    parted = apart(sides, [[passage(OLD), passage(NEW)]] * 2)
    assert [side.documents for side in parted] == [("old",), ("new",)]
    assert [side.question for side in parted] == ["fee for water", "fee for water"]
    assert apart(sides, [[passage(OLD)], [passage(OLD)]]) == sides
    same = [sides[0], sides[1].model_copy(update={"name": "rules of 2021"})]
    assert apart(same, [[passage(OLD), passage(NEW)]] * 2) == same


def test_chinese_sides_keep_what_is_asked_when_their_names_go() -> None:
    sides = [Side(name="2021年版", question="2021年版的取水费多少"), Side(name="修订版", question="修订版的取水费多少")]
    parted = apart(sides, [[passage(OLD_ZH), passage(NEW_ZH)]] * 2)
    assert [(side.documents, side.question) for side in parted] == [(("old_zh",), "取水费多少"), (("new_zh",), "取水费多少")]


def test_years_alone_name_no_papers_that_are_no_editions_of_each_other() -> None:
    sides = [Side(name="2021年版", question="2021年版的取水费多少"), Side(name="2024年本", question="2024年本的取水费多少")]
    orchard = source("orchard_zh", "山地果园办法（2021年版）", "zh")
    assert apart(sides, [[passage(orchard), passage(NEW_ZH)]] * 2) == sides
    assert [side.documents for side in apart(sides, [[passage(OLD_ZH), passage(NEW_ZH)]] * 2)] == [("old_zh",), ("new_zh",)]


@pytest.mark.parametrize(
    ("question", "best", "expected"),
    [
        ("What is the water fee in both editions?", NEW, ["old", "new"]),
        ("前后两版的取水费各是多少？", NEW_ZH, ["old_zh", "new_zh"]),
        ("What is the water fee?", NEW, []),
        ("What is the aim in both editions?", DATED, []),  # the plan has one edition
    ],
)
def test_both_editions_are_those_of_the_document_found_the_earlier_first(question: str, best: Source, expected: list[str]) -> None:
    sides = two_editions(plain_query(question), [passage(best)], [NEW, OLD, DATED, OTHER, NEW_ZH, OLD_ZH])
    assert [side.documents[0] for side in sides] == expected
    assert all("both" not in side.question and "两版" not in side.question for side in sides)


def test_both_editions_of_nothing_found_are_none() -> None:
    assert two_editions(plain_query("What is the water fee in both editions?"), [], [NEW, OLD]) == ()


@pytest.mark.parametrize(
    ("one", "other", "is_edition"),
    [
        (OLD, NEW, True),
        (OLD_ZH, NEW_ZH, True),
        (OLD, OTHER, False),
        (OLD, source("next", "Charges of the valley", supersedes=("old",)), True),
        (OLD, source("next", "Charges of the valley"), False),
    ],
)
def test_editions_are_linked_or_have_the_same_title_but_for_year_and_edition(one: Source, other: Source, is_edition: bool) -> None:
    assert is_edition_of(one, other) == is_edition
