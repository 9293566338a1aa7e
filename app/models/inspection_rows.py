"""Attention rows of one text, as they arrive: one query a row, all its keys.

Imports numpy: import this module late, or on another thread.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from threading import RLock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.models.inspection_subject import AttentionPart
from engine.protocol.events import Inspected, TapFrame
from engine.taps.arrays import unpack

ROWS_LIMIT_BYTES = 256 << 20
"""Rows of one text that are kept. 30 layers of 9 heads: all rows of 1,000 tokens take about this much."""

Half = NDArray[np.float16]


class AttentionRow(NamedTuple):
    """Weights `[layer, head, key]` of the query at `position`; the layers and heads are those named."""

    position: int
    layers: tuple[int, ...]
    heads: tuple[int, ...]
    weights: Half


class AttentionRows:
    """Rows by position. Thread-safe: the window adds, a worker thread reads.

    When `limit_bytes` is reached, the rows that arrived first are dropped, and `dropped` counts them. The
    `version` grows with every change, `reset_version` with those that change or precede rows already there.
    """

    def __init__(self, limit_bytes: int = ROWS_LIMIT_BYTES) -> None:
        self._limit = limit_bytes
        self._rows: OrderedDict[int, AttentionRow] = OrderedDict()
        self._lock = RLock()
        self._newest = -1
        self.causal = True
        """Whether a query sees nothing behind itself. Encoders and cross-attention see all keys."""
        self.size_bytes = 0
        self.dropped = 0
        self.version = 0
        self.reset_version = 0

    def __len__(self) -> int:
        return len(self._rows)

    def add_frame(self, frame: TapFrame) -> None:
        """One generated token. The frame's memory is used as it is, not copied."""
        array = frame.arrays.get("attention")
        if array is not None:
            weights = np.asarray(unpack(array), dtype=np.float16)
            self.add(AttentionRow(frame.position, frame.layers, frame.heads, weights))

    def add(self, row: AttentionRow) -> None:
        """A row in place of what was known of this position, unless that was of other layers: then both."""
        with self._lock:
            old = self._rows.pop(row.position, None)
            if old is not None:
                self.size_bytes -= old.weights.nbytes
                row = _joined(old, row)
            if row.position <= self._newest:
                self.reset_version += 1
            self._newest = max(self._newest, row.position)
            self._rows[row.position] = row
            self.size_bytes += row.weights.nbytes
            while self.size_bytes > self._limit and len(self._rows) > 1:
                _, gone = self._rows.popitem(last=False)
                self.size_bytes -= gone.weights.nbytes
                self.dropped += 1
                self.reset_version += 1
            self.version += 1

    def add_inspected(self, event: Inspected, part: AttentionPart = "attention") -> None:
        """All rows of a text that was read again. Call on a worker thread: the weights are halved in size."""
        array = event.arrays.get(part)
        if array is None:
            return
        full = unpack(array)
        layers = event.encoder_layers if part == "encoder_attention" else event.layers
        self.causal = event.causal and part == "attention"
        for position in range(full.shape[2]):
            end = position + 1 if self.causal else full.shape[3]
            weights = np.ascontiguousarray(full[:, :, position, :end], dtype=np.float16)
            self.add(AttentionRow(position, layers, event.heads, weights))

    @property
    def square(self) -> bool:
        """Whether queries and keys are the same text; false of cross-attention."""
        with self._lock:
            return all(row.weights.shape[2] == len(self._rows) for row in self._rows.values())

    @property
    def newest(self) -> int:
        """The last position of which a row arrived, -1 before the first."""
        return self._newest

    def positions(self) -> list[int]:
        """Where rows are known, in order."""
        with self._lock:
            return sorted(self._rows)

    def layers(self) -> tuple[int, ...]:
        """Layers of which any row is known."""
        with self._lock:
            seen: set[int] = set()
            for row in self._rows.values():
                seen.update(row.layers)
        return tuple(sorted(seen))

    def complete(self, layers: int) -> bool:
        """Whether every row from the first token on is known in so many layers."""
        with self._lock:
            count = len(self._rows)
            return count == self._newest + 1 and all(len(row.layers) == layers for row in self._rows.values())

    def row(self, position: int) -> AttentionRow | None:
        with self._lock:
            return self._rows.get(position)

    def since(self, position: int) -> list[AttentionRow]:
        """Rows at or after a position, in order."""
        with self._lock:
            return [self._rows[each] for each in sorted(self._rows) if each >= position]

    def weights(self, position: int, layer: int, head: int | None) -> Half | None:
        """The weights `[key]` of one head, or the mean over the heads of a layer (`head` None)."""
        row = self.row(position)
        return None if row is None else weights_of(row, layer, head)

    def head_maps(self, layer: int) -> Iterator[tuple[int, Half]]:
        """Position and weights `[head, key]`, for every position where the layer is known."""
        for row in self.since(0):
            if layer in row.layers:
                yield row.position, row.weights[row.layers.index(layer)]


def weights_of(row: AttentionRow, layer: int, head: int | None) -> Half | None:
    """See `AttentionRows.weights`."""
    if layer not in row.layers:
        return None
    heads = row.weights[row.layers.index(layer)]
    if head is None:
        mean: Half = heads.mean(axis=0, dtype=np.float32).astype(np.float16)
        return mean
    if head not in row.heads:
        return None
    found: Half = heads[row.heads.index(head)]
    return found


def dense(rows: Sequence[tuple[int, Half]], length: int) -> NDArray[np.float32]:
    """Rows of one head `[key]` as a matrix `[query, key]` of `length` columns, zero where nothing is read."""
    matrix = np.zeros((len(rows), length), dtype=np.float32)
    for index, (_, weights) in enumerate(rows):
        matrix[index, : len(weights)] = weights
    return matrix


def _joined(old: AttentionRow, new: AttentionRow) -> AttentionRow:
    """The layers of both, the new ones first in authority."""
    kept = [layer for layer in old.layers if layer not in new.layers]
    if not kept or old.heads != new.heads or old.weights.shape[2] != new.weights.shape[2]:
        return new
    layers = tuple(sorted({*kept, *new.layers}))
    parts = [
        new.weights[new.layers.index(layer)] if layer in new.layers else old.weights[old.layers.index(layer)]
        for layer in layers
    ]
    return AttentionRow(new.position, layers, new.heads, np.stack(parts))
