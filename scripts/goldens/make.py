"""Writes the golden files under test/fixtures/goldens from PyTorch: `python3 make.py [area…]`.

Needs Debian's python3-torch, and python3-torchvision for the transforms. The same machine writes the same bytes each time;
another version of PyTorch may differ in the last bit. Areas: layers, losses, optimizers, schedules, initializers, modules, training, transforms."""
import importlib
import sys
from pathlib import Path

import torch

import safetensors

AREAS = ["layers", "losses", "optimizers", "schedules", "initializers", "modules", "training", "transforms"]
TARGET = Path(__file__).resolve().parents[2] / "test" / "fixtures" / "goldens"


def main(areas):
    unknown = [area for area in areas if area not in AREAS]
    if unknown:
        sys.exit(f"unknown area {', '.join(unknown)}; expected {', '.join(AREAS)}")
    torch.set_num_threads(1)
    total = 0
    for area in areas or AREAS:
        for kind, tensors, cases in importlib.import_module(area).make():
            path = TARGET / area / f"{kind}.safetensors"
            safetensors.write(path, tensors, cases)
            total += path.stat().st_size
            print(f"{area}/{kind}: {len(cases)} cases, {path.stat().st_size:,} bytes")
    print(f"total {total:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
