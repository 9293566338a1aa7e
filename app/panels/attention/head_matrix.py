"""The full map of one head, and pictures of any part of it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.models.inspection_rows import AttentionRows, weights_of

Bytes = NDArray[np.uint8]
GROWTH = 256


class Window(NamedTuple):
    """A part of the map, in tokens: queries from `top`, keys from `left`. May reach beyond the map."""

    top: float
    left: float
    queries: float
    keys: float


class HeadMatrix:
    """Weights `[query, key]` of one head (or the mean of a layer's heads), from `first` on.

    Rows that are not known are zero, and `knows` says so. One thread at a time.
    """

    def __init__(self, layer: int, head: int | None) -> None:
        self.layer = layer
        self.head = head
        self.first = 0
        self.queries = 0
        self.keys = 0
        self.empty = True
        self.causal = True
        self._is_known: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._values: NDArray[np.float16] = np.zeros((0, 0), np.float16)

    def take(self, rows: AttentionRows, start: int) -> None:
        """Rows at or after the position `start`."""
        self.causal = rows.causal
        for row in rows.since(start):
            weights = weights_of(row, self.layer, self.head)
            if weights is not None:
                self._put(row.position, weights)

    def put_all(self, matrix: NDArray[np.float32], *, causal: bool = True) -> None:
        """A whole map, for instance a rollout."""
        self.causal = causal
        self._values = matrix.astype(np.float16)
        self.first, self.empty = 0, False
        self.queries, self.keys = matrix.shape
        self._is_known = np.ones(self.queries, np.bool_)

    def knows(self, position: int) -> bool:
        """Whether the row of a query was read."""
        query = position - self.first
        return 0 <= query < self.queries and bool(self._is_known[query])

    def value(self, position: int, key: int) -> float | None:
        """The weight of a key for the query at a position; None where it is not known."""
        query = position - self.first
        if not self.knows(position) or not 0 <= key < self.keys:
            return None
        return float(self._values[query, key])

    def row(self, position: int) -> NDArray[np.float32] | None:
        """All weights of one query, up to itself where it sees no more."""
        if not self.knows(position):
            return None
        end = position + 1 if self.causal else self.keys
        return self._values[position - self.first, :end].astype(np.float32)

    def picture(self, window: Window, width: int, height: int, gamma: float) -> Bytes:
        """A part of the map in `height` by `width` pixels: the largest weight where many meet in one.

        1 to 255 are weights; 0 is what no row says anything about: keys after the query, rows not read.
        """
        picture: Bytes = np.zeros((height, width), np.uint8)
        lines, line_starts = _cut(window.top, window.queries, height, self.queries)
        columns, column_starts = _cut(window.left, window.keys, width, self.keys)
        if not len(lines) or not len(columns):
            return picture
        top, bottom = line_starts[0], min(self.queries, line_starts[-1] + _span(line_starts))
        left, right = column_starts[0], min(self.keys, column_starts[-1] + _span(column_starts))
        # The bits of half-precision numbers from 0 on are ordered like the numbers, and compare faster.
        bits = self._values[top:bottom, left:right].view(np.uint16)
        bits = _pool(_pool(bits, line_starts - top, 0), column_starts - left, 1)
        part = np.ascontiguousarray(bits).view(np.float16).astype(np.float32)
        shades = np.power(part, np.float32(gamma)) * np.float32(254) + 1
        last_query = np.minimum(line_starts + _span(line_starts), self.queries) - 1 + self.first
        said = (column_starts[None, :] <= last_query[:, None]) | (not self.causal)
        said &= np.logical_or.reduceat(self._is_known[top:bottom], line_starts - top)[:, None]
        shown = np.where(said, np.minimum(shades, 255), 0).astype(np.uint8)
        picture[np.ix_(lines, columns)] = shown
        return picture

    def _put(self, position: int, weights: NDArray[np.float16]) -> None:
        if self.empty:
            self.first, self.empty = position, False
        query = position - self.first
        keys = len(weights)
        self._make_room(query + 1, keys)
        self._values[query, :keys] = weights
        self.queries = max(self.queries, query + 1)
        self.keys = max(self.keys, keys)
        self._is_known[query] = True

    def _make_room(self, queries: int, keys: int) -> None:
        have = self._values.shape
        if queries <= have[0] and keys <= have[1]:
            return
        wanted = [-(-max(a, b) // GROWTH) * GROWTH for a, b in zip(have, (queries, keys), strict=True)]
        grown: NDArray[np.float16] = np.zeros(wanted, np.float16)
        grown[: have[0], : have[1]] = self._values
        self._values = grown
        known: NDArray[np.bool_] = np.zeros(wanted[0], np.bool_)
        known[: have[0]] = self._is_known
        self._is_known = known


def _cut(start: float, length: float, pixels: int, count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pixels that show something, and the first token that each shows."""
    tokens = np.floor(start + np.arange(pixels) * (length / pixels)).astype(np.intp)
    shown = np.flatnonzero((tokens >= 0) & (tokens < count))
    return shown, tokens[shown]


def _span(starts: NDArray[np.intp]) -> int:
    """Tokens that the last pixel stands for."""
    return max(1, int(starts[-1] - starts[-2])) if len(starts) > 1 else 1


def _pool(values: NDArray[np.uint16], starts: NDArray[np.intp], axis: int) -> NDArray[np.uint16]:
    """The largest from each start to the next; where starts repeat, the value itself again."""
    pooled: NDArray[np.uint16] = np.maximum.reduceat(values, starts, axis=axis)
    return pooled
