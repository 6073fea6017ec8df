"""Low-rank adaptation (Hu et al. 2021) of the packaged model: every linear layer gets a product of two thin matrices, which is fitted."""

from collections.abc import Mapping
from math import sqrt
from typing import Any

import torch
from torch.nn import functional

from ingest.export import load_base

RANK = 64

PARTS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)

Changes = dict[str, torch.Tensor]
"""What was fitted, by name: `LAYER.a` and `LAYER.b` of each linear layer, whose product `b @ a` is added to it."""


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


class AdaptedBase(torch.nn.Module):
    """The packaged model with its layers adapted. What does not change is kept in bfloat16, which is computed several times as fast."""

    def __init__(self) -> None:
        super().__init__()
        self.model: Any = load_base().to(torch.bfloat16)
        self.model.set_attn_implementation("sdpa")
        for parameter in self.model.parameters():
            parameter.requires_grad_(False)
        self.names = [f"encoder.layer.{number}.{part}" for number in range(len(self.model.encoder.layer)) for part in PARTS]
        for name in self.names:
            parent, _, last = name.rpartition(".")
            setattr(self.model.get_submodule(parent), last, Adapted(self.model.get_submodule(name)))

    def forward(self, **inputs: torch.Tensor) -> torch.Tensor:
        """The last states (texts, tokens, width)."""
        states: torch.Tensor = self.model(**inputs).last_hidden_state.float()
        return states

    def changes(self) -> Changes:
        """What was fitted, in half precision, as `ingest/export.py` adds it."""
        found: Changes = {}
        for name in self.names:
            layer = self.model.get_submodule(name)
            found |= {f"{name}.a": layer.a.data, f"{name}.b": 2 * layer.b.data}
        return {name: value.half().cpu().contiguous() for name, value in found.items()}

    def resume(self, known: Mapping[str, torch.Tensor]) -> None:
        """Go on from changes of any rank up to `RANK`; what they leave of it stays as it begins."""
        for name in self.names:
            layer, thin = self.model.get_submodule(name), known[f"{name}.a"].shape[0]
            layer.a.data[:thin], layer.b.data[:, :thin] = known[f"{name}.a"].float(), known[f"{name}.b"].float() / 2
