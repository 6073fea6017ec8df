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
from evals.fit_doubt import FALSE_REFUSALS, FOLDS, Sample, cross_validated, fit, main, sample
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
    found = sample(AnswerCase.model_validate(line), assistant, DAY)
    assert found is not None
    assert found.signs.shape == (len(SIGNS),)
    assert (found.is_open, found.language) == (is_open, language)


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
    assert sample(AnswerCase.model_validate(line), assistant, DAY) is None


def toy_signs(count: int, seed: int = 1) -> tuple[np.ndarray[Any, np.dtype[np.float64]], np.ndarray[Any, np.dtype[np.bool_]]]:
    """Rows of which the first column tells whether a question is left open."""
    noise = np.random.default_rng(seed).normal(size=(count, len(SIGNS)))
    is_open = np.arange(count) % 3 == 0
    noise[:, 0] += np.where(is_open, 6.0, -6.0)
    noise[:, 20:] = 0.0  # so few samples would find chance agreement in some of all the signs
    return noise, is_open


def test_the_sign_that_tells_weighs_most_and_both_classes_count_the_same() -> None:
    features, is_open = toy_signs(90)
    fitted = fit(features, is_open)
    assert int(np.argmax(np.abs(fitted.coef_[0]))) == 0
    assert fitted.coef_[0][0] > 0
    chances = fitted.predict_proba(features)[:, 1]
    assert abs(chances[is_open].mean() - (1 - chances[~is_open].mean())) < 0.05


def test_a_question_is_scored_by_models_that_have_not_seen_it(monkeypatch: pytest.MonkeyPatch) -> None:
    features, is_open = toy_signs(48)
    scores = cross_validated(features, is_open)
    assert scores.shape == (48,)
    assert scores[is_open].min() > scores[~is_open].max()

    class Memory:
        """Knows the rows that it was fitted on."""

        def __init__(self, rows: np.ndarray[Any, np.dtype[np.float64]]) -> None:
            self.rows = {tuple(row) for row in rows}

        def decision_function(self, rows: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
            return np.array([float(tuple(row) in self.rows) for row in rows])

    monkeypatch.setattr(fit_doubt, "fit", lambda rows, _: Memory(rows))
    assert cross_validated(features, is_open).tolist() == [0.0] * 48


def test_scores_are_a_mean_and_the_same_again() -> None:
    features, is_open = toy_signs(48)
    once, again = cross_validated(features, is_open), cross_validated(features, is_open)
    assert once.tolist() == again.tolist()
    assert np.abs(once - fit(features, is_open).decision_function(features)).max() < 2.0


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
    features, _ = toy_signs(96)

    def drawn(case: AnswerCase, assistant: Assistant, as_of: date) -> Sample | None:
        number = int(case.id[1:])
        assert as_of == DAY
        return None if number == 95 else Sample(features[number].astype(np.float32), case.expected_status == "not_found", case.lang)

    monkeypatch.setattr(fit_doubt, "sample", drawn)
    monkeypatch.setattr(fit_doubt, "Assistant", Opened)
    out = tmp_path / "doubt.json"
    main([str(write_suite(tmp_path, made(96))), "--store", str(tmp_path / "index"), "--as-of", DAY.isoformat(), "--out", str(out)])
    assert Opened.stores[-1] == tmp_path / "index"
    written = Doubt.model_validate(json.loads(out.read_text("utf-8")))
    assert written.model.names == SIGNS
    assert int(np.argmax(np.abs(written.model.weights))) == 0
    assert set(written.threshold) == {"en", "zh"}
    assert written.provenance["suites"] == ["doubted"]
    assert written.provenance["questions"] == {"answered": 63, "left open": 32}
    figures = written.provenance["cross-validated"]
    assert isinstance(figures, dict)
    for language in ("en", "zh"):
        assert figures[language]["false refusals"] <= FALSE_REFUSALS + 1 / 30
        assert figures[language]["refusal recall"] == 1.0
    scores = written.model.score(features.astype(np.float32))
    assert all((scores[n] > written.threshold["en" if n % 2 == 0 else "zh"]) for n in range(0, 95, 3))


@pytest.mark.parametrize("count", [1, FOLDS - 1])
def test_too_few_questions_are_refused_with_what_to_do(count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit_doubt, "sample", lambda *_: Sample(np.zeros(len(SIGNS), np.float32), True, "en"))
    monkeypatch.setattr(fit_doubt, "Assistant", Opened)
    suite = write_suite(tmp_path, [CLOSING | {"id": f"c{number}"} for number in range(count)])
    out = tmp_path / "doubt.json"
    with pytest.raises(PlanQueryError, match=r"too few questions .* name more suites"):
        main([str(suite), "--store", str(tmp_path / "index"), "--as-of", DAY.isoformat(), "--out", str(out)])
    assert not out.exists()
