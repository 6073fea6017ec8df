"""Fitting the embedder: the loss, and weights that the export adds as they were fitted."""

from pathlib import Path

import pytest
import torch
from reader_toys import group
from safetensors.torch import load_file, save_file

import ingest.export as export
from evals.fit_embedder import Batches, Encoder, fit, scores
from evals.reading_batches import Tokens
from evals.reading_schema import Text


def test_another_chunk_that_answers_is_no_wrong_one() -> None:
    both = group(1)._replace(right=(Text("Boats pay 5 yuan.", "", "Harbour"), Text("A boat pays 5 yuan.", "", "Harbour")))
    batch = Batches([both, both._replace(right=both.right[:1]), both._replace(right=both.right[1:])], passes=1, seed=0)[0]
    assert batch.left_out.sum() == 1
    assert not batch.left_out[torch.arange(3), batch.right].any()


def test_a_text_many_questions_share_stands_in_a_batch_once() -> None:
    batch = Batches([group(1), group(1)], passes=1, seed=0)[0]
    assert batch.right[0] == batch.right[1]


def test_what_is_fitted_is_what_is_exported_and_gone_on_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    torch.manual_seed(0)
    encoder = Encoder()
    before = {name: value.clone() for name, value in encoder.changes().items()}
    fit(encoder, [group(number) for number in range(8)], epochs=1, rate=1e-2, seed=0)
    after = encoder.changes()
    assert any((after[name] != before[name]).any() for name in after)
    path = tmp_path / "embedder.safetensors"
    save_file(after, str(path))
    again = Encoder()
    again.resume(load_file(str(path)))
    texts = Tokens(()).alone(["A ferry pays dues.", "Nets are free for all."])
    monkeypatch.setattr(export, "EMBEDDER", path)
    with torch.no_grad():
        fitted, resumed, exported = (model(*texts) for model in (encoder, again, export._encoder().eval()))
    assert torch.allclose(resumed, fitted, atol=0.02)
    assert torch.allclose(exported, fitted, atol=0.02)
    assert len(scores(again, group(1))) == 1 + len(group(1).wrong)
