"""The layers' cases: for every kind in the catalog, parameters in our spelling (PyTorch's names, camelCased), the
corresponding PyTorch module, and the inputs. Shapes are small; the name of each case is its reason.
"""
import numpy as np
import torch
from torch import nn

from hashed_numbers import hashed


class Case:
    """`smooth` is false if an input is on a kink, where finite differences are meaningless; `frozen` is true if
    gradients pass through the module but it is not trained itself: it stays in evaluation mode.
    """

    def __init__(self, name, params, module, *inputs, smooth=True, frozen=False):
        self.name, self.params, self.module, self.inputs, self.smooth = name, params, module, inputs, smooth
        self.frozen = frozen


class Function(nn.Module):
    """A module without weights that wraps a function."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, *inputs):
        return self.function(*inputs)


def steps(name, shape, scale=2.0):
    """Numbers rounded to halves, so that windows contain ties and exact zeros."""
    return (np.round(hashed(name, shape, scale) * 2) / 2).astype(np.float32)


def distinct(name, shape, offset=0.0):
    """All elements at least 0.01 apart, in a fixed shuffled order, so that no maximum is close to a tie."""
    count = int(np.prod(shape))
    order = np.argsort(hashed(name, (count,)), kind="stable")
    values = np.empty(count, dtype=np.float32)
    values[order] = np.linspace(-1.5, 1.5, count, dtype=np.float32) + np.float32(offset)
    return values.reshape(shape)


def away_from_zero(name, shape):
    """Numbers with a magnitude of at least 0.05."""
    values = hashed(name, shape, 2.0)
    return (values + np.sign(values) * np.float32(0.05)).astype(np.float32)


def linear():
    def case(name, shape, out, bias=True):
        params = {"outFeatures": out, "bias": bias}
        return Case(name, params, nn.Linear(shape[-1], out, bias=bias), hashed(name, shape, 2.0))

    return [
        case("matrix", (5, 7), 4),
        case("matrix without bias", (5, 7), 4, bias=False),
        case("three axes", (3, 4, 6), 5),
        case("three axes without bias", (3, 4, 6), 5, bias=False),
        case("one feature to one", (4, 1), 1),
        case("batch of one", (1, 33), 17),
    ]


def token_ids(name, shape, count, padding=0):
    """Ids below `count`, each row ending in padding of a different length; the last row is all padding if that is allowed."""
    ids = np.floor((hashed(name, shape) + 1) / 2 * count).astype(np.int64) % count
    for row, line in enumerate(ids):
        line[len(line) - row % len(line) :] = padding
    return ids


def embedding():
    def case(name, ids, count, size, padding=0):
        params = {"numEmbeddings": count, "embeddingDim": size, "paddingIdx": -1 if padding is None else padding}
        return Case(name, params, nn.Embedding(count, size, padding_idx=padding), ids)

    return [
        case("texts of different lengths", token_ids("e1", (3, 5), 7), 7, 4),
        case("without padding", token_ids("e2", (3, 5), 7), 7, 4, padding=None),
        case("padding id 3", token_ids("e3", (4, 6), 9, padding=3), 9, 3, padding=3),
        case("padding id at the end", token_ids("e4", (2, 4), 5, padding=4), 5, 2, padding=4),
        case("a text of padding alone", np.zeros((2, 3), dtype=np.int64), 4, 3),
        case("one id everywhere", np.full((3, 4), 2, dtype=np.int64), 4, 3),
        case("more rows than are added by a product", token_ids("e5", (4, 8), 200), 200, 2),
        case("more rows, without padding", token_ids("e6", (4, 8), 150), 150, 3, padding=None),
        case("texts of one token", token_ids("e7", (4, 1), 6), 6, 3),
        case("one number a token", token_ids("e8", (2, 5), 6), 6, 1),
        case("batch of one", token_ids("e9", (1, 6), 12), 12, 5),
    ]


def embedding_bag():
    def case(name, ids, count, size, mode="mean", padding=0):
        params = {
            "numEmbeddings": count,
            "embeddingDim": size,
            "paddingIdx": -1 if padding is None else padding,
            "mode": mode,
        }
        return Case(name, params, nn.EmbeddingBag(count, size, mode=mode, padding_idx=padding), ids)

    alone = np.zeros((3, 4), dtype=np.int64)
    alone[1, :2] = [2, 3]
    return [
        case("mean over texts of different lengths", token_ids("b1", (3, 5), 7), 7, 4),
        case("sum over texts of different lengths", token_ids("b2", (3, 5), 7), 7, 4, mode="sum"),
        case("mean without padding", token_ids("b3", (3, 5), 7), 7, 4, padding=None),
        case("sum without padding", token_ids("b4", (3, 5), 7), 7, 4, mode="sum", padding=None),
        case("mean, padding id 3", token_ids("b5", (4, 6), 9, padding=3), 9, 3, padding=3),
        case("mean of texts of padding alone", alone, 4, 3),
        case("sum of texts of padding alone", alone, 4, 3, mode="sum"),
        case("one id everywhere", np.full((3, 4), 2, dtype=np.int64), 4, 3),
        case("a large table", token_ids("b6", (4, 8), 200), 200, 2),
        case("texts of one token", token_ids("b7", (4, 1), 6), 6, 3),
        case("batch of one", token_ids("b8", (1, 6), 12), 12, 5, mode="sum"),
    ]


def conv2d():
    def case(name, shape, out, kernel, stride=1, padding=0, dilation=1, groups=1, bias=True):
        module = nn.Conv2d(shape[1], out, kernel, stride, padding, dilation, groups, bias)
        params = {
            "outChannels": out,
            "kernelSize": kernel,
            "stride": stride,
            "padding": padding,
            "dilation": dilation,
            "groups": groups,
            "bias": bias,
        }
        return Case(name, params, module, hashed(name, shape, 2.0))

    return [
        case("3x3 padding 1", (2, 3, 6, 6), 4, 3, padding=1),
        case("3x3 padding 1 without bias", (2, 3, 6, 6), 4, 3, padding=1, bias=False),
        case("5x5 without padding", (2, 2, 8, 8), 3, 5),
        case("stride 2", (2, 3, 8, 8), 4, 3, stride=2, padding=1),
        case("stride 2 on odd sizes", (2, 3, 7, 9), 4, 3, stride=2, padding=1),
        case("stride 2 leaves the last row unread", (2, 2, 8, 8), 3, 3, stride=2),
        case("stride 3 larger than the kernel", (2, 2, 9, 8), 3, 2, stride=3),
        case("even kernel 2x2 padding 1", (2, 2, 5, 5), 3, 2, padding=1),
        case("even kernel 4x4 stride 2 padding 1", (2, 2, 8, 8), 3, 4, stride=2, padding=1),
        case("dilation 2", (2, 2, 8, 8), 3, 3, padding=2, dilation=2),
        case("dilation 2 stride 2 odd sizes", (2, 2, 9, 11), 3, 3, stride=2, padding=1, dilation=2),
        case("groups 2", (2, 4, 6, 6), 6, 3, padding=1, groups=2),
        case("groups 2 stride 2", (2, 4, 7, 7), 6, 3, stride=2, padding=1, groups=2),
        case("depthwise", (2, 4, 6, 6), 4, 3, padding=1, groups=4),
        case("depthwise with multiplier 2 and stride 2", (2, 3, 7, 7), 6, 3, stride=2, padding=1, groups=3),
        case("1x1", (2, 5, 4, 4), 3, 1),
        case("1x1 stride 2", (2, 3, 5, 6), 4, 1, stride=2, bias=False),
        case("1x1 padding 1", (2, 2, 3, 3), 2, 1, padding=1),
        case("3x3 padding 3 more than the kernel needs", (2, 2, 4, 4), 2, 3, padding=3),
        case("rectangular", (2, 2, 9, 10), 3, [3, 5], stride=[2, 1], padding=[0, 2]),
        case("rectangular, all different", (2, 2, 11, 9), 2, [2, 3], stride=[3, 2], padding=[1, 2], dilation=[2, 1]),
        case("one channel in", (2, 1, 7, 7), 16, 3, padding=1),
        case("blocked 16 to 32", (2, 16, 5, 5), 32, 3, padding=1),
        case("blocked 16 to 32 stride 2 odd", (2, 16, 7, 5), 32, 3, stride=2, padding=1, bias=False),
        case("blocked 32 to 16 1x1 stride 2", (2, 32, 5, 5), 16, 1, stride=2),
        case("blocked depthwise 16", (2, 16, 5, 5), 16, 3, padding=1, groups=16),
        case("blocked groups 2", (2, 32, 4, 4), 32, 3, padding=1, groups=2),
        case("channels 17 do not fill a block", (2, 17, 4, 4), 20, 3, padding=1),
        case("kernel as large as the image", (2, 3, 5, 5), 4, 5),
        case("batch of one", (1, 3, 6, 6), 4, 3, padding=1),
    ]


def max_pool2d():
    def case(name, x, kernel, stride=None, padding=0, dilation=1, ceil=False, smooth=True):
        stride = kernel if stride is None else stride
        params = {"kernelSize": kernel, "stride": stride, "padding": padding, "dilation": dilation, "ceilMode": ceil}
        module = nn.MaxPool2d(kernel, stride, padding, dilation, ceil_mode=ceil)
        return Case(name, params, module, x, smooth=smooth)

    constant = np.full((2, 2, 4, 4), 0.25, dtype=np.float32)
    return [
        case("2x2", distinct("p1", (2, 3, 6, 6)), 2),
        case("2x2 on odd sizes", distinct("p2", (2, 2, 7, 5)), 2),
        case("2x2 with 16 channels", distinct("p3", (2, 16, 6, 6)), 2),
        case("3x3 stride 2 padding 1", distinct("p4", (2, 2, 7, 7)), 3, 2, 1),
        case("3x3 stride 2 padding 1 even sizes", distinct("p5", (2, 2, 8, 6)), 3, 2, 1),
        case("3x3 stride 1", distinct("p6", (2, 2, 5, 5)), 3, 1),
        case("3x3 stride 3", distinct("p7", (2, 2, 9, 9)), 3),
        case("2x2 stride 3 leaves gaps", distinct("p8", (2, 2, 8, 8)), 2, 3),
        case("rectangular", distinct("p9", (2, 2, 8, 9)), [2, 3], [2, 1], [0, 1]),
        case("all negative with padding", distinct("p10", (2, 2, 6, 6), -5.0), 3, 2, 1),
        case("dilation 2", distinct("p11", (2, 2, 8, 8)), 3, 1, 1, 2),
        case("ceil mode 2x2 on odd sizes", distinct("p12", (2, 2, 7, 5)), 2, ceil=True),
        case("ceil mode 3x3 stride 2 padding 1", distinct("p13", (2, 2, 6, 8)), 3, 2, 1, ceil=True),
        case("16 channels on odd sizes", distinct("p14", (2, 16, 5, 7)), 2),
        case("16 channels 3x3 stride 2 padding 1", distinct("p15", (2, 16, 7, 5)), 3, 2, 1),
        case("16 channels dilation 2", distinct("p16", (1, 16, 5, 5)), 2, 1, 0, 2),
        case("ceil mode 2x2 stride 3 dilation 2", distinct("p17", (2, 2, 7, 7)), 2, 3, 0, 2, ceil=True),
        case("ceil mode 2x2 stride 3 dilation 2 padding 1", distinct("p18", (2, 2, 8, 8), -5.0), 2, 3, 1, 2, ceil=True),
        case("ceil mode, 16 channels, dilation 3", distinct("p19", (2, 16, 9, 8)), [3, 2], [4, 3], [1, 0], [2, 3], ceil=True),
        case("ties 2x2", steps("t1", (2, 3, 6, 6), 1.0), 2, smooth=False),
        case("ties 2x2 on odd sizes", steps("t2", (2, 2, 7, 7), 1.0), 2, smooth=False),
        case("ties 3x3 stride 2 padding 1", steps("t3", (2, 2, 7, 7), 1.0), 3, 2, 1, smooth=False),
        case("ties 3x3 stride 1", steps("t4", (2, 2, 6, 6), 1.0), 3, 1, smooth=False),
        case("ties with 16 channels", steps("t5", (2, 16, 4, 4), 1.0), 2, smooth=False),
        case("ties with 16 channels, 3x3 stride 2 padding 1", steps("t6", (2, 16, 5, 5), 1.0), 3, 2, 1, smooth=False),
        case("constant image 2x2", constant, 2, smooth=False),
        case("constant image 3x3 stride 2 padding 1", constant, 3, 2, 1, smooth=False),
        case("constant zero image 2x2", constant * 0, 2, smooth=False),
        case("constant negative image 3x3 stride 1 padding 1", constant - 3, 3, 1, 1, smooth=False),
    ]


def avg_pool2d():
    def case(name, shape, kernel, stride=None, padding=0, ceil=False, include=True):
        stride = kernel if stride is None else stride
        params = {
            "kernelSize": kernel,
            "stride": stride,
            "padding": padding,
            "ceilMode": ceil,
            "countIncludePad": include,
        }
        module = nn.AvgPool2d(kernel, stride, padding, ceil_mode=ceil, count_include_pad=include)
        return Case(name, params, module, hashed(name, shape, 2.0))

    return [
        case("2x2", (2, 3, 6, 6), 2),
        case("2x2 on odd sizes", (2, 2, 7, 5), 2),
        case("2x2 with 16 channels", (2, 16, 4, 4), 2),
        case("16 channels 3x3 stride 2 padding 1", (2, 16, 5, 6), 3, 2, 1),
        case("16 channels 3x3 stride 2 padding 1 not counting padding", (2, 16, 5, 6), 3, 2, 1, include=False),
        case("16 channels ceil mode", (2, 16, 5, 5), 2, ceil=True),
        case("3x3 stride 2 padding 1 counting padding", (2, 2, 7, 7), 3, 2, 1),
        case("3x3 stride 2 padding 1 not counting padding", (2, 2, 7, 7), 3, 2, 1, include=False),
        case("3x3 stride 1 padding 1", (2, 2, 5, 5), 3, 1, 1, include=False),
        case("3x3 stride 1", (2, 2, 5, 6), 3, 1),
        case("2x2 stride 3 leaves gaps", (2, 2, 8, 8), 2, 3),
        case("rectangular", (2, 2, 8, 9), [2, 3], [2, 1], [0, 1], include=False),
        case("ceil mode 2x2 on odd sizes", (2, 2, 7, 5), 2, ceil=True),
        case("ceil mode 3x3 stride 2 padding 1 counting padding", (2, 2, 6, 8), 3, 2, 1, ceil=True),
        case("ceil mode 3x3 stride 2 padding 1 not counting padding", (2, 2, 6, 8), 3, 2, 1, ceil=True, include=False),
    ]


def adaptive_avg_pool2d():
    def case(name, shape, size):
        return Case(name, {"outputSize": size}, nn.AdaptiveAvgPool2d(size), hashed(name, shape, 2.0))

    return [
        case("1x1", (2, 3, 6, 5), 1),
        case("1x1 with 16 channels", (2, 16, 4, 4), 1),
        case("3x3 from 6x6", (2, 2, 6, 6), 3),
        case("3x3 from 7x7, overlapping", (2, 2, 7, 7), 3),
        case("16 channels 2x2 from 4x4", (2, 16, 4, 4), 2),
        case("16 channels 2x3 from 5x7", (2, 16, 5, 7), [2, 3]),
        case("uneven 2x3 from 5x7", (2, 2, 5, 7), [2, 3]),
        case("larger than the input", (2, 2, 3, 3), 5),
        case("same size", (2, 2, 4, 4), 4),
    ]


def flatten():
    def case(name, shape, start=1, end=-1):
        return Case(name, {"startDim": start, "endDim": end}, nn.Flatten(start, end), hashed(name, shape))

    return [
        case("images", (2, 3, 4, 5)),
        case("images of 16 channels", (2, 16, 3, 2)),
        case("vectors stay", (3, 6)),
        case("from axis 2", (2, 3, 4, 5), 2),
        case("axes 1 to 2", (2, 3, 4, 5), 1, 2),
    ]


def reshape():
    def case(name, shape, to):
        return Case(name, {"shape": to}, Function(lambda x: x.reshape(x.shape[0], *to)), hashed(name, shape))

    return [
        case("vector to image", (3, 12), [3, 2, 2]),
        case("image to rows", (2, 4, 3, 3), [4, 9]),
        case("one size inferred", (2, 4, 6), [-1, 3]),
        case("flat", (2, 2, 3), [6]),
        case("16 channels", (2, 16, 2, 3), [32, 3, 1]),
    ]


def dropout():
    return [
        Case("p 0 changes nothing", {"p": 0}, nn.Dropout(0.0), hashed("d0", (4, 6))),
        Case("p 0.5 when evaluating", {"p": 0.5}, nn.Dropout(0.5), hashed("d1", (4, 6))),
        Case("p 0 on 16 channels", {"p": 0}, nn.Dropout(0.0), hashed("d3", (2, 16, 3, 3))),
        Case("p 0.25 on images when evaluating", {"p": 0.25}, nn.Dropout(0.25), hashed("d2", (2, 3, 4, 4))),
    ]


def batch_norm(dimensions):
    make = {1: nn.BatchNorm1d, 2: nn.BatchNorm2d}[dimensions]

    def case(name, shape, eps=1e-5, momentum=0.1, affine=True, offset=0.0, frozen=False):
        params = {"eps": eps, "momentum": momentum, "affine": affine}
        x = hashed(f"bn{dimensions} {name}", shape, 2.0) + np.float32(offset)
        return Case(name, params, make(shape[1], eps, momentum, affine), x.astype(np.float32), frozen=frozen)

    if dimensions == 1:
        return [
            case("matrix", (6, 4)),
            case("matrix, not affine", (6, 4), affine=False),
            case("three axes", (3, 4, 5)),
            case("momentum 0.3 and eps 0.01", (6, 4), eps=1e-2, momentum=0.3),
            case("mean far from zero", (8, 3), offset=10.0),
            case("batch of two", (2, 5)),
            case("momentum 1", (6, 4), momentum=1.0, offset=5.0),
            case("momentum 0", (6, 4), momentum=0.0),
            case("batch of one, three axes", (1, 3, 4)),
            case("frozen", (6, 4), frozen=True),
            case("frozen, not affine, three axes", (3, 4, 5), affine=False, frozen=True),
            case("frozen, batch of one", (1, 4), frozen=True),
        ]
    return [
        case("images", (3, 4, 5, 5)),
        case("16 channels", (2, 16, 4, 4)),
        case("32 channels, not affine", (2, 32, 3, 3), affine=False),
        case("not affine", (3, 4, 5, 5), affine=False),
        case("momentum 0.3", (3, 4, 3, 3), momentum=0.3),
        case("eps 0.1", (3, 4, 3, 3), eps=0.1),
        case("mean far from zero", (4, 3, 3, 3), offset=10.0),
        case("batch of one", (1, 3, 4, 4)),
        case("momentum 1", (3, 4, 3, 3), momentum=1.0, offset=5.0),
        case("16 channels, momentum 1", (2, 16, 3, 3), momentum=1.0),
        case("frozen", (3, 4, 3, 3), frozen=True),
        case("16 channels, frozen", (2, 16, 3, 3), frozen=True),
    ]


def layer_norm():
    def case(name, shape, normalized, eps=1e-5, affine=True):
        params = {"normalizedShape": normalized, "eps": eps, "elementwiseAffine": affine}
        return Case(name, params, nn.LayerNorm(normalized, eps, affine), hashed(f"ln {name}", shape, 2.0))

    return [
        case("last axis of a matrix", (4, 6), [6]),
        case("last axis of three", (2, 5, 8), [8]),
        case("two axes", (3, 4, 5), [4, 5]),
        case("whole image", (2, 3, 4, 4), [3, 4, 4]),
        case("16 channels, last axis", (2, 16, 3, 4), [4]),
        case("not affine", (4, 6), [6], affine=False),
        case("eps 0.1", (4, 6), [6], eps=0.1),
    ]


def activation(params, make, smooth_input=away_from_zero):
    """Cases of an elementwise function: a matrix, an image, and the far tails."""
    tails = np.array([[-30, -8, -3, -1], [1, 3, 8, 30]], dtype=np.float32)
    return [
        Case("matrix", params, make(), smooth_input("a matrix", (4, 6))),
        Case("images", params, make(), smooth_input("an image", (2, 3, 4, 4))),
        Case("16 channels", params, make(), smooth_input("a block", (2, 16, 2, 3))),
        Case("tails", params, make(), tails),
    ]


def relu():
    zeros = np.array([[0.0, -0.0, 1.0, -1.0], [2.0, 0.0, -2.0, 0.5]], dtype=np.float32)
    return [*activation({}, nn.ReLU), Case("zeros", {}, nn.ReLU(), zeros, smooth=False)]


def with_params(kind, settings):
    """One activation with several parameters; the case names list them."""
    cases = []
    for params, make in settings:
        title = ", ".join(f"{key} {value}" for key, value in params.items())
        for case in activation(params, make):
            case.name = f"{case.name}, {title}"
            cases.append(case)
    return cases


def leaky_relu():
    settings = [({"negativeSlope": slope}, lambda slope=slope: nn.LeakyReLU(slope)) for slope in (0.01, 0.3)]
    return with_params("leaky-relu", settings)


def elu():
    return with_params("elu", [({"alpha": alpha}, lambda alpha=alpha: nn.ELU(alpha)) for alpha in (1.0, 0.5)])


def gelu():
    settings = [({"approximate": how}, lambda how=how: nn.GELU(approximate=how)) for how in ("none", "tanh")]
    return with_params("gelu", settings)


def softmax():
    def case(name, shape, dim, scale=2.0):
        return Case(name, {"dim": dim}, nn.Softmax(dim), hashed(f"softmax {name}", shape, scale))

    return [
        case("classes", (4, 10), 1),
        case("last axis of three", (2, 3, 5), -1),
        case("channels of images", (2, 4, 3, 3), 1),
        case("16 channels of images", (2, 16, 3, 3), 1),
        case("middle axis", (2, 3, 5), 1),
        case("large values", (3, 6), -1, 80.0),
    ]


def add():
    def case(name, *shapes):
        inputs = [hashed(f"add {name} {i}", shape) for i, shape in enumerate(shapes)]
        return Case(name, {}, Function(lambda *x: sum(x[1:], x[0])), *inputs)

    return [
        case("two matrices", (3, 4), (3, 4)),
        case("two images", (2, 3, 4, 4), (2, 3, 4, 4)),
        case("two images of 16 channels", (2, 16, 3, 3), (2, 16, 3, 3)),
        case("three images of 32 channels", *[(1, 32, 2, 2)] * 3),
    ]


def concat():
    def case(name, dim, *shapes):
        inputs = [hashed(f"concat {name} {i}", shape) for i, shape in enumerate(shapes)]
        return Case(name, {"dim": dim}, Function(lambda *x: torch.cat(x, dim)), *inputs)

    return [
        case("features", 1, (3, 4), (3, 2)),
        case("channels", 1, (2, 3, 4, 4), (2, 5, 4, 4)),
        case("channels, three inputs", 1, (2, 2, 3, 3), (2, 1, 3, 3), (2, 3, 3, 3)),
        case("last axis", -1, (2, 3, 4), (2, 3, 5)),
        case("16 channels, along the width", 3, (2, 16, 2, 2), (2, 16, 2, 3)),
        case("16 and 32 channels", 1, (2, 16, 2, 2), (2, 32, 2, 2)),
    ]


LAYERS = {
    "linear": linear,
    "embedding": embedding,
    "embedding-bag": embedding_bag,
    "conv2d": conv2d,
    "max-pool2d": max_pool2d,
    "avg-pool2d": avg_pool2d,
    "adaptive-avg-pool2d": adaptive_avg_pool2d,
    "flatten": flatten,
    "reshape": reshape,
    "dropout": dropout,
    "batch-norm1d": lambda: batch_norm(1),
    "batch-norm2d": lambda: batch_norm(2),
    "layer-norm": layer_norm,
    "relu": relu,
    "leaky-relu": leaky_relu,
    "elu": elu,
    "gelu": gelu,
    "silu": lambda: activation({}, nn.SiLU),
    "sigmoid": lambda: activation({}, nn.Sigmoid),
    "tanh": lambda: activation({}, nn.Tanh),
    "softmax": softmax,
    "add": add,
    "concat": concat,
}
