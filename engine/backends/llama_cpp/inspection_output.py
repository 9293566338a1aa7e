"""Where the arrays of an inspection go: to the client, or as they come into an NPZ file."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.inspection.attention_inputs import BLOCK, Floats
from engine.inspection.attention_kernel import aligned
from engine.taps.npz import NpzArray, NpzWriter, add_tokens, npz_file

Arrays = dict[str, NDArray[Any]]


class LayerStore(Protocol):
    """Attention weights of one layer; see `engine.inspection.softmax_attention.Store`."""

    def rows(self, head: int, first: int, count: int) -> Floats | None: ...

    def filled(self, head: int, first: int, rows: Floats) -> None: ...


class AttentionArray(Protocol):
    """`[layer, head, query, key]` in the making."""

    def layer(self, place: int, heads: Sequence[int]) -> LayerStore:
        """The layer in this place of the array; `heads` are those that are kept, in their order."""
        ...


class Output(Protocol):
    """One inspection's."""

    def attention(self, shape: Sequence[int]) -> AttentionArray: ...

    def finish(self, arrays: Arrays, tokens: Sequence[int], pieces: Sequence[bytes]) -> Arrays:
        """Takes the other arrays; returns those to be sent."""
        ...


@contextmanager
def open_output(path: str) -> Iterator[Output]:
    """To the file, which is complete when the block ends or not there; without a path to memory.

    Raises `UserError` store.unwritable.
    """
    if not path:
        yield _Memory()
        return
    with npz_file(Path(path)) as writer:
        yield _File(writer)


def keep_rows(store: LayerStore, rows: Floats, first: int) -> None:
    """`rows` `[head, query, key]` of the queries from number `first` on, into the store; keys beyond are
    0.
    """
    for head, weights in enumerate(rows):
        target = store.rows(head, first, len(weights))
        if target is not None:
            target[:, : weights.shape[1]] = weights
            target[:, weights.shape[1] :] = 0
            store.filled(head, first, target)


def keep_zeros(store: LayerStore, heads: int, length: int) -> None:
    """Of a layer that has no attention."""
    for first in range(0, length, BLOCK):
        keep_rows(store, np.zeros((heads, min(BLOCK, length - first), 0), np.float32), first)


class _Memory:
    def __init__(self) -> None:
        self._attention: NDArray[np.float32] | None = None

    def attention(self, shape: Sequence[int]) -> "_MemoryArray":
        # Every place is written. Unlike `zeros`, `empty` asks for large pages, which are far sooner there.
        self._attention = np.empty(shape, np.float32)
        return _MemoryArray(self._attention)

    def finish(self, arrays: Arrays, tokens: Sequence[int], pieces: Sequence[bytes]) -> Arrays:
        del tokens, pieces  # the client gets them with the event
        return arrays if self._attention is None else {"attention": self._attention, **arrays}


class _MemoryArray:
    def __init__(self, array: NDArray[np.float32]) -> None:
        self._array = array

    def layer(self, place: int, heads: Sequence[int]) -> "_MemoryLayer":
        return _MemoryLayer(self._array[place], heads)


class _MemoryLayer:
    def __init__(self, array: NDArray[np.float32], heads: Sequence[int]) -> None:
        self._array, self._places = array, {head: place for place, head in enumerate(heads)}

    def rows(self, head: int, first: int, count: int) -> Floats | None:
        place = self._places.get(head)
        return None if place is None else self._array[place, first : first + count]

    def filled(self, head: int, first: int, rows: Floats) -> None:
        """They lie where they belong."""


class UnwantedLayer:
    """A layer whose weights nobody asked for."""

    def rows(self, head: int, first: int, count: int) -> Floats | None:
        del head, first, count
        return None

    def filled(self, head: int, first: int, rows: Floats) -> None:
        """Does not happen."""


class _File:
    def __init__(self, writer: NpzWriter) -> None:
        self._writer = writer

    def attention(self, shape: Sequence[int]) -> "_FileArray":
        return _FileArray(self._writer.reserve("attention", shape))

    def finish(self, arrays: Arrays, tokens: Sequence[int], pieces: Sequence[bytes]) -> Arrays:
        add_tokens(self._writer, "", tokens, pieces)
        for name, array in arrays.items():
            self._writer.add(name, array)
        return {}


class _FileArray:
    def __init__(self, array: NpzArray) -> None:
        self._array = array
        self._thread = threading.local()

    def layer(self, place: int, heads: Sequence[int]) -> "_FileLayer":
        return _FileLayer(self._array, place, heads, self._thread)


class _FileLayer:
    """Each thread fills rows of its own, which are written while they are in the processor's cache."""

    def __init__(self, array: NpzArray, place: int, heads: Sequence[int], thread: threading.local) -> None:
        self._array, self._place, self._thread = array, place, thread
        self._places = {head: position for position, head in enumerate(heads)}

    def rows(self, head: int, first: int, count: int) -> Floats | None:
        del first
        if head not in self._places:
            return None
        buffer: Floats | None = getattr(self._thread, "buffer", None)
        if buffer is None or len(buffer) < count:
            size = max(count, BLOCK), self._array.shape[-1]
            buffer = self._thread.buffer = aligned(size[0] * size[1]).reshape(size)
        return buffer[:count]

    def filled(self, head: int, first: int, rows: Floats) -> None:
        self._array.write((self._place, self._places[head], first, 0), rows)
