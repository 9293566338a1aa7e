"""What an importance matrix holds, whatever file it comes from."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Entry(NamedTuple):
    """`sums` [matrices, columns], `counts` [matrices]."""

    sums: Floats
    counts: Floats

    def means(self) -> Floats:
        """Mean squares [matrices, columns]; 1 for experts that were never used, as llama.cpp has it."""
        counts = self.counts[:, None]
        return np.where(counts > 0, self.sums / np.maximum(counts, 1), np.float32(1)).astype(np.float32)


class Imatrix(NamedTuple):
    """By the names of the weights. `chunk_size` in tokens."""

    entries: Mapping[str, Entry]
    datasets: tuple[str, ...]
    chunk_count: int
    chunk_size: int
