"""Small maps of all heads, kept up to date row by row.

A map of n tokens would have n² values; a thumbnail has at most `SIDE` cells a side, each the largest weight
that falls into it, so that a thin diagonal stays visible. When the text outgrows the cells, neighbours are
merged two by two. A new row costs its own length, however long the text is.

Weights are compared by their bits: half-precision numbers that are not negative have the order of the
integers that spell them, and integers compare ten times faster.
"""

import numpy as np
from numpy.typing import NDArray

from app.models.inspection_rows import AttentionRow

SIDE = 32
"""Cells of a thumbnail at most; a power of two."""

Bytes = NDArray[np.uint8]


class Thumbs:
    """Cells `[layer, head, query, key]`, the bits of half-precision weights. One thread at a time."""

    def __init__(self, layers: int, heads: int) -> None:
        self.cells: NDArray[np.uint16] = np.zeros((layers, heads, SIDE, SIDE), np.uint16)
        self.first = 0
        """Position of the first query shown: rows of the prompt are there only when they were read."""
        self.queries = 0
        self.keys = 0
        self._query_step = 1
        self._key_step = 1

    def add(self, row: AttentionRow) -> None:
        """A row below those added before; rows above the first one need a new object."""
        if not self.queries:
            self.first = row.position
        keys = row.weights.shape[2]
        query = row.position - self.first
        while query // self._query_step >= SIDE:
            self._merge_queries()
        while (keys - 1) // self._key_step >= SIDE:
            self._merge_keys()
        bits = np.ascontiguousarray(row.weights).view(np.uint16)
        pooled = np.maximum.reduceat(bits, np.arange(0, keys, self._key_step), axis=2)
        columns = pooled.shape[2]
        line = query // self._query_step
        heads = list(row.heads)
        for index, layer in enumerate(row.layers):
            if layer < self.cells.shape[0]:
                place = self.cells[layer, heads, line, :columns]
                self.cells[layer, heads, line, :columns] = np.maximum(place, pooled[index])
        self.queries = max(self.queries, query + 1)
        self.keys = max(self.keys, keys)

    def used(self) -> tuple[int, int]:
        """Cells that are filled, down and across."""
        return -(-self.queries // self._query_step), -(-self.keys // self._key_step)

    def mosaic(self, width: int, height: int, gap: int, gamma: float) -> Bytes:
        """All thumbnails as one picture `[y, x]`: heads down, layers across.

        `width` and `height` of one thumbnail, in pixels. 0 is between them, 1 to 255 are weights.
        """
        layers, heads = self.cells.shape[:2]
        down, across = self.used()
        picture: Bytes = np.zeros((heads * (height + gap), layers * (width + gap)), np.uint8)
        view = picture.reshape(heads, height + gap, layers, width + gap)
        view[:, :height, :, :width] = 1
        if not down or not across:
            return picture
        shown = _resized(self.cells[:, :, :down, :across], height, width)
        shades = np.power(shown, np.float32(gamma), dtype=np.float32) * np.float32(254) + 1
        view[:, :height, :, :width] = shades.astype(np.uint8).transpose(1, 2, 0, 3)
        return picture

    def _merge_queries(self) -> None:
        merged = np.maximum(self.cells[:, :, 0::2], self.cells[:, :, 1::2])
        self.cells[:, :, : SIDE // 2] = merged
        self.cells[:, :, SIDE // 2 :] = 0
        self._query_step *= 2

    def _merge_keys(self) -> None:
        merged = np.maximum(self.cells[:, :, :, 0::2], self.cells[:, :, :, 1::2])
        self.cells[:, :, :, : SIDE // 2] = merged
        self.cells[:, :, :, SIDE // 2 :] = 0
        self._key_step *= 2


def _resized(cells: NDArray[np.uint16], height: int, width: int) -> NDArray[np.float32]:
    """To another size on the last two axes: the largest where many meet in one, repeated where few are."""
    bits = _resized_axis(_resized_axis(cells, height, 2), width, 3)
    return np.ascontiguousarray(bits).view(np.float16).astype(np.float32)


def _resized_axis(values: NDArray[np.uint16], size: int, axis: int) -> NDArray[np.uint16]:
    count = values.shape[axis]
    if count <= size:
        repeated: NDArray[np.uint16] = values.take((np.arange(size) * count) // size, axis=axis)
        return repeated
    starts = (np.arange(size) * count) // size
    joined: NDArray[np.uint16] = np.maximum.reduceat(values, starts, axis=axis)
    return joined
