"""Where the arrays of an inspection go: to the client, or into an NPZ file."""

import math
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.inspection.attention_inputs import BLOCK, Floats, Weights
from engine.inspection.attention_kernel import aligned
from engine.inspection.softmax_attention import Store
from engine.protocol.array_file import SMALLEST_FILE, has_client, new_array_file, no_room
from engine.protocol.inspection import Array, DType
from engine.taps.arrays import pack
from engine.taps.npz import NpzWriter, add_tokens, npz_file
from engine.taps.pieces import ArrayPlace, FloatType

Arrays = dict[str, NDArray[Any]]
_DTYPES: dict[type[np.generic], DType] = {np.float16: "f2", np.float32: "f4", np.int32: "i4", np.int64: "i4"}


class AttentionArray(Protocol):
    """`[layer, head, query, key]` in the making."""

    def layer(self, place: int, heads: Sequence[int]) -> Store:
        """The layer in this place of the array; `heads` are those that are kept, in their order."""
        ...


class Output(Protocol):
    """One inspection's."""

    def attention(self, shape: Sequence[int]) -> AttentionArray: ...

    def finish(self, arrays: Arrays, tokens: Sequence[int], pieces: Sequence[bytes]) -> dict[str, Array]:
        """Takes the other arrays; returns what is to be sent."""
        ...


@contextmanager
def open_output(path: str, dtype: FloatType = np.float32) -> Iterator[Output]:
    """To the file, which is complete when the block ends or not there; without a path to memory. `dtype` is
    that of attention.

    Raises `UserError` output.unwritable, output.no_space, inspect.no_room.
    """
    if not path:
        sent = _Sent(dtype)
        try:
            yield sent
        finally:
            sent.close()
        return
    with npz_file(Path(path)) as writer:
        yield _File(writer, dtype)


def keep_rows(store: Store, rows: Floats, first: int) -> None:
    """`rows` `[head, query, key]` of the queries from number `first` on, into the store; keys beyond are
    0.
    """
    for head, weights in enumerate(rows):
        target = store.rows(head, first, len(weights))
        if target is not None:
            target[:, : weights.shape[1]] = weights
            target[:, weights.shape[1] :] = 0
            store.filled(head, first, target)


def keep_zeros(store: Store, heads: int, length: int) -> None:
    """Of a layer that has no attention."""
    for first in range(0, length, BLOCK):
        keep_rows(store, np.zeros((heads, min(BLOCK, length - first), 0), np.float32), first)


class _Sent:
    """Everything in memory; a large attention in a file that the client maps."""

    def __init__(self, dtype: FloatType) -> None:
        self._dtype = dtype
        self._attention: Weights | None = None
        self._file: Path | None = None
        self._open: int | None = None
        self._shape: tuple[int, ...] = ()

    def attention(self, shape: Sequence[int]) -> "AttentionArray":
        self._shape = tuple(shape)
        size = np.dtype(self._dtype).itemsize * math.prod(shape)
        if has_client() and size >= SMALLEST_FILE:
            self._file = new_array_file(size)
            self._open = os.open(self._file, os.O_RDWR | getattr(os, "O_BINARY", 0))
            return _FileArray(_SentPlace(self._open, 0, shape, self._dtype))
        self._attention = np.empty(shape, self._dtype)
        return _MemoryArray(self._attention)

    def finish(self, arrays: Arrays, tokens: Sequence[int], pieces: Sequence[bytes]) -> dict[str, Array]:
        del tokens, pieces  # the client gets them with the event
        packed = {name: _packed(array) for name, array in arrays.items()}
        if self._attention is not None:
            packed["attention"] = _packed(self._attention)
        elif self._file is not None:
            packed["attention"] = Array(self._shape, _DTYPES[self._dtype], b"", file=str(self._file))
            self._file = None  # the client's now
        return packed

    def close(self) -> None:
        """Takes away what was not finished."""
        if self._open is not None:
            os.close(self._open)
        if self._file is not None:
            self._file.unlink(missing_ok=True)


class _SentPlace(ArrayPlace):
    """Where room could not be made sure of before, it may end now."""

    def write(self, index: Sequence[int], block: NDArray[np.floating]) -> None:
        try:
            super().write(index, block)
        except OSError as error:
            raise no_room(np.dtype(self.dtype).itemsize * math.prod(self.shape), error) from error


class _MemoryArray:
    def __init__(self, array: Weights) -> None:
        self._array = array

    def layer(self, place: int, heads: Sequence[int]) -> "_MemoryLayer":
        return _MemoryLayer(self._array[place], heads)


class _MemoryLayer:
    def __init__(self, array: Weights, heads: Sequence[int]) -> None:
        self._array, self._places = array, {head: place for place, head in enumerate(heads)}

    def rows(self, head: int, first: int, count: int) -> Weights | None:
        place = self._places.get(head)
        return None if place is None else self._array[place, first : first + count]

    def filled(self, head: int, first: int, rows: Weights) -> None:
        """They lie where they belong."""


class UnwantedLayer:
    """A layer whose weights nobody asked for."""

    def rows(self, head: int, first: int, count: int) -> Weights | None:
        del head, first, count
        return None

    def filled(self, head: int, first: int, rows: Weights) -> None:
        """Does not happen."""


class _File:
    def __init__(self, writer: NpzWriter, dtype: FloatType) -> None:
        self._writer, self._dtype = writer, dtype

    def attention(self, shape: Sequence[int]) -> "_FileArray":
        return _FileArray(self._writer.reserve("attention", shape, self._dtype))

    def finish(self, arrays: Arrays, tokens: Sequence[int], pieces: Sequence[bytes]) -> dict[str, Array]:
        add_tokens(self._writer, "", tokens, pieces)
        for name, array in arrays.items():
            self._writer.add(name, array)
        return {}


class _FileArray:
    def __init__(self, array: ArrayPlace) -> None:
        self._array = array
        self._thread = threading.local()

    def layer(self, place: int, heads: Sequence[int]) -> "_FileLayer":
        return _FileLayer(self._array, place, heads, self._thread)


class _FileLayer:
    """Each thread fills rows of its own, which are written while they are in the processor's cache."""

    def __init__(self, array: ArrayPlace, place: int, heads: Sequence[int], thread: threading.local) -> None:
        self._array, self._place, self._thread = array, place, thread
        self._places = {head: position for position, head in enumerate(heads)}

    def rows(self, head: int, first: int, count: int) -> Weights | None:
        del first
        if head not in self._places:
            return None
        buffer: Any = getattr(self._thread, "buffer", None)
        if buffer is None or len(buffer) < count:
            size = max(count, BLOCK), self._array.shape[-1]
            whole = aligned(size[0] * size[1]).view(self._array.dtype)
            buffer = self._thread.buffer = whole[: size[0] * size[1]].reshape(size)
        rows: Weights = buffer[:count]
        return rows

    def filled(self, head: int, first: int, rows: Weights) -> None:
        self._array.write((self._place, self._places[head], first, 0), rows)


def _packed(array: NDArray[Any]) -> Array:
    return pack(array, _DTYPES.get(array.dtype.type, "f4"))
