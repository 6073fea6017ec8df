"""Fitting the embedder: the loss, and weights that the export adds as they were fitted."""

import json
from pathlib import Path

import pytest
import torch
from reader_toys import group
from safetensors.torch import load_file, save_file

import evals.fit_embedder as fit_embedder
import ingest.export as export
from evals.fit_embedder import Batches, Encoder, first_right, fit, main
from evals.reading_batches import Tokens
from evals.reading_schema import Text, write_groups


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
    before = {name: value.clone() for name, value in encoder.base.changes().items()}
    fit(encoder, [group(number) for number in range(8)], epochs=1, rate=1e-2, seed=0)
    after = encoder.base.changes()
    assert any((after[name] != before[name]).any() for name in after)
    path = tmp_path / "embedder.safetensors"
    save_file(after, str(path))
    again = Encoder()
    again.base.resume(load_file(str(path)))
    texts = Tokens(()).alone(["A ferry pays dues.", "Nets are free for all."])
    monkeypatch.setattr(export, "EMBEDDER", path)
    with torch.no_grad():
        fitted, resumed, exported = (model(*texts) for model in (encoder, again, export._encoder().eval()))
    assert torch.allclose(resumed, fitted, atol=0.02)
    assert torch.allclose(exported, fitted, atol=0.02)
    assert 0 <= first_right(again, [group(1)])["toys"] <= 100


def test_runs_are_written_and_gone_on_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(fit_embedder, "HELD_OUT", 2)
    groups, first, second = (tmp_path / name for name in ("groups.jsonl", "first", "second"))
    write_groups(groups, [group(number) for number in range(12)])
    assert main([str(groups), "--out", str(first), "--epochs", "1"]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert 0 < figures["questions"] < 12
    assert set(figures["first right in percent"]) == {"before", "after"}
    assert main([str(groups), "--out", str(second), "--epochs", "1", "--resume", str(first), "--seed", "1"]) == 0
    assert load_file(str(second)).keys() == load_file(str(first)).keys()


def test_too_few_questions_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_groups(tmp_path / "none.jsonl", [])
    assert main([str(tmp_path / "none.jsonl"), "--out", str(tmp_path / "x.safetensors")]) == 2
    assert "none.jsonl" in capsys.readouterr().err
