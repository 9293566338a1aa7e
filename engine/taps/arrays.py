"""Numpy arrays on the wire: `Array` and back."""

from typing import cast

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
    """A frame of the array, converted to `dtype` where needed; it shares memory with it where not."""
    data = np.ascontiguousarray(array, dtype=_NUMPY[dtype])
    # A view of the array's own memory: to the codec and the ring it is bytes like any other.
    view = cast("bytes", data.reshape(-1).view("u1").data)
    return Array(shape=tuple(int(size) for size in data.shape), dtype=dtype, data=view)


def unpack(array: Array) -> NDArray[np.generic]:
    """A read-only view of the frame. Raises `ValueError` when the shape does not fit the data."""
    return np.frombuffer(array.data, dtype=_NUMPY[array.dtype]).reshape(array.shape)
