"""Where token chips stand: lines of a given width, broken after line ends. Pure, so that it can be tested."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

PADDING = 4
GAP = 2
WIDEST = 420


class Line(NamedTuple):
    """Chips `first` up to `end`; `lefts` and `widths` in logical pixels."""

    first: int
    end: int
    lefts: tuple[int, ...]
    widths: tuple[int, ...]


class Flow:
    """Lines of chips. `measure` gives the width of a text, `breaks` the ends of lines."""

    def __init__(
        self,
        texts: Sequence[str],
        breaks: Sequence[bool],
        width: int,
        measure: Callable[[str], int],
    ) -> None:
        self.lines: list[Line] = []
        lefts: list[int] = []
        widths: list[int] = []
        first, left = 0, 0
        for index, text in enumerate(texts):
            wide = min(measure(text) + 2 * PADDING, WIDEST, max(width, 2 * PADDING))
            if lefts and left + wide > width:
                self.lines.append(Line(first, index, tuple(lefts), tuple(widths)))
                first, left = index, 0
                lefts, widths = [], []
            lefts.append(left)
            widths.append(wide)
            left += wide + GAP
            if breaks[index]:
                self.lines.append(Line(first, index + 1, tuple(lefts), tuple(widths)))
                first, left = index + 1, 0
                lefts, widths = [], []
        if lefts:
            self.lines.append(Line(first, len(texts), tuple(lefts), tuple(widths)))
        self._firsts = [line.first for line in self.lines]

    def line_of(self, index: int) -> int:
        """The number of the line a chip stands in."""
        return max(0, bisect_right(self._firsts, index) - 1)

    def at(self, line: int, x: float) -> int | None:
        """The chip at a place of a line, None beside them."""
        if not 0 <= line < len(self.lines):
            return None
        found = self.lines[line]
        place = bisect_right(found.lefts, x) - 1
        if place < 0 or x > found.lefts[place] + found.widths[place]:
            return None
        return found.first + place

    def near(self, line: int, x: float) -> int:
        """The chip of a line that is nearest to a place."""
        found = self.lines[max(0, min(line, len(self.lines) - 1))]
        return found.first + max(0, bisect_right(found.lefts, x) - 1)
