"""torchvision's side of the augmentation benchmark: flip, crop and rotation sample by sample on tensors, then stacked to a batch.

Usage: torch_augment.py <size> <channels> <batch> <threads> <interpolation>. Every line `N` on stdin is answered by one JSON line: the
milliseconds that N batches took, a number of them, and the peak memory of this process. Samples are bytes in memory, as they are
on the other side; they become floats before the transforms, which is the faster order here."""
import json
import resource
import sys
import time

import torch
from torchvision import transforms
from torchvision.transforms import InterpolationMode


def main(size, channels, batch, threads, interpolation):
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    count = batch * channels * size * size
    images = ((torch.arange(count) * 37) % 251).to(torch.uint8).reshape(batch, channels, size, size)
    augment = transforms.Compose(
        [
            transforms.ConvertImageDtype(torch.float32),
            transforms.RandomHorizontalFlip(),
            transforms.RandomCrop(size, padding=4),
            transforms.RandomRotation(15, interpolation=InterpolationMode(interpolation)),
        ]
    )
    print(json.dumps({"ready": True, "version": torch.__version__}), flush=True)
    for line in sys.stdin:
        start = time.perf_counter()
        for _ in range(int(line)):
            fed = torch.stack([augment(image) for image in images])
        value = fed.mean((1, 2, 3))[0].item()
        milliseconds = (time.perf_counter() - start) * 1000
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({"milliseconds": milliseconds, "loss": value, "peakBytes": peak}), flush=True)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:5]), sys.argv[5])
