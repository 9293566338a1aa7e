"""Where the tokens of a long text stand: lines of a given width, broken between words. Laid out in slices, so
that a hundred thousand tokens never hold up the window. Pure, so that it can be tested.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Line(NamedTuple):
    """Tokens `first` up to `end`; `lefts` has one number more than there are tokens: the right end."""

    first: int
    end: int
    lefts: tuple[float, ...]


def shown(text: str) -> str:
    """A token as it is painted: ends of lines can be seen."""
    return text.replace("\r\n", "⏎").replace("\n", "⏎").replace("\t", "⇥")


class TextFlow:
    """`measure` gives the width of a text. Call `advance` until it says that it is done."""

    def __init__(self, texts: Sequence[str], width: float, measure: Callable[[str], float]) -> None:
        self._texts, self._width, self._measure = texts, max(width, 1.0), measure
        self.lines: list[Line] = []
        self._next = 0
        self._firsts: list[int] = []

    @property
    def done(self) -> int:
        """How many tokens stand in finished lines."""
        return self.lines[-1].end if self.lines else 0

    @property
    def complete(self) -> bool:
        return self._next >= len(self._texts)

    def advance(self, count: int) -> bool:
        """Place about so many more tokens, whole lines. Whether all are placed now."""
        goal = min(self._next + count, len(self._texts))
        while self._next < goal:
            self._place_line()
        return self.complete

    def reach(self, token: int) -> None:
        """Place everything up to a token."""
        while self._next <= token and not self.complete:
            self._place_line()

    def line_of(self, token: int) -> int:
        """The number of the line that a placed token stands in."""
        return max(0, bisect_right(self._firsts, token) - 1)

    def at(self, line: int, x: float) -> int | None:
        """The token at a place of a line, None beside them."""
        if not 0 <= line < len(self.lines):
            return None
        found = self.lines[line]
        place = bisect_right(found.lefts, x) - 1
        return found.first + place if 0 <= place < found.end - found.first else None

    def near(self, line: int, x: float) -> int:
        """The token of a line that is nearest to a place."""
        found = self.lines[max(0, min(line, len(self.lines) - 1))]
        place = bisect_right(found.lefts, x) - 1
        return found.first + max(0, min(place, found.end - found.first - 1))

    def _place_line(self) -> None:
        """One line: as many words as there is room for, one at least."""
        texts, first = self._texts, self._next
        word = first
        # A blank that begins a line hangs over, so that the words stand below each other.
        hangs = first > 0 and texts[first][:1] == " " and not texts[first - 1].endswith("\n")
        left = -self._measure(" ") if hangs else 0.0
        lefts = [left]
        index = first
        while index < len(texts):
            text = texts[index]
            if text[:1].isspace() and index > first:
                word = index
            left += self._measure(text)
            if left > self._width and index > first:
                index = word if word > first else index
                break
            lefts.append(left)
            index += 1
            if text.endswith("\n"):
                break
        self.lines.append(Line(first, index, tuple(lefts[: index - first + 1])))
        self._firsts.append(first)
        self._next = index
