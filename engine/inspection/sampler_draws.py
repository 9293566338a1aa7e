"""The stages that draw, and keep a state of their own: mirostat and adaptive-p, as statements in numpy.

Which token is drawn is left to the caller: `p` of what a step gives is what it is drawn from.
"""

import math
from typing import NamedTuple

import numpy as np

from engine.inspection.sampler_stages import Candidates, top_k

_WIDTH = 0.3
_PEAK = 5.0
_SHARPNESS = 10.0


def greedy(candidates: Candidates) -> int:
    """The best token."""
    return int(candidates.ids[candidates.logits.argmax()])


def mirostat(candidates: Candidates, mu: float, vocabulary: int, m: int = 100) -> Candidates:
    """Top-k with the k at which the expected surprise is `mu` bits.

    Basu et al., “Mirostat” (2021): Zipf's exponent s is estimated from the m most probable tokens, and k
    follows from s, `mu` and the size of the vocabulary.
    """
    shares = np.sort(candidates.p)[::-1]
    count = min(m - 1, shares.size - 1)
    places = np.arange(count)
    t = np.log((places + 2) / (places + 1))
    b = np.log(shares[:count] / shares[1 : count + 1])
    s = float((t * b).sum() / (t * t).sum())
    epsilon = s - 1
    k = (epsilon * 2.0**mu / (1 - float(vocabulary) ** -epsilon)) ** (1 / s)
    return top_k(candidates, max(int(k), 1))


def mirostat_v2(candidates: Candidates, mu: float) -> Candidates:
    """Tokens with a surprise of at most `mu` bits; the best one stays in any case (Basu et al. 2021)."""
    ordered = candidates.sorted()
    count = int(np.count_nonzero(-np.log2(np.maximum(ordered.p, 1e-300)) <= mu))
    return ordered.take(np.arange(max(count, 1)))


def next_mu(mu: float, kept: Candidates, drawn: int, tau: float, eta: float) -> float:
    """Both versions after a draw: towards a surprise of `tau` bits, at the learning rate `eta`.

    The first `mu` of a reply is 2 · tau.
    """
    share = float(kept.p[kept.ids == drawn][0])
    return mu - eta * (-math.log2(share) - tau)


class AdaptiveState(NamedTuple):
    """Decaying sums over the tokens drawn so far: of their probabilities, and of ones."""

    weighted: float
    total: float

    @classmethod
    def start(cls, target: float, decay: float) -> "AdaptiveState":
        """As if the target had been met all along."""
        decay = min(max(decay, 0.0), 0.99)
        return cls(target / (1 - decay), 1 / (1 - decay))

    def after(self, share: float, decay: float) -> "AdaptiveState":
        """A token was drawn that had this share before the stage."""
        decay = min(max(decay, 0.0), 0.99)
        return AdaptiveState(share + decay * self.weighted, 1 + decay * self.total)


def adaptive_p(candidates: Candidates, target: float, state: AdaptiveState) -> Candidates:
    """New scores that favour tokens whose probability is near the target.

    llama.cpp pull request 17927 (2025). The target moves against the average of what was drawn; the score
    falls off with the distance, quadratic near the target and linear far from it.
    """
    if target < 0:
        return candidates
    target = min(target, 1.0)
    if state.total:
        target = min(max(2 * target - state.weighted / state.total, 0.0), 1.0)
    distance = np.abs(candidates.p - target) / _WIDTH
    logits = _PEAK - _SHARPNESS * distance**2 / (1 + distance)
    return Candidates(candidates.ids, np.where(np.isfinite(candidates.logits), logits, -np.inf))
