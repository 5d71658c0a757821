"""Runs ONNX's checker, with full shape inference, on an exported model. Needs Debian's python3-onnx.

python3 scripts/check-onnx.py MODEL
"""
import sys

import onnx

if len(sys.argv) != 2:
    sys.exit("usage: python3 scripts/check-onnx.py MODEL")
model = onnx.load(sys.argv[1])
onnx.checker.check_model(model, full_check=True)


def describe(value):
    kind = value.type.tensor_type
    sizes = ", ".join(d.dim_param or str(d.dim_value) for d in kind.shape.dim)
    return f"{value.name}: {onnx.TensorProto.DataType.Name(kind.elem_type).lower()}[{sizes}]"


opset = ", ".join(f"{entry.domain or 'ai.onnx'} {entry.version}" for entry in model.opset_import)
print(f"ok: {model.producer_name}, IR {model.ir_version}, opset {opset}, {len(model.graph.node)} nodes")
print("  in:", "; ".join(map(describe, model.graph.input)))
print("  out:", "; ".join(map(describe, model.graph.output)))
for entry in model.metadata_props:
    print(f"  {entry.key}: {entry.value[:100]}")
