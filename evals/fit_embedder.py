"""Groups of chunks to `ingest/embedder.safetensors`: what changes of all-MiniLM-L6-v2 so that a question lies near what answers it.

Run by hand: `python -m evals.fit_embedder GROUPS.jsonl --out ingest/embedder.safetensors`, on a GPU where there is one.

A softmax over the cosines of all chunks of a batch: the question's own, those that look like it, and those of the other questions, as in
Reimers and Gurevych's multiple negatives ranking loss.
"""

import random
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import torch
from torch.nn import functional
from torch.utils.data import Dataset

from evals.adapting import AdaptedBase, Changes
from evals.fitting_runs import Descent, Task, descend, main_of
from evals.reading_batches import DRAWN, Tokens, tokens_of_any
from evals.reading_schema import PRACTICE, Group, Text
from ingest.export import pooled

BATCH = 128
WRONG = 3
"""Wrong chunks drawn beside the right one."""

SCALE = 20.0
"""What cosines are multiplied by: as when the model was made."""

MAX_TOKENS = 200
"""Of a chunk while it is fitted; few are longer."""

TIMES = {PRACTICE.name: 3, "doc2dial_en": 2}
"""How often one pass shows the groups of a set that is small for what it teaches."""


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

    def changes(self) -> Changes:
        """What was fitted."""
        return self.base.changes()

    def resume(self, known: Mapping[str, torch.Tensor]) -> None:
        """Go on from changes of any rank up to that of the layers."""
        self.base.resume(known)


def loss_of(encoder: Encoder, batch: Batch) -> torch.Tensor:
    """Mean softmax loss of the right chunks."""
    cosines = encoder(*batch.questions) @ encoder(*batch.chunks).T
    return functional.cross_entropy(SCALE * cosines.masked_fill(batch.left_out, -1e4), batch.right)


def fit(encoder: Encoder, groups: Sequence[Group], epochs: int, rate: float, seed: int) -> None:
    """So many passes over the groups."""
    device = next(encoder.parameters()).device

    def loss(batch: Batch) -> torch.Tensor:
        questions, chunks = ((ids.to(device), mask.to(device)) for ids, mask in (batch.questions, batch.chunks))
        return loss_of(encoder, Batch(questions, chunks, batch.right.to(device), batch.left_out.to(device)))

    descend(encoder, Batches(groups, epochs, seed), loss, rate, Descent(warm_up=60, second=0.999))


def scores(encoder: Encoder, group: Group) -> torch.Tensor:
    """The cosine of each chunk of a group."""
    device, tokens = next(encoder.parameters()).device, tokens_of_any(MAX_TOKENS)
    texts = [text.text for text in (*group.right, *group.wrong)]
    asked, told = (encoder(*(part.to(device) for part in tokens.alone(each))) for each in ([group.question], texts))
    found: torch.Tensor = told @ asked[0]
    return found


TASK = Task("fit_embedder", __doc__, epochs=2, rate=5e-4, make=Encoder, fit=fit, scores=scores)


if __name__ == "__main__":
    sys.exit(main_of(TASK, None))
