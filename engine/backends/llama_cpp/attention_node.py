"""`GGML_OP_FLASH_ATTN_EXT` in the graph: its inputs as arrays, read where they lie."""

import ctypes
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.backends.llama_cpp.codec import dequantize_rows
from engine.backends.llama_cpp.native import library
from engine.backends.llama_cpp.taps import TensorLayout
from engine.errors import BugError
from engine.inspection.attention_inputs import Attention, Mask, alibi_slopes
from engine.library.ggml_types import GGML_TYPES

_LAYER = re.compile(rb"(?:-|_l)(\d+)")
_READ_AS_THEY_ARE: dict[str, type[np.generic]] = {"F32": np.float32, "F16": np.float16}
_OPERATIONS = 200
"""More than ggml has; beyond its last one the name is not asked for."""
_OP_OFFSET = TensorLayout.op.offset
NO_OPERATION = 0


@cache
def flash_operation() -> int:
    """Number of the operation in this build of ggml; `NO_OPERATION` where it has none."""
    name = library()._lib.ggml_op_name
    name.argtypes, name.restype = [ctypes.c_int], ctypes.c_char_p
    if name(NO_OPERATION) != b"NONE":
        return NO_OPERATION
    for number in range(1, _OPERATIONS):
        found = name(number)
        if found == b"FLASH_ATTN_EXT":
            return number
        if found is None:
            break
    return NO_OPERATION


def operation(tensor: int) -> ctypes.c_int:
    """What a node does, to be read and written."""
    return ctypes.c_int.from_address(tensor + _OP_OFFSET)


def layer_of(tensor: int) -> int:
    """The layer a flash attention node belongs to, by the names of its queries and its cache; -1 where they
    do not say. (A layer may use the cache of another one: the queries come first.)
    """
    for source in TensorLayout.from_address(tensor).src[:2]:
        found = _LAYER.search(TensorLayout.from_address(source).name) if source else None
        if found:
            return int(found[1])
    return -1


def read_node(address: int, mask_of: Callable[[int, int, int], Mask]) -> Attention:
    """The inputs of a flash attention node, and its output to be written. `mask_of` gets the address of the
    mask (0 without), and the numbers of queries and keys. Raises `BugError` where something is not as this
    release knows it.
    """
    tensor = TensorLayout.from_address(address)
    queries, keys = _one_stream(tensor.src[0]), _one_stream(tensor.src[1])
    mask, sinks = tensor.src[3:5]
    scale, max_bias, softcap = np.frombuffer(bytes(tensor.op_params), np.float32)[:3].tolist()
    return Attention(
        queries=queries,
        keys=keys,
        values=_one_stream(tensor.src[2]),
        mask=mask_of(int(mask or 0), queries.shape[1], keys.shape[1]),
        out=_view(tensor, np.float32)[0].transpose(1, 0, 2),
        scale=scale,
        slopes=alibi_slopes(len(queries), max_bias) if max_bias else None,
        softcap=softcap,
        sinks=read_tensor(sinks).reshape(-1).tolist() if sinks else None,
    )


def read_tensor(address: int) -> NDArray[Any]:
    """`[ne3, ne2, ne1, ne0]` where it lies as float32 or float16, other types in new memory as float32."""
    tensor = TensorLayout.from_address(address)
    kind = GGML_TYPES[tensor.type]
    if kind.name in _READ_AS_THEY_ARE:
        return _view(tensor, _READ_AS_THEY_ARE[kind.name])
    width, size = tensor.ne[0], kind.nbytes(tensor.ne[0])
    packed = _view(tensor, np.uint8, (*reversed(tensor.ne[1:]), size), (*reversed(tensor.nb[1:]), 1))
    floats = dequantize_rows(packed.reshape(-1, size), kind.name, width)
    return floats.reshape(*packed.shape[:-1], width)


def _one_stream(address: int) -> NDArray[Any]:
    array: NDArray[Any] = read_tensor(address)
    if array.shape[0] != 1:
        raise BugError(f"attention over {array.shape[0]} streams at once")
    only: NDArray[Any] = array[0]
    return only


def _view(
    tensor: TensorLayout,
    dtype: type[np.generic],
    shape: tuple[int, ...] = (),
    strides: tuple[int, ...] = (),
) -> NDArray[Any]:
    """The tensor's memory, in its own shape and strides where no others are given."""
    shape, strides = shape or tuple(reversed(tensor.ne)), strides or tuple(reversed(tensor.nb))
    if not tensor.data:
        raise BugError(f"{tensor.name!r} has no data")
    extent = sum((size - 1) * stride for size, stride in zip(shape, strides, strict=True))
    memory: Any = (ctypes.c_char * (extent + np.dtype(dtype).itemsize)).from_address(tensor.data)
    return np.ndarray(shape, dtype, buffer=memory, strides=strides)
