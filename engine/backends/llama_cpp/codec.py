"""ggml's own quantization of rows of numbers, both ways, without a model or a file."""

import ctypes
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.backends.llama_cpp.native import library
from engine.errors import BugError
from engine.library.ggml_types import GGML_TYPES

Floats = NDArray[np.float32]
_NUMBERS = {kind.name: number for number, kind in GGML_TYPES.items()}
_PLAIN: dict[str, np.dtype[Any]] = {"F32": np.dtype("<f4"), "F16": np.dtype("<f2")}
_TASK_VALUES = 1 << 20
"""Values of one task: some milliseconds of work."""


class _Traits(ctypes.Structure):
    """`struct ggml_type_traits` of the pinned library; checked against `ggml_type_name` at the first use."""

    _fields_ = (
        ("type_name", ctypes.c_char_p),
        ("blck_size", ctypes.c_int64),
        ("blck_size_interleave", ctypes.c_int64),
        ("type_size", ctypes.c_size_t),
        ("is_quantized", ctypes.c_bool),
        ("to_float", ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)),
        ("from_float_ref", ctypes.c_void_p),
    )


def quantize_rows(
    rows: Floats, kind: str, importance: Floats | None = None, threads: int = 1
) -> NDArray[np.uint8]:
    """`rows` [rows, columns] as the bytes of a tensor type, [rows, bytes of a row].

    `importance` [columns]: mean squares of the inputs, as in an importance matrix. The result is what
    `llama_model_quantize` writes for such a tensor. Columns must be whole blocks of the type.
    """
    ggml_type = GGML_TYPES[_NUMBERS[kind]]
    count, width = rows.shape
    if width % ggml_type.block:
        raise BugError(f"rows of {width} values are no whole blocks of {kind}")
    rows = np.ascontiguousarray(rows, np.float32)
    if kind in _PLAIN:
        plain: NDArray[np.uint8] = rows.astype(_PLAIN[kind]).view(np.uint8).reshape(count, -1)
        return plain
    lib = _ggml()
    lib.ggml_quantize_init(_NUMBERS[kind])
    packed = np.empty((count, ggml_type.nbytes(width)), np.uint8)
    weights = None if importance is None else np.ascontiguousarray(importance, np.float32).reshape(-1)
    if weights is not None and weights.size != width:
        raise BugError(f"{weights.size} importances for {width} columns")
    address = None if weights is None else weights.ctypes.data

    def work(part: slice) -> None:
        source, target = rows[part], packed[part]
        lib.ggml_quantize_chunk(
            _NUMBERS[kind], source.ctypes.data, target.ctypes.data, 0, len(source), width, address
        )

    _in_parts(work, count, width, threads)
    return packed


def dequantize_rows(packed: NDArray[np.uint8], kind: str, width: int, threads: int = 1) -> Floats:
    """Bytes [rows, bytes of a row] of a tensor type as [rows, width] numbers."""
    count = len(packed)
    packed = np.ascontiguousarray(packed)
    if kind in _PLAIN:
        plain: Floats = packed.view(_PLAIN[kind]).reshape(count, width).astype(np.float32)
        return plain
    traits = _traits(_NUMBERS[kind])
    rows = np.empty((count, width), np.float32)

    def work(part: slice) -> None:
        source, target = packed[part], rows[part]
        traits.to_float(source.ctypes.data, target.ctypes.data, target.size)

    _in_parts(work, count, width, threads)
    return rows


def _in_parts(work: Any, count: int, width: int, threads: int) -> None:
    """Rows in parts on several threads: ctypes lets go of the interpreter while ggml works."""
    parts = list(_parts(count, width))
    if threads < 2 or len(parts) < 2:
        for part in parts:
            work(part)
        return
    with ThreadPoolExecutor(threads) as pool:
        for _done in pool.map(work, parts):
            pass


def _parts(count: int, width: int) -> Iterator[slice]:
    step = max(1, _TASK_VALUES // max(width, 1))
    for start in range(0, count, step):
        yield slice(start, min(start + step, count))


@cache
def _ggml() -> Any:
    """The functions of ggml, through the library that llama.cpp itself uses."""
    lib: Any = library()._lib
    lib.ggml_quantize_init.argtypes, lib.ggml_quantize_init.restype = [ctypes.c_int], None
    lib.ggml_quantize_chunk.argtypes = [
        ctypes.c_int,
        ctypes.c_void_p,
        ctypes.c_void_p,
        ctypes.c_int64,
        ctypes.c_int64,
        ctypes.c_int64,
        ctypes.c_void_p,
    ]
    lib.ggml_quantize_chunk.restype = ctypes.c_size_t
    lib.ggml_get_type_traits.argtypes = [ctypes.c_int]
    lib.ggml_get_type_traits.restype = ctypes.POINTER(_Traits)
    lib.ggml_type_name.argtypes, lib.ggml_type_name.restype = [ctypes.c_int], ctypes.c_char_p
    return lib


@cache
def _traits(number: int) -> Any:
    lib = _ggml()
    traits = lib.ggml_get_type_traits(number).contents
    known = GGML_TYPES[number]
    if (traits.type_name, traits.blck_size, traits.type_size) != (
        lib.ggml_type_name(number),
        known.block,
        known.size,
    ):
        raise BugError("the layout of ggml_type_traits is not the one this release was written for")
    return traits
