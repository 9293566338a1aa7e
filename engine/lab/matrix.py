"""The values of one weight matrix of a GGUF file."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from engine.backends.llama_cpp.codec import dequantize_rows
from engine.errors import UserError
from engine.lab.grids import Floats
from engine.lab.tensors import LayerTensor, layer_tensor, layer_tensors
from engine.library.gguf_header import TensorInfo, read_header
from engine.library.shards import part_paths

MOST_VALUES = 1 << 27
"""Half a gigabyte in single precision; the methods hold several copies."""


class Matrix(NamedTuple):
    """`weights` [outputs, inputs]."""

    tensor: LayerTensor
    weights: Floats


def read_matrix(path: Path, name: str) -> Matrix:
    """Raises `UserError` model.*, lab.no_tensor, lab.too_large."""
    for part in part_paths(path):
        for info in read_header(part).tensors:
            tensor = layer_tensor(info)
            if tensor is not None and info.name == name:
                return Matrix(tensor, _read(part, info))
    known = layer_tensors(path)
    example = known[len(known) // 2].name if known else "blk.0.ffn_down.weight"
    raise UserError("lab.no_tensor", path=path, name=name[:80], example=example)


def _read(path: Path, info: TensorInfo) -> Floats:
    if info.values > MOST_VALUES:
        raise UserError("lab.too_large", name=info.name, values=info.values, limit=MOST_VALUES)
    try:
        packed = np.fromfile(path, np.uint8, info.nbytes, offset=info.offset)
    except OSError as error:
        raise UserError("model.unreadable", path=path, reason=error.strerror or str(error)) from error
    if packed.nbytes != info.nbytes:
        end = info.offset + info.nbytes
        raise UserError("model.truncated", path=path, what=info.name, expected_bytes=end)
    columns, rows = info.shape
    values = dequantize_rows(packed.reshape(rows, -1), info.type.name, columns)
    if not np.isfinite(values).all():
        raise UserError("model.corrupt", path=path, what=f"{info.name} has values that are no numbers")
    return values
