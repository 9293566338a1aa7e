"""The compiled way to compute attention: `engine/native/attention.c` through ctypes.

The library is there where Lathe was set up with a C compiler, and in the packages. Without it
`attention_numpy` does the same, more slowly.
"""

import ctypes
import os
import sys
import threading
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np

import engine
from engine.inspection.attention_inputs import Attention, Floats, HeadBlock, Task, Weights

_SUFFIXES = {"win32": ".dll", "darwin": ".dylib"}
LIBRARY = Path(engine.__file__).parent / "native" / f"liblathe_attention{_SUFFIXES.get(sys.platform, '.so')}"
_SCRATCH_ROWS, _SCRATCH_EXTRA = 16, 64
_ALIGNMENT, _FLOAT = 64, 4
"""Bytes of a cache line: vectors that lie across two take twice as long to load."""


class Kernel:
    """Its arrays are used again for the next layer: one layer at a time. Calls release the interpreter
    lock.
    """

    def __init__(self, path: Path) -> None:
        """Raises `OSError`, `AttributeError` where the library is not what it should be."""
        # The number grows with every change of the arguments: an older library is left alone.
        self._attend = ctypes.CDLL(str(path)).lathe_attend_2
        pointer, number, real = ctypes.c_void_p, ctypes.c_long, ctypes.c_float
        self._attend.argtypes = [
            *(pointer, number, pointer, number, pointer, pointer, number),
            *[ctypes.c_int] * 7,
            *(real, real, real),
            *(pointer, number, pointer, number, ctypes.c_int, ctypes.c_int, pointer),
        ]
        self._attend.restype = ctypes.c_int
        self._thread = threading.local()
        self._arrays: dict[str, Floats] = {}

    def begin(self, inputs: Attention, seen: int) -> list[Task]:
        """Tasks that have to be done before `attend`, in any order; `seen` keys are looked at."""
        heads, rows, size = inputs.queries.shape
        groups, value_size = len(inputs.keys), inputs.values.shape[2]
        self._inputs = inputs
        self._queries = self._array("queries", heads, rows, size)
        # Keys as columns, so that scores of neighbouring keys are computed side by side.
        self._keys = self._array("keys", groups, size, -(-seen // 16) * 16)
        self._values = self._array("values", groups, seen, value_size)
        self._at = [_address(array) for array in (self._queries, self._keys, self._values, inputs.out)]
        self._mask_at = _address(inputs.mask.values)

        def scale() -> None:
            np.multiply(inputs.queries, np.float32(inputs.scale), out=self._queries)

        def copy_keys(group: int) -> None:
            self._keys[group, :, :seen] = inputs.keys[group, :seen].T

        def copy_values(group: int) -> None:
            self._values[group] = inputs.values[group, :seen]

        copies = [partial(copy, group) for copy in (copy_keys, copy_values) for group in range(groups)]
        return [*copies, scale]

    def attend(self, job: HeadBlock, rows: Weights | None) -> None:
        """Fills the block's part of `out`, and `rows` with its weights."""
        inputs, block = self._inputs, job.block
        _, n_rows, size = self._queries.shape
        group = job.head * len(self._keys) // len(self._queries)
        queries_at, keys_at, values_at, out_at = self._at
        key_stride, value_size = self._keys.shape[2], self._values.shape[2]
        mask_stride = inputs.mask.values.strides[0]
        head_stride, row_stride, _ = inputs.out.strides
        status = self._attend(
            queries_at + (job.head * n_rows + block.start) * size * _FLOAT,
            size,
            keys_at + group * size * key_stride * _FLOAT,
            key_stride,
            values_at + group * self._values.shape[1] * value_size * _FLOAT,
            self._mask_at + block.start * mask_stride if block.to_key > block.from_key else None,
            mask_stride // _FLOAT,
            block.from_key,
            block.to_key,
            block.stop - block.start,
            size,
            value_size,
            block.first,
            block.last,
            1.0 if inputs.slopes is None else inputs.slopes[job.head],
            inputs.softcap,
            -np.inf if inputs.sinks is None else inputs.sinks[job.head],
            out_at + job.head * head_stride + block.start * row_stride,
            row_stride // _FLOAT,
            None if rows is None else _address(rows),
            0 if rows is None else rows.strides[0] // rows.itemsize,
            0 if rows is None else rows.shape[1],
            rows is not None and rows.itemsize != _FLOAT,
            self._scratch(_SCRATCH_ROWS * (block.last - block.first + _SCRATCH_EXTRA)),
        )
        if status != 0:
            raise ValueError(f"the attention kernel cannot take {block} of {self._queries.shape}")

    def _array(self, name: str, *shape: int) -> Floats:
        """Room of this shape, at the beginning of a cache line."""
        count = int(np.prod(shape))
        kept = self._arrays.get(name)
        if kept is None or kept.size < count:
            kept = self._arrays[name] = aligned(count)
        return kept[:count].reshape(shape)

    def _scratch(self, count: int) -> int:
        """Address of at least `count` floats of this thread's own."""
        kept: Any = getattr(self._thread, "scratch", None)
        if kept is None or kept[0].size < count:
            array = aligned(2 * count)
            kept = self._thread.scratch = array, _address(array)
        return int(kept[1])


def aligned(count: int) -> Floats:
    """So many floats from the beginning of a cache line on, not set to anything."""
    whole = np.empty(count + _ALIGNMENT // _FLOAT, np.float32)
    first = -_address(whole) % _ALIGNMENT // _FLOAT
    return whole[first : first + count]


def _address(array: Weights) -> int:
    """Of an array's first number."""
    return int(array.ctypes.data)


@cache
def kernel_library() -> Path | None:
    """None where it was not compiled, cannot be loaded, or is switched off by LATHE_NO_KERNEL."""
    if os.environ.get("LATHE_NO_KERNEL") or not LIBRARY.exists():
        return None
    try:
        Kernel(LIBRARY)
    except (OSError, AttributeError):
        return None
    return LIBRARY
