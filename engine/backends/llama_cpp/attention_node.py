"""`GGML_OP_FLASH_ATTN_EXT` in the graph: its inputs as arrays, read where they lie."""

import ctypes
import re
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.backends.llama_cpp.native import library
from engine.backends.llama_cpp.taps import TensorLayout
from engine.errors import BugError

_LAYER = re.compile(rb"(?:-|_l)(\d+)")
_F32, _F16, _BF16 = 0, 1, 30
_OPERATIONS = 200
"""More than ggml has; beyond its last one the name is not asked for."""
_OP_OFFSET = TensorLayout.op.offset
NO_OPERATION = 0


class FlashNode(NamedTuple):
    """Of one layer: `queries` `[head, query, size]`, `keys` and `values` `[kv_head, key, size]`, `mask` the
    tensor's address (0 without), `out` `[head, query, value_size]`, to be written.
    """

    layer: int
    queries: NDArray[np.float32]
    keys: NDArray[np.floating]
    values: NDArray[np.floating]
    mask: int
    sinks: NDArray[np.float32] | None
    out: NDArray[np.float32]
    scale: float
    max_bias: float
    softcap: float


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


def read_node(address: int) -> FlashNode:
    """Raises `BugError` where something is not as this release knows it."""
    tensor = TensorLayout.from_address(address)
    queries, keys, values, mask, sinks = tensor.src[:5]
    scale, max_bias, softcap = np.frombuffer(bytes(tensor.op_params), np.float32)[:3].tolist()
    return FlashNode(
        layer=layer_of(address),
        queries=_one_stream(queries),
        keys=_one_stream(keys),
        values=_one_stream(values),
        mask=int(mask or 0),
        sinks=read_tensor(sinks).reshape(-1) if sinks else None,
        out=_view(tensor, np.float32)[0].transpose(1, 0, 2),
        scale=scale,
        max_bias=max_bias,
        softcap=softcap,
    )


def read_tensor(address: int) -> NDArray[Any]:
    """`[ne3, ne2, ne1, ne0]` as float32 or float16; quantized ones are unpacked into new memory."""
    tensor = TensorLayout.from_address(address)
    if tensor.type == _F32:
        return _view(tensor, np.float32)
    if tensor.type == _F16:
        return _view(tensor, np.float16)
    if tensor.type == _BF16:
        widened: NDArray[Any] = _view(tensor, np.uint16).astype(np.uint32) << 16
        floats: NDArray[np.float32] = widened.view(np.float32)
        return floats
    return _dequantized(tensor)


def _one_stream(address: int) -> NDArray[Any]:
    array: NDArray[Any] = read_tensor(address)
    if array.shape[0] != 1:
        raise BugError(f"attention over {array.shape[0]} streams at once")
    only: NDArray[Any] = array[0]
    return only


def _view(tensor: TensorLayout, dtype: type[np.generic]) -> NDArray[Any]:
    shape, strides = tuple(reversed(tensor.ne)), tuple(reversed(tensor.nb))
    if not tensor.data:
        raise BugError(f"{tensor.name!r} has no data")
    extent = sum((size - 1) * stride for size, stride in zip(shape, strides, strict=True))
    memory = (ctypes.c_char * (extent + np.dtype(dtype).itemsize)).from_address(tensor.data)
    return np.ndarray(shape, dtype, buffer=memory, strides=strides)


def _dequantized(tensor: TensorLayout) -> NDArray[np.float32]:
    # Imported late: most caches are not quantized, and the library takes a moment.
    from gguf import GGML_QUANT_SIZES, GGMLQuantizationType  # noqa: PLC0415
    from gguf.quants import dequantize  # noqa: PLC0415

    kind = GGMLQuantizationType(tensor.type)
    block, size = GGML_QUANT_SIZES[kind]
    shape = (*reversed(tensor.ne[1:]), tensor.ne[0] // block * size)
    strides = (*reversed(tensor.nb[1:]), 1)
    extent = sum((count - 1) * stride for count, stride in zip(shape, strides, strict=True)) + 1
    memory = (ctypes.c_char * extent).from_address(tensor.data)
    packed = np.ascontiguousarray(np.ndarray(shape, np.uint8, buffer=memory, strides=strides))
    unpacked: NDArray[np.float32] = dequantize(packed, kind)
    return unpacked
