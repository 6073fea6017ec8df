"""Fitting of doubt: samples from a small index, scores of models that have not seen the question, and the file that comes out."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from harbour_toys import TOYS
from toys import write_files

from assistant import Assistant
from assistant.doubt import SIGNS
from assistant.ranker import Doubt
from evals import fit_doubt
from evals.fit_doubt import FALSE_REFUSALS, FOLDS, LEFT_OUT, Sample, cross_validated, fit, main, samples, weights_of
from evals.schema import AnswerCase
from ingest.build import build_index
from ingest.embed import Embedder
from ingest.schema import PlanQueryError
from ingest.settings import Settings

DAY = date(2026, 11, 23)


def case(number: int, question: str, status: str, document: str | None = None) -> dict[str, Any]:
    """A line of a suite."""
    return {
        "id": f"c{number}",
        "question": question,
        "lang": "en" if question.isascii() else "zh",
        "kind": "figure" if document else "unanswerable",
        "expected_status": status,
        "expected_facts": [["x"]] if document else [],
        "expected_sources": [{"document": document, "quote": None}] if document else [],
    }


PAID = case(1, "How much do owners of fishing boats pay for a berth?", "answered", "harbour")
DRIP = case(2, "果园安装滴灌设备每亩补贴多少元？", "answered", "orchard")
CLOSING = case(3, "What is the closing date for berth applications?", "not_found")


@pytest.fixture(scope="module")
def store(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fit-doubt")
    build_index([write_files(folder / "documents", TOYS)], Settings(_env_file=None, store=folder / "store"))
    return folder / "store"


@pytest.fixture(scope="module")
def assistant(store: Path) -> Iterator[Assistant]:
    with Assistant.open(Settings(_env_file=None, store=store)) as opened:
        yield opened


@pytest.mark.parametrize(("line", "is_open", "language"), [(PAID, False, "en"), (DRIP, False, "zh"), (CLOSING, True, "en")])
def test_a_question_becomes_its_signs_and_whether_it_is_left_open(
    line: dict[str, Any], is_open: bool, language: str, assistant: Assistant
) -> None:
    found, *_ = samples(AnswerCase.model_validate(line), assistant, DAY)
    assert found.signs.shape == (len(SIGNS),)
    assert (found.is_open, found.language, found.is_left_out) == (is_open, language, False)


def test_an_answerable_question_is_put_once_more_without_the_documents_that_answer_it(assistant: Assistant) -> None:
    asked = case(5, "Until when do the rules on irrigation apply?", "answered", "orchard") | {"expected_facts": [["five years"]]}
    *_, without = samples(AnswerCase.model_validate(asked), assistant, DAY)
    assert (without.key, without.is_open, without.is_left_out) == ("c5", True, True)
    assert without.signs.shape == (len(SIGNS),)


def test_an_answer_that_stands_elsewhere_too_is_no_example_of_refusing(assistant: Assistant) -> None:
    whole, *without = samples(AnswerCase.model_validate(DRIP | {"expected_facts": [["a", "e"]]}), assistant, DAY)
    assert not whole.is_left_out
    assert without == []


def test_a_question_left_open_is_put_once(assistant: Assistant) -> None:
    assert [one.is_left_out for one in samples(AnswerCase.model_validate(CLOSING), assistant, DAY)] == [False]


@pytest.mark.parametrize(
    "line",
    [
        PAID | {"expected_sources": [{"document": "orchard", "quote": None}]},  # the best sentence stands in a wrong document
        case(4, "How much does a bee keeper receive for each hive?", "answered", "meadow"),  # its document leaves nothing open
        PAID | {"expected_status": "clarify", "expected_facts": [], "expected_sources": []},
    ],
    ids=["wrong document", "nothing left open", "another status"],
)
def test_a_question_that_tells_nothing_of_refusing_is_left_out(line: dict[str, Any], assistant: Assistant) -> None:
    assert [one for one in samples(AnswerCase.model_validate(line), assistant, DAY) if not one.is_left_out] == []


def toy_samples(count: int) -> list[Sample]:
    """Samples of which the first sign tells whether a question is left open."""
    noise = np.random.default_rng(1).normal(size=(count, len(SIGNS)))
    noise[:, 0] += np.where(np.arange(count) % 3 == 0, 6.0, -6.0)
    noise[:, 12:] = 0.0  # as many signs as there are would outweigh the one that tells in so few samples
    return [Sample(f"c{n}", row.astype(np.float32), n % 3 == 0, "en" if n % 2 == 0 else "zh") for n, row in enumerate(noise)]


def rows_of(found: list[Sample]) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array([one.signs for one in found], np.float64)


def open_of(found: list[Sample]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.array([one.is_open for one in found], np.bool_)


def test_the_sign_that_tells_weighs_most_and_both_classes_count_the_same() -> None:
    found = toy_samples(90)
    fitted = fit(rows_of(found), open_of(found), weights_of(found))
    assert int(np.argmax(np.abs(fitted.coef_[0]))) == 0
    assert fitted.coef_[0][0] > 0
    chances = fitted.predict_proba(rows_of(found))[:, 1]
    assert abs(chances[open_of(found)].mean() - (1 - chances[~open_of(found)].mean())) < 0.05


def test_questions_without_their_documents_weigh_a_part_of_the_others() -> None:
    found = toy_samples(9)
    found += [one._replace(is_open=True, is_left_out=True) for one in found if not one.is_open]
    weights = weights_of(found)
    assert weights[~open_of(found)].sum() == pytest.approx(6.0)
    assert weights[[one.is_open and not one.is_left_out for one in found]].sum() == pytest.approx(6.0)
    assert weights[[one.is_left_out for one in found]].sum() == pytest.approx(6.0 * LEFT_OUT)


def test_a_question_is_scored_by_models_that_have_not_seen_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = toy_samples(48)
    scores = cross_validated(found, rows_of(found))
    assert scores.shape == (48,)
    assert scores[open_of(found)].min() > scores[~open_of(found)].max()

    class Memory:
        """Knows the rows that it was fitted on."""

        def __init__(self, rows: np.ndarray[Any, np.dtype[np.float64]]) -> None:
            self.rows = {tuple(row) for row in rows}

        def decision_function(self, rows: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
            return np.array([float(tuple(row) in self.rows) for row in rows])

    monkeypatch.setattr(fit_doubt, "fit", lambda rows, *_: Memory(rows))
    twice = [*found, *found]
    assert cross_validated(twice, rows_of(twice)).tolist() == [0.0] * 96


def test_scores_are_a_mean_and_the_same_again() -> None:
    found = toy_samples(48)
    once, again = cross_validated(found, rows_of(found)), cross_validated(found, rows_of(found))
    assert once.tolist() == again.tolist()
    assert np.abs(once - fit(rows_of(found), open_of(found), weights_of(found)).decision_function(rows_of(found))).max() < 2.0


def write_suite(folder: Path, lines: list[dict[str, Any]]) -> Path:
    path = folder / "doubted.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return path


def made(count: int) -> list[dict[str, Any]]:
    """Questions in both languages, a third of which nothing answers."""
    texts = ("How much do owners of boat {} pay for a berth?", "果园{}滴灌设备每亩补贴多少元？")
    return [
        case(n, texts[n % 2].format(n), "not_found") if n % 3 == 0 else case(n, texts[n % 2].format(n), "answered", "harbour")
        for n in range(count)
    ]


class Opened:
    """Stands in for the assistant where samples are made to order; remembers the stores that it was opened on."""

    stores: ClassVar[list[Path]] = []

    @classmethod
    def open(cls, settings: Settings) -> AbstractContextManager[None]:
        cls.stores.append(settings.store)
        return nullcontext()


def test_a_fit_writes_weights_that_doubt_reads_with_their_provenance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made_to_order = toy_samples(96)

    def drawn(case: AnswerCase, assistant: Assistant, as_of: date) -> list[Sample]:
        number = int(case.id[1:])
        assert as_of == DAY
        left_out = made_to_order[0]._replace(key=case.id, is_left_out=True, language=case.lang)
        return [] if number == 95 else [made_to_order[number], *([left_out] if number % 3 else [])]

    monkeypatch.setattr(fit_doubt, "samples", drawn)
    monkeypatch.setattr(fit_doubt, "Assistant", Opened)
    out = tmp_path / "doubt.json"
    main([str(write_suite(tmp_path, made(96))), "--store", str(tmp_path / "index"), "--as-of", DAY.isoformat(), "--out", str(out)])
    assert Opened.stores[-1] == tmp_path / "index"
    written = Doubt.model_validate(json.loads(out.read_text("utf-8")))
    assert written.model.names == SIGNS
    assert int(np.argmax(np.abs(written.model.weights))) == 0
    assert set(written.threshold) == {"en", "zh"}
    assert written.provenance["suites"] == ["doubted"]
    assert written.provenance["questions"] == {"answered": 63, "left open": 32, "without documents": 63}
    figures = written.provenance["cross-validated"]
    assert isinstance(figures, dict)
    for language in ("en", "zh"):
        assert figures[language]["false refusals"] <= FALSE_REFUSALS + 1 / 30
        assert figures[language]["refusal recall"] == figures[language]["refusal recall without documents"] == 1.0
    scores = written.model.score(rows_of(made_to_order).astype(np.float32))
    assert all((scores[n] > written.threshold["en" if n % 2 == 0 else "zh"]) for n in range(0, 95, 3))


@pytest.mark.parametrize("count", [1, FOLDS - 1])
def test_too_few_questions_are_refused_with_what_to_do(count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit_doubt, "samples", lambda *_: [Sample("c", np.zeros(len(SIGNS), np.float32), True, "en")])
    monkeypatch.setattr(fit_doubt, "Assistant", Opened)
    suite = write_suite(tmp_path, [CLOSING | {"id": f"c{number}"} for number in range(count)])
    out = tmp_path / "doubt.json"
    with pytest.raises(PlanQueryError, match=r"too few questions .* name more suites"):
        main([str(suite), "--store", str(tmp_path / "index"), "--as-of", DAY.isoformat(), "--out", str(out)])
    assert not out.exists()
