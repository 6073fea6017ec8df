"""Public questions to `ingest/reader.safetensors`: what of all-MiniLM-L6-v2 changes so that it reads a question and a sentence together.

Run by hand: `python -m evals.fit_reader BENCH_FOLDER --out ingest/reader.safetensors`; about an hour on two cores. Threads sum in no fixed
order, so that equal runs give weights that score alike, not equal bytes.

Low-rank adaptation (Hu et al. 2021) of every linear layer; a softmax over the sentences of each question, and a logistic loss beside it.
With `--resume` the mean of the weights before and after is written (Wortsman et al. 2022).
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from math import sqrt
from pathlib import Path
from typing import Any
from zlib import crc32

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch.nn import functional

from evals.reading_groups import Group, groups_of
from ingest.export import load_base, package_folder, pooled
from ingest.schema import PlanQueryError

RANK = 8
RATE = 1e-3
BATCH = 24
WARM_UP = 60
WRONG = 3
"""Wrong sentences beside the right one, of those that share most words with the question."""

UNANSWERED = 2
"""Sentences of a question that none answers: those most like it, which a reader could take for an answer."""

TITLED = 0.3
"""Share of questions whose sentences are read after the title of their text, so that both ways of reading are known."""

ABSOLUTE = 0.3
"""Weight of the logistic loss: the softmax alone leaves open where a score means "no answer"."""

POOL = 24
"""Batches that are filled together by length, so that little is padding."""

HELD_OUT = 50
"""One title in so many is kept for measuring."""

MAX_TOKENS = 100
PARTS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)

Changes = dict[str, torch.Tensor]

_WORD = re.compile(r"[a-z0-9]+")


class Adapted(torch.nn.Module):
    """A linear layer that stays as it is, and a product of two thin matrices added to it."""

    def __init__(self, layer: torch.nn.Linear) -> None:
        super().__init__()
        self.layer = layer
        self.a = torch.nn.Parameter(torch.randn(RANK, layer.in_features) / sqrt(layer.in_features))
        self.b = torch.nn.Parameter(torch.zeros(layer.out_features, RANK))

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        thin = functional.linear(states, self.a.to(states.dtype))
        # Twice: the usual scale of such an adaptation, which keeps the rate apart from the rank.
        added: torch.Tensor = self.layer(states) + functional.linear(thin, 2 * self.b.to(states.dtype))
        return added


class Reader(torch.nn.Module):
    """The model that is fitted. What does not change is kept in bfloat16, which two cores compute three times as fast."""

    def __init__(self) -> None:
        super().__init__()
        self.model = load_base().to(torch.bfloat16)
        self.model.set_attn_implementation("sdpa")
        for parameter in self.model.parameters():
            parameter.requires_grad_(False)
        self.names = [f"encoder.layer.{number}.{part}" for number in range(len(self.model.encoder.layer)) for part in PARTS]
        for name in self.names:
            parent, _, last = name.rpartition(".")
            setattr(self.model.get_submodule(parent), last, Adapted(self.model.get_submodule(name)))
        self.head = torch.nn.Linear(2 * self.model.config.hidden_size, 1)
        torch.nn.init.normal_(self.head.weight, std=0.02)
        torch.nn.init.zeros_(self.head.bias)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        states = self.model(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state.float()
        scores: torch.Tensor = self.head(torch.cat([states[:, 0], pooled(states, mask * types)], 1))
        return scores.squeeze(1)

    def changes(self) -> Changes:
        """What was fitted, by name of the layer, as `ingest/export.py` adds it."""
        found = {f"head.{name}": value for name, value in self.head.state_dict().items()}
        for name in self.names:
            layer = self.model.get_submodule(name)
            found |= {f"{name}.a": layer.a.data, f"{name}.b": 2 * layer.b.data}
        return {name: value.half().contiguous() for name, value in found.items()}

    def resume(self, known: Changes) -> None:
        """Go on from changes of any rank."""
        self.head.load_state_dict({part: known[f"head.{part}"].float() for part in ("weight", "bias")})
        for name in self.names:
            layer = self.model.get_submodule(name)
            layer.a.data, layer.b.data = known[f"{name}.a"].float(), known[f"{name}.b"].float() / 2


def averaged(before: Changes, after: Changes) -> Changes:
    """The mean of two sets of changes; the rank of the sum is the sum of the ranks."""
    found: Changes = {}
    for name, value in after.items():
        if name.startswith("head"):
            found[name] = (before[name].float() + value.float()) / 2
        elif name.endswith(".a"):
            found[name] = torch.cat([before[name], value], 0)
        else:
            found[name] = torch.cat([before[name].float(), value.float()], 1) / 2
    return {name: value.half().contiguous() for name, value in found.items()}


class Batches:
    """Pairs of texts to tensors (pairs, tokens), padded to the longest."""

    def __init__(self) -> None:
        self._tokenizer = Tokenizer.from_file(str(package_folder() / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        found = self._tokenizer.encode_batch(list(pairs))
        return (
            torch.tensor([one.ids for one in found]),
            torch.tensor([one.attention_mask for one in found]),
            torch.tensor([one.type_ids for one in found]),
        )


def chosen(group: Group, chance: random.Random) -> tuple[list[tuple[str, str]], int]:
    """Pairs of the question with right sentences and with the wrong ones most like it, and how many are right."""
    asked = _words(group.question)
    near = {at + step for at in group.right for step in (-2, -1, 1, 2)}
    wrong = [at for at in range(len(group.sentences)) if at not in group.right]
    wrong = chance.sample(wrong, min(len(wrong), 40))

    def worth(at: int) -> float:
        own = _words(group.sentences[at])
        return len(asked & own) / sqrt(4 + len(own)) + 0.3 * (at in near) - 0.4 * chance.random()

    right = chance.sample(group.right, min(2, len(group.right)))
    likest = sorted(wrong, key=worth, reverse=True)[: WRONG if right else UNANSWERED]
    texts = [group.sentences[at] for at in (*right, *likest)]
    if chance.random() < TITLED:
        texts = [f"{group.title}: {text}" for text in texts]
    return [(group.question, text) for text in texts], len(right)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def batches(groups: Sequence[Group], chance: random.Random) -> Iterator[Sequence[Group]]:
    """Every group once, in batches of about equal length."""
    for start in range(0, len(groups), BATCH * POOL):
        pool = sorted(groups[start : start + BATCH * POOL], key=lambda g: len(g.question) + sum(map(len, g.sentences)) / len(g.sentences))
        parts = [pool[at : at + BATCH] for at in range(0, len(pool), BATCH)]
        chance.shuffle(parts)
        yield from parts


def loss_of(scores: torch.Tensor, sizes: Sequence[tuple[int, int]]) -> torch.Tensor:
    """Mean over the answerable questions of the softmax loss of their right sentences, and the logistic loss of every sentence."""
    losses, labels, start = [], [], 0
    for size, right in sizes:
        own = scores[start : start + size]
        if right:
            losses.append(torch.logsumexp(own, 0) - torch.logsumexp(own[:right], 0))
        labels += [1.0] * right + [0.0] * (size - right)
        start += size
    answered = torch.stack(losses).mean() if losses else torch.zeros(())
    return answered + ABSOLUTE * functional.binary_cross_entropy_with_logits(scores, torch.tensor(labels))


def fit(reader: Reader, groups: Sequence[Group], rate: float, seed: int) -> None:
    """One pass over the groups, the rate falling to nearly nothing."""
    chance, make = random.Random(seed), Batches()  # noqa: S311 - a sample, not a secret
    fitted = [parameter for parameter in reader.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(fitted, lr=rate, weight_decay=0.01, betas=(0.9, 0.98))
    total = -(-len(groups) // BATCH)
    for step, part in enumerate(batches(groups, chance)):
        for options in optimizer.param_groups:
            options["lr"] = rate * min(1, step / WARM_UP) * max(0.03, 1 - step / total)
        drawn = [chosen(group, chance) for group in part]
        loss = loss_of(reader(*make([pair for pairs, _ in drawn for pair in pairs])), [(len(pairs), right) for pairs, right in drawn])
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(fitted, 1.0)
        optimizer.step()
        if step % 50 == 0:
            sys.stderr.write(f"{step}/{total} loss {float(loss.detach()):.3f}\n")


def first_right(reader: Reader, groups: Sequence[Group]) -> float:
    """Percent of answerable questions whose best sentence, of all in its text, is a right one."""
    make, right = Batches(), 0
    answerable = [group for group in groups if group.right]
    with torch.no_grad():
        for group in answerable:
            scores = reader(*make([(group.question, text) for text in group.sentences]))
            right += int(scores.argmax()) in group.right
    return round(100 * right / max(1, len(answerable)), 1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print how often the best sentence of held-out questions is right, and write the weights with where they come from."""
    parser = argparse.ArgumentParser(prog="python -m evals.fit_reader", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="BENCH_FOLDER", help="folder with the sets")
    parser.add_argument("--out", type=Path, required=True, help="write the weights to this file")
    parser.add_argument("--articles", type=int, default=30_000, help="most questions of one file of articles")
    parser.add_argument("--rate", type=float, default=RATE, help="learning rate at its highest")
    parser.add_argument("--resume", type=Path, help="go on from the weights of this file")
    parser.add_argument("--seed", type=int, default=0, help="which questions, in which order")
    options = parser.parse_args(arguments)
    try:
        return _run(options)
    except PlanQueryError as error:
        sys.stderr.write(f"fit_reader: {error}\n")
        return 2


def _run(options: argparse.Namespace) -> int:
    torch.manual_seed(options.seed)
    groups = groups_of(options.folder, options.articles, options.seed)
    kept = [group for group in groups if crc32(group.title.encode()) % HELD_OUT]
    held_out = [group for group in groups if not crc32(group.title.encode()) % HELD_OUT]
    if not kept:
        raise PlanQueryError(f"{len(groups)} questions are too few to fit a reader; give a folder with more sets")
    reader = Reader()
    before = load_file(str(options.resume)) if options.resume else None
    if before:
        reader.resume(before)
    fit(reader, kept, options.rate, options.seed)
    changes = reader.changes()
    if before:
        changes = averaged(before, changes)
        reader.resume(changes)
    figures: dict[str, Any] = {"questions": len(kept), "held out": len(held_out), "first right in percent": first_right(reader, held_out)}
    told = {"fitted by": "evals/fit_reader.py", "rate": str(options.rate), "figures": json.dumps(figures)}
    save_file(changes, str(options.out), metadata=told)
    sys.stdout.write(f"{json.dumps(figures)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
