"""Contrastive decoding: a large model's choice where a small model would not say the same.

Li et al., “Contrastive Decoding: Open-ended Text Generation as Optimization” (2022): among the tokens the
expert finds plausible, p_exp ≥ α · max p_exp, the score is log p_exp - log p_ama. The amateur's temperature
(τ in the paper) shapes p_ama before it is subtracted.
"""

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_FLOOR = -1e4  # a token that the amateur masks gets a score that can still be drawn from


def log_softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Natural log-probabilities on the last axis, in double precision."""
    wide = logits.astype(np.float64)
    wide -= wide.max(axis=-1, keepdims=True)
    result: NDArray[np.float64] = wide - np.log(np.exp(wide).sum(axis=-1, keepdims=True))
    return result


def contrastive_scores(
    expert_logits: NDArray[np.floating],
    amateur_logits: NDArray[np.floating],
    alpha: float = 0.1,
    amateur_temperature: float = 1.0,
) -> Floats:
    """Scores `[vocab]`; minus infinity for what the expert does not find plausible.

    `alpha` 0 to 1: 0 lets everything through, 1 only the expert's best. The best token always stays.
    Raises `ValueError` for other values, for a temperature that is not positive, and for unequal sizes.
    """
    if expert_logits.shape != amateur_logits.shape:
        raise ValueError(f"vocabularies of {expert_logits.shape} and {amateur_logits.shape}")
    if not 0 <= alpha <= 1 or amateur_temperature <= 0:
        raise ValueError(f"alpha {alpha}, amateur temperature {amateur_temperature}")
    expert = log_softmax(expert_logits)
    amateur = np.maximum(log_softmax(amateur_logits / amateur_temperature), _FLOOR)
    threshold = expert.max() + (math.log(alpha) if alpha > 0 else -math.inf)
    plausible = np.isfinite(expert) & (expert >= threshold)
    scores: Floats = np.full(expert.shape, -np.inf, np.float32)
    scores[plausible] = expert[plausible] - amateur[plausible]
    return scores
