"""Writes the safetensors format: an 8-byte header length, a JSON header, then little-endian data. Implemented here
because
Debian has no package for it and the format takes twenty lines.
"""
import json
import struct
from pathlib import Path

import numpy as np

NAMES = {"float32": "F32", "float64": "F64", "int64": "I64", "int32": "I32", "uint8": "U8", "bool": "BOOL"}


def write(path: Path, tensors: dict, cases: list) -> None:
    """`tensors` maps names to NumPy arrays; `cases` is stored as JSON text under the metadata key `cases`."""
    header = {"__metadata__": {"cases": json.dumps(cases, separators=(",", ":"))}}
    chunks, offset = [], 0
    for name in sorted(tensors, key=lambda key: (-tensors[key].dtype.itemsize, key)):
        array = np.ascontiguousarray(tensors[name])
        # ascontiguousarray turns a scalar into a vector of one element: the original shape counts.
        data = array.astype(array.dtype.newbyteorder("<")).tobytes()
        header[name] = {
            "dtype": NAMES[array.dtype.name],
            "shape": list(tensors[name].shape),
            "data_offsets": [offset, offset + len(data)],
        }
        chunks.append(data)
        offset += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(chunks))
