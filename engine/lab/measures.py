"""What rounding did to a layer: errors, histograms, a map of where."""

from typing import NamedTuple

import numpy as np

from engine.lab.grids import Floats
from engine.lab.methods import Rounded
from engine.lab.rounding import round_inputs

BINS, FEW_BINS = 192, 64
"""Of a matrix, and of some dozens of values."""
MAP_ROWS, MAP_COLUMNS = 96, 192
_TOKENS_AT_ONCE = 512


class OutputErrors(NamedTuple):
    """Relative to the output's norm: of everything, and of each output channel [outputs]."""

    whole: float
    channels: Floats


def relative_error(difference: Floats, original: Floats) -> float:
    """‖difference‖ / ‖original‖, 0 where both are."""
    norm = float(np.linalg.norm(original))
    return float(np.linalg.norm(difference)) / norm if norm else 0.0


def rounded_inputs(inputs: Floats, result: Rounded, bits: int) -> Floats:
    """What the layer gets instead of `inputs` [tokens, inputs]."""
    if result.scales is None:
        return round_inputs(inputs, bits, result.exact)
    return round_inputs(inputs / result.scales, bits, result.exact) * result.scales


def output_errors(inputs: Floats, weights: Floats, result: Rounded, bits: int) -> OutputErrors:
    """How far the layer's output moves on `inputs` [tokens, inputs] that are rounded to `bits`, 0 for as they
    are. The output is inputs @ weights.T.
    """
    change: Floats = np.zeros(len(weights), np.float64)
    size: Floats = np.zeros(len(weights), np.float64)
    for start in range(0, len(inputs), _TOKENS_AT_ONCE):
        part = inputs[start : start + _TOKENS_AT_ONCE]
        output = part @ weights.T
        moved = rounded_inputs(part, result, bits) @ result.weights.T - output
        change += np.einsum("ij,ij->j", moved, moved, dtype=np.float64)
        size += np.einsum("ij,ij->j", output, output, dtype=np.float64)
    channels = np.sqrt(change / np.maximum(size, 1e-30)).astype(np.float32)
    return OutputErrors(float(np.sqrt(change.sum() / max(size.sum(), 1e-30))), channels)


def bin_edges(values: Floats, bins: int = BINS) -> Floats:
    """Even steps over the values' range, with zero in the middle."""
    edge = float(np.abs(values).max()) or 1.0
    edges: Floats = np.linspace(-edge, edge, bins + 1, dtype=np.float32)
    return edges


def histogram(values: Floats, edges: Floats) -> Floats:
    """How many values fall between the edges; those beyond count for the outermost ones."""
    counts = np.histogram(np.clip(values, edges[0], edges[-1]), edges)[0]
    return counts.astype(np.float32)


class Window(NamedTuple):
    """A part of the matrix."""

    row: int
    column: int
    rows: int
    columns: int


def coarse_map(difference: Floats) -> Floats:
    """Mean magnitudes of the difference in at most `MAP_ROWS` × `MAP_COLUMNS` cells."""
    shown = np.abs(difference)
    for axis, most in ((0, MAP_ROWS), (1, MAP_COLUMNS)):
        length = shown.shape[axis]
        if length > most:
            starts = np.linspace(0, length, most, endpoint=False).astype(np.intp)
            widths = np.diff(np.append(starts, length))
            sums = np.add.reduceat(shown, starts, axis=axis)
            shown = sums / (widths[:, None] if axis == 0 else widths)
    return shown.astype(np.float32)


def worst_window(coarse: Floats, rows: int, columns: int) -> Window:
    """A window of the map's size in the matrix [rows, columns], around the cell with the largest error."""
    row, column = np.unravel_index(int(coarse.argmax()), coarse.shape)
    high, wide = min(rows, MAP_ROWS), min(columns, MAP_COLUMNS)
    top = int((row + 0.5) / coarse.shape[0] * rows) - high // 2
    left = int((column + 0.5) / coarse.shape[1] * columns) - wide // 2
    return Window(max(0, min(top, rows - high)), max(0, min(left, columns - wide)), high, wide)


def cut(matrix: Floats, window: Window) -> Floats:
    """The window's values."""
    rows = slice(window.row, window.row + window.rows)
    return matrix[rows, window.column : window.column + window.columns]
