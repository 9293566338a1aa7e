"""The heat map's colours with the text colours that can be read on them, as tables."""

from app.theme.colormaps import STEPS, color_table, ink_on
from app.theme.tokens import Tokens


class HeatColors:
    """Tables of one theme, by level 0 to 255."""

    def __init__(self, tokens: Tokens) -> None:
        self.table = list(color_table(tokens.dark))
        self._inks = [ink_on(tokens, level / (STEPS - 1)).rgb() for level in range(STEPS)]

    def ink(self, level: int) -> int:
        """For text on a cell of that level, as 0xAARRGGBB."""
        return self._inks[level]
