"""Fitting the reader: groups to batches, and weights that the export adds as they were fitted."""

import json
import random
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

import evals.fit_reader as fit_reader
import ingest.export as export
from evals.average_reader import averaged
from evals.average_reader import main as average
from evals.fit_reader import Reader, first_right, fit, loss_of, main
from evals.reading_batches import BATCH, MAX_TOKENS, WRONG, Batch, Batches, Tokens, chosen, prefixed
from evals.reading_schema import Group, Text, write_groups

CHANCE = random.Random(0)  # noqa: S311 - a sample, not a secret


def group(number: int, *, answerable: bool = True) -> Group:
    said = ("Nets are free.", "Ropes are sold.", "Oars are lent.", "Sails are white.", *[f"Knot {knot}." for knot in range(WRONG)])
    right = (Text("Boats pay 5 yuan.", "Dues", f"Harbour {number}"),) if answerable else ()
    return Group("toys", f"Question {number} on boats?", right, tuple(Text(text, "", f"Harbour {number}") for text in said))


def test_a_right_text_stands_ahead_of_wrong_ones() -> None:
    pairs, right = chosen(group(1), CHANCE)
    assert (len(pairs), right) == (1 + WRONG, 1)
    assert pairs[0][1][-1] == "Boats pay 5 yuan."
    assert all(parts[-1] != "Boats pay 5 yuan." for _, parts in pairs[1:])
    assert chosen(group(1, answerable=False), CHANCE)[1] == 0


def test_title_and_heading_stand_ahead_of_a_text_where_wanted_and_known() -> None:
    text = Text("Boats pay.", "Dues", "Harbour")
    assert prefixed(text, titled=True, headed=True) == ("Harbour", ":", "Dues", ":", "Boats pay.")
    assert prefixed(text._replace(heading=""), titled=False, headed=True) == ("Boats pay.",)


def test_every_group_comes_once_a_pass() -> None:
    made = Batches([group(number) for number in range(BATCH + 3)], passes=2, seed=0)
    sizes = [len(made[at].places) for at in range(len(made))]
    assert sorted(sizes) == [3, 3, BATCH, BATCH]
    assert torch.equal(made[0].ids, made[0].ids)


def test_a_question_with_fewer_texts_has_fewer_places() -> None:
    short = group(2)._replace(wrong=group(2).wrong[:2])
    batch = Batches([group(1), short, group(3, answerable=False)], passes=1, seed=0)[0]
    assert sorted((batch.places >= 0).sum(1).tolist()) == [3, WRONG, 1 + WRONG]
    assert batch.right.sum(1).sort().values.tolist() == [0, 1, 1]
    assert batch.places.max() == len(batch.ids) - 1


def test_parts_are_split_into_tokens_as_the_whole_text_is() -> None:
    tokens = Tokens(["Who pays?"])
    ids, mask, types = tokens.pairs([("Who pays?", ("Harbour", ":", "A ferry pays dues.")), ("Who?", ("word " * 2 * MAX_TOKENS,))])
    from tokenizers import Tokenizer

    whole = Tokenizer.from_file(str(export.package_folder() / "tokenizer.json")).encode("Who pays?", "Harbour: A ferry pays dues.")
    end = int(mask[0].sum())
    assert (ids[0, :end].tolist(), types[0, :end].tolist()) == (whole.ids[:end], whole.type_ids[:end])
    assert ids.shape[1] == MAX_TOKENS == int(mask[1].sum())


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
    monkeypatch.setattr(export, "ADAPTER", path)
    with torch.no_grad():
        fitted, resumed, exported = (float(model(*pair)) for model in (reader, again, export._reader().eval()))
    assert resumed == pytest.approx(fitted, abs=0.05)
    assert exported == pytest.approx(fitted, abs=0.05)
    assert 0 <= first_right(again, [group(1)])["toys"] <= 100


def test_the_mean_of_changes_is_the_mean_of_what_they_add() -> None:
    torch.manual_seed(1)
    one, two = ({"l.a": torch.randn(rank, 5), "l.b": torch.randn(4, rank), "head.weight": torch.randn(1, 3)} for rank in (2, 3))
    mean = averaged([one, two], rank=4)
    added = (one["l.b"] @ one["l.a"] + two["l.b"] @ two["l.a"]) / 2
    assert torch.allclose(mean["l.b"].float() @ mean["l.a"].float(), added, atol=0.02)
    assert torch.allclose(mean["head.weight"].float(), (one["head.weight"] + two["head.weight"]) / 2, atol=0.01)
    assert averaged([one, two], rank=1)["l.a"].shape == (1, 5)


def test_runs_are_written_resumed_and_averaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(fit_reader, "HELD_OUT", 2)
    groups, first, second, mean = (tmp_path / name for name in ("groups.jsonl", "first", "second", "mean"))
    write_groups(groups, [group(number) for number in range(12)])
    assert main([str(groups), "--out", str(first), "--epochs", "1"]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert 0 < figures["questions"] < 12
    assert set(figures["first right in percent"]) == {"toys"}
    assert main([str(groups), "--out", str(second), "--epochs", "1", "--resume", str(first), "--seed", "1"]) == 0
    assert average([str(first), str(second), "--out", str(mean)]) == 0
    assert load_file(str(mean)).keys() == load_file(str(first)).keys()
    assert average([str(groups), "--out", str(mean)]) == 2
    assert "groups.jsonl" in capsys.readouterr().err


def test_too_few_questions_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_groups(tmp_path / "none.jsonl", [])
    assert main([str(tmp_path / "none.jsonl"), "--out", str(tmp_path / "x.safetensors")]) == 2
    assert "none.jsonl" in capsys.readouterr().err
