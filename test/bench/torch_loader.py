"""PyTorch's side of the loader benchmark: a typical DataLoader.

Usage: torch_loader.py <images|mnist> <path> <workers> <batch> <size>. Responds to every line `N` on stdin with one
JSON line: the
milliseconds of N batches, a number from them, and the peak memory of this process. `images` is a folder of JPEG
files by class,
decoded and resized in every epoch; `mnist` is the IDX file of the training images, kept in memory like torchvision's
MNIST.
"""
import json
import resource
import sys
import time
from itertools import chain, islice, repeat

import numpy as np
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms
from torchvision.datasets import ImageFolder


class Mnist(Dataset):
    """Reads a sample like torchvision.datasets.MNIST, without its download."""

    def __init__(self, path, transform):
        pixels = np.fromfile(path, np.uint8, offset=16).reshape(-1, 28, 28)
        self.data = torch.from_numpy(pixels)
        self.transform = transform

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        return self.transform(Image.fromarray(self.data[index].numpy(), mode="L")), 0


def main():
    kind, path = sys.argv[1:3]
    workers, batch, size = map(int, sys.argv[3:6])
    torch.set_num_threads(1)
    if kind == "images":
        steps = [transforms.Resize((size, size)), transforms.PILToTensor()]
        data = ImageFolder(path, transforms.Compose(steps))
    else:
        data = Mnist(path, transforms.PILToTensor())
    loader = DataLoader(data, batch, shuffle=True, num_workers=workers, persistent_workers=workers > 0)
    batches = chain.from_iterable(repeat(loader))
    print(json.dumps({"ready": True, "version": torch.__version__}), flush=True)
    for line in sys.stdin:
        start = time.perf_counter()
        number = 0
        for images, _ in islice(batches, int(line)):
            number = int(images[0, 0, 0, 0])
        milliseconds = (time.perf_counter() - start) * 1000
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({"milliseconds": milliseconds, "loss": number, "peakBytes": peak}), flush=True)


main()
