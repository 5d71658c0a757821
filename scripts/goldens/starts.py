"""Golden files of how layers start: statistics of the weights that PyTorch's modules draw for themselves, and of their
buffers, from 400 seeds. `<case>/<weight>` [5] holds minimum, maximum, mean, standard deviation and kurtosis, as in
initializers.py. Only the first cases of a layer are taken: the draws depend on the shapes alone."""
import numpy as np
import torch

from initializers import moments
from layer_cases import LAYERS

SEEDS = 400
CASES = 4


def starts(module):
    draws = {}
    for seed in range(SEEDS):
        torch.manual_seed(seed)
        module.reset_parameters()
        for name, value in module.state_dict().items():
            if name != "num_batches_tracked":
                draws.setdefault(name, []).append(value.double().flatten().numpy().copy())
    return {name: moments(np.concatenate(values)) for name, values in draws.items()}


def make():
    """Yields (kind, tensors, cases) for every layer with weights."""
    for kind, build in LAYERS.items():
        cases = [case for case in build() if case.module.state_dict()][:CASES]
        tensors = {f"{case.name}/{name}": value for case in cases for name, value in starts(case.module).items()}
        if tensors:
            shapes = {case.name: [list(x.shape) for x in case.inputs] for case in cases}
            yield kind, tensors, [{"name": c.name, "params": c.params, "inputs": shapes[c.name]} for c in cases]
