"""Cases of the transforms: parameters, images and drawn numbers, with torchvision's results.

Images are float64 of bytes divided by 255, [N, C, H, W]; `draws` has a row per image, in the form described in the
transform's
file. MixUp and CutMix are newer than Debian's torchvision; they are implemented here by the formulas of
torchvision.transforms.v2, and so is GaussianNoise, whose numbers come from the hash that runs inside the graph.
"""
from dataclasses import dataclass, field
from math import cos, pi, sin

import numpy as np
import torch
from torchvision.transforms import InterpolationMode, functional as F
from torchvision.transforms.functional import _get_inverse_affine_matrix

from hashed_numbers import hashed


def images(name, shape):
    """Bytes by formula."""
    return np.floor((hashed(f"transform {name}", shape) + 1) * 127.999).astype(np.uint8)


@dataclass
class Case:
    name: str
    params: dict
    images: np.ndarray
    # A function of one image [C, H, W] and its row of draws, or of the whole batch and all rows.
    apply: object
    draws: list = field(default_factory=list)
    whole_batch: bool = False
    evaluation: object = None
    # Draws at the ends of the ranges, if the transform computes them from its parameters by a formula.
    corners: list = None
    # Values that would be fitted on the training split.
    fitted: dict = field(default_factory=dict)


def grey(name, count=3, height=9, width=12):
    return images(name, (count, 1, height, width))


def colour(name, count=3, height=8, width=7):
    return images(name, (count, 3, height, width))


def flip_cases(flip):
    apply = lambda x, d: flip(x) if d[0] == 1 else x
    return [
        Case("grey", {}, grey("flip", 2), apply, [[1], [0]]),
        Case("colour", {"p": 1}, colour("flip", 2), apply, [[0], [1]]),
        Case("one column", {}, images("flip", (2, 2, 3, 1)), apply, [[1], [0]]),
    ]


def rotation_matrix(degrees):
    return _get_inverse_affine_matrix([0, 0], -degrees, [0, 0], 1.0, [0, 0])


def check_ties(matrix, height, width):
    """The nearest pixel is ambiguous if two are equally near; no case may depend on it."""
    y, x = np.mgrid[:height, :width]
    x, y = x - width / 2 + 0.5, y - height / 2 + 0.5
    for (a, b, c), size in ((matrix[:3], width), (matrix[3:], height)):
        at = a * x + b * y + c + size / 2
        inside = (at > -1) & (at < size + 1)
        assert np.abs(at - np.round(at))[inside].min() > 1e-4, f"a tie for {matrix}"


def rotation_cases():
    cases = []
    for mode in ("nearest", "bilinear"):
        for name, fill, pixels in (("grey", 0, grey("rotation")), ("colour", 0.25, colour("rotation"))):
            angles = [-7.3, 13.9, 71.1]

            def apply(x, d, mode=mode, fill=fill):
                angle = float(np.degrees(np.arctan2(d[3], d[0])))
                return F.rotate(x, angle, InterpolationMode(mode), fill=[float(fill)] * x.shape[0])

            draws = [rotation_matrix(angle) for angle in angles]
            for matrix in draws:
                check_ties(matrix, *pixels.shape[2:])
            params = {"degrees": [-30, 75], "interpolation": mode, "fill": fill}
            corners = [rotation_matrix(-30), rotation_matrix(75)]
            cases.append(Case(f"{name}, {mode}", params, pixels, apply, draws, corners=corners))
    return cases


def affine_cases():
    drawn = [
        (-7.3, [2, -1], 1.07, [4.0, 0.0]),
        (2.9, [0, 3], 0.81, [-11.3, 0.0]),
        (40.7, [-3, 1], 1.9, [0.0, 0.0]),
    ]
    degrees, translate, scale, shear = [-10, 20], [0.25, 0.4], [0.8, 1.25], [-12, 5]
    cases = []
    for mode in ("nearest", "bilinear"):
        for name, fill, pixels in (("grey", 0, grey("affine")), ("colour", 0.6, colour("affine"))):
            right, down = round(translate[0] * pixels.shape[3]), round(translate[1] * pixels.shape[2])
            corners = [
                (degrees[0], [-right, -down], scale[0], [shear[0], 0]),
                (degrees[1], [right, down], scale[1], [shear[1], 0]),
                (degrees[0], [right, -down], scale[1], [shear[1], 0]),
                (degrees[1], [-right, down], scale[0], [shear[0], 0]),
            ]
            matrix = lambda d: _get_inverse_affine_matrix([0, 0], d[0], d[1], d[2], d[3])
            rows = [matrix(d) for d in drawn]
            for row in rows:
                check_ties(row, *pixels.shape[2:])

            def apply(x, row, mode=mode, fill=fill, rows=rows):
                angle, move, factor, slope = drawn[[list(r) for r in rows].index(list(row))]
                return F.affine(x, angle, move, factor, slope, InterpolationMode(mode), [float(fill)] * x.shape[0])

            params = {
                "degrees": degrees,
                "translate": translate,
                "scale": scale,
                "shear": shear,
                "interpolation": mode,
                "fill": fill,
            }
            cases.append(
                Case(f"{name}, {mode}", params, pixels, apply, rows, corners=[matrix(d) for d in corners])
            )
    return cases


def crop_cases():
    def apply(size, padding, fill):
        def one(x, d):
            down, across = (padding, padding) if isinstance(padding, int) else padding
            padded = F.pad(x, [across, down], fill)
            return F.crop(padded, int(d[0]) + down, int(d[1]) + across, *size)

        return one

    centre = lambda size: lambda x: F.center_crop(x, list(size))
    return [
        Case("shifted", {"padding": 3}, grey("crop"), apply((9, 12), 3, 0), [[-3, 2], [3, -1], [0, 0]], evaluation=centre((9, 12))),
        Case("smaller", {"size": [5, 6], "padding": 0}, colour("crop"), apply((5, 6), 0, 0), [[0, 1], [3, 0], [2, 1]], evaluation=centre((5, 6))),
        Case("larger, with fill", {"size": 12, "padding": [3, 5], "fill": 0.3}, colour("crop"), apply((12, 12), (3, 5), 0.3), [[-3, -5], [-1, 0], [-2, -3]]),
        Case("larger", {"size": 12, "padding": 4}, colour("crop", 2), apply((12, 12), 4, 0), [[-4, -4], [0, -1]], evaluation=centre((12, 12))),
    ]


def resized_crop_cases():
    cases = []
    for antialias in (True, False):
        def apply(size, antialias=antialias):
            return lambda x, d: F.resized_crop(x, *(int(v) for v in d), list(size), antialias=antialias)

        def whole(size, antialias=antialias):
            return lambda x: F.resize(x, list(size), antialias=antialias)

        name = "antialiased" if antialias else "plain"
        boxes = [[0, 0, 9, 12], [2, 3, 5, 4], [1, 0, 8, 11], [4, 7, 1, 2]]
        cases.append(Case(f"{name}, same size", {"antialias": antialias}, grey("resized", 4), apply((9, 12)), boxes, evaluation=whole((9, 12))))
        cases.append(Case(f"{name}, smaller", {"size": 4, "antialias": antialias}, colour("resized", 2), apply((4, 4)), [[0, 0, 8, 7], [1, 2, 6, 5]], evaluation=whole((4, 4))))
    return cases


def resize_cases():
    cases = []
    for antialias in (True, False):
        name = "antialiased" if antialias else "plain"
        for size in (5, 14, [6, 17], [9, 12]):
            cases.append(
                Case(f"{name} to {size}", {"size": size, "antialias": antialias}, grey("resize", 2), lambda x, _, size=size, antialias=antialias: F.resize(x, size if isinstance(size, list) else [size], antialias=antialias))
            )
    cases.append(Case("colour", {"size": 5}, colour("resize", 2), lambda x, _: F.resize(x, [5], antialias=True)))
    return cases


def center_crop_cases():
    sizes = [5, [3, 8], [9, 12], [14, 4], 15]
    return [
        Case(f"to {size}", {"size": size}, grey("centre", 2), lambda x, _, size=size: F.center_crop(x, size))
        for size in sizes
    ]


# Names of the numbers of one change: factor of the image, of its mean gray, of its gray, and the hue shift.
CHANGES = {
    "brightness": (F.adjust_brightness, lambda v: [v, 0, 0, 0]),
    "contrast": (F.adjust_contrast, lambda v: [v, 1 - v, 0, 0]),
    "saturation": (F.adjust_saturation, lambda v: [v, 0, 1 - v, 0]),
    "hue": (F.adjust_hue, lambda v: [1, 0, 0, v]),
}


def jitter_case(name, params, pixels, rows):
    """`rows` lists, for every image, the changes in order, each with its value."""
    draws = [[n for change, value in row for n in CHANGES[change][1](value)] for row in rows]

    def apply(x, d):
        for change, value in rows[draws.index(list(d))]:
            x = CHANGES[change][0](x, value)
        return x

    return Case(name, params, pixels, apply, draws)


def jitter_cases():
    amounts = {"brightness": 0.5, "contrast": 0.5, "saturation": 0.5}
    full = [
        [("brightness", 1.4), ("hue", 0.31), ("contrast", 0.6), ("saturation", 1.5)],
        [("saturation", 0.5), ("contrast", 1.45), ("hue", -0.5), ("brightness", 0.7)],
        [("hue", 0.08), ("brightness", 1.1), ("saturation", 1.2), ("contrast", 1.3)],
        [("contrast", 1.5), ("saturation", 0.7), ("brightness", 0.55), ("hue", -0.22)],
    ]
    pixels = colour("jitter", 4)
    # Gray pixels and pixels with two equal channels are the edge cases of the color wheel.
    pixels[:, :, 0, :] = pixels[:, :1, 0, :]
    pixels[:, 1, 1, :] = pixels[:, 2, 1, :]
    pixels[:, 0, 2, :] = pixels[:, 1, 2, :]
    pixels[:, :, 3, 0] = 0
    return [
        jitter_case("everything", {**amounts, "hue": 0.5}, pixels, full),
        jitter_case("without hue", amounts, colour("jitter"), [[c for c in row if c[0] != "hue"] for row in full[:3]]),
        jitter_case("hue alone", {"brightness": 0, "contrast": 0, "saturation": 0, "hue": 0.5}, pixels, [[c for c in row if c[0] == "hue"] for row in full]),
        jitter_case("grey", {**amounts, "hue": 0.5}, grey("jitter"), [[c for c in row if c[0] in ("brightness", "contrast")] for row in full[:3]]),
    ]


def blur_weights(kernel, sigma):
    """Weights of the middle, its neighbor and so on; vertical, then horizontal."""
    row = []
    for side in kernel:
        weights = np.exp(-0.5 * (np.arange((side + 1) // 2) / sigma) ** 2)
        row += list(weights / (weights[0] + 2 * weights[1:].sum()))
    return row


def blur_cases():
    cases = []
    for kernel, pixels in (((3, 3), grey("blur")), ((5, 7), colour("blur")), ((1, 3), colour("blur"))):
        sigmas = [0.1, 1.3, 2.0]
        draws = [blur_weights(kernel, sigma) for sigma in sigmas]

        def apply(x, d, kernel=kernel, sigmas=sigmas, draws=draws):
            sigma = sigmas[draws.index(list(d))]
            return F.gaussian_blur(x, [kernel[1], kernel[0]], [sigma, sigma])

        params = {"kernelSize": list(kernel), "sigma": [0.1, 2.0]}
        corners = [blur_weights(kernel, 0.1), blur_weights(kernel, 2.0)]
        cases.append(Case("×".join(map(str, kernel)), params, pixels, apply, draws, corners=corners))
    return cases


HALF = 2048


def feistel(count, keys):
    """The two halves of `count` shuffled counters, as in src-core/onnx/randomNumbers.ts."""
    left, right = np.arange(count) // HALF, np.arange(count) % HALF
    for key in keys:
        left, right = right, (left + (right + int(key)) ** 2 // 64) % HALF
    return left, right


def normal_noise(shape, keys):
    count = int(np.prod(shape))
    left, right = feistel((count + 1) // 2, keys)
    radius = np.sqrt(-2 * np.log((left + 0.5) / HALF))
    angle = right * (2 * pi / HALF)
    both = np.concatenate([radius * np.cos(angle), radius * np.cos(angle - pi / 2)])
    return torch.from_numpy(both[:count].reshape(shape))


def erasing_cases():
    boxes = [[2, 3, 4, 5], [0, 0, 0, 0], [5, 1, 4, 11]]

    def apply(value):
        return lambda x, d: F.erase(x, *(int(v) for v in d[:4]), torch.tensor(value, dtype=x.dtype)) if d[2] else x

    def random(x, d):
        i, j, h, w = (int(v) for v in d[:4])
        noise = normal_noise(tuple(x.shape), d[4:])
        return F.erase(x, i, j, h, w, noise[:, i : i + h, j : j + w])

    keys = [[1, 20, 300, 2000, 7], [5, 4, 3, 2, 1]]
    return [
        Case("black", {}, grey("erasing"), apply(0.0), boxes),
        Case("a value", {"value": 0.4}, colour("erasing", 2), apply(0.4), [[1, 1, 2, 3], [0, 4, 7, 2]]),
        Case("noise", {"random": True}, colour("erasing", 2), random, [[1, 1, 4, 3, *keys[0]], [0, 2, 7, 4, *keys[1]]]),
    ]


def noise_cases():
    def apply(clip):
        def one(x, d):
            y = x + d[0] + d[1] * normal_noise(tuple(x.shape), d[2:])
            return y.clamp(0, 1) if clip else y

        return one

    rows = [[0, 0.1, 1, 2, 3, 4, 5], [0, 0.1, 2047, 0, 99, 1024, 7], [0, 0, 0, 0, 0, 0, 0]]
    return [
        Case("clipped", {}, grey("noise"), apply(True), rows),
        Case("free", {"mean": 0.2, "sigma": 0.5, "clip": False}, colour("noise", 2), apply(False), [[0.2, 0.5, 6, 5, 4, 3, 2], [0, 0, 0, 0, 0, 0, 0]]),
        Case("an odd number of pixels", {}, images("noise", (2, 1, 3, 5)), apply(True), rows[:2]),
    ]


def normalize_cases():
    def apply(mean, std):
        return lambda x, _: F.normalize(x, mean, std)

    return [
        Case("grey", {"mean": [0.1307], "std": [0.3081]}, grey("normalize"), apply([0.1307], [0.3081])),
        Case("colour", {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}, colour("normalize"), apply([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])),
        Case("one number for all", {"mean": [0.5], "std": [0.25]}, colour("normalize"), apply([0.5] * 3, [0.25] * 3)),
    ]


def mix_up(x, rows):
    share = rows[0][0]
    return x.roll(1, 0).mul(1.0 - share).add(x.mul(share))


def cut_mix(x, rows):
    left, top, right, bottom = (int(v) for v in rows[0][:4])
    output = x.clone()
    output[..., top:bottom, left:right] = x.roll(1, 0)[..., top:bottom, left:right]
    return output


def mixing_cases(apply, rows):
    return [
        Case(name, {}, pixels, apply, [row] * len(pixels), whole_batch=True)
        for (name, pixels), row in zip((("grey", grey("mixing", 4)), ("colour", colour("mixing", 2)), ("one image", colour("mixing", 1))), rows)
    ]


TRANSFORMS = {
    "random-horizontal-flip": lambda: flip_cases(F.hflip),
    "random-vertical-flip": lambda: flip_cases(F.vflip),
    "random-rotation": rotation_cases,
    "random-crop": crop_cases,
    "random-resized-crop": resized_crop_cases,
    "random-affine": affine_cases,
    "resize": resize_cases,
    "center-crop": center_crop_cases,
    "color-jitter": jitter_cases,
    "random-grayscale": lambda: [
        Case("colour", {}, colour("grayscale"), lambda x, d: F.rgb_to_grayscale(x, 3) if d[0] else x, [[1], [0], [1]]),
        Case("grey", {}, grey("grayscale", 2), lambda x, d: x, [[1], [0]]),
    ],
    "gaussian-blur": blur_cases,
    "random-erasing": erasing_cases,
    "gaussian-noise": noise_cases,
    "random-invert": lambda: [
        Case("grey", {}, grey("invert", 2), lambda x, d: F.invert(x) if d[0] else x, [[1], [0]]),
        Case("colour", {}, colour("invert", 2), lambda x, d: F.invert(x) if d[0] else x, [[0], [1]]),
    ],
    "normalize": normalize_cases,
    "mix-up": lambda: mixing_cases(mix_up, [[0.3], [0.75], [0.5]]),
    "cut-mix": lambda: mixing_cases(cut_mix, [[3, 2, 10, 7, 1 - 35 / 108], [0, 4, 5, 8, 1 - 20 / 56], [1, 1, 3, 3, 1 - 4 / 56]]),
}
