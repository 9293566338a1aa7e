"""Mixed-precision decomposition: a few inputs are far larger than the rest, so they are multiplied in 16
bits.

Dettmers, Lewis, Belkada, Zettlemoyer 2022, “LLM.int8(): 8-bit Matrix Multiplication for Transformers at
Scale”, section 3.
"""

import numpy as np
from numpy.typing import NDArray

from engine.lab.costs import bits_per_weight
from engine.lab.grids import Floats
from engine.lab.rounding import round_to_nearest
from engine.protocol.lab import LabScheme

THRESHOLD = 6.0
"""The paper's: inputs that are ever this large are outliers."""
_KEPT_BITS = 16


def outlier_columns(largest_inputs: Floats, threshold: float) -> NDArray[np.bool_]:
    """Inputs [inputs] whose largest magnitude in the calibration text reaches `threshold`."""
    return largest_inputs >= threshold


def decompose(weights: Floats, outliers: NDArray[np.bool_], scheme: LabScheme) -> Floats:
    """The columns of outliers as halves, all others rounded among themselves."""
    result = np.empty_like(weights)
    result[:, outliers] = weights[:, outliers].astype(np.float16)
    if not outliers.all():
        result[:, ~outliers] = round_to_nearest(weights[:, ~outliers], scheme)
    return result


def decomposed_bits(rows: int, outliers: NDArray[np.bool_], scheme: LabScheme) -> float:
    """Bits per weight with the columns that stay in 16 bits."""
    kept, columns = int(outliers.sum()), len(outliers)
    rest = columns - kept
    if not rest:
        return float(_KEPT_BITS)
    return (kept * _KEPT_BITS + rest * bits_per_weight(rows, rest, scheme)) / columns
