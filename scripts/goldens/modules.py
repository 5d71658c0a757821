"""Golden files of PyTorch's modules themselves: what they are called, and how they start. `<case>/<weight>` [5] holds the
statistics of the weights that a module draws for itself, and of its buffers, from 400 seeds: minimum, maximum, mean,
standard deviation and kurtosis, as in initializers.py. Only the first cases of a layer are taken: the draws depend on the
shapes alone."""
import numpy as np
import torch

from initializers import moments
from layer_cases import Function, LAYERS

SEEDS = 400
CASES = 4


def fresh(build, case):
    """The case's module as it starts; some can only be made anew."""
    if hasattr(case.module, "reset_parameters"):
        case.module.reset_parameters()
        return case.module
    return next(again.module for again in build() if again.name == case.name)


def starts(build, case):
    draws = {}
    for seed in range(SEEDS):
        torch.manual_seed(seed)
        module = fresh(build, case)
        for name, value in module.state_dict().items():
            if name != "num_batches_tracked":
                draws.setdefault(name, []).append(value.double().flatten().numpy().copy())
    return {name: moments(np.concatenate(values)) for name, values in draws.items()}


def case_of(case):
    module = type(case.module).__name__
    return {"name": case.name, "params": case.params, "inputs": [list(x.shape) for x in case.inputs], "module": module}


def make():
    """Yields (kind, tensors, cases) for every layer that is a module of PyTorch."""
    for kind, build in LAYERS.items():
        built = [case for case in build() if not isinstance(case.module, Function)]
        cases = ([case for case in built if case.module.state_dict()] or built)[:CASES]
        tensors = {
            f"{case.name}/{name}": value
            for case in cases
            if case.module.state_dict()
            for name, value in starts(build, case).items()
        }
        if cases:
            yield kind, tensors, [case_of(case) for case in cases]
