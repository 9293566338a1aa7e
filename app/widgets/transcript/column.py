"""All messages one below the other; only those near the viewport are laid out.

Heights of the others are estimates. `ensure` makes a height exact and says by how much it changed,
so that the view can keep what is on the screen where it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from app.markdown.stream import StreamParser
from app.widgets.transcript import metrics as m
from app.widgets.transcript.formulas import FormulaCache
from app.widgets.transcript.heights import HeightIndex
from app.widgets.transcript.layout import MessageLayout
from app.widgets.transcript.message import TranscriptMessage
from app.widgets.transcript.style import Style

KEPT_LAYOUTS = 60
_CHROME = m.TOP + m.HEADER + m.FOOTER + m.BOTTOM


class Stream:
    """A reply that is being written: its text in pieces, its blocks as far as they are known."""

    def __init__(self, message: TranscriptMessage) -> None:
        self.answer, self.thinking = StreamParser(), StreamParser()
        self.pieces = [message.text]
        self.answer.feed(message.text)
        self.thinking.feed(message.thinking)

    def show(self, layout: MessageLayout) -> None:
        """Bring a layout up to date."""
        layout.show_blocks(self.answer.closed, self.answer.open)
        if layout.thinking_open:
            layout.show_thinking(self.thinking.closed, self.thinking.open)
        layout.arrange()

    def finish(self, layout: MessageLayout) -> None:
        """Show the final blocks."""
        layout.show_blocks(self.answer.finish(), ())
        if layout.thinking_open:
            layout.show_thinking(self.thinking.finish(), ())
        layout.arrange()


class Entry:
    """A message and, while it is near the viewport, its layout."""

    __slots__ = ("exact", "layout", "message", "stream", "thinking_choice")

    def __init__(self, message: TranscriptMessage) -> None:
        self.message = message
        self.layout: MessageLayout | None = None
        self.exact = False
        self.thinking_choice: bool | None = None  # what the user chose; None: the default
        self.stream: Stream | None = None

    @property
    def text(self) -> str:
        """The whole answer so far."""
        return "".join(self.stream.pieces) if self.stream is not None else self.message.text

    @property
    def thinking_open(self) -> bool:
        if self.thinking_choice is not None:
            return self.thinking_choice
        return self.message.thinking_open or (self.message.streaming and not self.message.text)


class MessageColumn:
    """Messages, their heights and layouts. `width` and `style` of the column are set by the view."""

    def __init__(self, style: Style, formulas: FormulaCache) -> None:
        self.entries: list[Entry] = []
        self.heights = HeightIndex()
        self.width = m.COLUMN
        self._style = style
        self._formulas = formulas
        self.dropped: frozenset[str] = frozenset()
        self._index: dict[str, int] = {}
        self._recent: dict[int, None] = {}

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def is_streaming(self) -> bool:
        """Whether a reply is being written (it is among the last messages)."""
        return any(entry.stream is not None for entry in self.entries[-4:])

    def index_of(self, message_id: str) -> int | None:
        """Place of a message, None for one that is not here."""
        return self._index.get(message_id)

    # --- content

    def set_messages(self, messages: Sequence[TranscriptMessage]) -> None:
        """Replace everything; messages that were here keep their layout, their stream and what was opened."""
        before = {entry.message.id: entry for entry in self.entries}
        if before.keys().isdisjoint(message.id for message in messages):  # another chat
            self.entries = [Entry(message) for message in messages]
        else:
            self.entries = [_entry(message, before.get(message.id)) for message in messages]
        for index, entry in enumerate(self.entries):
            if entry.layout is not None and entry.layout.divider != self._has_divider(index):
                entry.layout = None
        self._rebuild()

    def set_dropped(self, message_ids: frozenset[str]) -> None:
        """Mark these messages as left out of the prompt, besides those that say so themselves.

        Only layouts that exist are made again: thousands of messages may be marked at once.
        """
        changed = message_ids ^ self.dropped
        self.dropped = message_ids
        for index in self._recent:
            near = self.entries[max(0, index - 1) : index + 1]  # the one above decides about the divider
            if any(entry.message.id in changed for entry in near):
                self.refresh(index)

    def _has_divider(self, index: int) -> bool:
        """Whether the prompt begins with this message and not with the one above."""
        above = index > 0 and self._is_dropped(self.entries[index - 1])
        return above and not self._is_dropped(self.entries[index])

    def _is_dropped(self, entry: Entry) -> bool:
        return entry.message.dropped or entry.message.id in self.dropped

    def _shown(self, entry: Entry) -> TranscriptMessage:
        """The message as it is drawn."""
        message = entry.message
        return replace(message, dropped=True) if message.id in self.dropped else message

    def _rebuild(self) -> None:
        self._index = {entry.message.id: number for number, entry in enumerate(self.entries)}
        self._recent = {n: None for n, entry in enumerate(self.entries) if entry.layout is not None}
        estimate = self._estimator()
        self.heights = HeightIndex(
            estimate(entry.message.text) if entry.layout is None else entry.layout.height
            for entry in self.entries
        )

    def append(self, message: TranscriptMessage) -> None:
        """Add a message at the end."""
        self._index[message.id] = len(self.entries)
        self.entries.append(Entry(message))
        self.heights.append(self._estimator()(message.text))

    def update(self, index: int, message: TranscriptMessage) -> bool:
        """Show another state of a message; True when its blocks may have changed.

        While a reply streams, its text comes from `feed` only: the rest of `message` is taken over.
        """
        entry = self.entries[index]
        if not message.streaming:
            self.end_stream(index)
        old = entry.message
        entry.message = message
        if old.id != message.id:
            self._index = {e.message.id: number for number, e in enumerate(self.entries)}
        if entry.stream is not None and message.streaming:
            entry.message = replace(message, text=old.text, thinking=old.thinking)
        else:
            entry.stream = None
        if old.dropped != message.dropped and index + 1 < len(self.entries):
            self.forget(index + 1)  # carries the divider
        if entry.layout is not None and entry.layout.retarget(self._shown(entry), entry.thinking_open):
            return False
        self.refresh(index)
        return True

    def remove(self, index: int) -> None:
        """Take a message out."""
        del self.entries[index]
        for entry in self.entries[index : index + 1]:
            entry.layout = None
            entry.exact = False
        self._rebuild()

    def forget(self, index: int) -> None:
        """Lay a message out again when it is next needed."""
        self.entries[index].layout = None
        self.entries[index].exact = False
        self._recent.pop(index, None)

    def refresh(self, index: int) -> None:
        """Lay a message out again now, keeping what is known of its height until then."""
        self.entries[index].layout = None

    def restyle(self, style: Style, width: int) -> None:
        """Another theme, zoom or width: no layout holds any more."""
        self._style = style
        self.width = width
        for entry in self.entries:
            entry.layout = None
            entry.exact = False
        self._rebuild()

    # --- layout

    def ensure(self, index: int) -> int:
        """Lay a message out; returns how much higher it is than was known."""
        entry = self.entries[index]
        layout = entry.layout = entry.layout or self._make(index)
        self._recent.pop(index, None)
        self._recent[index] = None
        while len(self._recent) > KEPT_LAYOUTS:
            oldest = next(iter(self._recent))
            self._recent.pop(oldest)
            if self.entries[oldest].stream is None:
                self.entries[oldest].layout = None
        entry.exact = True
        return self.heights.set(index, layout.height)

    def layout(self, index: int) -> MessageLayout:
        """The layout of a message. One that is far from the viewport is made for this question only."""
        return self.entries[index].layout or self._make(index)

    def _make(self, index: int) -> MessageLayout:
        entry = self.entries[index]
        divider = self._has_divider(index)
        layout = MessageLayout(
            self._shown(entry), self._style, self._formulas, self.width,
            thinking_open=entry.thinking_open, divider=divider,
        )  # fmt: skip
        if entry.stream is None:
            layout.read()
        else:
            entry.stream.show(layout)
        return layout

    def _estimator(self) -> Callable[[str], int]:
        """Height of a text that was not laid out. Made once for ten thousand: that is part of a frame."""
        width = max(1, self.width - 40)
        px = cache(lambda rows: self._style.px(_CHROME + 22 * rows))

        def estimate(text: str) -> int:
            return px(1 + len(text) * 7 // width + text.count("\n"))

        return estimate

    def formulas_arrived(self) -> list[int]:
        """Messages whose height may have changed because formulas were typeset."""
        changed: list[int] = []
        for index in list(self._recent):
            layout = self.entries[index].layout
            if layout is not None and layout.formulas_arrived():
                changed.append(index)
        return changed

    # --- streaming

    def begin_stream(self, index: int) -> Stream:
        """From now on `feed` appends to this message."""
        entry = self.entries[index]
        entry.message = replace(entry.message, streaming=True)
        entry.stream = Stream(entry.message)
        self.forget(index)
        return entry.stream

    def feed(self, index: int, text: str, *, thinking: bool) -> None:
        """Append to the answer or to the reasoning before it; keeps the layout up to date."""
        entry = self.entries[index]
        stream = entry.stream or self.begin_stream(index)
        message = entry.message
        starts = not (message.thinking if thinking else message.text)
        if thinking:
            stream.thinking.feed(text)
            entry.message = replace(message, thinking=message.thinking + text)
        else:
            stream.answer.feed(text)
            stream.pieces.append(text)
            if starts:
                entry.message = replace(message, text=text)  # the whole text is joined at the end
        if starts:
            self.refresh(index)  # other parts appear, the reasoning closes
        elif entry.layout is not None:
            entry.layout.message = entry.message
            stream.show(entry.layout)

    def end_stream(self, index: int) -> None:
        """The message is complete."""
        entry = self.entries[index]
        if entry.stream is None:
            return
        entry.message = replace(entry.message, text=entry.text, streaming=False)
        if entry.layout is not None:
            entry.layout.message = entry.message
            entry.stream.finish(entry.layout)
        entry.stream = None
        if entry.layout is not None and entry.layout.thinking_open != entry.thinking_open:
            self.refresh(index)


def _entry(message: TranscriptMessage, before: Entry | None) -> Entry:
    """The entry of a message, the same one where nothing changed."""
    if before is not None and before.message == message:
        return before
    entry = Entry(message)
    if before is not None:
        entry.thinking_choice = before.thinking_choice
        if before.stream is not None and message.streaming:
            entry.stream = before.stream
            entry.message = replace(message, text=before.message.text, thinking=before.message.thinking)
    return entry
