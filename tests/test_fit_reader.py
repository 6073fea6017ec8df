"""Fitting the reader: the loss, and weights that the export adds as they were fitted."""

from pathlib import Path

import pytest
import torch
from reader_toys import group
from safetensors.torch import load_file, save_file

import ingest.export as export
from evals.fit_reader import Reader, fit, loss_of, scores
from evals.reading_batches import Batch, Tokens


def test_the_loss_falls_as_the_right_text_rises() -> None:
    nothing = torch.zeros(0)
    answered = Batch(nothing, nothing, nothing, torch.tensor([[0, 1, 2]]), torch.tensor([[True, False, False]]))
    low, high = (float(loss_of(torch.tensor([score, 0.0, 0.0]), answered)) for score in (-1.0, 3.0))
    assert high < low
    open_question = answered._replace(right=torch.tensor([[False, False, False]]))
    assert float(loss_of(torch.full((3,), -3.0), open_question)) < float(loss_of(torch.full((3,), 3.0), open_question))


def test_what_is_fitted_is_what_is_exported_and_gone_on_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    torch.manual_seed(0)
    reader = Reader()
    before = {name: value.clone() for name, value in reader.changes().items()}
    fit(reader, [group(number) for number in range(8)], epochs=1, rate=1e-2, seed=0)
    after = reader.changes()
    assert any((after[name] != before[name]).any() for name in after)
    path = tmp_path / "reader.safetensors"
    save_file(after, str(path))
    again = Reader()
    again.resume(load_file(str(path)))
    pair = Tokens(()).pairs([("Who pays?", ("A ferry pays dues.",))])
    monkeypatch.setattr(export, "READER", path)
    with torch.no_grad():
        fitted, resumed, exported = (float(model(*pair)) for model in (reader, again, export._reader().eval()))
    assert resumed == pytest.approx(fitted, abs=0.05)
    assert exported == pytest.approx(fitted, abs=0.05)
    assert len(scores(again, group(1))) == 1 + len(group(1).wrong)
