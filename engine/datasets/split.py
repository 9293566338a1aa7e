"""Rows to train on and rows to keep aside, chosen by what is in them."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

EXACT_BELOW = 1000
_GOLDEN = 0x9E3779B97F4A7C15


class Split(NamedTuple):
    """Row numbers in order; together all of them."""

    train: NDArray[np.int64]
    held_out: NDArray[np.int64]


def split_rows(hashes: NDArray[Any], held_out: float, seed: int) -> Split:
    """Keeps about the share `held_out` aside.

    Each row decides by itself, from its content and the seed: rows that are added or moved later leave the
    others where they are, and equal rows are on one side. Of fewer than `EXACT_BELOW` rows the share is kept
    exactly (at least one row), since chance would be far off; there, added rows can move a few others.
    """
    values = _mixed(np.asarray(hashes, np.uint64), seed)
    limit = held_out
    if held_out > 0 and 1 < len(values) < EXACT_BELOW:
        wanted = max(1, round(held_out * len(values)))
        limit = float(np.nextafter(np.partition(values, wanted - 1)[wanted - 1], 2.0))
    aside = values < limit
    if aside.all():
        aside[:] = False
    return Split(np.flatnonzero(~aside), np.flatnonzero(aside))


def _mixed(hashes: NDArray[np.uint64], seed: int) -> NDArray[np.float64]:
    """Numbers from 0 to 1 (SplitMix64, Steele et al. 2014)."""
    with np.errstate(over="ignore"):
        mixed = hashes + np.uint64((seed * _GOLDEN) & (2**64 - 1))
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
    return mixed.astype(np.float64) / 2.0**64
