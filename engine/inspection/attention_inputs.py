"""What goes into the attention of one layer: arrays, the mask in blocks, ALiBi's slopes."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Weights = NDArray[np.floating]
Task = Callable[[], None]
BLOCK = 256
"""Queries at a time."""


class MaskBlock(NamedTuple):
    """Queries [start, stop) see keys [first, last); the mask is not zero in columns [from_key, to_key)
    only.
    """

    start: int
    stop: int
    first: int
    last: int
    from_key: int
    to_key: int


class Mask(NamedTuple):
    """What is added to the scores: 0, -inf, or with ALiBi a distance; `values` is `[query, key]`."""

    values: Floats
    blocks: tuple[MaskBlock, ...]


class Attention(NamedTuple):
    """The inputs of one layer, and where its result goes.

    `queries` `[head, query, size]`, `keys` `[kv_head, key, size]`, `values` `[kv_head, key, value_size]`,
    `out` `[head, query, value_size]`; `slopes` and `sinks` `[head]`.
    """

    queries: Floats
    keys: NDArray[np.floating]
    values: NDArray[np.floating]
    mask: Mask
    out: Floats
    scale: float
    slopes: Sequence[float] | None = None
    softcap: float = 0.0
    sinks: Sequence[float] | None = None


class HeadBlock(NamedTuple):
    """One piece of work."""

    head: int
    block: MaskBlock


def plan_mask(values: Floats) -> Mask:
    """Finds, block by block, which keys are seen at all and where the mask says anything."""
    blocks = []
    for start in range(0, len(values), BLOCK):
        part = values[start : start + BLOCK]
        first, last = _span((part > -np.inf).any(axis=0))
        from_key, to_key = _span((part[:, first:last] != 0).any(axis=0))
        blocks.append(MaskBlock(start, start + len(part), first, last, first + from_key, first + to_key))
    return Mask(values, tuple(blocks))


def alibi_slopes(n_head: int, max_bias: float) -> list[float]:
    """Slope of each head, as llama.cpp computes them."""
    power = 1 << (n_head.bit_length() - 1)
    base, between = 2.0 ** (-max_bias / power), 2.0 ** (-max_bias / 2 / power)
    return [
        base ** (head + 1) if head < power else between ** (2 * (head - power) + 1) for head in range(n_head)
    ]


def _span(marks: Any) -> tuple[int, int]:
    """Of marks `[key]`: first true place and the one after the last; (0, 0) where none is."""
    places = np.flatnonzero(marks)
    return (int(places[0]), int(places[-1]) + 1) if len(places) else (0, 0)
