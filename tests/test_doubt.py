"""Signs that a question is not answered, though a sentence looks like it: the statement of absence that it is closest to."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from harbour_toys import TOYS, candidate
from toys import passages_of, toy_index

import assistant.doubt as module
from assistant.absence import speaks_of_absence
from assistant.decision import NEVER_SEEN, doubts
from assistant.doubt import FAR, SIGNS, Doubtful, Silence, judge, nearest_silence, signs, silences
from assistant.question import plain_query
from assistant.ranked import rank
from assistant.ranker import Doubt, Linear
from ingest.reader import no_reading
from ingest.schema import Chunk
from ingest.store import Generation


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    opened = toy_index(Path(tmp_path_factory.mktemp("doubt")), TOYS)
    yield opened
    opened.close()


def no_terms(_: str) -> tuple[tuple[int, int, str], ...]:
    return ()


def left_open(index: Generation, document: str) -> list[Chunk]:
    chunks = index.chunks(list(range(len(index.document_rows))))
    return [chunk for chunk in chunks if chunk.source.id == document and speaks_of_absence(chunk.heading)]


def doubtful(index: Generation, question: str) -> Doubtful | None:
    """What doubt on a question is decided on, by the toy index."""
    query = plain_query(question)
    ranked = rank(query, passages_of(index, question), no_reading, index.lexical.idf)
    return doubts(query.language, ranked, index.lexical.idf(NEVER_SEEN), no_terms, lambda document: left_open(index, document))


def harbour(index: Generation) -> str:
    """The id of the harbour rules."""
    return next(source.id for source in index.sources if source.title.startswith("Harbour"))


def of(index: Generation, question: str) -> Doubtful:
    found = doubtful(index, question)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("By when must owners apply for a berth of fishing boats?", "closing date"),
        ("Which body collects the berth fee of fishing boats?", "body that collects"),
        ("Do rowing boats need a berth?", "rowing boats"),
        ("果园滴灌补贴几月几号截止申报？", "申报截止时间"),
        ("果园滴灌补贴归谁发放？", "哪个部门"),
    ],
)
def test_a_question_is_closest_to_the_statement_on_what_it_asks(question: str, part: str, index: Generation) -> None:
    assert part in nearest_silence(of(index, question)).candidate.text


def test_a_statement_agrees_by_its_attribute_and_disagrees_by_another(index: Generation) -> None:
    agreeing = nearest_silence(of(index, "By when must owners apply for a berth of fishing boats?"))
    assert (agreeing.agrees, agreeing.disagrees) == (True, False)
    paid = of(index, "How much do owners of fishing boats pay for a berth?")
    other = nearest_silence(paid._replace(silent=[one for one in paid.silent if "closing date" in one.text]))
    assert (other.agrees, other.disagrees) == (False, True)


def test_of_equal_statements_one_that_leaves_whether_something_is_so_is_further() -> None:
    plain, whether = (
        Silence(candidate(text), True, False, 0.5, 0.5, 0.0) for text in ("It is not stated.", "Whether it is so is not stated.")
    )
    assert plain.nearness - whether.nearness == 1.0


def test_the_attribute_asked_for_outweighs_words_in_common() -> None:
    statement = candidate("It is not stated.")
    agreeing = Silence(statement, True, False, 0.2, 0.1, 0.0)
    alike = Silence(statement, False, False, 0.6, 0.5, 0.0)
    another = alike._replace(disagrees=True)
    assert agreeing.nearness > alike.nearness > another.nearness


class Sign(NamedTuple):
    name: str
    question: str
    value: float


@pytest.mark.parametrize(
    "sign",
    [
        Sign("agrees", "By when must owners apply for a berth of fishing boats?", 1.0),
        Sign("agrees", "How much do owners of fishing boats pay for a berth?", 0.0),
        Sign("in_role", "Until when do the rules for fishing boats apply?", 1.0),
        Sign("in_role", "How much do owners of fishing boats pay for a berth?", 0.0),
        Sign("names_asked", "How much do owners of fishing boats pay for a berth?", 1.0),
        Sign("other_year", "Until when in 2035 do the rules for fishing boats apply?", 1.0),
        Sign("other_year", "Until when in 2029 do the rules for fishing boats apply?", 0.0),
        Sign("characters", "How much do owners of fishing boats pay for a berth?", 0.0),
        Sign("agrees", "果园滴灌补贴几月几号截止申报？", 1.0),
        Sign("in_role", "果园灌溉办法有效期到何时？", 1.0),
        Sign("subject", "How much do owners of fishing boats pay for a berth?", 1.0),
    ],
    ids=lambda sign: f"{sign.name} {sign.question}",
)
def test_signs_tell_what_speaks_for_and_against_an_answer(sign: Sign, index: Generation) -> None:
    row = signs(of(index, sign.question))
    assert row.shape == (len(SIGNS),)
    assert row[SIGNS.index(sign.name)] == sign.value


def test_no_sign_drowns_the_others(index: Generation) -> None:
    found = of(index, "How much do owners of fishing boats pay for a berth?")
    row = signs(found._replace(odds=50.0, ahead=-50.0))
    assert row[SIGNS.index("odds")] == FAR
    assert row[SIGNS.index("ahead")] == -3.0
    assert row[SIGNS.index("lead")] <= 5.0


@pytest.mark.parametrize(("shared", "is_so"), [("果园滴灌补贴由哪个部门发放？", True), ("果园灌溉要用什么颜色？", False)])
def test_ideographs_in_common_are_counted_without_the_commonest(shared: str, is_so: bool, index: Generation) -> None:
    assert (nearest_silence(of(index, shared)).characters > 0.5) is is_so


def set_weight(monkeypatch: pytest.MonkeyPatch, name: str, threshold: float) -> None:
    """A model of doubt by one sign alone."""
    weights = tuple(float(name == one) for one in SIGNS)
    model = Linear(names=SIGNS, mean=(0.0,) * len(SIGNS), scale=(1.0,) * len(SIGNS), weights=weights)
    made = Doubt(model=model, threshold={"en": threshold, "zh": threshold}, provenance={})
    monkeypatch.setattr(module, "doubt", lambda: made)


def test_the_more_doubt_above_the_threshold_the_less_probable_is_an_answer(index: Generation, monkeypatch: pytest.MonkeyPatch) -> None:
    found = of(index, "By when must owners apply for a berth of fishing boats?")
    set_weight(monkeypatch, "agrees", 0.5)
    assert judge(found).probability == pytest.approx(1 / (1 + np.exp(0.5)))
    set_weight(monkeypatch, "agrees", 1.0)
    assert judge(found).probability == 0.5
    set_weight(monkeypatch, "agrees", 3.0)
    assert judge(found).probability > 0.8


def test_only_a_close_statement_is_told_as_the_reason(index: Generation) -> None:
    close = judge(of(index, "By when must owners apply for a berth of fishing boats?"))
    assert close.silence is not None
    assert "closing date" in close.silence.text
    assert judge(of(index, "How wide is the keel of fishing boats?")).silence is None


def test_the_statements_of_the_best_documents_sections_and_those_found_beside_are_taken_once(index: Generation) -> None:
    best = candidate("A berth costs 300 yuan.", document=harbour(index))
    beside = candidate("The colour of the berths is not stated.", document=harbour(index))
    elsewhere = candidate("The height of the pier is not stated.", document="other")
    told = [one.text for one in silences(best, [best, beside, elsewhere, beside], left_open(index, harbour(index)))]
    assert len([text for text in told if text.lstrip("- ").startswith(("The closing", "The body", "Whether"))]) == 3
    assert "The colour of the berths is not stated." in told
    assert "The height of the pier is not stated." not in told
    assert silences(best, [best], []) == []


def test_a_statement_found_and_listed_is_one_statement(index: Generation) -> None:
    chunks = left_open(index, harbour(index))
    listed = silences(candidate("A berth.", document=harbour(index)), [], chunks)
    assert silences(listed[0], listed, chunks) == listed
