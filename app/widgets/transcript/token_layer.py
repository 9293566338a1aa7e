"""Tokens of replies over the transcript: shades behind the text, what is dimmed, what the mouse is on.

Everything is drawn while painting; nothing is laid out again.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from app.widgets.transcript.item import Marks, Range
from app.widgets.transcript.layout import MessageLayout
from app.widgets.transcript.token_map import TokenMap

if TYPE_CHECKING:
    from app.widgets.transcript.view import TranscriptView

Shade = tuple[int, int, QColor]


@dataclass(slots=True)
class _Tokens:
    """What is known of one message's tokens."""

    spans: Sequence[tuple[int, int]] = ()
    shades: Sequence[Shade] = ()
    overlay: Sequence[Shade] = ()
    dim_from: int | None = None
    mark: tuple[int, int] | None = None
    map: TokenMap = field(default_factory=TokenMap)
    fresh: object = None
    by_block: dict[int, list[tuple[Range, QColor]]] = field(default_factory=dict)
    dimmed: dict[int, Range] = field(default_factory=dict)
    outlined: dict[int, Range] = field(default_factory=dict)


class TokenLayer:
    """Of one view. Offsets count the characters of a message's reasoning, then those of its answer."""

    def __init__(self, view: "TranscriptView") -> None:
        self._view = view
        self._messages: dict[str, _Tokens] = {}
        self._asked: set[str] = set()
        self.tip: Callable[[str, int], str] = lambda _message_id, _number: ""
        """What to say of a token under the mouse."""

    def set_spans(self, message_id: str, spans: Sequence[tuple[int, int]]) -> None:
        """Start and end of each token, rising. A token without text has an empty span."""
        self._of(message_id).spans = spans

    def set_colors(self, message_id: str, shades: Sequence[Shade]) -> None:
        """Shade stretches of a message: (start, end, colour), rising. Empty takes the shades away."""
        self._of(message_id).shades = shades
        self._changed(message_id)

    def set_overlay(self, message_id: str, shades: Sequence[Shade]) -> None:
        """Shades for a moment, in place of the colours: what a token reads. Empty gives the colours back."""
        if message_id in self._messages or shades:
            self._of(message_id).overlay = sorted(shades, key=lambda shade: shade[0])
            self._changed(message_id)

    def set_dim(self, message_id: str, offset: int | None) -> None:
        """Draw everything from here on faintly; None for nothing."""
        self._of(message_id).dim_from = offset
        self._changed(message_id)

    def set_mark(self, message_id: str, span: tuple[int, int] | None) -> None:
        """Draw a frame around a stretch, the chosen token."""
        self._of(message_id).mark = span
        self._changed(message_id)

    def clear(self, message_id: str = "") -> None:
        """Forget a message, or all of them."""
        if message_id:
            self._messages.pop(message_id, None)
        else:
            self._messages.clear()
            self._asked.clear()
        self._view.viewport().update()

    # --- for the view

    def add_marks(self, marks: Marks, index: int, layout: MessageLayout, block: int) -> Marks:
        """Put what is to be drawn in a block into its marks."""
        tokens = self._messages.get(layout.message.id)
        shown = tokens is not None and (
            tokens.shades or tokens.overlay or tokens.mark or tokens.dim_from is not None
        )
        if tokens is None or not shown:
            return marks
        self._refresh(tokens, index, layout, block)
        if block not in tokens.by_block:
            tokens.by_block[block] = _shades_in(tokens, block)
        marks.shades = tokens.by_block[block]
        marks.dimmed = tokens.dimmed.get(block)
        marks.outlined = tokens.outlined.get(block)
        return marks

    def at(self, point: QPointF) -> tuple[str, int]:
        """Message and number of the token under a point of the viewport; ("", -1) where there is none."""
        view = self._view
        for index, top, layout in view.visible():
            if not top <= point.y() < top + layout.height:
                continue
            tokens = self._messages.get(layout.message.id)
            if tokens is None or not tokens.spans:
                self._ask(layout)
                break
            inside = point - QPointF(view.column_left(), top)
            for block, item, left, block_top in layout.blocks():
                x, y = inside.x() - left, inside.y() - block_top
                if 0 <= y < item.height:
                    unit = item.position_at(x, y)
                    for candidate in (unit, unit - 1):
                        boxes = item.rects(candidate, candidate + 1) if 0 <= candidate < item.length else []
                        if any(box.contains(x, y) for box in boxes):
                            self._refresh(tokens, index, layout, block)
                            offset = tokens.map.offset(block, candidate)
                            number = -1 if offset is None else _span_at(tokens, offset)
                            return (layout.message.id, number) if number >= 0 else ("", -1)
            break
        return "", -1

    def _ask(self, layout: MessageLayout) -> None:
        message = layout.message
        if message.role == "assistant" and not message.streaming and message.id not in self._asked:
            self._asked.add(message.id)
            self._view.tokens_wanted.emit(message.id)

    def _of(self, message_id: str) -> _Tokens:
        return self._messages.setdefault(message_id, _Tokens())

    def _changed(self, message_id: str) -> None:
        self._messages[message_id].fresh = None
        self._view.viewport().update()

    def _refresh(self, tokens: _Tokens, index: int, layout: MessageLayout, block: int) -> None:
        """Find the places on the screen again where the text or what is asked for changed."""
        entry = self._view.column.entries[index]
        length = len(entry.stream.pieces) if entry.stream is not None else len(entry.message.text)
        state = (id(layout), length, len(entry.message.thinking), layout.block_count())
        item = layout.item(block)
        if tokens.fresh == state and item is not None and tokens.map.holds(block, item):
            return
        tokens.fresh = state
        tokens.map.update(layout, entry.message.thinking, entry.text)
        tokens.by_block = {}
        tokens.dimmed = {}
        if tokens.dim_from is not None:
            tokens.dimmed = dict(tokens.map.from_offset(tokens.dim_from))
        tokens.outlined = dict(tokens.map.ranges(*tokens.mark)) if tokens.mark else {}


def _shades_in(tokens: _Tokens, block: int) -> list[tuple[Range, QColor]]:
    """Only of blocks that are painted: a long reply has thousands of tokens."""
    extent = tokens.map.extent(block)
    shades = tokens.overlay or tokens.shades
    found: list[tuple[Range, QColor]] = []
    if extent is None:
        return found
    for number in range(bisect_right(shades, extent[0], key=lambda shade: shade[1]), len(shades)):
        start, end, color = shades[number]
        if start > extent[1]:
            break
        span = tokens.map.range_in(block, start, end)
        if span is not None:
            found.append((span, color))
    return found


def _span_at(tokens: _Tokens, offset: int) -> int:
    number = bisect_right(tokens.spans, offset, key=lambda span: span[0]) - 1
    while number > 0 and tokens.spans[number][0] == tokens.spans[number][1]:
        number -= 1
    if number < 0:
        return -1
    start, end = tokens.spans[number]
    return number if start <= offset < end else -1
