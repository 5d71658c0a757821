"""torchvision's side of the augmentation benchmark: flip, crop and rotation sample by sample, then stacked to a batch.

Usage: torch_augment.py <size> <channels> <batch> <threads> <interpolation> <tensors|pillow>. Responds to every line
`N` on stdin with one
JSON line: the milliseconds of N batches, a number from them, and the peak memory of this process. Samples are in
memory, as
on the other side: bytes that become floats before the transforms, which is the faster order for tensors, or Pillow
images
that become floats after them, as is most common. Pillow is single-threaded, so a DataLoader uses `threads`
processes.
"""
import json
import resource
import sys
import time
from itertools import islice, repeat

import torch
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms
from torchvision.transforms import InterpolationMode
from torchvision.transforms.functional import to_pil_image

ENDLESS = 2**40


def steps(size, interpolation):
    return [
        transforms.RandomHorizontalFlip(),
        transforms.RandomCrop(size, padding=4),
        transforms.RandomRotation(15, interpolation=InterpolationMode(interpolation)),
    ]


def tensor_batches(images, size, batch, threads, interpolation):
    torch.set_num_threads(threads)
    augment = transforms.Compose([transforms.ConvertImageDtype(torch.float32), *steps(size, interpolation)])
    return (torch.stack([augment(image) for image in images]) for _ in repeat(None))


class PillowImages(Dataset):
    def __init__(self, images, size, interpolation):
        self.images = [to_pil_image(image) for image in images]
        self.augment = transforms.Compose([*steps(size, interpolation), transforms.ToTensor()])

    def __len__(self):
        return ENDLESS

    def __getitem__(self, index):
        return self.augment(self.images[index % len(self.images)])


def pillow_batches(images, size, batch, threads, interpolation):
    torch.set_num_threads(1)
    return iter(DataLoader(PillowImages(images, size, interpolation), batch, num_workers=threads))


def main(size, channels, batch, threads, interpolation, form):
    torch.manual_seed(0)
    count = batch * channels * size * size
    images = ((torch.arange(count) * 37) % 251).to(torch.uint8).reshape(batch, channels, size, size)
    make = {"tensors": tensor_batches, "pillow": pillow_batches}[form]
    batches = make(images, size, batch, threads, interpolation)
    print(json.dumps({"ready": True, "version": torch.__version__}), flush=True)
    for line in sys.stdin:
        start = time.perf_counter()
        value = sum(fed.mean((1, 2, 3))[0].item() for fed in islice(batches, int(line)))
        milliseconds = (time.perf_counter() - start) * 1000
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({"milliseconds": milliseconds, "loss": value, "peakBytes": peak}), flush=True)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:5]), *sys.argv[5:])
