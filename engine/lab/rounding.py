"""Round to nearest: each value to the closest of its levels. What every method ends with.

Weights are [outputs, inputs], as ggml and PyTorch have them: the layer computes `inputs @ weights.T`.
"""

import numpy as np
from numpy.typing import NDArray

from engine.lab.costs import column_blocks
from engine.lab.grids import Floats, Grid, fit_grid, fit_uniform
from engine.protocol.lab import LabScheme

_TOKENS_AT_ONCE = 512


def round_to_nearest(weights: Floats, scheme: LabScheme) -> Floats:
    """The nearest level of every weight. What one channel or group does, the others do not see."""
    rounded = np.empty_like(weights)
    for block in column_blocks(weights.shape[1], scheme):
        rounded[:, block] = fit_grid(weights[:, block], scheme).round(weights[:, block])
    return rounded


def block_levels(weights: Floats, scheme: LabScheme, row: int) -> tuple[Floats, slice]:
    """The levels of the first block in an output channel, and its columns."""
    block = next(column_blocks(weights.shape[1], scheme))
    grid: Grid = fit_grid(weights[:, block], scheme)
    levels = grid.levels()
    return levels[min(row, len(levels) - 1)], block


def round_inputs(inputs: Floats, bits: int, exact: NDArray[np.bool_] | None = None) -> Floats:
    """Inputs [tokens, columns] on symmetric steps, a scale for each token; columns in `exact` stay.

    `bits` 0 leaves all as they are.
    """
    if not bits:
        return inputs
    rounded = inputs.copy()
    kept = slice(None) if exact is None else ~exact
    for start in range(0, len(inputs), _TOKENS_AT_ONCE):
        part = inputs[start : start + _TOKENS_AT_ONCE, kept]
        if part.shape[1]:
            rounded[start : start + _TOKENS_AT_ONCE, kept] = fit_uniform(part, bits, symmetric=True).round(
                part
            )
    return rounded
