"""Statements that something is not stated: which they are, and when one of them is the reply."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pytest
from harbour_toys import candidate
from numpy.typing import NDArray

from assistant.absence import AHEAD, is_absence, leaves_whether, says_nothing, speaks_of_absence, speaks_of_itself
from assistant.candidates import Candidate
from assistant.kinds import Kind


class Asked(NamedTuple):
    kind: Kind


class Ranking(NamedTuple):
    asked: Asked
    found: Sequence[Candidate]
    scores: NDArray[np.float64]


def ranking(kind: Kind, *scored: tuple[str, float]) -> Ranking:
    """A ranking of sentences, best first."""
    return Ranking(Asked(kind), [candidate(text) for text, _ in scored], np.array([score for _, score in scored]))


@pytest.mark.parametrize(
    "text",
    ["The length of the pier is not stated.", "The paper does not say who paints the boats.", "码头长度未载明。", "由谁刷漆没有说明。"],
)
def test_a_sentence_that_only_leaves_something_open_is_a_statement_of_absence(text: str) -> None:
    assert is_absence(candidate(text))


@pytest.mark.parametrize(
    "text",
    [
        "The pier is 90 metres long and made of oak; its height is not stated.",
        "码头全长，宽度，颜色，用料，主人，邻居，均在册；高度未载明。",
    ],
)
def test_a_statement_that_tells_something_besides_is_read(text: str) -> None:
    assert not is_absence(candidate(text))


@pytest.mark.parametrize(
    "text",
    [
        "The height is not stated; see above.",
        "The height is not stated; whether the pier may be raised by the owner is left open too.",
        "高度未载明；另见上文。",
    ],
)
def test_a_few_words_or_a_further_open_question_beside_it_change_nothing(text: str) -> None:
    assert is_absence(candidate(text))


@pytest.mark.parametrize(("heading", "is_so"), [("What is not stated", True), ("未载明的事项", True), ("Piers", False), ("码头", False)])
def test_a_heading_that_speaks_of_absence_holds_for_all_below_it(heading: str, is_so: bool) -> None:
    assert speaks_of_absence((heading,)) is is_so
    assert is_absence(candidate("The colour of the pier and of all its boats.", (heading,))) is is_so


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("Whether dogs may swim is not stated.", True),
        ("是否允许游泳未载明。", True),
        ("能否游泳未说明。", True),
        ("The depth is not stated.", False),
        ("水深未载明。", False),
    ],
)
def test_what_leaves_open_only_whether_something_is_so_is_told(text: str, is_so: bool) -> None:
    assert leaves_whether(text) is is_so


@pytest.mark.parametrize("text", ["Whether dogs may swim is not stated.", "是否允许游泳未载明。"])
@pytest.mark.parametrize(("kind", "is_reply"), [("yesno", True), ("eligibility", True), ("fact", True), ("figure", False), ("date", False)])
def test_whether_something_is_so_is_no_reply_to_a_question_for_a_figure(text: str, kind: Kind, is_reply: bool) -> None:
    silent = says_nothing(ranking(kind, (text, 3.0), ("Dogs swim in the bay.", 0.0)))
    assert (silent is not None) is is_reply


@pytest.mark.parametrize("kind", ["figure", "yesno"])
def test_any_other_statement_of_absence_replies_to_every_kind(kind: Kind) -> None:
    silent = says_nothing(ranking(kind, ("The depth is not stated.", 3.0), ("The bay is wide.", 0.0)))
    assert silent is not None
    assert silent.text == "The depth is not stated."


@pytest.mark.parametrize(("lead", "is_reply"), [(AHEAD + 0.1, True), (AHEAD - 0.1, False), (-1.0, False)])
def test_a_statement_of_absence_must_lead_the_best_other_candidate(lead: float, is_reply: bool) -> None:
    rows = sorted([("The depth is not stated.", lead), ("The bay is 9 metres deep.", 0.0)], key=lambda row: -row[1])
    assert (says_nothing(ranking("figure", *rows)) is not None) is is_reply


def test_a_statement_of_absence_alone_is_the_reply() -> None:
    assert says_nothing(ranking("figure", ("水深未载明。", -4.0))) is not None


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("This page is a summary of the harbour rules.", True),
        ("本摘要根据港口规定编写。", True),
        ("The page is torn.", False),
        ("本港口水深九米。", False),
    ],
)
def test_a_sentence_about_the_text_it_stands_in_is_told(text: str, is_so: bool) -> None:
    assert speaks_of_itself(candidate(text)) is is_so
