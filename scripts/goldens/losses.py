"""Golden files of the losses: `<case>/prediction`, `<case>/target`, `<case>/value`, `<case>/gradient` (with respect to
the prediction), computed in float64 from float32 numbers. All losses are means, which is PyTorch's default.
"""
import numpy as np
import torch
from torch import nn

from hashed_numbers import hashed


def cross_entropy():
    target = np.array([3, 0, 4, 4, 1, 2], dtype=np.int64)
    weights = [0.5, 1.0, 2.0, 0.25, 1.5]
    plain = hashed("cross-entropy", (6, 5), 3.0)
    large = hashed("cross-entropy large", (6, 5), 80.0)

    def case(name, x, smoothing=0.0, weight=None, classes=target):
        params = {"labelSmoothing": smoothing, "weight": weight}
        weight = None if weight is None else torch.tensor(weight, dtype=torch.float64)
        return name, params, nn.CrossEntropyLoss(weight=weight, label_smoothing=smoothing), x, classes

    return [
        case("plain", plain),
        case("large logits", large),
        case("label smoothing 0.1", plain, 0.1),
        case("label smoothing 1", plain, 1.0),
        case("class weights", plain, 0.0, weights),
        case("class weights and label smoothing", plain, 0.2, weights),
        case("one sample", plain[:1], classes=target[:1]),
        case("two classes", plain[:, :2], classes=target % 2),
    ]


def bce_with_logits():
    target = (hashed("bce target", (6, 3)) > 0).astype(np.float32)
    soft = (hashed("bce soft target", (6, 3)) * 0.5 + 0.5).astype(np.float32)
    plain = hashed("bce", (6, 3), 3.0)
    return [
        ("plain", {}, nn.BCEWithLogitsLoss(), plain, target),
        ("soft targets", {}, nn.BCEWithLogitsLoss(), plain, soft),
        ("large logits", {}, nn.BCEWithLogitsLoss(), hashed("bce large", (6, 3), 100.0), target),
        ("one output", {}, nn.BCEWithLogitsLoss(), plain[:, :1], target[:, :1]),
    ]


def regression(params, module):
    target = hashed("regression target", (5, 3), 2.0)
    x = hashed("regression", (5, 3), 4.0)
    exact = x.copy()
    exact[:, 0] = target[:, 0]
    return [
        ("three outputs", params, module, x, target),
        ("one output", params, module, x[:, :1], target[:, :1]),
        ("some residuals exactly zero", params, module, exact, target),
    ]


def huber():
    cases = []
    for delta in (1.0, 0.5, 3.0):
        for name, *rest in regression({"delta": delta}, nn.HuberLoss(delta=delta)):
            cases.append((f"{name}, delta {delta}", *rest))
    return cases


LOSSES = {
    "cross-entropy": cross_entropy,
    "bce-with-logits": bce_with_logits,
    "mse": lambda: regression({}, nn.MSELoss()),
    "l1": lambda: regression({}, nn.L1Loss()),
    "huber": huber,
}


def make():
    """Yields (kind, tensors, cases) for every loss."""
    for kind, build in LOSSES.items():
        tensors, cases = {}, []
        for name, params, module, prediction, target in build():
            x = torch.from_numpy(np.ascontiguousarray(prediction)).double().requires_grad_()
            y = torch.from_numpy(np.ascontiguousarray(target))
            value = module(x, y if y.dtype == torch.int64 else y.double())
            value.backward()
            tensors[f"{name}/prediction"] = prediction
            tensors[f"{name}/target"] = target
            tensors[f"{name}/value"] = value.detach().numpy().astype(np.float32)
            tensors[f"{name}/gradient"] = x.grad.numpy().astype(np.float32)
            cases.append({"name": name, "params": params})
        yield kind, tensors, cases
