"""Moving difficulty between inputs and weights: X Wᵀ = (X / s) (W · s)ᵀ for any positive s, one for each
input.

Before rounding nothing changes; after it, what was made larger keeps more of its digits. The scales cost
nothing at run time: the operation before the layer takes 1 / s.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.lab.grids import Floats
from engine.lab.rounding import round_to_nearest
from engine.protocol.lab import LabScheme

_SMALLEST = 1e-5
_TRIES = 20


class Balanced(NamedTuple):
    """`weights` in the layer's own scale; `scales` [inputs]; `strength` is the exponent."""

    weights: Floats
    scales: Floats
    strength: float


def smoothing_scales(largest_inputs: Floats, weights: Floats, strength: float) -> Floats:
    """s_j = max|X_j|^α / max|W_j|^(1-α): Xiao et al. 2022, “SmoothQuant”, equation 4.

    `largest_inputs` [inputs] are the largest magnitudes in the calibration text; at α = 0.5 inputs and
    weights have equal ranges afterwards.
    """
    inputs = np.maximum(largest_inputs, _SMALLEST).astype(np.float64)
    columns = np.maximum(np.abs(weights).max(axis=0), _SMALLEST).astype(np.float64)
    scales: Floats = (inputs**strength / columns ** (1 - strength)).astype(np.float32)
    return scales


def smoothquant(weights: Floats, largest_inputs: Floats, scheme: LabScheme, strength: float) -> Balanced:
    """Weights that took over a part of the inputs' range, rounded. Xiao et al. 2022, “SmoothQuant: Accurate
    and Efficient Post-Training Quantization for Large Language Models”.
    """
    scales = smoothing_scales(largest_inputs, weights, strength)
    return Balanced(round_to_nearest(weights * scales, scheme) / scales, scales, strength)


def awq_scales(mean_inputs: Floats, strength: float) -> Floats:
    """s = s_X^α (Lin et al. 2023, equation 5), with s_X the mean magnitude of each input; divided by the
    geometric mean of the extremes, so that the weights keep their size.
    """
    scales = np.maximum(mean_inputs, _SMALLEST).astype(np.float64) ** strength
    scales = np.maximum(scales, _SMALLEST)
    balanced: Floats = (scales / np.sqrt(scales.max() * scales.min())).astype(np.float32)
    return balanced


def awq(
    weights: Floats, mean_inputs: Floats, hessian: NDArray[np.floating[Any]], scheme: LabScheme
) -> Balanced:
    """The scales under which rounding to nearest changes the layer's output least, from 20 exponents in [0,
    1).

    Lin et al. 2023, “AWQ: Activation-aware Weight Quantization for LLM Compression and Acceleration”, section
    3.2, without its clipping. `hessian` is XᵀX, by which the change of the output is known exactly.
    """
    best: Balanced | None = None
    least = np.inf
    for step in range(_TRIES):
        scales = awq_scales(mean_inputs, step / _TRIES)
        rounded = round_to_nearest(weights * scales, scheme) / scales
        loss = output_change(rounded - weights, hessian)
        if best is None or loss < least:
            best, least = Balanced(rounded, scales, step / _TRIES), loss
    assert best is not None  # noqa: S101 - the first try is always taken
    return best


def output_change(difference: Floats, hessian: NDArray[np.floating[Any]]) -> float:
    """‖X Dᵀ‖² from XᵀX alone, over all tokens it was summed on."""
    return float(np.einsum("ij,ij->", difference @ hessian, difference, dtype=np.float64))
