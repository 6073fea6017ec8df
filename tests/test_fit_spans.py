"""Fitting the short answers: rows from small sets, how right a span is, and the file that comes out."""

import json
from pathlib import Path

import numpy as np
import pytest
from test_fit_ranking import write_sets

from assistant.question import plain_query
from assistant.span_features import spans
from assistant.span_model import SpanWeights, best_span, scorer, span_weights, trait_name
from assistant.span_question import matched, wanted
from assistant.span_tokens import tokens
from evals.fit_spans import LANGUAGES, SURE, main
from evals.span_fitting import WRONG_KEPT, Vocabulary, overlap, sample, thinned
from evals.span_rows import SETS, SpanRow, SpanSet, rows_of
from ingest.schema import PlanQueryError

ROW = SpanRow("Who built the works?", "The works were built by Li Wen.", ((24, 30),), ("Li Wen",))


def articles(top: Path) -> Path:
    """Sets whose articles say where their answers begin."""
    write_sets(top)
    for path in (top / "train").iterdir():
        data = json.loads(path.read_text("utf-8"))
        for paragraph in (paragraph for article in data["data"] for paragraph in article["paragraphs"]):
            for answer in (answer for asked in paragraph["qas"] for answer in asked["answers"]):
                answer["answer_start"] = paragraph["context"].index(answer["text"])
        path.write_text(json.dumps(data), "utf-8")
    return top


def test_a_row_is_the_sentence_that_holds_the_answer(tmp_path: Path) -> None:
    top = articles(tmp_path)
    for path in ("xquad_en", "train/squad11_train_rebuilt.json"):
        rows = rows_of(SpanSet(path, "en", "x", 5), top, None, 0)
        assert len(rows) == 5
        for row in rows:
            (start, end), *_ = row.places
            assert row.text[start:end] in row.answers
            assert row.text.count(".") == 1


def test_articles_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("[]", "utf-8")
    with pytest.raises(PlanQueryError, match="layout of SQuAD"):
        rows_of(SpanSet("broken.json", "en", "x", 5), tmp_path, None, 0)


def test_a_span_is_right_by_its_overlap_with_the_answer() -> None:
    found = tokens(ROW.text)
    asked = wanted(plain_query(ROW.question))
    possible = spans(asked, "en", ROW.text, found, matched(asked, ROW.text, found))
    right = {
        ROW.text[found[a].start : found[b].end]: value
        for a, b, value in zip(possible.first, possible.last, overlap(ROW, "en", found, possible), strict=True)
    }
    assert right["Li Wen"] == 1
    assert right["Wen"] == pytest.approx(2 / 3)
    assert right["The works"] == 0


def test_wrong_spans_are_thinned_and_weigh_the_same() -> None:
    row = SpanRow("Who built it?", " ".join(f"word{i}" for i in range(60)) + " Li Wen.", ((469, 475),), ("Li Wen",))
    whole = sample(row, "en", Vocabulary())
    few = thinned(whole, 0)
    assert len(few.right) < len(whole.right)
    assert few.stands_for.sum() == pytest.approx(len(whole.right))
    assert np.count_nonzero(few.stands_for > 1) == WRONG_KEPT
    assert few.right.max() == whole.right.max()


def test_the_file_that_is_fitted_finds_the_figure_and_is_the_same_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    top = articles(tmp_path / "sets")
    outs = [tmp_path / "one.json", tmp_path / "two.json"]
    for out in outs:
        assert main([str(top), "--out", str(out)]) == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()
    assert "xquad_zh" in capsys.readouterr().out
    found = SpanWeights.model_validate_json(outs[0].read_text("utf-8"))
    text = "The Willow factory makes 512 motors in a year."
    span = best_span(
        wanted(plain_query("How many motors does the Willow factory make in a year?")), "en", text, scorer(found.weights["en"])
    )
    assert span is not None
    assert "512" in text[span.start : span.end]


def test_without_sets_fitting_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert "no set to fit on" in capsys.readouterr().err


def test_the_shipped_weights_know_every_language_and_where_they_come_from() -> None:
    shipped = span_weights()
    for language in LANGUAGES:
        assert shipped.threshold[language] == SURE
        assert shipped.weights[language][trait_name("holds", 1, "when")] > 0
    assert set(shipped.provenance["sets"]) == {one.name for one in SETS}  # type: ignore[call-overload]
