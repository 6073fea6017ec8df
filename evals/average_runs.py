"""Several runs of `evals/fit_reader.py` or `evals/fit_embedder.py` to one: the mean of what they change, which does better than any of them
(Wortsman et al. 2022).

Run by hand: `python -m evals.average_runs --out ingest/reader.safetensors RUN.safetensors RUN.safetensors ...`.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file

from evals.adapting import Changes
from ingest.schema import PlanQueryError

RANK = 128
"""Of what is written: of four runs of the reader it keeps 99% of the squares of the changes, in 11 MB."""


def averaged(runs: Sequence[Changes], rank: int = RANK) -> Changes:
    """The mean of changes of any ranks, as the nearest product of matrices of rank `rank` (Eckart and Young 1936)."""
    found: Changes = {}
    for name in runs[0]:
        if name.startswith("head"):
            found[name] = torch.stack([run[name].float() for run in runs]).mean(0)
        elif name.endswith(".a"):
            layer = name.removesuffix(".a")
            added = torch.stack([run[f"{layer}.b"].float() @ run[f"{layer}.a"].float() for run in runs]).mean(0)
            left, sizes, right = torch.linalg.svd(added, full_matrices=False)
            root = sizes[:rank].sqrt()
            found |= {f"{layer}.a": root[:, None] * right[:rank], f"{layer}.b": left[:, :rank] * root}
    return {name: value.half().contiguous() for name, value in found.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the mean with what the metadata of the runs tell."""
    parser = argparse.ArgumentParser(prog="python -m evals.average_runs", description=__doc__)
    parser.add_argument("runs", nargs="+", type=Path, metavar="RUN.safetensors", help="what `python -m evals.fit_reader` wrote")
    parser.add_argument("--rank", type=int, default=RANK, help="of the matrices that are written")
    parser.add_argument("--out", type=Path, required=True, help="write the weights to this file")
    options = parser.parse_args(arguments)
    try:
        runs, told = zip(*map(_read, options.runs), strict=True)
    except PlanQueryError as error:
        sys.stderr.write(f"average_runs: {error}\n")
        return 2
    metadata = {"fitted by": "evals/average_runs.py", "mean of": json.dumps(told)}
    save_file(averaged(runs, options.rank), str(options.out), metadata=metadata)
    return 0


def _read(path: Path) -> tuple[Changes, dict[str, str]]:
    try:
        with safe_open(str(path), "pt") as stored:
            return {name: stored.get_tensor(name) for name in stored.keys()}, stored.metadata() or {}  # noqa: SIM118 - no mapping
    except (OSError, SafetensorError) as error:
        raise PlanQueryError(
            f"{str(path)!r} cannot be read ({error}); give files that `python -m evals.fit_reader` or `evals.fit_embedder` wrote"
        ) from error


if __name__ == "__main__":
    sys.exit(main())
