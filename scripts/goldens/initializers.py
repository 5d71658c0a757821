"""Golden files of the initializers: statistics of PyTorch's own draws, from 200 seeds per shape, for comparison with
the
statistics of ours (the draws themselves differ because the generators do).

`<case>/statistics` [5] holds minimum, maximum, mean, standard deviation and kurtosis (mean fourth power over
variance
squared: 1.8 for uniform, 3 for normal numbers) of all draws together.
"""
import numpy as np
import torch
from torch import nn

SEEDS = 200
CONSTANT = -0.25
SHAPES = {
    "linear weight": (40, 60),
    "convolution weight": (16, 8, 3, 3),
    "wide linear weight": (100, 10),
}


def kaiming_uniform(w):
    nn.init.kaiming_uniform_(w, mode="fan_in", nonlinearity="relu")


def kaiming_normal(w):
    nn.init.kaiming_normal_(w, mode="fan_in", nonlinearity="relu")


def default_weight(w):
    """As nn.Linear and nn.Conv2d do in reset_parameters."""
    nn.init.kaiming_uniform_(w, a=5**0.5)


def default_bias(shape):
    """What the same functions do to the bias of a layer whose weight has `shape`."""

    def fill(bias):
        fan_in = nn.init._calculate_fan_in_and_fan_out(torch.empty(shape))[0]
        nn.init.uniform_(bias, -1 / fan_in**0.5, 1 / fan_in**0.5)

    return fill


WEIGHTS = {
    "pytorch-default": default_weight,
    "xavier-uniform": nn.init.xavier_uniform_,
    "xavier-normal": nn.init.xavier_normal_,
    "kaiming-uniform": kaiming_uniform,
    "kaiming-normal": kaiming_normal,
    "normal": nn.init.normal_,
    "zeros": nn.init.zeros_,
    "ones": nn.init.ones_,
    "constant": lambda w: nn.init.constant_(w, CONSTANT),
}
PARAMS = {"constant": {"value": CONSTANT}}


def statistics(fill, shape):
    draws = []
    for seed in range(SEEDS):
        torch.manual_seed(seed)
        w = torch.empty(shape)
        fill(w)
        draws.append(w.double().flatten().numpy())
    return moments(np.concatenate(draws))


def moments(values):
    """Minimum, maximum, mean, standard deviation and kurtosis."""
    deviation = values.std()
    kurtosis = ((values - values.mean()) ** 4).mean() / deviation**4 if deviation > 0 else 0.0
    return np.array([values.min(), values.max(), values.mean(), deviation, kurtosis])


def make():
    """Yields (kind, tensors, cases) for every initializer."""
    for kind, fill in WEIGHTS.items():
        tensors, cases = {}, []
        for name, shape in SHAPES.items():
            tensors[f"{name}/statistics"] = statistics(fill, shape)
            params = {"params": PARAMS[kind]} if kind in PARAMS else {}
            cases.append({"name": name, **params, "shape": shape, "weightShape": shape})
            if kind == "pytorch-default":
                tensors[f"bias of {name}/statistics"] = statistics(default_bias(shape), shape[:1])
                cases.append({"name": f"bias of {name}", "shape": shape[:1], "weightShape": shape})
        yield kind, tensors, cases
