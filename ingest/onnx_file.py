"""A torch module to one int8 ONNX file, written once at set-up; the only place that imports the exporter and the quantiser."""

import logging
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

if TYPE_CHECKING:
    import torch


def write_once(target: Path, inputs: Sequence[str], output: str, build: "Callable[[], torch.nn.Module]") -> Path:
    """Export and quantise what `build` gives unless the file is there; safe when two processes try at once. About 20 s and 1 GB of memory.

    Each input is (batch, tokens) of int64, the output has one row a text.
    """
    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(str(target) + ".lock"):
        if not target.exists():
            full, quantised = target.with_suffix(".fp32"), target.with_suffix(".tmp")
            _export(build(), inputs, output, full)
            _quantise(full, quantised)
            full.unlink()
            quantised.replace(target)
    return target


def _export(module: "torch.nn.Module", inputs: Sequence[str], output: str, target: Path) -> None:
    import torch

    torch.set_num_threads(1)
    sample = torch.ones((2, 8), dtype=torch.int64)
    axes = {0: "batch", 1: "tokens"}
    with warnings.catch_warnings():
        # torch 2.13 marks the TorchScript exporter as deprecated; its successor needs another package and gives the same graph here.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(),
            (sample,) * len(inputs),
            str(target),
            input_names=list(inputs),
            output_names=[output],
            dynamic_axes=dict.fromkeys(inputs, axes) | {output: {0: "batch"}},
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
