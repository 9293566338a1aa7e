"""Numpy arrays on the wire: `Array` and back."""

import numpy as np
from numpy.typing import NDArray

from engine.protocol.inspection import Array, DType

_NUMPY: dict[DType, np.dtype[np.generic]] = {
    "f4": np.dtype("<f4"),
    "f2": np.dtype("<f2"),
    "u1": np.dtype("u1"),
    "i4": np.dtype("<i4"),
}


def pack(array: NDArray[np.generic], dtype: DType) -> Array:
    """Copy into a frame, converting to `dtype`."""
    data = np.ascontiguousarray(array, dtype=_NUMPY[dtype])
    return Array(shape=tuple(int(size) for size in data.shape), dtype=dtype, data=data.tobytes())


def unpack(array: Array) -> NDArray[np.generic]:
    """A read-only view of the frame. Raises `ValueError` when the shape does not fit the data."""
    return np.frombuffer(array.data, dtype=_NUMPY[array.dtype]).reshape(array.shape)
