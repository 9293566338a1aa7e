"""From a divergence to a colour: a logarithmic scale, since most tokens differ by nothing and a few by
much.
"""

import math
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtGui import QColor

from app.theme.colormaps import STEPS, color_table, ink_on
from app.theme.tokens import Tokens

SMALLEST, LARGEST = 0.01, 8.0
"""In nats: below the first no colour, from the second on the loudest."""
MARKS = (0.03, 0.3, 3.0)
_QUIET = 0.10
"""The colour map begins with the canvas; from here on it can be told from it."""


def level(kl: float) -> int:
    """0 (no colour) to 255."""
    if not kl > SMALLEST:
        return 0
    return round((STEPS - 1) * min(1.0, _QUIET + (1 - _QUIET) * place(kl)))


def place(kl: float) -> float:
    """On the scale of the legend: 0 at the smallest, 1 at the largest."""
    return math.log(kl / SMALLEST) / math.log(LARGEST / SMALLEST)


def levels(values: Sequence[float]) -> list[int]:
    """Of many."""
    return [level(value) for value in values]


@lru_cache(maxsize=4)
def fills(tokens: Tokens) -> list[QColor]:
    """The colour behind a token, by level."""
    return [QColor.fromRgb(rgb) for rgb in color_table(tokens.dark)]


@lru_cache(maxsize=4)
def inks(tokens: Tokens) -> list[QColor]:
    """A colour for text that can be read on it, by level."""
    return [ink_on(tokens, number / (STEPS - 1)) for number in range(STEPS)]
