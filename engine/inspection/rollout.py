"""Attention rollout: how much of each token's state after a layer comes from each input token.

Abnar and Zuidema, “Quantifying Attention Flow in Transformers” (2020): the heads' mean W of a layer is mixed
with the residual connection, A = 0.5 W + 0.5 I with rows that sum to 1, and rollout(l) = A(l) · rollout(l-1).
All functions take the attention of consecutive layers from the first one on.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def head_mean(attention: NDArray[np.floating]) -> Floats:
    """`[layer, head, query, key]` to `[layer, query, key]`."""
    mean: Floats = attention.mean(axis=1, dtype=np.float32)
    return mean


def layer_mean(attention: NDArray[np.floating]) -> Floats:
    """Mean over layers and heads: `[layer, head, query, key]` to `[query, key]`."""
    mean: Floats = attention.mean(axis=(0, 1), dtype=np.float32)
    return mean


def with_residual(weights: NDArray[np.floating]) -> Floats:
    """0.5 W + 0.5 I of one layer `[query, key]`, rows renormalised."""
    mixed: Floats = weights.astype(np.float32)
    mixed *= np.float32(0.5)
    diagonal = np.arange(min(mixed.shape))
    mixed[diagonal, diagonal] += np.float32(0.5)
    mixed /= mixed.sum(axis=1, keepdims=True)
    return mixed


def rollout(means: NDArray[np.floating]) -> Floats:
    """The matrix `[query, key]` after the last of the layers of `means` `[layer, query, key]`.

    Costs a matrix product a layer: for one query `rollout_row` is faster by the number of tokens.
    """
    result: Floats = np.eye(means.shape[1], dtype=np.float32)
    for weights in means:
        result = with_residual(weights) @ result
    return result


def rollout_row(means: NDArray[np.floating], query: int) -> Floats:
    """The row of one query, `[key]`: from the last layer down to the first."""
    row: Floats = np.zeros(means.shape[1], np.float32)
    row[query] = 1
    for weights in means[::-1]:
        # (W + I) / (row sum + 1), applied to a vector without writing the matrix down.
        wide = weights.astype(np.float32, copy=False)
        share = row / (wide.sum(axis=1) + 1)
        row = share @ wide + share
    return row


class StreamingRollout:
    """Rollout of a causal model while the text grows, one token a step.

    Keeps rollout(l) of every layer: 4 · layers · capacity² bytes. A step costs layers · position² products.
    """

    def __init__(self, layers: int, capacity: int) -> None:
        self._states: Floats = np.zeros((layers + 1, capacity, capacity), np.float32)
        self._length = 0

    @property
    def length(self) -> int:
        """Tokens so far."""
        return self._length

    def add_row(self, means: NDArray[np.floating]) -> Floats:
        """The row after the last layer, `[key]`, for the next token's attention `[layer, key]`.

        Rows must come from the first token on. Raises `ValueError` beyond the capacity.
        """
        position, size = self._length, self._length + 1
        if size > self._states.shape[1]:
            raise ValueError(f"the capacity is {self._states.shape[1]} tokens")
        self._states[0, position, position] = 1
        for layer, weights in enumerate(means[:, :size], start=1):
            below = self._states[layer - 1, :size, :size]
            mixed = weights.astype(np.float32) @ below + below[position]
            self._states[layer, position, :size] = mixed / (weights.sum(dtype=np.float32) + 1)
        self._length = size
        return self._states[-1, position, :size].copy()
