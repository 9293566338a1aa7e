"""Stretches of a message's source as places on the screen, and back."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from app.markdown.offsets import Aligner
from app.markdown.parse import normalise
from app.widgets.transcript.item import BlockItem, Range
from app.widgets.transcript.layout import MessageLayout


class _Mapped(NamedTuple):
    """A block's places: for each UTF-16 unit its place in the source; where reading it began and ended."""

    item: BlockItem
    length: int
    first: int
    last: int
    places: list[int]


class TokenMap:
    """Of one message. Offsets count the characters of its reasoning, then those of its answer."""

    def __init__(self) -> None:
        self._blocks: list[_Mapped] = []
        self._lasts: list[int] = []  # the last place of each block, rising

    def update(self, layout: MessageLayout, thinking: str, answer: str) -> bool:
        """Bring the map up to date; whether it changed. Blocks that are as they were are not read again."""
        source = thinking + answer
        shown = normalise(source)
        # Where signs were made visible the lengths differ: then the raw source keeps the offsets right.
        aligner = Aligner(shown if len(shown) == len(source) else source)
        before, self._blocks = self._blocks, []
        number = 0
        changed = False
        for body, _, _, _ in layout.bodies():
            if body is layout.body:
                aligner.position = max(aligner.position, len(thinking))
            for placed in body.placed:
                item = placed.item
                known = before[number] if number < len(before) else None
                reusable = (
                    known is not None
                    and known.item is item
                    and (known.length, known.first) == (item.length, aligner.position)
                )
                if known is not None and reusable:
                    aligner.position = known.last
                    self._blocks.append(known)
                else:
                    self._blocks.append(_read(aligner, item))
                    changed = True
                number += 1
        self._lasts = []
        for block in self._blocks:
            before_it = self._lasts[-1] if self._lasts else 0
            self._lasts.append(block.places[-1] if block.places else before_it)
        return changed or len(before) != number

    def ranges(self, start: int, end: int) -> Iterator[tuple[int, Range]]:
        """Blocks and ranges in them that show a stretch of the source; none for what is not shown."""
        for number in range(bisect_left(self._lasts, start), len(self._blocks)):
            places = self._blocks[number].places
            if places and places[0] >= end:
                break
            low, high = bisect_left(places, start), bisect_left(places, end)
            if low < high:
                yield number, (low, high)

    def extent(self, block: int) -> tuple[int, int] | None:
        """The first and the last place that a block shows, None where it shows none."""
        places = self._blocks[block].places if block < len(self._blocks) else []
        return (places[0], places[-1]) if places else None

    def range_in(self, block: int, start: int, end: int) -> Range | None:
        """What of a block shows a stretch of the source."""
        places = self._blocks[block].places
        low, high = bisect_left(places, start), bisect_left(places, end)
        return (low, high) if low < high else None

    def holds(self, block: int, item: BlockItem) -> bool:
        """Whether a block is still the one that was read."""
        return block < len(self._blocks) and self._blocks[block].item is item

    def from_offset(self, offset: int) -> Iterator[tuple[int, Range]]:
        """Everything that stands after a place of the source."""
        for number, block in enumerate(self._blocks):
            low = bisect_left(block.places, offset)
            if low < block.length or (not block.length and block.first >= offset):
                yield number, (low, block.length)

    def offset(self, block: int, unit: int) -> int | None:
        """The place in the source of a unit of a block."""
        if not 0 <= block < len(self._blocks):
            return None
        places = self._blocks[block].places
        return places[min(unit, len(places) - 1)] if places else None


def _read(aligner: Aligner, item: BlockItem) -> _Mapped:
    first = aligner.position
    places = aligner.block(item.block, item.plain)
    if item.length != len(item.plain):
        places = [
            place
            for char, place in zip(item.plain, places, strict=True)
            for _ in range(2 if char > "\uffff" else 1)
        ]
    return _Mapped(item, item.length, first, aligner.position, places)
