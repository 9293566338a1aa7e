"""The selected text: two positions anywhere in the transcript."""

import re
from typing import NamedTuple

from app.widgets.transcript.column import MessageColumn
from app.widgets.transcript.item import BlockItem, Range
from app.widgets.transcript.units import to_index, unit_length

_WORD = re.compile(r"\w+|[^\w\s]+|\s+")


class Position(NamedTuple):
    """A place in the text: message, block, UTF-16 unit in the block."""

    message: int
    block: int
    unit: int


class Selection:
    """Where selecting began (`anchor`, widened to a word or paragraph) and where it is now."""

    def __init__(self) -> None:
        self.start: Position | None = None
        self.end: Position | None = None
        self._anchor: tuple[Position, Position] | None = None

    @property
    def is_empty(self) -> bool:
        return self.start is None or self.start == self.end

    def clear(self) -> None:
        self.start = self.end = self._anchor = None

    def begin(self, first: Position, last: Position) -> None:
        """Start with a range (empty for a click, a word for a double click)."""
        self._anchor = (first, last)
        self.start, self.end = first, last

    def extend(self, first: Position, last: Position) -> None:
        """Reach to a range, keeping the anchor's range selected."""
        if self._anchor is None:
            self.begin(first, last)
            return
        self.start = min(self._anchor[0], first)
        self.end = max(self._anchor[1], last)

    def in_block(self, message: int, block: int, length: int) -> Range | None:
        """What of a block is selected."""
        if self.start is None or self.end is None or self.start == self.end:
            return None
        here = (message, block)
        if here < self.start[:2] or here > self.end[:2]:
            return None
        low = self.start.unit if here == self.start[:2] else 0
        high = min(length, self.end.unit) if here == self.end[:2] else length
        return (low, high) if low < high or low == high == length == 0 else None

    def text(self, column: MessageColumn) -> str:
        """The selected text. Messages that are selected whole give their source, parts what is shown."""
        if self.start is None or self.end is None:
            return ""
        parts = [
            self._message_text(column, index) for index in range(self.start.message, self.end.message + 1)
        ]
        return "\n\n".join(part for part in parts if part)

    def _message_text(self, column: MessageColumn, index: int) -> str:
        if self.start is None or self.end is None:
            return ""
        if self.start.message < index < self.end.message:
            return column.entries[index].text
        parts: list[str] = []
        last_item: BlockItem | None = None
        for block, item, _, _ in column.layout(index).blocks():
            selected = self.in_block(index, block, item.length)
            if selected is None:
                continue
            in_list = last_item is not None and item.block.place.markers and last_item.block.place.containers
            parts.append("\n" if in_list else "\n\n" if parts else "")
            if item.block.place.markers and selected[0] == 0:
                marker = item.block.place.markers[-1][1].replace("•", "-")
                parts.append("  " * item.block.place.markers[-1][0] + marker + " ")
            parts.append(item.text(*selected))
            last_item = item
        return "".join(parts)


def word_at(item: BlockItem, unit: int) -> Range:
    """The word, the run of signs or the space around a position."""
    at = to_index(item.plain, unit)
    low = item.plain.rfind("\n", 0, at) + 1
    for match in _WORD.finditer(item.plain, low):
        if match.end() > at or match.end() == len(item.plain):
            return unit_length(item.plain[: match.start()]), unit_length(item.plain[: match.end()])
    return unit, unit


def line_at(item: BlockItem, unit: int) -> Range:
    """The whole paragraph; in code the line."""
    at = to_index(item.plain, unit)
    low = item.plain.rfind("\n", 0, at) + 1
    high = item.plain.find("\n", at)
    high = len(item.plain) if high < 0 else high
    return unit_length(item.plain[:low]), unit_length(item.plain[:high])
