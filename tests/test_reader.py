"""The reader: a question and a text read together, what is read, and what the ranking does with it."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.desk import Remembering
from assistant.features import NAMES
from assistant.question import plain_query
from assistant.ranked import rank
from ingest.export import export_reader, reader_file
from ingest.reader import OnnxReader, Scores, no_reading, open_reader
from ingest.schema import PlanQueryError
from ingest.settings import Settings
from ingest.store import Generation
from tests.toys import DOCUMENTS, passages_of, toy_index

QUESTION = "From which day may a ferry use the new quay?"
TEXTS = ["The new quay opens to ferries on 3 May.", "The harbour has 12 berths.", "A ferry pays dues by its length."]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    opened = toy_index(tmp_path_factory.mktemp("reader"), DOCUMENTS)
    yield opened
    opened.close()


def test_the_text_that_answers_scores_highest(reader: OnnxReader) -> None:
    scores = reader(QUESTION, TEXTS)
    assert scores.dtype == np.float32
    assert int(scores.argmax()) == 0


def test_chinese_is_read_too_and_across_languages(reader: OnnxReader) -> None:
    chinese = ["新码头5月3日起向渡船开放。", "港口有12个泊位。", "渡船按长度缴费。"]
    asked = "渡船从哪天起可以使用新码头？"
    assert [int(reader(question, texts).argmax()) for question in (asked, QUESTION) for texts in (chinese, TEXTS)] == [0, 0, 0, 0]


def test_a_text_scores_the_same_whatever_stands_beside_it(reader: OnnxReader) -> None:
    assert reader(QUESTION, TEXTS)[1] == reader(QUESTION, [TEXTS[1]])[0]


def test_no_texts_give_no_scores(reader: OnnxReader) -> None:
    assert reader(QUESTION, []).shape == no_reading(QUESTION, []).shape == (0,)


def test_an_over_long_text_is_cut_and_read(reader: OnnxReader) -> None:
    assert np.isfinite(reader(QUESTION, ["quay " * 2000])).all()


def test_the_file_is_made_once_and_named_after_its_weights() -> None:
    models = Settings(_env_file=None).models
    made = export_reader(models)
    before = made.stat().st_mtime_ns
    assert export_reader(models) == made == reader_file(models)
    assert made.stat().st_mtime_ns == before


def test_a_reader_that_is_not_set_up_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(PlanQueryError, match=r"not set up in .*run `python -m ingest`"):
        open_reader(Settings(_env_file=None, models=tmp_path))


def test_no_pair_is_read_twice_within_one_question() -> None:
    read: list[str] = []

    def count(_: str, texts: list[str]) -> Scores:
        read.extend(texts)
        return np.arange(len(texts), dtype=np.float32)

    remembering = Remembering(count)  # type: ignore[arg-type]
    assert remembering("q", ["a", "b"]).tolist() == [0, 1]
    assert remembering("q", ["b", "c"]).tolist() == [1, 0]
    assert read == ["a", "b", "c"]


def test_what_is_read_as_an_answer_comes_first(index: Generation) -> None:
    question = "How much do exports of robot makers grow?"
    passages = passages_of(index, question)

    def picks(last: str) -> str:
        def read(_: str, texts: list[str]) -> Scores:
            return np.array([20.0 if last in text else -20.0 for text in texts], np.float32)

        return rank(plain_query(question), passages, read, index.lexical.idf).found[0].text  # type: ignore[arg-type]

    texts = [candidate.text for candidate in rank(plain_query(question), passages, no_reading, index.lexical.idf).found]
    assert picks(texts[0]) == texts[0]
    assert picks(texts[1]) == texts[1]


def test_unread_candidates_get_the_lowest_score(index: Generation) -> None:
    english = "What revenue do robot makers reach by 2028?"

    def only_first(_: str, texts: list[str]) -> Scores:
        return np.array([3.0, *([-2.0] * (len(texts) - 1))], np.float32)

    ranked = rank(plain_query(english), passages_of(index, english), only_first, index.lexical.idf)  # type: ignore[arg-type]
    read = ranked.matrix[:, NAMES.index("read")]
    assert set(read.tolist()) == {3.0, -2.0}
    share = ranked.matrix[:, NAMES.index("read_share")]
    assert (share[read == 3.0] > share[read == -2.0].max()).all()
