"""Arrays in files that are written in pieces: in any order, from any thread."""

import math
import os
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatType = type[np.float32] | type[np.float16]


class ArrayPlace:
    """A place for an array of floats in an open file."""

    def __init__(self, file: int, start: int, shape: Sequence[int], dtype: FloatType) -> None:
        """`start`: where in the file its first number lies."""
        self._file, self._start, self.dtype = file, start, dtype
        self.shape = tuple(shape)
        self._steps = [
            np.dtype(dtype).itemsize * math.prod(self.shape[place + 1 :]) for place in range(len(self.shape))
        ]

    def offset(self, index: Sequence[int]) -> int:
        """Bytes before the number at `index`."""
        return sum(place * step for place, step in zip(index, self._steps, strict=True))

    def write(self, index: Sequence[int], block: NDArray[np.floating]) -> None:
        """`block` as it lies in memory, from the place `index` of the array on. Raises `OSError`."""
        write_at(self._file, block.data.cast("B"), self._start + self.offset(index))


_position = threading.Lock()


def write_at(file: int, data: Any, offset: int) -> None:
    """Everything, wherever the file stood. Raises `OSError`."""
    left = memoryview(data).cast("B")
    while left:
        if hasattr(os, "pwrite"):
            count = os.pwrite(file, left, offset)
        else:  # Windows has one position for all
            with _position:
                os.lseek(file, offset, os.SEEK_SET)
                count = os.write(file, left)
        left, offset = left[count:], offset + count
