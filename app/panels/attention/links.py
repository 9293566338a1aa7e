"""Which of the tokens that are read get a line."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.panels.attention.arcs import Link

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def make_links(
    row: "NDArray[np.float32]", threshold: float, most: int, label: Callable[[int], str]
) -> list[Link]:
    """The heaviest at or above the threshold, at most `most`, in the order of the text."""
    import numpy as np  # noqa: PLC0415 - the row is numpy's: it is there already

    candidates = np.flatnonzero(row >= threshold)
    if len(candidates) > most:
        heaviest = np.argpartition(row[candidates], -most)[-most:]
        candidates = np.sort(candidates[heaviest])
    return [Link(int(key), label(int(key)), float(row[key])) for key in candidates]
