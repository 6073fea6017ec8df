"""Several runs of the reader's fitting to one."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from evals.average_runs import averaged, main


def test_the_mean_of_changes_is_the_mean_of_what_they_add() -> None:
    torch.manual_seed(1)
    one, two = ({"l.a": torch.randn(rank, 5), "l.b": torch.randn(4, rank), "head.weight": torch.randn(1, 3)} for rank in (2, 3))
    mean = averaged([one, two], rank=4)
    added = (one["l.b"] @ one["l.a"] + two["l.b"] @ two["l.a"]) / 2
    assert torch.allclose(mean["l.b"].float() @ mean["l.a"].float(), added, atol=0.02)
    assert torch.allclose(mean["head.weight"].float(), (one["head.weight"] + two["head.weight"]) / 2, atol=0.01)
    assert averaged([one, two], rank=1)["l.a"].shape == (1, 5)


def test_runs_are_read_and_their_mean_written_with_what_they_tell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two, mean = (tmp_path / name for name in ("one", "two", "mean"))
    for path, value in ((one, 1.0), (two, 3.0)):
        save_file({"head.bias": torch.full((1,), value), "l.a": torch.eye(3), "l.b": torch.eye(3)}, str(path), metadata={"seed": path.name})
    assert main([str(one), str(two), "--out", str(mean)]) == 0
    assert load_file(str(mean))["head.bias"].tolist() == [2.0]
    one.write_text("no weights", "utf-8")
    assert main([str(one), str(two), "--out", str(mean)]) == 2
    assert "one" in capsys.readouterr().err
