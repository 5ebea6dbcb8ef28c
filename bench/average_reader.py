"""Averages document readers that were trained from one beginning, and writes the mean as the package needs it.

usage: python bench/average_reader.py OUT MODEL.pt [MODEL.pt ...]

Runs that start alike and end apart lie around a better place than either; with one model it only exports.
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch

from reader_model import Reader, export


def mean(models: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of every weight; counters and the like are taken from the first."""
    return {
        name: torch.stack([m[name] for m in models]).mean(0) if first.is_floating_point() else first
        for name, first in models[0].items()
    }


def main() -> None:
    """Reads, averages, exports."""
    out, *paths = map(Path, sys.argv[1:])
    if not paths:
        raise SystemExit(__doc__)
    model = Reader()
    weights = mean([torch.load(path) for path in paths])
    model.load_state_dict(weights)
    out.mkdir(parents=True, exist_ok=True)
    torch.save(weights, out / "model.pt")
    export(model, out)
    (out / "encoder_float.onnx").unlink()


if __name__ == "__main__":
    main()
