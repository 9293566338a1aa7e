"""The scroll area below the transcript: which part of the column is on the screen, and keeping it still."""

from collections.abc import Iterator

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.theme.theme import Theme
from app.widgets.transcript import metrics as m
from app.widgets.transcript.column import MessageColumn
from app.widgets.transcript.formulas import FormulaCache
from app.widgets.transcript.layout import MessageLayout
from app.widgets.transcript.style import Style

BOTTOM_SPACE = 12
STEP = 44
MAX_PASSES = 20
PREFETCH = 4  # messages on each side
PREFETCH_MS = 30


class ColumnScrollArea(QAbstractScrollArea):
    """A `MessageColumn` in a viewport. Follows the end until the user scrolls away from it."""

    follow_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._zoom = 1.0
        self._style = Style(theme.tokens)
        self.formulas = FormulaCache(self)
        self.column = MessageColumn(self._style, self.formulas)
        self._follow = True
        self._settling = False
        self._prefetch_timer = QTimer(self, interval=PREFETCH_MS, singleShot=True)
        self._prefetch_timer.timeout.connect(self._prefetch)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(STEP)
        self.formulas.ready.connect(self._on_formulas)
        theme.changed.connect(self._restyle)

    def settled(self, *, at_end: bool) -> None:
        """Called when the viewport shows what it should."""

    # --- scrolling

    def anchors(self) -> list[tuple[str, int]]:
        """Messages that may hold the view in place while others change: id and top in the viewport."""
        shown = [(index, top) for index, top, _ in self.visible()]
        if shown and shown[0][0] > 0:
            index = shown[0][0] - 1
            shown.append((index, shown[0][1] - self.column.heights[index]))
        return [(self.column.entries[index].message.id, top) for index, top in shown]

    def hold(self, anchors: list[tuple[str, int]]) -> bool:
        """Put the first anchor that is left back where it was; False where none is."""
        for message_id, top in anchors:
            index = self.column.index_of(message_id)
            if index is not None:
                self.column.ensure(index)
                self.settle(self.column.heights.top(index) - top)
                return True
        return False

    @property
    def follow(self) -> bool:
        """Whether the view stays at the end while the end moves."""
        return self._follow

    @follow.setter
    def follow(self, value: bool) -> None:
        self.set_follow_quietly(value)
        self.settle()

    def set_follow_quietly(self, value: bool) -> None:
        if value != self._follow:
            self._follow = value
            self.follow_changed.emit(value)

    def jump_to_latest(self) -> None:
        """Go to the end and stay there."""
        self.follow = True

    def scroll_to(self, message_id: str) -> None:
        """Bring the start of a message to the top of the view."""
        index = self.column.index_of(message_id)
        if index is not None:
            self.scroll_to_index(index)

    def scroll_to_index(self, index: int, offset: int = 0) -> None:
        """Bring a place of a message near the top of the view."""
        self.column.ensure(index)
        self.set_follow_quietly(False)
        self.settle(self.column.heights.top(index) + offset)

    def settle(self, value: int | None = None) -> None:
        """Lay out what the viewport shows and bring the scroll bar up to date.

        `value`: where to scroll first. What is on the screen stays where it is: when an estimate above
        becomes exact, the scroll position moves along.
        """
        if self._settling:
            return
        self._settling = True
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        position = bar.value() if value is None else value
        for _ in range(MAX_PASSES):
            if self._follow:
                position = self._end()
            moved = self._lay_out_visible(position, height)
            if moved is None:
                break
            position = moved
        position = self._end() if self._follow else max(0, min(position, self._end()))
        bar.setPageStep(height)
        bar.setRange(0, self._end())
        bar.setValue(position)
        if not self._follow and value is None and position >= self._end() and self._end() == 0:
            self.set_follow_quietly(True)
        self._settling = False
        self._prefetch_timer.start()
        self.settled(at_end=self._follow or self._end() - position <= 4)
        self.viewport().update()

    def settle_after(self, index: int) -> None:
        """A message changed: take its height even where it is not on the screen, and settle."""
        bottom = self.column.heights.top(index) + self.column.heights[index]
        difference = self.column.ensure(index)
        value = self.verticalScrollBar().value()
        self.settle(value + difference if difference and bottom <= value else None)

    def _end(self) -> int:
        return max(0, self.column.heights.total() + BOTTOM_SPACE - self.viewport().height())

    def _prefetch(self) -> None:
        """Lay out one message just outside the viewport, so that scrolling on finds it ready."""
        shown = [index for index, _, _ in self.visible()]
        if not shown or self.column.is_streaming:
            return
        near = [i for n in range(1, PREFETCH + 1) for i in (shown[0] - n, shown[-1] + n)]
        for index in near:
            if 0 <= index < len(self.column) and self.column.entries[index].layout is None:
                difference = self.column.ensure(index)
                above = index < shown[0]
                self.settle(self.verticalScrollBar().value() + (difference if above else 0))
                return

    def _lay_out_visible(self, position: int, height: int) -> int | None:
        """Make visible heights exact; None when all were, else the position that keeps the screen still."""
        column = self.column
        if not len(column):
            return None
        changed = False
        index = column.heights.at(max(0, position))
        top = column.heights.top(index)
        while index < len(column) and top < position + height:
            was_exact = column.entries[index].exact
            difference = column.ensure(index)
            if difference:
                changed = True
                if top < position and not was_exact:
                    position += difference
            top += column.heights[index]
            index += 1
        return position if changed else None

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if self._settling:
            return
        bar = self.verticalScrollBar()
        self.set_follow_quietly(bar.value() >= bar.maximum())
        self.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        width = self._column_width()
        if width != self.column.width:
            self._relayout(width)
        else:
            self.settle()

    def _column_width(self) -> int:
        room = self.viewport().width() - 2 * m.MARGIN
        return max(160, min(self._style.px(m.COLUMN), room))

    def _relayout(self, width: int) -> None:
        """Lay out in another width or style, keeping the message at the top of the view where it is."""
        bar = self.verticalScrollBar()
        index, share = 0, 0.0
        if len(self.column):
            index = self.column.heights.at(bar.value())
            above = bar.value() - self.column.heights.top(index)
            share = above / max(1, self.column.heights[index])
        self.column.restyle(self._style, width)
        if not len(self.column):
            self.settle()
            return
        self.column.ensure(index)
        self.settle(self.column.heights.top(index) + round(share * self.column.heights[index]))

    def _restyle(self) -> None:
        self._style = Style(self._theme.tokens, self._zoom)
        self._relayout(self._column_width())

    def set_zoom(self, zoom: float) -> None:
        """Scale all text (1.0 is normal)."""
        self._zoom = max(0.5, min(3.0, zoom))
        self._restyle()

    @property
    def zoom(self) -> float:
        return self._zoom

    def first_visible(self) -> int:
        return self.column.heights.at(self.verticalScrollBar().value()) if len(self.column) else 0

    def _on_formulas(self) -> None:
        value = self.verticalScrollBar().value()
        for index in self.column.formulas_arrived():
            difference = self.column.ensure(index)
            if self.column.heights.top(index) + self.column.heights[index] - difference <= value:
                value += difference
        self.settle(value)

    # --- geometry of the moment

    def column_left(self) -> int:
        """Left edge of the column in the viewport."""
        return round((self.viewport().width() - self.column.width) / 2)

    def visible(self) -> Iterator[tuple[int, int, MessageLayout]]:
        """Messages in the viewport: index, top in the viewport, layout."""
        column = self.column
        if not len(column):
            return
        value = self.verticalScrollBar().value()
        index = column.heights.at(value)
        top = column.heights.top(index) - value
        while index < len(column) and top < self.viewport().height():
            layout = column.entries[index].layout
            if layout is not None:
                yield index, top, layout
            top += column.heights[index]
            index += 1

    def message_rect(self, index: int) -> QRectF:
        """A message in the viewport's coordinates."""
        top = self.column.heights.top(index) - self.verticalScrollBar().value()
        return QRectF(self.column_left(), top, self.column.width, self.column.heights[index])
