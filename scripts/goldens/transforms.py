"""Golden files of the transforms: torchvision's results for images, given the drawn numbers.

torchvision computes in float64 and the result is rounded to float32 once. Names inside a file: `<case>/images`
(bytes),
`<case>/draws` [N, width] if the transform draws anything, `<case>/output`, `<case>/evaluation` if a random transform
that
changes the size has a fixed replacement, and `<case>/corners` [count, width], draws at the ends of the ranges.
"""
import numpy as np
import torch

from transform_cases import TRANSFORMS


def single(array):
    return np.ascontiguousarray(array, dtype=np.float32)


def evaluate(case):
    """One case's tensors by role."""
    tensors = {"images": case.images}
    x = torch.from_numpy(case.images.astype(np.float64) / 255)
    rows = case.draws or [None] * len(x)
    if case.whole_batch:
        output = case.apply(x, rows)
    else:
        output = torch.stack([case.apply(image, row) for image, row in zip(x, rows)])
    tensors["output"] = single(output.numpy())
    if case.draws:
        tensors["draws"] = single(case.draws)
    if case.evaluation:
        tensors["evaluation"] = single(torch.stack([case.evaluation(image) for image in x]).numpy())
    if case.corners:
        tensors["corners"] = single(case.corners)
    return tensors


def make():
    """Yields (kind, tensors, cases) for every transform."""
    for kind, build in TRANSFORMS.items():
        tensors, cases = {}, []
        for case in build():
            for role, array in evaluate(case).items():
                tensors[f"{case.name}/{role}"] = array
            cases.append({"name": case.name, "params": case.params})
        yield kind, tensors, cases
