"""Every method behind one call."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.lab.balancing import awq, smoothquant
from engine.lab.costs import bits_per_weight
from engine.lab.decomposition import decompose, decomposed_bits, outlier_columns
from engine.lab.gptq import gptq
from engine.lab.grids import Floats
from engine.lab.rounding import round_to_nearest
from engine.protocol.lab import LabJob, LabMethod

_DOUBLE_UP_TO = 6144


class Statistics(NamedTuple):
    """Of the inputs that methods are fitted on: magnitudes [inputs] and the Gram matrix XᵀX."""

    largest: Floats
    mean: Floats
    hessian: NDArray[np.floating]


class Rounded(NamedTuple):
    """What the layer computes with: `weights` in its own scale. Inputs are divided by `scales` before they
    are rounded and multiplied by them afterwards; those in `exact` are not rounded. `strength` -1: nothing
    was balanced.
    """

    weights: Floats
    bits_per_weight: float
    scales: Floats | None = None
    exact: NDArray[np.bool_] | None = None
    strength: float = -1.0


def statistics(inputs: Floats) -> Statistics:
    """Of inputs [tokens, columns]."""
    magnitudes = np.abs(inputs)
    precise = inputs.astype(np.float64) if inputs.shape[1] <= _DOUBLE_UP_TO else inputs
    return Statistics(magnitudes.max(axis=0), magnitudes.mean(axis=0), precise.T @ precise)


def apply_method(method: LabMethod, weights: Floats, seen: Statistics, job: LabJob) -> Rounded:
    """Weights [outputs, inputs] rounded by one method. Raises `UserError` lab.singular."""
    scheme = job.scheme
    rows, columns = weights.shape
    bits = bits_per_weight(rows, columns, scheme)
    match method:
        case "rtn":
            return Rounded(round_to_nearest(weights, scheme), bits)
        case "gptq":
            return Rounded(gptq(weights, seen.hessian, scheme), bits)
        case "awq":
            result = awq(weights, seen.mean, seen.hessian, scheme)
            return Rounded(result.weights, bits, result.scales, strength=result.strength)
        case "smoothquant":
            result = smoothquant(weights, seen.largest, scheme, job.strength)
            return Rounded(result.weights, bits, result.scales, strength=result.strength)
        case "llm_int8":
            outliers = outlier_columns(seen.largest, job.threshold)
            kept = decomposed_bits(len(weights), outliers, scheme)
            return Rounded(decompose(weights, outliers, scheme), kept, exact=outliers)
