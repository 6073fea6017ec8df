"""What rules add to the scores of candidates."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from harbour_toys import candidate
from tier_toys import EDITIONS, ranked
from toys import toy_index

from assistant.candidates import Candidate
from assistant.extract import is_graded
from assistant.features import NAMES, Concepts, ask, no_concepts
from assistant.preferences import CONVERTED, FOCUS, HEADED, HOME, IDEAS, INTRODUCES, OUT_OF_ROLE, ROLE, marks_of, preferences
from assistant.question import plain_query
from ingest.glossary import Glossary, Term
from ingest.store import Generation


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    opened = toy_index(Path(tmp_path_factory.mktemp("preferences")), EDITIONS)
    yield opened
    opened.close()


def _gains(index: Generation, question: str) -> dict[str, float]:
    found = ranked(index, question)
    return {c.text: float(gain) for c, gain in zip(found.found, preferences(found.asked, found.found, found.matrix), strict=True)}


def _of(gains: dict[str, float], part: str) -> float:
    return next(gain for text, gain in gains.items() if part in text)


def test_the_tier_that_the_amount_falls_into_comes_first_and_stands_alone(index: Generation) -> None:
    found = ranked(index, "What award does a robot maker with sales of 300 million yuan get?")
    assert found.found[0].text.endswith("4 million yuan")
    assert is_graded(found)


def test_the_edition_named_is_preferred_to_another(index: Generation) -> None:
    gains = _gains(index, "What award does the revised edition pay a robot maker?")
    assert _of(gains, "7 million yuan") > _of(gains, "1 million yuan")


def test_a_sentence_that_presents_its_document_loses_where_something_else_is_asked(index: Generation) -> None:
    questions = ("Why do robot makers get awards?", "Give an overview of the awards to robot makers")
    asked, overview = (_gains(index, question) for question in questions)
    assert _of(overview, "pays awards to robot makers") - _of(asked, "pays awards to robot makers") == INTRODUCES


def test_a_statement_under_sources_loses(index: Generation) -> None:
    gains = _gains(index, "Why do robot makers get awards by sales?")
    assert _of(gains, "read at the office") == -2 * OUT_OF_ROLE


def test_a_heading_in_the_questions_terms_counts(index: Generation) -> None:
    found = ranked(index, "Until when does the award scheme for robot makers apply?")
    plain = preferences(found.asked, found.found, found.matrix)
    with_terms = preferences(
        found.asked, found.found, found.matrix, lambda text: [(0, 1, "validity")] if "Until when" in text or text == "Validity" else []
    )
    gained = {c.text for c, one, other in zip(found.found, plain, with_terms, strict=True) if other - one == HEADED}
    assert gained == {"It runs until 31 December 2026."}


def test_years_and_editions_are_read_in_both_languages() -> None:
    assert marks_of("the revised rules of 2023") == {"revised", "2023"}
    assert marks_of("2021年征求意见稿") == {"draft", "2021"}


BOATS = Glossary(
    terms=(
        Term(id="trawler", kind="product", zh=("拖网船",), en=("trawler", "drag-net boat")),
        Term(id="ferry", kind="product", zh=("渡船",), en=("ferry",)),
        Term(id="paint", kind="product", zh=("油漆",), en=("paint", "varnish")),
    )
)


def terms_of(text: str) -> list[tuple[int, int, str]]:
    """What the glossary of boats finds."""
    return [(found.start, found.end, found.term.id) for found in BOATS.find(text)]


def gained(question: str, *found: Candidate, concepts: Concepts = no_concepts, kind: str = "measure") -> list[float]:
    """What rules add to each of a few candidates that match no expected type."""
    query = plain_query(question).model_copy(update={"kind": kind})
    matrix = np.zeros((len(found), len(NAMES)), np.float32)
    return [float(gain) for gain in preferences(ask(query, lambda _: 1.0, concepts), found, matrix, concepts)]


@pytest.mark.parametrize(
    ("question", "heading", "gain"),
    [
        ("Until when do berth rules run?", "Validity", ROLE),
        ("Until when do berth rules run?", "Moorings", 0.0),
        ("Until when do berth rules run?", "Sources", -2 * OUT_OF_ROLE),
        ("Which rope is best?", "Validity", 0.0),
        ("Which rope is best?", "Relation to other rules", -OUT_OF_ROLE),
        ("Which rope is best?", "Background", 0.0),
        ("泊位规定何时失效？", "有效期", ROLE),
        ("哪种绳子好？", "有效期", 0.0),
        ("哪种绳子好？", "相关文件", -OUT_OF_ROLE),
    ],
)
def test_a_section_gains_where_its_part_is_asked_for_and_loses_where_it_answers_nothing(question: str, heading: str, gain: float) -> None:
    language = plain_query(question).language
    assert gained(question, candidate("Gulls sleep.", (heading,), language=language)) == [gain]


@pytest.mark.parametrize(("kind", "gain"), [("figure", -OUT_OF_ROLE), ("summary", 0.0)])
def test_a_purpose_answers_what_a_document_is_for_and_no_figure(kind: str, gain: float) -> None:
    assert gained("Which rope is best?", candidate("Gulls sleep.", ("Purpose",)), kind=kind) == [gain]


@pytest.mark.parametrize(
    ("question", "titles", "shares"),
    [
        ("What do ferry pilots wear?", ("Ferry pilots", "Ferry notes", "Gulls"), (1.0, 0.5, 0.0)),
        ("What do ferry pilots wear?", ("Gulls", "Terns"), (0.0, 0.0)),
        ("渡船船长穿什么？", ("渡船船长办法", "海鸥办法"), (1.0, 0.0)),
    ],
)
def test_the_document_whose_title_the_question_names_best_comes_first(
    question: str, titles: tuple[str, ...], shares: tuple[float, ...]
) -> None:
    language = plain_query(question).language
    found = [candidate("Gulls sleep.", title=title, document=title, language=language) for title in titles]
    assert gained(question, *found) == pytest.approx([HOME * share for share in shares])


def test_a_title_that_names_less_than_a_fifth_of_the_question_is_not_named() -> None:
    found = candidate("Gulls sleep.", title="Ropes"), candidate("Gulls sleep.", title="Gulls", document="b")
    assert gained("Which hat do old ferry pilots of northern bays wear beside ropes?", *found) == [0.0, 0.0]


@pytest.mark.parametrize("question", ["What does a trawler need?", "拖网船要什么？"])
def test_a_title_in_another_word_of_the_glossary_is_named(question: str) -> None:
    language = plain_query(question).language
    found = [candidate("Gulls sleep.", title=title, document=title, language=language) for title in ("Drag-net boats", "Kites")]
    gains = gained(question, *found, concepts=terms_of)
    assert gains[0] == pytest.approx(HOME)
    assert gains[1] == 0.0


@pytest.mark.parametrize(
    ("question", "texts", "shares"),
    [
        ("What varnish for a trawler?", ("A drag-net boat takes paint.", "A ferry takes paint.", "Gulls."), (1.0, 0.5, 0.0)),
        ("拖网船用什么油漆？", ("拖网船刷油漆。", "渡船刷油漆。", "海鸥睡了。"), (1.0, 0.5, 0.0)),
    ],
)
def test_a_candidate_gains_by_the_share_of_the_very_things_that_it_names(
    question: str, texts: tuple[str, ...], shares: tuple[float, ...]
) -> None:
    language = plain_query(question).language
    found = [candidate(text, title="Kites", language=language) for text in texts]
    assert gained(question, *found, concepts=terms_of) == pytest.approx([IDEAS * share for share in shares])
    assert gained(question, *found) == [0.0] * len(texts)


def test_what_the_title_names_need_not_be_named_again() -> None:
    found = candidate("It takes paint.", title="Drag-net boats"), candidate("A trawler.", title="Drag-net boats")
    paint, boat = gained("What varnish for a trawler?", *found, concepts=terms_of)
    assert paint - boat == pytest.approx(IDEAS)


def test_no_candidate_gains_nothing() -> None:
    assert gained("What varnish for a trawler?") == []


@pytest.mark.parametrize(
    ("facts", "plain", "about_currency"),
    [
        (
            "# Dues\n\nThe dues come to 70 million yuan. The report converts the dues of 70 million yuan to 10 million US dollars.\n",
            "What do the dues come to?",
            "What do the dues come to in US dollars?",
        ),
        ("# 规费\n\n规费合计7000万元。该报道把规费7000万元折算为1000万美元。\n", "规费合计是多少？", "规费合计折算成美元是多少？"),
    ],
)
def test_a_conversion_is_no_answer_where_no_currency_is_asked_about(facts: str, plain: str, about_currency: str, tmp_path: Path) -> None:
    opened = toy_index(tmp_path, {"dues": facts})
    lost = []
    for question in (plain, about_currency):
        gains = _gains(opened, question)
        converted = next(gain for text, gain in gains.items() if "1000万美元" in text or "10 million" in text)
        stated = next(gain for text, gain in gains.items() if "美元" not in text and "dollars" not in text)
        lost.append(stated - converted)
    opened.close()
    assert lost[0] - lost[1] >= CONVERTED


def test_the_words_of_a_fragment_weigh_more_than_those_of_the_question_it_follows() -> None:
    query = plain_query("A small one: What counts as a micro firm?").model_copy(update={"focus": "a small one"})
    found = [candidate("A micro firm has up to 9 people."), candidate("A small firm has up to 49 people.")]
    asked = ask(query, lambda _: 1.0)
    micro, small = preferences(asked, found, np.zeros((2, len(NAMES)), np.float32))
    assert small - micro == pytest.approx(FOCUS)


def test_a_text_in_the_other_language_is_not_held_to_the_words_of_a_fragment() -> None:
    query = plain_query("A small one: What counts as a micro firm?").model_copy(update={"focus": "a small one"})
    foreign = candidate("小型企业不超过49人。", language="zh")
    found = [candidate("A micro firm has up to 9 people."), foreign, candidate("A small firm has up to 49 people.")]
    own = [found[0], foreign, found[0]]
    asked = ask(query, lambda _: 1.0)
    matrix = np.zeros((3, len(NAMES)), np.float32)
    among_small, among_micro = (preferences(asked, each, matrix)[1] for each in (found, own))
    assert among_small - among_micro == pytest.approx(FOCUS)
