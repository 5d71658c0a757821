"""Generates the models under test/fixtures/models: small ONNX files as written by other programs. Needs Debian's
python3-onnx.

python3 scripts/make-model-fixtures.py
"""
from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

TARGET = Path(__file__).resolve().parents[1] / "test" / "fixtures" / "models"
FLOAT, UINT8, HALF = TensorProto.FLOAT, TensorProto.UINT8, TensorProto.FLOAT16


def tensor(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def write(name, nodes, inputs, outputs, weights=(), check=True):
    initializers = [numpy_helper.from_array(value, key) for key, value in weights]
    graph = helper.make_graph(nodes, name, inputs, outputs, initializers)
    model = helper.make_model(graph, producer_name="another program", opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 8
    if check:
        checker.check_model(model)
    save(model, TARGET / f"{name}.onnx")


def untyped(name):
    """An output with an inferred type, as torch.onnx writes it in branches."""
    value = helper.ValueInfoProto()
    value.name = name
    return value


def branch(name, factor):
    nodes = [
        helper.make_node("Constant", [], [f"{name}_factor"], value=numpy_helper.from_array(np.float32(factor))),
        helper.make_node("Mul", ["x", f"{name}_factor"], [f"{name}_out"]),
    ]
    return helper.make_graph(nodes, name, [], [untyped(f"{name}_out")])


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    write(
        "if-branches",
        [
            helper.make_node("ReduceSum", ["x"], ["sum"], keepdims=0),
            helper.make_node("Greater", ["sum", "zero"], ["positive"]),
            helper.make_node("If", ["positive"], ["y"], then_branch=branch("then", 2), else_branch=branch("else", -1)),
        ],
        [tensor("x", FLOAT, ["N", 2])],
        [tensor("y", FLOAT, ["N", 2])],
        [("zero", np.float32(0))],
    )
    write(
        "open-image",
        [
            helper.make_node("Cast", ["image"], ["pixels"], to=FLOAT),
            helper.make_node("ReduceMean", ["pixels"], ["mean"], axes=[2, 3], keepdims=0),
        ],
        [tensor("image", UINT8, ["batch", 3, "height", "width"])],
        [tensor("mean", FLOAT, ["batch", 3])],
    )
    write(
        "open-array",
        [helper.make_node("ReduceSum", ["series", "axes"], ["total"], keepdims=0)],
        [tensor("series", FLOAT, ["batch", 2, "length"])],
        [tensor("total", FLOAT, ["batch", 2])],
        [("axes", np.array([2], dtype=np.int64))],
    )
    write(
        "batch-of-four",
        [helper.make_node("Mul", ["x", "two"], ["y"])],
        [tensor("x", FLOAT, [4, 2])],
        [tensor("y", FLOAT, [4, 2])],
        [("two", np.float32(2))],
    )
    write(
        "half-input",
        [helper.make_node("Relu", ["x"], ["y"])],
        [tensor("x", HALF, ["batch", 3])],
        [tensor("y", HALF, ["batch", 3])],
    )
    write(
        "labels-first",
        [
            helper.make_node("ArgMax", ["x"], ["label"], axis=1, keepdims=0),
            helper.make_node("SequenceConstruct", ["x"], ["list"]),
            helper.make_node("DequantizeLinear", ["weights", "scale"], ["factor"]),
            helper.make_node("Mul", ["x", "factor"], ["scores"]),
        ],
        [tensor("x", FLOAT, ["batch", 3])],
        [
            tensor("label", TensorProto.INT64, ["batch"]),
            helper.make_tensor_sequence_value_info("list", FLOAT, None),
            tensor("scores", FLOAT, ["batch", 3]),
        ],
        [("weights", np.array([2, 4, 8], dtype=np.int8)), ("scale", np.float32(0.5))],
    )


if __name__ == "__main__":
    main()
