"""What fitting the reader and fitting the embedder have in common: options, descent, held-out questions, and the file that is written."""

import argparse
import json
import os
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Sized
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from zlib import crc32

import torch
from safetensors.torch import load_file, save_file
from torch.utils.data import DataLoader

from evals.adapting import Changes
from evals.reading_schema import LARGEST, Group, read_groups
from ingest.schema import PlanQueryError

HELD_OUT = 50
"""One title in so many is kept for measuring."""


class Model(Protocol):
    """What is fitted: a torch module that tells what changed of the packaged weights."""

    def changes(self) -> Changes: ...

    def resume(self, known: Mapping[str, torch.Tensor]) -> None: ...


class Task(NamedTuple):
    """A fitting by its name (`fit_reader`) and what it tells of itself. `fit` makes so many passes over groups at a rate, by a seed;
    `scores` gives one score for each text of a group, right ones first."""

    name: str
    told: str | None
    epochs: int
    rate: float
    make: Callable[[], Any]
    fit: Callable[[Any, Sequence[Group], int, float, int], None]
    scores: Callable[[Any, Group], torch.Tensor]


class Descent(NamedTuple):
    """How the rate rises, over so many steps, and how long squares are remembered."""

    warm_up: int
    second: float


def descend(model: torch.nn.Module, batches: Sized, loss_of: Callable[[Any], torch.Tensor], rate: float, how: Descent) -> None:
    """One step a batch, the rate falling to nearly nothing; `loss_of` moves the batch to where the model is."""
    on_gpu = next(model.parameters()).device.type == "cuda"
    workers = max(0, (os.cpu_count() or 1) - 2) if on_gpu else 0
    fitted = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(fitted, lr=rate, weight_decay=0.01, betas=(0.9, how.second), fused=on_gpu)
    steps: Any = DataLoader(batches, batch_size=None, num_workers=workers)  # type: ignore[arg-type]
    for step, batch in enumerate(steps):
        for options in optimizer.param_groups:
            options["lr"] = rate * min(1, (step + 1) / how.warm_up) * max(0.03, 1 - step / len(batches))
        loss = loss_of(batch)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(fitted, 1.0)
        optimizer.step()
        if step % 200 == 0:
            sys.stderr.write(f"{step}/{len(batches)} loss {float(loss.detach()):.3f}\n")


def first_right(task: Task, model: Model, groups: Sequence[Group]) -> dict[str, float]:
    """Percent of answerable questions, by set, whose best text is a right one."""
    right = defaultdict(list)
    with torch.no_grad():
        for group in (group for group in groups if group.right):
            right[group.set].append(int(task.scores(model, group).argmax()) < len(group.right))
    return {name: round(100 * sum(found) / len(found), 1) for name, found in sorted(right.items())}


def main_of(task: Task, arguments: Sequence[str] | None) -> int:
    """Fit, print how often the best text of held-out questions is right, and write the weights with where they come from."""
    parser = argparse.ArgumentParser(prog=f"python -m evals.{task.name}", description=task.told)
    parser.add_argument("groups", type=Path, metavar="GROUPS.jsonl", help="the groups to fit on")
    parser.add_argument("--out", type=Path, required=True, help="write the weights to this file")
    parser.add_argument("--epochs", type=int, default=task.epochs, help="how often every question is seen")
    parser.add_argument("--rate", type=float, default=task.rate, help="learning rate at its highest")
    parser.add_argument("--share", type=float, default=1.0, help="share of the questions of SQuAD that this run sees")
    parser.add_argument("--resume", type=Path, help="go on from the weights of this file")
    parser.add_argument("--seed", type=int, default=0, help="which questions of SQuAD and which texts are seen, in which order")
    options = parser.parse_args(arguments)
    try:
        return _run(task, options)
    except PlanQueryError as error:
        sys.stderr.write(f"{task.name}: {error}\n")
        return 2


def _run(task: Task, options: argparse.Namespace) -> int:
    torch.manual_seed(options.seed)
    groups = read_groups(options.groups)
    chance = random.Random(options.seed)  # noqa: S311 - a sample, not a secret
    sampled = [group for group in groups if group.set != LARGEST or chance.random() < options.share]
    kept = [group for group in sampled if not _is_held_out(group)]
    if not kept:
        raise PlanQueryError(f"{str(options.groups)!r} has too few questions to fit on; write it from a folder with more sets")
    model = task.make()
    if options.resume:
        model.resume(load_file(str(options.resume)))
    model.to("cuda" if torch.cuda.is_available() else "cpu")
    task.fit(model, kept, options.epochs, options.rate, options.seed)
    right = first_right(task, model, [group for group in groups if _is_held_out(group)])
    figures = json.dumps({"questions": len(kept), "first right in percent": right})
    given = {name: str(getattr(options, name)) for name in ("epochs", "rate", "share", "seed")}
    save_file(model.changes(), str(options.out), metadata={"fitted by": f"evals/{task.name}.py", "figures": figures, **given})
    sys.stdout.write(f"{figures}\n")
    return 0


def _is_held_out(group: Group) -> bool:
    return crc32((*group.right, *group.wrong)[0].title.encode()) % HELD_OUT == 0
