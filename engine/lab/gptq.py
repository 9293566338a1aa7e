"""GPTQ: round one column after another, let the columns that are left make up for each error.

Frantar, Ashkboos, Hoefler, Alistarh 2022, “GPTQ: Accurate Post-Training Quantization for Generative
Pre-trained Transformers”, algorithm 1.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import UserError
from engine.lab.costs import column_blocks
from engine.lab.grids import Floats, Grid, fit_grid
from engine.protocol.lab import LabScheme

DAMPING = 0.01
_BATCH = 128
_MORE_DAMPING = 5
_DOUBLE_UP_TO = 6144
"""Columns up to which the inverse is computed in double precision; beyond that memory counts for more."""
_Matrix = NDArray[np.floating[Any]]


def gptq(weights: Floats, hessian: _Matrix, scheme: LabScheme, damping: float = DAMPING) -> Floats:
    """Rounded weights [outputs, inputs] for a layer whose inputs have the Gram matrix `hessian` (XᵀX).

    When column q is rounded, its error over the diagonal, e = (w_q - ŵ_q) / U_qq, goes to the columns behind
    it as e · U_q,: where UᵀU = H⁻¹ (Cholesky): the closed form of the best correction. Levels of a group are
    fitted when its first column is reached, with all corrections so far. `damping` is added to the diagonal,
    as a share of its mean.
    """
    factor, unused = _inverse_factor(hessian, damping)
    left = weights.astype(factor.dtype)  # a copy: it takes the corrections
    left[:, unused] = 0
    rounded = np.empty_like(weights)
    grouped = scheme.granularity == "group"
    grid = None if grouped else fit_grid(weights, scheme)
    for batch in _batches(weights.shape[1], scheme):
        if grouped or grid is None:
            grid = fit_grid(left[:, batch].astype(np.float32), scheme)
        rounded[:, batch] = _round_batch(left, factor, batch, grid)
    return rounded


def _round_batch(left: _Matrix, factor: _Matrix, batch: slice, grid: Grid) -> Floats:
    """The columns of one batch, corrected among themselves; what lies behind hears of all errors at once."""
    width = batch.stop - batch.start
    rounded: Floats = np.empty((len(left), width), np.float32)
    errors = np.empty((len(left), width), left.dtype)
    for place, column in enumerate(range(batch.start, batch.stop)):
        values = left[:, column : column + 1]
        rounded[:, place : place + 1] = grid.round(values.astype(np.float32))
        errors[:, place] = (values[:, 0] - rounded[:, place]) / factor[column, column]
        left[:, column : batch.stop] -= errors[:, place, None] * factor[column, column : batch.stop]
    left[:, batch.stop :] -= errors @ factor[batch, batch.stop :]
    return rounded


def _batches(columns: int, scheme: LabScheme) -> Iterator[slice]:
    """Groups, so that a group's levels see every correction; else as many columns as fit the cache."""
    if scheme.granularity == "group":
        yield from column_blocks(columns, scheme)
        return
    for start in range(0, columns, _BATCH):
        yield slice(start, min(start + _BATCH, columns))


def _inverse_factor(hessian: _Matrix, damping: float) -> tuple[_Matrix, NDArray[np.bool_]]:
    """The upper U with UᵀU = (H + λI)⁻¹, and the inputs that were always zero.

    Raises `UserError` lab.singular where even ten thousand times the damping does not make H invertible.
    """
    kind = np.float64 if len(hessian) <= _DOUBLE_UP_TO else np.float32
    diagonal: NDArray[Any] = np.diagonal(hessian).astype(kind)
    unused: NDArray[np.bool_] = diagonal <= 0
    for power in range(_MORE_DAMPING):
        damped: _Matrix = hessian.astype(kind)
        added = damping * 10**power * float(diagonal.mean())
        np.fill_diagonal(damped, np.where(unused, 1, diagonal) + added)
        try:
            inverse_lower: _Matrix = np.linalg.inv(np.linalg.cholesky(damped))
            inverse: _Matrix = inverse_lower.T @ inverse_lower
            upper: _Matrix = np.linalg.cholesky(inverse).T
        except np.linalg.LinAlgError:
            continue
        if np.isfinite(upper).all():
            return upper, unused
    raise UserError("lab.singular")
