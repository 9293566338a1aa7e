"""Which mask a layer has, seen from its attention: causal, sliding window, sink and window, or none.

Masked keys have a weight of exactly zero in every head. A key that only underflowed to zero in half precision
is told apart by the other heads of the layer and by the other rows.
"""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

MaskKind = Literal["causal", "sliding_window", "sink_window", "bidirectional"]


class MaskShape(NamedTuple):
    """`window`: tokens that a query sees back from itself, itself included; 0: all of them.

    `sink`: tokens at the beginning that are seen from everywhere although the window has moved on.
    `rows`: how many rows speak for it; a text shorter than the window cannot show one.
    """

    kind: MaskKind
    window: int
    sink: int
    rows: int


class MaskDetector:
    """Accumulates rows `[layer, head, key]`, as `HeadStatistics` does."""

    def __init__(self) -> None:
        self._rows = 0
        self._ahead: NDArray[np.bool_] | None = None
        self._windows: list[set[int]] = []
        self._sinks: list[set[int]] = []
        self._whole: list[int] = []
        """Longest row of each layer without a gap, in tokens."""

    def add_row(self, row: NDArray[np.floating], position: int) -> None:
        """The row of the query at `position`; keys after it count for bidirectional attention."""
        seen: NDArray[np.bool_] = np.any(row > 0, axis=1)
        if self._ahead is None:
            count = seen.shape[0]
            self._ahead = np.zeros(count, np.bool_)
            self._windows, self._sinks = [set() for _ in range(count)], [set() for _ in range(count)]
            self._whole = [0] * count
        self._rows += 1
        self._ahead |= seen[:, position + 1 :].any(axis=1)
        for layer, keys in enumerate(seen[:, : position + 1]):
            gaps = np.flatnonzero(~keys)
            if gaps.size == 0:
                self._whole[layer] = max(self._whole[layer], position + 1)
            else:
                self._windows[layer].add(position - int(gaps[-1]))
                self._sinks[layer].add(int(gaps[0]))

    def shapes(self) -> list[MaskShape]:
        """One for each layer."""
        return [self._shape(layer) for layer in range(len(self._windows))]

    def _shape(self, layer: int) -> MaskShape:
        assert self._ahead is not None  # noqa: S101 - there are layers
        if self._ahead[layer]:
            return MaskShape("bidirectional", 0, 0, self._rows)
        windows, sinks = self._windows[layer], self._sinks[layer]
        # A mask cuts every long row at the same distance; what underflowed does not.
        if len(windows) != 1 or len(sinks) != 1:
            return MaskShape("causal", 0, 0, self._rows)
        (window,), (sink,) = windows, sinks
        if window == 0 or self._whole[layer] > window + sink:
            return MaskShape("causal", 0, 0, self._rows)
        return MaskShape("sink_window" if sink else "sliding_window", window, sink, self._rows)


def detect_masks(attention: NDArray[np.floating], first_query: int = 0) -> list[MaskShape]:
    """Masks of `[layer, head, query, key]`, whose first query is at position `first_query`."""
    detector = MaskDetector()
    for number in range(attention.shape[2]):
        detector.add_row(attention[:, :, number, :], first_query + number)
    return detector.shapes()
