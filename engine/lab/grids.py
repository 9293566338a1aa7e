"""Levels that weights are rounded to: evenly spaced, or a codebook.

A grid has one set of levels for each row of what it was fitted to ([rows, 1] parameters), or one for all of
it.
"""

from functools import cached_property
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from engine.protocol.lab import LabScheme

Floats = NDArray[np.float32]

_ITERATIONS = 40
_TINY = 1e-12
_SMALLEST_HALF = 2.0**-24


class UniformGrid:
    """`scale · (q - zero)` with integers `low ≤ q ≤ high`; `scale` and `zero` are [rows, 1]."""

    def __init__(self, scale: Floats, zero: Floats, low: int, high: int) -> None:
        self.scale, self.zero, self.low, self.high = scale, zero, low, high

    def codes(self, values: Floats) -> Floats:
        """The integers that stand for `values`."""
        codes: Floats = np.clip(np.rint(values / self.scale) + self.zero, self.low, self.high)
        return codes

    def round(self, values: Floats) -> Floats:
        """The nearest level of each value."""
        rounded: Floats = (self.codes(values) - self.zero) * self.scale
        return rounded

    def levels(self) -> Floats:
        """[rows, levels], ascending."""
        codes = np.arange(self.low, self.high + 1, dtype=np.float32)
        levels: Floats = (codes[None, :] - self.zero) * self.scale
        return levels


class CodebookGrid:
    """Any levels, [rows, levels], ascending."""

    def __init__(self, levels: Floats) -> None:
        self._levels = levels

    def round(self, values: Floats) -> Floats:
        """The nearest level of each value."""
        rows = np.arange(len(self._levels))
        found = _row_search(self._middles, values if len(rows) > 1 else values.reshape(1, -1))
        return self._levels[rows[:, None], found].reshape(values.shape)

    def levels(self) -> Floats:
        """[rows, levels], ascending."""
        return self._levels

    @cached_property
    def _middles(self) -> Floats:
        middles: Floats = ((self._levels[:, 1:] + self._levels[:, :-1]) / 2).astype(np.float32)
        return middles


Grid = UniformGrid | CodebookGrid


def fit_grid(values: Floats, scheme: LabScheme) -> Grid:
    """Levels for `values` [rows, columns]: one set for each row, or for all where the scheme says so."""
    if scheme.granularity == "tensor":
        values = values.reshape(1, -1)
    if scheme.levels == "normal":
        return fit_normal(values, scheme.bits)
    if scheme.levels == "kmeans":
        return fit_kmeans(values, scheme.bits)
    return fit_uniform(values, scheme.bits, symmetric=scheme.symmetric)


def fit_uniform(values: Floats, bits: int, *, symmetric: bool) -> UniformGrid:
    """Steps over the range of each row, which is widened to hold zero, so that zero stays zero.

    Symmetric: ±(2^(bits-1) - 1) steps. Asymmetric: 2^bits - 1 steps from the minimum to the maximum, with an
    integer zero point.
    """
    if symmetric:
        high = 2 ** (bits - 1) - 1
        scale = _half(np.abs(values).max(axis=1, keepdims=True) / high)
        return UniformGrid(scale, np.zeros_like(scale), -high, high)
    lowest = np.minimum(values.min(axis=1, keepdims=True), 0)
    highest = np.maximum(values.max(axis=1, keepdims=True), 0)
    steps = 2**bits - 1
    scale = _half((highest - lowest) / steps)
    return UniformGrid(scale, np.rint(-lowest / scale).astype(np.float32), 0, steps)


def normal_levels(bits: int) -> Floats:
    """2^bits levels from -1 to 1 with equal shares of a normal distribution between them, and an exact zero.

    NormalFloat of Dettmers et al. 2023, “QLoRA”, section 3; with 4 bits it is NF4. Below zero there is one
    level less than above it.
    """
    half = 2 ** (bits - 1)
    edge = 1 - (1 / (2 * 2**bits) + 1 / (2 * (2**bits - 1))) / 2
    quantile = NormalDist().inv_cdf
    above = [quantile(place) for place in np.linspace(edge, 0.5, half + 1)[:-1]]
    below = [-quantile(place) for place in np.linspace(edge, 0.5, half)[:-1]]
    levels = np.sort(np.array([*above, 0.0, *below]))
    normal: Floats = (levels / levels.max()).astype(np.float32)
    return normal


def fit_normal(values: Floats, bits: int) -> CodebookGrid:
    """Normal quantiles, stretched to the largest magnitude of each row."""
    largest = _half(np.abs(values).max(axis=1, keepdims=True))
    return CodebookGrid(largest * normal_levels(bits))


def fit_kmeans(values: Floats, bits: int) -> CodebookGrid:
    """Lloyd's algorithm on each row, started from even steps (Han et al. 2016, “Deep Compression”, section
    3).

    On sorted values a cluster is a range, and its mean a difference of running sums: an iteration costs a few
    searches. A cluster that loses all its values keeps its place.
    """
    ordered = np.sort(values.astype(np.float64), axis=1)
    sums = np.concatenate([np.zeros((len(ordered), 1)), np.cumsum(ordered, axis=1)], axis=1)
    share = np.linspace(0, 1, 2**bits)
    centres = ordered[:, :1] * (1 - share) + ordered[:, -1:] * share
    for _ in range(_ITERATIONS):
        edges = _row_search(ordered, (centres[:, 1:] + centres[:, :-1]) / 2)
        edges = np.pad(edges, ((0, 0), (1, 1)), constant_values=((0, 0), (0, ordered.shape[1])))
        counts = np.diff(edges, axis=1)
        totals = np.diff(np.take_along_axis(sums, edges, axis=1), axis=1)
        moved = np.where(counts > 0, totals / np.maximum(counts, 1), centres)
        if np.array_equal(moved, centres):
            break
        centres = np.sort(moved, axis=1)
    return CodebookGrid(centres.astype(np.float16).astype(np.float32))


def _half(scale: Floats) -> Floats:
    """As it is kept: in 16 bits, and not zero."""
    kept: Floats = np.maximum(scale, _SMALLEST_HALF).astype(np.float16).astype(np.float32)
    return kept


def _row_search(ordered: NDArray[np.floating], values: NDArray[np.floating]) -> NDArray[np.intp]:
    """For each row how many of `ordered` are below each of `values`, both [rows, …].

    One search for all rows: every row is squeezed into a stretch of its own on one axis.
    """
    if len(ordered) == 1:
        places: NDArray[np.intp] = np.searchsorted(ordered[0], values[0])[None, :]
        return places
    low = np.minimum(ordered[:, :1], values.min(axis=1, keepdims=True)).astype(np.float64)
    high = np.maximum(ordered[:, -1:], values.max(axis=1, keepdims=True)).astype(np.float64)
    squeeze = 0.5 / np.maximum(high - low, _TINY)
    place = np.arange(len(ordered), dtype=np.float64)[:, None]
    axis = (place + (ordered - low) * squeeze).reshape(-1)
    found: NDArray[np.intp] = np.searchsorted(axis, place + (values - low) * squeeze)
    found -= np.arange(len(ordered))[:, None] * ordered.shape[1]
    return found
