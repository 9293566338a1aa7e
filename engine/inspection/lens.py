"""The logit lens: what each layer would say next, if the model stopped there.

nostalgebraist, “interpreting GPT: the logit lens” (2020). The residual stream after a layer goes through the
model's own final norm and output head. How far a layer still is from the end is the Kullback-Leibler
divergence D(p_final ‖ p_layer), as in Belrose et al., “Eliciting Latent Predictions from Transformers with
the Tuned Lens” (2023).
"""

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.errors import Cancelled

Floats = NDArray[np.float32]
_BATCH_BYTES = 96 << 20


class Head(Protocol):
    """Anything that turns hidden states into scores; `engine.inspection.lens_head.LensHead` does."""

    @property
    def vocabulary(self) -> int:
        """Number of tokens."""

    def logits(self, hidden: NDArray[np.floating]) -> Floats:
        """`[n, embedding]` to `[n, vocab]`."""


class LensResult(NamedTuple):
    """`ids` i4 and `logprobs` f4 `[layer, position, rank]`, best first, natural logarithms.

    `kl` D(p_final ‖ p_layer) in nats and `entropy` in bits, f4 `[layer, position]`.
    """

    ids: NDArray[np.int32]
    logprobs: Floats
    kl: Floats
    entropy: Floats


def rms_norm(hidden: Floats, weight: Floats, epsilon: float) -> Floats:
    """Zhang and Sennrich 2019: divide by the root mean square of the last axis."""
    scale = 1 / np.sqrt(np.mean(np.square(hidden), axis=-1, keepdims=True) + np.float32(epsilon))
    normed: Floats = hidden * scale * weight
    return normed


def layer_norm(hidden: Floats, weight: Floats, bias: Floats | None, epsilon: float) -> Floats:
    """Ba et al. 2016: zero mean and unit variance on the last axis."""
    centred = hidden - hidden.mean(axis=-1, keepdims=True)
    variance = np.mean(np.square(centred), axis=-1, keepdims=True)
    normed: Floats = centred / np.sqrt(variance + np.float32(epsilon)) * weight
    return normed if bias is None else normed + bias


def softcap(logits: Floats, cap: float) -> Floats:
    """cap · tanh(logits / cap), in place: Gemma 2 keeps its scores within ± cap."""
    logits *= np.float32(1 / cap)
    np.tanh(logits, out=logits)
    logits *= np.float32(cap)
    return logits


def logit_lens(
    head: Head,
    hidden: NDArray[np.floating],
    top: int,
    cancelled: Callable[[], bool] | None = None,
    *,
    final: NDArray[np.floating] | None = None,
) -> LensResult:
    """Read every layer at every position.

    `hidden` `[layer, position, embedding]`, the residual stream after each layer. `final`
    `[position, embedding]`: the state after the model's last layer; left out, the last of `hidden`.
    Memory beyond the head stays below about 300 MB whatever the number of positions. `cancelled` is asked
    between batches. Raises `Cancelled`.
    """
    result = empty_result(head, hidden, top)
    for _done in read_lens(head, hidden, result, final=final):
        if cancelled is not None and cancelled():
            raise Cancelled
    return result


def empty_result(head: Head, hidden: NDArray[np.floating], top: int) -> LensResult:
    """Room for what `read_lens` finds."""
    layers, positions, _ = hidden.shape
    top = max(1, min(top, head.vocabulary))
    return LensResult(
        np.empty((layers, positions, top), np.int32),
        np.empty((layers, positions, top), np.float32),
        np.empty((layers, positions), np.float32),
        np.empty((layers, positions), np.float32),
    )


def read_lens(
    head: Head,
    hidden: NDArray[np.floating],
    result: LensResult,
    *,
    final: NDArray[np.floating] | None = None,
) -> Iterator[int]:
    """Fill `result` in batches of positions; yields before each one how many are done."""
    layers, positions, _ = hidden.shape
    last = hidden[-1] if final is None else final
    row_bytes = 4 * head.vocabulary
    batch = max(1, _BATCH_BYTES // (row_bytes * (layers + 1)))
    for start in range(0, positions, batch):
        yield start
        places = slice(start, min(start + batch, positions))
        _read(head, hidden[:, places], last[places], result, places)


def _read(
    head: Head, hidden: NDArray[np.floating], final: NDArray[np.floating], result: LensResult, places: slice
) -> None:
    layers, count, size = hidden.shape
    rows = np.concatenate([final[None], hidden]).reshape(-1, size)
    # One product for all rows: the head is read from memory once, which is what costs.
    logprobs = log_softmax_in_place(head.logits(rows)).reshape(layers + 1, count, -1)
    reference = logprobs[0]
    reference_p = np.exp(reference)
    reference_entropy = _dot(reference_p, reference)
    for layer, one in enumerate(logprobs[1:]):
        result.kl[layer, places] = np.maximum(reference_entropy - _dot(reference_p, one), 0)
        ids, best = top_tokens(one, result.ids.shape[2])
        result.ids[layer, places], result.logprobs[layer, places] = ids, best
        result.entropy[layer, places] = -_dot(np.exp(one), one) / math.log(2)


def log_softmax_in_place(logits: Floats) -> Floats:
    """Log-probabilities on the last axis, written over the scores."""
    logits -= logits.max(axis=-1, keepdims=True)
    logits -= np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    return logits


def top_tokens(scores: Floats, top: int) -> tuple[NDArray[np.int32], Floats]:
    """The `top` best of the last axis, best first: (ids, scores)."""
    picked = np.argpartition(scores, -top, axis=-1)[..., -top:]
    values = np.take_along_axis(scores, picked, axis=-1)
    order = np.argsort(-values, axis=-1, kind="stable")
    return (
        np.take_along_axis(picked, order, axis=-1).astype(np.int32),
        np.take_along_axis(values, order, axis=-1),
    )


def _dot(left: Floats, right: Floats) -> Floats:
    product: Floats = np.einsum("...v,...v->...", left, right)
    return product
