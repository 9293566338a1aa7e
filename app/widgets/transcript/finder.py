"""Search in the transcript: counted in the sources, shown in what is laid out."""

from app.widgets.transcript.column import MessageColumn
from app.widgets.transcript.item import Range
from app.widgets.transcript.layout import MessageLayout
from app.widgets.transcript.units import unit_length

Match = tuple[int, int, Range]  # message, block, range in the block


class Finder:
    """Matches of one text, ignoring case."""

    def __init__(self, column: MessageColumn) -> None:
        self.needle = ""
        self.current: Match | None = None
        self._column = column
        self._counts: list[int] = []
        self._laid_out: dict[int, tuple[MessageLayout, int, dict[int, list[Range]]]] = {}

    @property
    def total(self) -> int:
        return sum(self._counts)

    def search(self, text: str) -> int:
        """Count matches in all messages (10 MB of text in about 20 ms)."""
        self.needle = text.lower()
        self.current = None
        self._laid_out.clear()
        self.recount()
        return self.total

    def recount(self) -> None:
        """The messages changed."""
        needle = self.needle
        if not needle:
            self._counts = []
            return
        self._counts = [entry.text.lower().count(needle) for entry in self._column.entries]

    def in_message(self, index: int, layout: MessageLayout) -> dict[int, list[Range]]:
        """Ranges by block in a message that is laid out."""
        if not self.needle:
            return {}
        known = self._laid_out.get(index)
        size = sum(item.length for _, item, _, _ in layout.blocks())
        if known is not None and known[0] is layout and known[1] == size:
            return known[2]
        found = {
            block: ranges
            for block, item, _, _ in layout.blocks()
            if (ranges := _ranges(item.plain, self.needle))
        }
        if len(self._laid_out) > 100:
            self._laid_out.clear()
        self._laid_out[index] = (layout, size, found)
        if index < len(self._counts):
            self._counts[index] = sum(len(ranges) for ranges in found.values())
        return found

    def position(self) -> int:
        """Number of the current match, from 1; 0 without one."""
        if self.current is None:
            return 0
        message, block, span = self.current
        ranges = self.in_message(message, self._column.layout(message))
        before = sum(self._counts[:message])
        for number, matches in sorted(ranges.items()):
            if number == block:
                return before + matches.index(span) + 1 if span in matches else before
            before += len(matches)
        return before

    def step(self, start: int, *, backwards: bool = False) -> Match | None:
        """Move to the next match; from message `start` on where there is no current one. Wraps around."""
        if not self.total:
            self.current = None
            return None
        here = self.current
        index = here[0] if here else start
        for _ in range(len(self._counts) + 1):
            if index < len(self._counts) and self._counts[index]:
                found = self._pick(index, here, backwards=backwards)
                if found is not None:
                    self.current = found
                    return found
            here = None
            index = (index + (-1 if backwards else 1)) % len(self._counts)
        return None

    def _pick(self, index: int, after: Match | None, *, backwards: bool) -> Match | None:
        ranges = self.in_message(index, self._column.layout(index))
        matches: list[Match] = [(index, block, span) for block in sorted(ranges) for span in ranges[block]]
        if after is not None:
            matches = [match for match in matches if (match < after if backwards else match > after)]
        if not matches:
            return None
        return matches[-1] if backwards else matches[0]


def _ranges(plain: str, needle: str) -> list[Range]:
    text = plain.lower()
    ranges: list[Range] = []
    at = text.find(needle)
    while at >= 0:
        start = unit_length(plain[:at])
        ranges.append((start, start + unit_length(plain[at : at + len(needle)])))
        at = text.find(needle, at + len(needle))
    return ranges
