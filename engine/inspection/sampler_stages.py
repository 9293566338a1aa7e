"""The truncation stages of llama.cpp's sampler as plain statements in numpy.

They say what each stage means and are checked against the native samplers; the native ones draw. Every stage
takes candidates and gives those that remain. Names and parameters are those of `SamplingParams`.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Candidates(NamedTuple):
    """Tokens that can still be drawn: ids and scores of equal length, in no particular order."""

    ids: NDArray[np.int32]
    logits: NDArray[np.float64]

    @property
    def p(self) -> NDArray[np.float64]:
        """Softmax of the scores."""
        shifted = np.exp(self.logits - self.logits.max())
        shares: NDArray[np.float64] = shifted / shifted.sum()
        return shares

    def take(self, which: NDArray[np.integer] | NDArray[np.bool_]) -> "Candidates":
        """Some of them, by place or by mask."""
        return Candidates(self.ids[which], self.logits[which])

    def sorted(self) -> "Candidates":
        """Best first."""
        return self.take(np.argsort(-self.logits, kind="stable"))


def candidates_of(logits: NDArray[np.floating]) -> Candidates:
    """The whole vocabulary `[vocab]`."""
    return Candidates(np.arange(logits.size, dtype=np.int32), logits.astype(np.float64))


def top_k(candidates: Candidates, k: int) -> Candidates:
    """The k best. Fan et al., “Hierarchical Neural Story Generation” (2018). 0 or less: off."""
    return candidates if k <= 0 else candidates.sorted().take(np.arange(min(k, candidates.ids.size)))


def top_p(candidates: Candidates, p: float) -> Candidates:
    """The fewest best tokens that together have at least p: the nucleus.

    Holtzman et al., “The Curious Case of Neural Text Degeneration” (2020).
    """
    if p >= 1:
        return candidates
    ordered = candidates.sorted()
    reached = np.cumsum(ordered.p) >= p
    count = int(reached.argmax()) + 1 if reached.any() else reached.size
    return ordered.take(np.arange(count))


def min_p(candidates: Candidates, p: float) -> Candidates:
    """Tokens with at least p times the probability of the best one.

    Nguyen et al., “Turning Up the Heat: Min-p Sampling for Creative and Coherent LLM Outputs” (2024).
    """
    if p <= 0:
        return candidates
    return candidates.take(candidates.logits >= candidates.logits.max() + np.log(p))


def typical_p(candidates: Candidates, p: float) -> Candidates:
    """The tokens whose surprise is closest to the entropy, until they have more than p together.

    Meister et al., “Locally Typical Sampling” (2022).
    """
    if p >= 1:
        return candidates
    shares = candidates.p
    surprise = -np.log(np.maximum(shares, 1e-300))
    order = np.argsort(np.abs(surprise - (shares * surprise).sum()), kind="stable")
    reached = np.cumsum(shares[order]) > p
    count = int(reached.argmax()) + 1 if reached.any() else reached.size
    return candidates.take(order[:count])


def top_n_sigma(candidates: Candidates, n: float) -> Candidates:
    """Tokens whose score is within n standard deviations of the best score.

    Tang et al., “Top-nσ: Not All Logits Are You Need” (2024).
    """
    if n <= 0 or candidates.ids.size <= 1:
        return candidates
    finite = candidates.logits[np.isfinite(candidates.logits)]
    return candidates.take(candidates.logits >= finite.max() - n * finite.std())


def xtc(candidates: Candidates, threshold: float) -> Candidates:
    """“Exclude top choices” where it strikes: of the tokens with at least `threshold`, only the least stays.

    P. E. Weidmann, text-generation-webui pull request 6335 (2024). It strikes at random, with the
    probability `xtc_probability`; thresholds above 0.5 can never exclude anything.
    """
    if threshold > 0.5 or candidates.ids.size < 2:
        return candidates
    ordered = candidates.sorted()
    above = int(np.count_nonzero(ordered.p >= threshold))
    return ordered.take(np.arange(above - 1, ordered.ids.size)) if above > 1 else candidates


def temperature(candidates: Candidates, value: float) -> Candidates:
    """Scores divided by the temperature (Ackley, Hinton, Sejnowski 1985). 0: only the best remains."""
    if value <= 0:
        return candidates.take(np.array([candidates.logits.argmax()]))
    return Candidates(candidates.ids, candidates.logits / value)


def dynamic_temperature(candidates: Candidates, value: float, spread: float, exponent: float) -> Candidates:
    """A temperature between value - spread and value + spread that grows with the entropy.

    kalomaze, llama.cpp pull request 4972 (2024): the entropy is taken relative to its maximum, the logarithm
    of the number of candidates, and raised to `exponent`.
    """
    if spread <= 0:
        return temperature(candidates, value)
    if candidates.ids.size <= 1:
        return candidates
    return temperature(candidates, dynamic_value(candidates, value, spread, exponent))


def dynamic_value(candidates: Candidates, value: float, spread: float, exponent: float) -> float:
    """The temperature that `dynamic_temperature` uses."""
    shares = candidates.p
    entropy = float(-(shares * np.log(np.maximum(shares, 1e-300))).sum())
    lowest, highest = max(0.0, value - spread), value + spread
    relative = entropy / float(np.log(shares.size))
    return float(lowest + (highest - lowest) * relative**exponent)
