"""Groups of texts to `ingest/reader.safetensors`: what of all-MiniLM-L6-v2 changes so that it reads a question and a text together.

Run by hand: `python -m evals.fit_reader GROUPS.jsonl --out ingest/reader.safetensors`, on a GPU where there is one. Threads sum in no fixed
order, so that equal runs give weights that score alike, not equal bytes.

A softmax over the texts of each question, and a logistic loss beside it.
"""

import sys
from collections.abc import Mapping, Sequence

import torch
from torch.nn import functional

from evals.adapting import AdaptedBase, Changes
from evals.fitting_runs import Descent, Task, descend, main_of
from evals.reading_batches import Batch, Batches, prefixed, tokens_of_any
from evals.reading_schema import Group
from ingest.export import pooled

ABSOLUTE = 0.3
"""Weight of the logistic loss: the softmax alone leaves open where a score means "no answer"."""


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

    def resume(self, known: Mapping[str, torch.Tensor]) -> None:
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
    """So many passes over the groups."""
    device = next(reader.parameters()).device

    def loss(batch: Batch) -> torch.Tensor:
        here = Batch(*(part.to(device, non_blocking=True) for part in batch))
        return loss_of(reader(here.ids, here.mask, here.types), here)

    descend(reader, Batches(groups, epochs, seed), loss, rate, Descent(warm_up=100, second=0.98))


def scores(reader: Reader, group: Group) -> torch.Tensor:
    """Of each text of a group, read without title and heading."""
    device = next(reader.parameters()).device
    pairs = [(group.question, prefixed(text, titled=False, headed=False)) for text in (*group.right, *group.wrong)]
    found: torch.Tensor = reader(*(part.to(device) for part in tokens_of_any().pairs(pairs)))
    return found


TASK = Task("fit_reader", __doc__, epochs=4, rate=1e-3, make=Reader, fit=fit, scores=scores)


if __name__ == "__main__":
    sys.exit(main_of(TASK, None))
