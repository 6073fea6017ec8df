"""Passages to a draft without a model: the right sentence, the whole list, or an honest refusal."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from harbour_toys import TOYS
from toys import passages_of, toy_index

import assistant.decision as module
from assistant.absence import is_absence, speaks_of_absence
from assistant.candidates import candidates
from assistant.decision import NEVER_SEEN, Decision, answerable, decide, doubts
from assistant.doubt import FAR, Doubtful, Judgement
from assistant.extract import claim as claim_of
from assistant.extract import extract
from assistant.features import no_concepts
from assistant.question import plain_query
from assistant.ranked import Ranked, rank
from assistant.schema import Draft
from ingest.reader import Read, no_reading
from ingest.schema import Chunk
from ingest.store import Generation


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Generation]:
    generation = toy_index(tmp_path)
    yield generation
    generation.close()


def draft(index: Generation, question: str, read: Read = no_reading) -> Draft:
    return extract(plain_query(question), passages_of(index, question), read, index.lexical.idf)


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
def test_what_is_not_there_is_refused_with_what_is_nearby(question: str, index: Generation, reader: Read) -> None:
    answer = draft(index, question, read=reader)
    assert (answer.status, answer.claims) == ("not_found", ())
    assert answer.refusal


def test_without_passages_there_is_only_the_refusal() -> None:
    answer = extract(plain_query("What revenue?"), [], no_reading, lambda _: 1.0)
    assert (answer.status, answer.claims, answer.confidence) == ("not_found", (), 0.0)
    assert answer.refusal


def test_every_claim_is_the_text_of_its_evidence(index: Generation) -> None:
    for question in ("What revenue do robot makers reach?", "Which sectors does the plan develop?", "博士的安家补贴是多少？"):
        for claim in draft(index, question).claims:
            assert [evidence.quote for evidence in claim.evidence] == [claim.text]


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[Generation]:
    generation = toy_index(tmp_path / "harbour", TOYS)
    yield generation
    generation.close()


def ranked(index: Generation, question: str) -> Ranked:
    return rank(plain_query(question), passages_of(index, question), no_reading, index.lexical.idf)


def left_open(index: Generation, document: str) -> list[Chunk]:
    """The sections of a document that say what it does not state."""
    chunks = index.chunks(list(range(len(index.document_rows))))
    return [chunk for chunk in chunks if chunk.source.id == document and speaks_of_absence(chunk.heading)]


def decided(index: Generation, question: str) -> Decision:
    query = plain_query(question)
    highest = index.lexical.idf(NEVER_SEEN)
    return decide(query.language, ranked(index, question), highest, no_concepts, lambda document: left_open(index, document))


class _Always(NamedTuple):
    """A model of doubt that knows its mind."""

    judgement: Judgement

    def __call__(self, _: Doubtful) -> Judgement:
        return self.judgement


@pytest.mark.parametrize("question", ["How much do owners of fishing boats pay for a berth?", "果园安装滴灌设备每亩补贴多少元？"])
def test_what_a_document_states_is_answered_though_it_leaves_other_things_open(question: str, harbour: Generation) -> None:
    found = decided(harbour, question)
    assert found.is_answered
    assert found.probability >= 0.5


@pytest.mark.parametrize(
    ("question", "part"),
    [("What is the closing date for berth applications?", "closing date"), ("补贴申报截止时间是几月几号？", "申报截止时间")],
)
def test_what_a_document_leaves_open_is_refused_with_its_own_words(question: str, part: str, harbour: Generation) -> None:
    found = decided(harbour, question)
    assert not found.is_answered
    assert found.probability < 0.5
    assert found.silence is not None
    assert part in found.silence.text
    asked = plain_query(question)
    answer = extract(
        asked,
        passages_of(harbour, question),
        no_reading,
        harbour.lexical.idf,
        left_open=lambda document: left_open(harbour, document),
    )
    assert answer.status == "not_found"
    assert found.silence.text.strip() in answer.refusal
    assert answer.confidence == found.probability


def test_where_a_document_leaves_nothing_open_the_ranking_alone_decides(harbour: Generation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "judge", _Always(Judgement(0.01, None)))
    question = "How much does a bee keeper receive for each hive?"
    found = decided(harbour, question)
    of_ranking = answerable("en", ranked(harbour, question), harbour.lexical.idf(NEVER_SEEN))
    assert found == Decision(True, of_ranking, None)
    assert not decided(harbour, "How much do owners of fishing boats pay for a berth?").is_answered


@pytest.mark.parametrize(("probability", "is_answered"), [(0.5, True), (0.49, False)])
def test_an_answer_needs_even_chances_where_things_are_left_open(
    probability: float, is_answered: bool, harbour: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "judge", _Always(Judgement(probability, None)))
    assert decided(harbour, "How much do owners of fishing boats pay for a berth?") == Decision(is_answered, probability, None)


def test_an_answer_about_another_place_is_refused_however_little_doubt_there_is(
    harbour: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "judge", _Always(Judgement(0.99, None)))
    assert decided(harbour, "How much do owners of fishing boats pay for a berth?").is_answered
    monkeypatch.setattr(module, "is_about_elsewhere", lambda *_: True)
    assert not decided(harbour, "How much do owners of fishing boats pay for a berth?").is_answered


def test_doubt_reads_a_ranking_without_statements_of_absence(harbour: Generation) -> None:
    question = "What is the closing date for berth applications?"
    ranking = ranked(harbour, question)
    found = doubts("en", ranking, harbour.lexical.idf(NEVER_SEEN), no_concepts, lambda document: left_open(harbour, document))
    assert found is not None
    assert not any(is_absence(one) for one in found.ranked.found)
    assert len(found.silent) == 3
    best = max(score for one, score in zip(ranking.found, ranking.scores, strict=True) if is_absence(one))
    assert found.ahead == pytest.approx(float(best - found.ranked.scores[0]))


def test_a_statement_that_no_search_found_is_far_behind(harbour: Generation) -> None:
    ranking = ranked(harbour, "How much do owners of fishing boats pay for a berth?")
    kept = [at for at, one in enumerate(ranking.found) if not is_absence(one)]
    without = Ranked(ranking.asked, [ranking.found[at] for at in kept], ranking.scores[kept], ranking.matrix[kept], ranking.fitted[kept])
    found = doubts("en", without, harbour.lexical.idf(NEVER_SEEN), no_concepts, lambda document: left_open(harbour, document))
    assert found is not None
    assert (found.ahead, len(found.silent)) == (-FAR, 3)


def test_without_statements_of_absence_there_is_nothing_to_doubt_by(harbour: Generation) -> None:
    ranking = ranked(harbour, "How much does a bee keeper receive for each hive?")
    assert doubts("en", ranking, harbour.lexical.idf(NEVER_SEEN), no_concepts, lambda document: left_open(harbour, document)) is None


def test_the_heads_of_a_row_are_cited_where_they_hold_figures(tmp_path: Path) -> None:
    table = "# Dues\n\n| Boat | {} | {} |\n| --- | --- | --- |\n| Ferry | 5 million yuan | 7 million yuan |\n"
    for heads, quotes in ((("2021 edition", "2024 edition"), 2), (("old edition", "new edition"), 1)):
        opened = toy_index(tmp_path / heads[0], {"dues": table.format(*heads)})
        row = next(one for one in candidates(passages_of(opened, "Ferry")) if one.kind == "row")
        found = claim_of(plain_query("What does a ferry pay?"), row)
        opened.close()
        assert len(found.evidence) == quotes
        assert all(head in found.text for head in heads)


def test_how_many_and_which_brings_the_whole_list(index: Generation) -> None:
    answer = draft(index, "How many sectors does the plan develop, and which ones?")
    assert [claim.text for claim in answer.claims if claim.layout == "item"] == ["joint motors", "force sensors", "motion controllers"]
    assert any("3 of 3" in notice for notice in answer.notices)


def test_an_amount_is_told_in_the_scale_asked_for(index: Generation) -> None:
    answer = draft(index, "What annual revenue do robot makers reach by 2028, in trillion yuan?")
    assert answer.claims[-1].layout == "calculation"
    assert answer.claims[-1].text.endswith("40 billion yuan = 0.04 trillion yuan")
