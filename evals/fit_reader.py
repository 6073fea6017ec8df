"""Groups of texts to `ingest/reader.safetensors`: what of all-MiniLM-L6-v2 changes so that it reads a question and a text together.

Run by hand: `python -m evals.fit_reader GROUPS.jsonl --out ingest/reader.safetensors`, on a GPU where there is one. Threads sum in no fixed
order, so that equal runs give weights that score alike, not equal bytes.

A softmax over the texts of each question, and a logistic loss beside it.
"""

import argparse
import json
import os
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import torch
from safetensors.torch import load_file, save_file
from torch.nn import functional
from torch.utils.data import DataLoader

from evals.adapting import AdaptedBase, Changes
from evals.reading_batches import Batch, Batches, Tokens, prefixed
from evals.reading_schema import Group, read_groups
from ingest.export import pooled
from ingest.schema import PlanQueryError

RATE = 1e-3
EPOCHS = 4
WARM_UP = 100

ABSOLUTE = 0.3
"""Weight of the logistic loss: the softmax alone leaves open where a score means "no answer"."""

LARGEST = "squad11_train_rebuilt"
"""The set of which a run may see a part: most of all questions are its, and runs that see other parts are worth more together."""

HELD_OUT = 50
"""One title in so many is kept for measuring."""


class Reader(torch.nn.Module):
    """The model that is fitted."""

    def __init__(self) -> None:
        super().__init__()
        self.base = AdaptedBase()
        self.head = torch.nn.Linear(2 * self.base.model.config.hidden_size, 1)
        torch.nn.init.normal_(self.head.weight, std=0.02)
        torch.nn.init.zeros_(self.head.bias)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        states = self.base(input_ids=ids, attention_mask=mask, token_type_ids=types)
        scores: torch.Tensor = self.head(torch.cat([states[:, 0], pooled(states, mask * types)], 1))
        return scores.squeeze(1)

    def changes(self) -> Changes:
        """What was fitted, the layers and the head, as `ingest/export.py` adds it."""
        return self.base.changes() | {f"head.{name}": value.half().cpu() for name, value in self.head.state_dict().items()}

    def resume(self, known: Changes) -> None:
        """Go on from changes of any rank up to that of the layers."""
        self.head.load_state_dict({part: known[f"head.{part}"].float() for part in ("weight", "bias")})
        self.base.resume(known)


def loss_of(scores: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Mean over the answerable questions of the softmax loss of their right texts, and the logistic loss of every text."""
    own = scores[batch.places.clamp(min=0)].masked_fill(batch.places < 0, -1e4)
    losses = torch.logsumexp(own, 1) - torch.logsumexp(own.masked_fill(~batch.right, -1e4), 1)
    answerable = batch.right.any(1)
    answered = (losses * answerable).sum() / answerable.sum().clamp(min=1)
    known = batch.places >= 0
    return answered + ABSOLUTE * functional.binary_cross_entropy_with_logits(own[known], batch.right[known].float())


def fit(reader: Reader, groups: Sequence[Group], epochs: int, rate: float, seed: int) -> None:
    """So many passes over the groups, the rate falling to nearly nothing."""
    device = next(reader.parameters()).device
    made = Batches(groups, epochs, seed)
    workers = max(0, (os.cpu_count() or 1) - 2) if device.type == "cuda" else 0
    fitted = [parameter for parameter in reader.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(fitted, lr=rate, weight_decay=0.01, betas=(0.9, 0.98), fused=device.type == "cuda")
    for step, batch in enumerate(DataLoader(made, batch_size=None, num_workers=workers)):
        for options in optimizer.param_groups:
            options["lr"] = rate * min(1, (step + 1) / WARM_UP) * max(0.03, 1 - step / len(made))
        here = Batch(*(part.to(device, non_blocking=True) for part in batch))
        loss = loss_of(reader(here.ids, here.mask, here.types), here)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(fitted, 1.0)
        optimizer.step()
        if step % 200 == 0:
            sys.stderr.write(f"{step}/{len(made)} loss {float(loss.detach()):.3f}\n")


def first_right(reader: Reader, groups: Sequence[Group]) -> dict[str, float]:
    """Percent of answerable questions, by set, whose best text is a right one."""
    device, right, tokens = next(reader.parameters()).device, defaultdict(list), Tokens(())
    with torch.no_grad():
        for group in groups:
            if group.right:
                pairs = [(group.question, prefixed(text, titled=False, headed=False)) for text in (*group.right, *group.wrong)]
                scores = reader(*(part.to(device) for part in tokens.pairs(pairs)))
                right[group.set].append(int(scores.argmax()) < len(group.right))
    return {name: round(100 * sum(found) / len(found), 1) for name, found in sorted(right.items())}


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print how often the best text of held-out questions is right, and write the weights with where they come from."""
    parser = argparse.ArgumentParser(prog="python -m evals.fit_reader", description=__doc__)
    parser.add_argument("groups", type=Path, metavar="GROUPS.jsonl", help="what `python -m evals.reading_groups` wrote")
    parser.add_argument("--out", type=Path, required=True, help="write the weights to this file")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="how often every question is seen")
    parser.add_argument("--rate", type=float, default=RATE, help="learning rate at its highest")
    parser.add_argument("--share", type=float, default=1.0, help="share of the questions of SQuAD that this run sees")
    parser.add_argument("--resume", type=Path, help="go on from the weights of this file")
    parser.add_argument("--seed", type=int, default=0, help="which texts are seen with a question, in which order")
    options = parser.parse_args(arguments)
    try:
        return _run(options)
    except PlanQueryError as error:
        sys.stderr.write(f"fit_reader: {error}\n")
        return 2


def _run(options: argparse.Namespace) -> int:
    torch.manual_seed(options.seed)
    groups = read_groups(options.groups)
    chance = random.Random(options.seed)  # noqa: S311 - a sample, not a secret
    sampled = [group for group in groups if group.set != LARGEST or chance.random() < options.share]
    kept = [group for group in sampled if not _is_held_out(group)]
    if not kept:
        raise PlanQueryError(f"{str(options.groups)!r} has too few questions to fit a reader; write it from a folder with more sets")
    reader = Reader()
    if options.resume:
        reader.resume(load_file(str(options.resume)))
    reader.to("cuda" if torch.cuda.is_available() else "cpu")
    fit(reader, kept, options.epochs, options.rate, options.seed)
    figures = {"questions": len(kept), "first right in percent": first_right(reader, [group for group in groups if _is_held_out(group)])}
    told = {
        "fitted by": "evals/fit_reader.py",
        "epochs": str(options.epochs),
        "rate": str(options.rate),
        "share": str(options.share),
        "figures": json.dumps(figures),
    }
    save_file(reader.changes(), str(options.out), metadata=told)
    sys.stdout.write(f"{json.dumps(figures)}\n")
    return 0


def _is_held_out(group: Group) -> bool:
    return crc32((*group.right, *group.wrong)[0].title.encode()) % HELD_OUT == 0


if __name__ == "__main__":
    sys.exit(main())
