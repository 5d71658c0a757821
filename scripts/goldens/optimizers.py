"""Golden files of the optimizers: 20 steps on three tensors with given gradients.

`gradient/<tensor>` [20, …] and `start/<tensor>` are shared by all cases of a file; `<case>/<tensor>` [20, …] holds
the parameters after every step. The learning rate of every step is in the case. Computed in float64 from float32
numbers.
"""
import numpy as np
import torch

from hashed_numbers import hashed

STEPS = 20
SHAPES = {"a.weight": (4, 3), "a.bias": (4,), "b.weight": (2, 2, 2)}

OPTIMIZERS = {
    "sgd": (
        torch.optim.SGD,
        [
            ("plain", 0.1, {}),
            ("momentum 0.9", 0.1, {"momentum": 0.9}),
            ("momentum 0.5, dampening 0", 0.1, {"momentum": 0.5, "dampening": 0.0}),
            ("Nesterov", 0.1, {"momentum": 0.9, "nesterov": True}),
            ("weight decay", 0.1, {"weight_decay": 0.05}),
            ("Nesterov with weight decay", 0.05, {"momentum": 0.9, "nesterov": True, "weight_decay": 0.05}),
        ],
    ),
    "adam": (
        torch.optim.Adam,
        [
            ("defaults", 0.001, {}),
            ("large learning rate", 0.1, {}),
            ("betas 0.5 and 0.9", 0.01, {"betas": (0.5, 0.9)}),
            ("eps 0.01", 0.01, {"eps": 1e-2}),
            ("weight decay as L2", 0.01, {"weight_decay": 0.1}),
        ],
    ),
    "adamw": (
        torch.optim.AdamW,
        [
            ("defaults", 0.001, {}),
            ("weight decay 0.1", 0.01, {"weight_decay": 0.1}),
            ("no weight decay", 0.01, {"weight_decay": 0.0}),
            ("betas 0.5 and 0.9", 0.01, {"betas": (0.5, 0.9)}),
        ],
    ),
    "rmsprop": (
        torch.optim.RMSprop,
        [
            ("defaults", 0.01, {}),
            ("alpha 0.9", 0.01, {"alpha": 0.9}),
            ("eps 0.01", 0.01, {"eps": 1e-2}),
            ("momentum 0.9", 0.01, {"momentum": 0.9}),
            ("centered", 0.01, {"centered": True}),
            ("centered with momentum and weight decay", 0.01, {"centered": True, "momentum": 0.5, "weight_decay": 0.1}),
        ],
    ),
}

SPELLING = {"weight_decay": "weightDecay"}


def our_params(options):
    """PyTorch's options in our spelling; the pair of betas becomes beta1 and beta2."""
    params = {SPELLING.get(key, key): value for key, value in options.items() if key not in ("betas", "dampening")}
    if "betas" in options:
        params["beta1"], params["beta2"] = options["betas"]
    return params


def learning_rates(lr, varying):
    """Constant, or decreasing by 10 % per step: an optimizer must use the rate of the current step."""
    return [lr * 0.9**step if varying else lr for step in range(STEPS)]


def run(make, rates, options, gradients):
    parameters = {name: torch.from_numpy(hashed(name, shape)).double() for name, shape in SHAPES.items()}
    optimizer = make(parameters.values(), lr=rates[0], **options)
    history = {name: [] for name in SHAPES}
    for step, rate in enumerate(rates):
        for group in optimizer.param_groups:
            group["lr"] = rate
        for name, parameter in parameters.items():
            parameter.grad = torch.from_numpy(gradients[name][step]).double()
        optimizer.step()
        for name, parameter in parameters.items():
            history[name].append(parameter.numpy().astype(np.float32))
    return {name: np.stack(values) for name, values in history.items()}


def make():
    """Yields (kind, tensors, cases) for every optimizer."""
    gradients = {name: hashed(f"{name} gradient", (STEPS, *shape)) for name, shape in SHAPES.items()}
    # One gradient that is always zero: moments must stay zero and must not be divided by.
    gradients["a.bias"][:, 0] = 0
    for kind, (optimizer, settings) in OPTIMIZERS.items():
        tensors, cases = {}, []
        for name, shape in SHAPES.items():
            tensors[f"start/{name}"] = hashed(name, shape)
            tensors[f"gradient/{name}"] = gradients[name]
        varied = [(f"{settings[1][0]}, falling learning rate", *settings[1][1:], True)]
        for name, lr, options, varying in [*((*setting, False) for setting in settings), *varied]:
            rates = learning_rates(lr, varying)
            for tensor, values in run(optimizer, rates, options, gradients).items():
                tensors[f"{name}/{tensor}"] = values
            cases.append({"name": name, "params": our_params(options), "learningRates": rates})
        yield kind, tensors, cases
