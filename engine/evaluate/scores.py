"""Perplexity, Kullback-Leibler divergence and agreement, as llama.cpp's `llama-perplexity` defines them.

Natural logarithms throughout. A text is read in chunks of `n_ctx` tokens; the tokens of a chunk's second half
are scored, each from what stands before it in the chunk:

    perplexity = exp(mean of -ln p(token))
    error of the perplexity = perplexity · sqrt(variance of -ln p / (n - 1))
    KL divergence at a position = sum over the vocabulary of p_reference · (ln p_reference - ln p_model)
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_BLOCK_VALUES = 1 << 20
"""Values of one block of rows: small enough to stay in a processor's cache."""
_RANGE = 16.0
"""Log-probabilities this far below the best score are as good as never."""
_STEPS = 65535.0


class Compressed(NamedTuple):
    """Log-probabilities of some positions in 16 bits: `low + step · code`; [rows, vocab], [rows], [rows]."""

    codes: NDArray[np.uint16]
    low: Floats
    step: Floats


class RowScores(NamedTuple):
    """What is kept of each scored position; `top_ids` and `top_logprobs` [rows, candidates], best first.

    `ranks`: how many tokens the model thought likelier than the one that came.
    """

    logprob: Floats
    ranks: NDArray[np.int32]
    top_ids: NDArray[np.int32]
    top_logprobs: Floats


def blocks(rows: int, vocab: int) -> list[slice]:
    """Rows in parts of about four megabytes."""
    step = max(1, _BLOCK_VALUES // vocab)
    return [slice(start, min(start + step, rows)) for start in range(0, rows, step)]


def log_softmax(logits: Floats) -> Floats:
    """Log-probabilities of scores [rows, vocab]."""
    largest = logits.max(axis=1, keepdims=True)
    shifted = logits - largest
    total = np.exp(shifted).sum(axis=1, keepdims=True)
    shifted -= np.log(total)
    result: Floats = shifted
    return result


def score_rows(logprobs: Floats, targets: NDArray[np.int32], candidates: int) -> RowScores:
    """What the model gave the tokens that really came, and what it would have said."""
    rows = np.arange(len(targets))
    count = min(candidates, logprobs.shape[1])
    picked = np.argpartition(logprobs, -count, axis=1)[:, -count:]
    values = np.take_along_axis(logprobs, picked, 1)
    order = np.argsort(-values, axis=1, kind="stable")
    given = logprobs[rows, targets]
    return RowScores(
        given,
        (logprobs > given[:, None]).sum(axis=1, dtype=np.int32),
        np.take_along_axis(picked, order, 1).astype(np.int32),
        np.take_along_axis(values, order, 1),
    )


def compress(logprobs: Floats) -> Compressed:
    """As in the files of `llama-perplexity --kl-divergence-base`."""
    best = logprobs.max(axis=1)
    low = np.maximum(logprobs.min(axis=1), best - np.float32(_RANGE))
    step = (best - low) / np.float32(_STEPS)
    inverse = np.divide(1, step, out=np.zeros_like(step), where=step > 0)
    codes = np.rint(np.maximum(logprobs - low[:, None], 0) * inverse[:, None])
    return Compressed(codes.astype(np.uint16), low, step)


def divergence(reference: Compressed, logprobs: Floats) -> Floats:
    """KL divergence of every row from the reference, in nats."""
    base = reference.codes.astype(np.float32)
    base *= reference.step[:, None]
    base += reference.low[:, None]
    chances = np.exp(base)
    chances[base <= -_RANGE] = 0
    base -= logprobs
    # A token that the model thinks impossible and the reference, too, adds nothing.
    np.copyto(base, 0, where=chances == 0)
    result: Floats = np.einsum("ij,ij->i", chances, base)
    return result


class Perplexity(NamedTuple):
    """With its standard error."""

    value: float
    error: float


def perplexity(logprobs: NDArray[np.floating]) -> Perplexity:
    """From the log-probabilities of the scored tokens."""
    losses = -logprobs.astype(np.float64)
    value = float(np.exp(losses.mean()))
    return Perplexity(value, value * standard_error(losses))


def standard_error(values: NDArray[np.floating]) -> float:
    """Of the mean; 0 for fewer than two values."""
    if len(values) < 2:
        return 0.0
    wide = values.astype(np.float64)
    variance = max(float((wide**2).mean() - wide.mean() ** 2), 0.0)
    return float(np.sqrt(variance / (len(values) - 1)))


class Divergence(NamedTuple):
    """A summary of the KL divergences of all positions, in nats."""

    mean: float
    error: float
    median: float
    p99: float
    largest: float


def summarize(values: NDArray[np.floating]) -> Divergence:
    """Percentiles by linear interpolation."""
    wide = values.astype(np.float64)
    return Divergence(
        float(wide.mean()),
        standard_error(wide),
        float(np.percentile(wide, 50)),
        float(np.percentile(wide, 99)),
        float(wide.max()),
    )
