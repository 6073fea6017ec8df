"""What both fittings share: the run, its options, and the file it leaves."""

import json
from pathlib import Path

import pytest
from reader_toys import group
from safetensors import safe_open
from safetensors.torch import load_file

import evals.fitting_runs as fitting_runs
from evals import fit_embedder, fit_reader
from evals.fitting_runs import Task, main_of
from evals.reading_schema import LARGEST, write_groups

TASKS = pytest.mark.parametrize("task", [fit_embedder.TASK, fit_reader.TASK], ids=lambda task: task.name)


@TASKS
def test_runs_are_written_and_gone_on_from(
    task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fitting_runs, "HELD_OUT", 2)
    groups, first, second = (tmp_path / name for name in ("groups.jsonl", "first", "second"))
    write_groups(groups, [group(number) for number in range(12)])
    assert main_of(task, [str(groups), "--out", str(first), "--epochs", "1"]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert 0 < figures["questions"] < 12
    assert set(figures["first right in percent"]) == {"toys"}
    assert main_of(task, [str(groups), "--out", str(second), "--epochs", "1", "--resume", str(first), "--seed", "1"]) == 0
    assert load_file(str(second)).keys() == load_file(str(first)).keys()
    with safe_open(str(second), "pt") as stored:
        told = stored.metadata()
    assert (told["fitted by"], told["epochs"], told["seed"]) == (f"evals/{task.name}.py", "1", "1")


def test_a_run_sees_the_share_of_the_largest_set_that_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fitting_runs, "HELD_OUT", 10**9)
    large = [group(number)._replace(set=LARGEST) for number in range(6)]
    write_groups(tmp_path / "groups.jsonl", [*large, *[group(number) for number in range(6, 8)]])
    given = [str(tmp_path / "groups.jsonl"), "--out", str(tmp_path / "run"), "--epochs", "1"]
    assert main_of(fit_reader.TASK, [*given, "--share", "0"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["questions"] == 2


@TASKS
def test_too_few_questions_are_told(task: Task, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_groups(tmp_path / "none.jsonl", [])
    assert main_of(task, [str(tmp_path / "none.jsonl"), "--out", str(tmp_path / "x.safetensors")]) == 2
    assert "none.jsonl" in capsys.readouterr().err
