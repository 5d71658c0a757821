"""Golden files of the schedules: the learning rate of each of 30 steps (3 epochs of 10), base rate 0.1.

`<case>/byStep` comes from PyTorch's scheduler stepped after every mini-batch, with lengths counted in steps;
`<case>/byEpoch` from the same scheduler stepped after every epoch, with lengths counted in epochs (each rate ten
times). The case's params give the lengths in epochs.
"""
import numpy as np
import torch
from torch.optim import lr_scheduler

EPOCHS, STEPS, BASE = 3, 10, 0.1


def constant(optimizer, _unit):
    return lr_scheduler.LambdaLR(optimizer, lambda _: 1.0)


def step(size, gamma):
    return lambda optimizer, unit: lr_scheduler.StepLR(optimizer, size * unit, gamma)


def cosine(minimum):
    return lambda optimizer, unit: lr_scheduler.CosineAnnealingLR(optimizer, EPOCHS * unit, minimum)


def warmup(epochs, start):
    return lambda optimizer, unit: lr_scheduler.LinearLR(optimizer, start, 1.0, epochs * unit)


def warmup_cosine(epochs, start):
    def make(optimizer, unit):
        rise = lr_scheduler.LinearLR(optimizer, start, 1.0, epochs * unit)
        fall = lr_scheduler.CosineAnnealingLR(optimizer, (EPOCHS - epochs) * unit)
        return lr_scheduler.SequentialLR(optimizer, [rise, fall], [epochs * unit])

    return make


SCHEDULES = {
    "constant": [("constant", {}, constant)],
    "step": [
        ("every epoch by 0.1", {"stepSize": 1, "gamma": 0.1}, step(1, 0.1)),
        ("every second epoch by 0.5", {"stepSize": 2, "gamma": 0.5}, step(2, 0.5)),
    ],
    "cosine": [
        ("to zero", {"minimum": 0}, cosine(0.0)),
        ("to 0.02", {"minimum": 0.02}, cosine(0.02)),
    ],
    "linear-warmup": [
        ("one epoch from a tenth", {"epochs": 1, "startFactor": 0.1}, warmup(1, 0.1)),
        ("two epochs from a third", {"epochs": 2, "startFactor": 1 / 3}, warmup(2, 1 / 3)),
    ],
    "warmup-cosine": [
        ("one epoch from a tenth", {"epochs": 1, "startFactor": 0.1}, warmup_cosine(1, 0.1)),
    ],
}


def sequence(make_scheduler, unit):
    """Learning rates of all steps; `unit` is the number of scheduler steps per epoch: 1 or STEPS."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=BASE)
    scheduler = make_scheduler(optimizer, unit)
    rates = []
    for count in range(EPOCHS * STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if (count + 1) % (STEPS // unit) == 0:
            scheduler.step()
    return np.array(rates, dtype=np.float64)


def make():
    """Yields (kind, tensors, cases) for every schedule."""
    for kind, settings in SCHEDULES.items():
        tensors, cases = {}, []
        for name, params, make_scheduler in settings:
            tensors[f"{name}/byStep"] = sequence(make_scheduler, STEPS)
            tensors[f"{name}/byEpoch"] = sequence(make_scheduler, 1)
            cases.append({"name": name, "params": params, "base": BASE, "epochs": EPOCHS, "stepsPerEpoch": STEPS})
        yield kind, tensors, cases
