"""Groups of chunks to `ingest/embedder.safetensors`: what changes of all-MiniLM-L6-v2 so that a question lies near what answers it.

Run by hand: `python -m evals.fit_embedder GROUPS.jsonl --out ingest/embedder.safetensors`, on a GPU where there is one.

A softmax over the cosines of all chunks of a batch: the question's own, those that look like it, and those of the other questions, as in
Reimers and Gurevych's multiple negatives ranking loss.
"""

import argparse
import json
import os
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import torch
from safetensors.torch import load_file, save_file
from torch.nn import functional
from torch.utils.data import DataLoader, Dataset

from evals.adapting import AdaptedBase
from evals.reading_batches import DRAWN, Tokens
from evals.reading_schema import PRACTICE, Group, Text, read_groups
from ingest.export import pooled
from ingest.schema import PlanQueryError

BATCH = 128
RATE = 5e-4
EPOCHS = 2
WARM_UP = 60
WRONG = 3
"""Wrong chunks drawn beside the right one."""

SCALE = 20.0
"""What cosines are multiplied by: as when the model was made."""

MAX_TOKENS = 200
"""Of a chunk while it is fitted; few are longer."""

TIMES = {PRACTICE.name: 3, "doc2dial_en": 2}
"""How often one pass shows the groups of a set that is small for what it teaches."""

HELD_OUT = 50
"""One title in so many is kept for measuring."""


class Batch(NamedTuple):
    """Ids and mask of questions and of chunks (texts, tokens); `right` tells the chunk that answers each question, `left_out` which others
    (questions, chunks) answer it as well and are no wrong ones."""

    questions: tuple[torch.Tensor, torch.Tensor]
    chunks: tuple[torch.Tensor, torch.Tensor]
    right: torch.Tensor
    left_out: torch.Tensor


class Batches(Dataset[Batch]):
    """Every group once a pass, or as often as `TIMES` says."""

    def __init__(self, groups: Sequence[Group], passes: int, seed: int) -> None:
        self._groups, self._seed = groups, seed
        chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
        order = [number for number, group in enumerate(groups) for _ in range(passes * TIMES.get(group.set, 1))]
        chance.shuffle(order)
        self._parts = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
        texts = (text.text for group in groups for text in (*group.right, *group.wrong))
        self._tokens = Tokens((*texts, *(group.question for group in groups)), MAX_TOKENS)

    def __len__(self) -> int:
        return len(self._parts)

    def __getitem__(self, at: int) -> Batch:
        chance = random.Random(f"{self._seed} {at}")  # noqa: S311 - a sample, not a secret
        groups = [self._groups[number] for number in self._parts[at]]
        drawn = [(chance.choice(group.right), *_wrong(group, chance)) for group in groups]
        chunks = list(dict.fromkeys(text for texts in drawn for text in texts))
        places = {text: place for place, text in enumerate(chunks)}
        right = torch.tensor([places[texts[0]] for texts in drawn])
        left_out = torch.zeros((len(groups), len(chunks)), dtype=torch.bool)
        for row, (group, texts) in enumerate(zip(groups, drawn, strict=True)):
            left_out[row, [places[text] for text in group.right if text in places and text != texts[0]]] = True
        questions = self._tokens.alone([group.question for group in groups])
        return Batch(questions, self._tokens.alone([text.text for text in chunks]), right, left_out)


def _wrong(group: Group, chance: random.Random) -> list[Text]:
    """Wrong chunks, the likest oftenest."""
    order = sorted(range(len(group.wrong)), key=lambda at: at + DRAWN * chance.random())
    return [group.wrong[at] for at in order[:WRONG]]


class Encoder(torch.nn.Module):
    """The model that is fitted: texts to vectors of length 1."""

    def __init__(self) -> None:
        super().__init__()
        self.base = AdaptedBase()

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        return functional.normalize(pooled(self.base(input_ids=ids, attention_mask=mask), mask), dim=1)


def loss_of(encoder: Encoder, batch: Batch) -> torch.Tensor:
    """Mean softmax loss of the right chunks."""
    cosines = encoder(*batch.questions) @ encoder(*batch.chunks).T
    return functional.cross_entropy(SCALE * cosines.masked_fill(batch.left_out, -1e4), batch.right)


def fit(encoder: Encoder, groups: Sequence[Group], epochs: int, rate: float, seed: int) -> None:
    """So many passes over the groups, the rate falling to nearly nothing."""
    device = next(encoder.parameters()).device
    made = Batches(groups, epochs, seed)
    workers = max(0, (os.cpu_count() or 1) - 2) if device.type == "cuda" else 0
    fitted = [parameter for parameter in encoder.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(fitted, lr=rate, weight_decay=0.01, fused=device.type == "cuda")
    for step, batch in enumerate(DataLoader(made, batch_size=None, num_workers=workers)):
        for options in optimizer.param_groups:
            options["lr"] = rate * min(1, (step + 1) / WARM_UP) * max(0.03, 1 - step / len(made))
        loss = loss_of(encoder, _on(batch, device))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(fitted, 1.0)
        optimizer.step()
        if step % 100 == 0:
            sys.stderr.write(f"{step}/{len(made)} loss {float(loss.detach()):.3f}\n")


def _on(batch: Batch, device: torch.device) -> Batch:
    questions, chunks = ((ids.to(device), mask.to(device)) for ids, mask in (batch.questions, batch.chunks))
    return Batch(questions, chunks, batch.right.to(device), batch.left_out.to(device))


def first_right(encoder: Encoder, groups: Sequence[Group]) -> dict[str, float]:
    """Percent of questions, by set, whose nearest chunk of the group is a right one."""
    device, right, tokens = next(encoder.parameters()).device, defaultdict(list), Tokens((), MAX_TOKENS)
    with torch.no_grad():
        for group in groups:
            texts = [text.text for text in (*group.right, *group.wrong)]
            asked, told = (encoder(*(part.to(device) for part in tokens.alone(each))) for each in ([group.question], texts))
            right[group.set].append(int((told @ asked[0]).argmax()) < len(group.right))
    return {name: round(100 * sum(found) / len(found), 1) for name, found in sorted(right.items())}


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print how often the nearest chunk of held-out questions is right, and write the weights with where they come from."""
    parser = argparse.ArgumentParser(prog="python -m evals.fit_embedder", description=__doc__)
    parser.add_argument("groups", type=Path, metavar="GROUPS.jsonl", help="what `python -m evals.embedding_groups` wrote")
    parser.add_argument("--out", type=Path, required=True, help="write the weights to this file")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="how often every question is seen")
    parser.add_argument("--rate", type=float, default=RATE, help="learning rate at its highest")
    parser.add_argument("--resume", type=Path, help="go on from the weights of this file")
    parser.add_argument("--seed", type=int, default=0, help="which chunks are seen with a question, in which order")
    options = parser.parse_args(arguments)
    try:
        return _run(options)
    except PlanQueryError as error:
        sys.stderr.write(f"fit_embedder: {error}\n")
        return 2


def _run(options: argparse.Namespace) -> int:
    torch.manual_seed(options.seed)
    groups = read_groups(options.groups)
    kept = [group for group in groups if not _is_held_out(group)]
    if not kept:
        raise PlanQueryError(f"{str(options.groups)!r} has too few questions to fit an embedder; write it from a folder with more sets")
    encoder = Encoder()
    if options.resume:
        encoder.base.resume(load_file(str(options.resume)))
    encoder.to("cuda" if torch.cuda.is_available() else "cpu")
    held = [group for group in groups if _is_held_out(group)]
    before = first_right(encoder, held)
    fit(encoder, kept, options.epochs, options.rate, options.seed)
    figures = {"questions": len(kept), "first right in percent": {"before": before, "after": first_right(encoder, held)}}
    told = {"fitted by": "evals/fit_embedder.py", "epochs": str(options.epochs), "rate": str(options.rate), "figures": json.dumps(figures)}
    save_file(encoder.base.changes(), str(options.out), metadata=told)
    sys.stdout.write(f"{json.dumps(figures)}\n")
    return 0


def _is_held_out(group: Group) -> bool:
    return crc32(group.right[0].title.encode()) % HELD_OUT == 0


if __name__ == "__main__":
    sys.exit(main())
