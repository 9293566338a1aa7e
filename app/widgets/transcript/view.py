"""The transcript: a chat of any length in one scroll area.

Only the messages in the viewport are laid out (`column`), every block paints itself (`item`), the
selection runs through all of them (`selection`). This widget connects these parts to Qt's events.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.theme.theme import Theme
from app.widgets.transcript import keys, menus
from app.widgets.transcript import metrics as m
from app.widgets.transcript.code_item import CodeItem
from app.widgets.transcript.column import MessageColumn
from app.widgets.transcript.finder import Finder
from app.widgets.transcript.formulas import FormulaCache
from app.widgets.transcript.item import Marks, Paint
from app.widgets.transcript.jump_button import JumpButton
from app.widgets.transcript.layout import MessageLayout
from app.widgets.transcript.message import TranscriptMessage
from app.widgets.transcript.painter import Shown, paint_message
from app.widgets.transcript.pointer import Pointer
from app.widgets.transcript.selection import Position, Selection
from app.widgets.transcript.style import Style

BOTTOM_SPACE = 12
STEP = 44
BLINK_MS = 530
COPIED_MS = 1600


class TranscriptView(QAbstractScrollArea):
    """Shows messages; asks the page for everything that is more than looking and copying."""

    link_activated = Signal(str)
    action_requested = Signal(str, str)  # message id; copy, edit, regenerate, continue, branch, delete, …
    code_copied = Signal(str)
    matches_changed = Signal(int, int)  # current (from 1, 0 none), total
    follow_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._zoom = 1.0
        self._style = Style(theme.tokens)
        self.formulas = FormulaCache(self)
        self.column = MessageColumn(self._style, self.formulas)
        self.selection = Selection()
        self.finder = Finder(self.column)
        self.focused: int | None = None  # message with the ring
        self.copied: object | None = None
        self._follow = True
        self._settling = False
        self._caret_on = True
        self._jump = JumpButton(theme, self)
        self._pointer = Pointer(self)
        self._blink = QTimer(self, interval=BLINK_MS)
        self._copied_timer = QTimer(self, interval=COPIED_MS, singleShot=True)
        self._repaint_timer = QTimer(self, interval=15, singleShot=True)
        self._set_up()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Conversation"))
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self.verticalScrollBar().setSingleStep(STEP)
        self._blink.timeout.connect(self._flip_caret)
        self._copied_timer.timeout.connect(self._forget_copied)
        self._repaint_timer.timeout.connect(self.viewport().update)
        self._jump.clicked.connect(self.jump_to_latest)
        self.formulas.ready.connect(self._on_formulas)
        self._theme.changed.connect(self._restyle)
        self.destroyed.connect(self.formulas.close)

    # --- messages

    def set_messages(self, messages: Sequence[TranscriptMessage]) -> None:
        """Show a chat from its end."""
        self.selection.clear()
        self.focused = None
        self.column.set_messages(messages)
        self._follow = True
        self._after_change()

    def append(self, message: TranscriptMessage) -> None:
        """Add a message at the end."""
        self.column.append(message)
        self._after_change()

    def update_message(self, message_id: str, message: TranscriptMessage) -> None:
        """Show another state of a message."""
        index = self.column.index_of(message_id)
        if index is None:
            return
        if message.id != message_id:
            self.column.entries[index].message = message
            self.column.reindex()
        if self._selects(index):
            self.selection.clear()
        self.column.update(index, message)
        self._after_change()

    def remove(self, message_id: str) -> None:
        """Take a message out."""
        index = self.column.index_of(message_id)
        if index is None:
            return
        self.selection.clear()
        self.focused = None
        self.column.remove(index)
        self._after_change()

    def begin_stream(self, message_id: str) -> None:
        """A reply starts to arrive in this message."""
        index = self.column.index_of(message_id)
        if index is None:
            return
        self.column.begin_stream(index)
        if not self._theme.reduced_motion and QGuiApplication.styleHints().cursorFlashTime() > 0:
            self._blink.start()
        self._after_change()

    def feed(self, message_id: str, text: str, *, thinking: bool = False) -> None:
        """Append to the reply (or to its reasoning): call once a frame, not once a token."""
        index = self.column.index_of(message_id)
        if index is None:
            return
        self.column.feed(index, text, thinking=thinking)
        self._caret_on = True
        self.settle()

    def end_stream(self, message_id: str) -> None:
        """The reply is complete; `update_message` may follow with its metrics."""
        index = self.column.index_of(message_id)
        if index is None:
            return
        self.column.end_stream(index)
        if not any(entry.parser for entry in self.column.entries[-4:]):
            self._blink.stop()
        self._after_change()

    def message_text(self, message_id: str) -> str:
        """The source of a message as far as it has arrived."""
        index = self.column.index_of(message_id)
        return "" if index is None else self.column.entries[index].text

    def _after_change(self) -> None:
        self._pointer.forget()
        if self.finder.needle:
            self.finder.recount()
        self.settle()

    def _selects(self, index: int) -> bool:
        first, last = self.selection.start, self.selection.end
        return first is not None and last is not None and first.message <= index <= last.message

    # --- scrolling

    @property
    def follow(self) -> bool:
        """Whether the view stays at the end while the end moves."""
        return self._follow

    @follow.setter
    def follow(self, value: bool) -> None:
        self._set_follow(value)
        self.settle()

    def _set_follow(self, value: bool) -> None:
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
        self._set_follow(False)
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
        for _ in range(20):
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
            self._set_follow(True)
        self._settling = False
        self._jump.show_when(not self._follow and self._end() - position > 4)
        self.viewport().update()

    def _end(self) -> int:
        return max(0, self.column.heights.total() + BOTTOM_SPACE - self.viewport().height())

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
        self._set_follow(bar.value() >= bar.maximum())
        self._pointer.forget()
        self.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        width = self._column_width()
        if width != self.column.width:
            self._relayout(width)
        else:
            self.settle()
        self._jump.place()

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

    # --- selection and copying

    def selected_text(self) -> str:
        """Selected text; whole messages as their source."""
        return self.selection.text(self.column)

    def select_all(self) -> None:
        """Select all messages."""
        if not len(self.column):
            return
        last = len(self.column) - 1
        layout = self.column.layout(last)
        block = max(0, layout.block_count() - 1)
        item = layout.item(block)
        end = Position(last, block, item.length if item else 0)
        self.selection.clear()
        self.selection.begin(Position(0, 0, 0), end)
        self.viewport().update()

    def copy(self) -> None:
        """Copy the selection; without one the message with the ring."""
        if not self.selection.is_empty:
            QGuiApplication.clipboard().setText(self.selected_text())
        elif self.focused is not None:
            self.request("copy", self.focused)

    def copy_code(self, item: CodeItem) -> None:
        """Copy one code block and say so for a moment."""
        QGuiApplication.clipboard().setText(item.code_block.code)
        self._show_copied(item.code_block)
        self.code_copied.emit(item.code_block.code)

    def request(self, action: str, index: int) -> None:
        """Ask the page for an action on a message."""
        message = self.column.entries[index].message
        if action == "more":
            self.open_menu(index)
            return
        if action == "copy":
            self._show_copied(message.id)
        self.action_requested.emit(message.id, action)

    def _show_copied(self, what: object) -> None:
        self.copied = what
        self._copied_timer.start()
        self.viewport().update()

    def _forget_copied(self) -> None:
        self.copied = None
        self.viewport().update()

    def toggle_thinking(self, index: int) -> None:
        """Open or close the reasoning of a message."""
        entry = self.column.entries[index]
        entry.thinking_choice = not entry.thinking_open
        if self._selects(index):
            self.selection.clear()
        self.column.refresh(index)
        self._set_follow(self._follow and index == len(self.column) - 1)
        self.settle()

    # --- search

    def find(self, text: str) -> int:
        """Highlight all matches, go to the first one from here on; returns how many there are."""
        total = self.finder.search(text)
        if total:
            self._show_match(self.finder.step(self._first_visible()))
        else:
            self.matches_changed.emit(0, 0)
            self.viewport().update()
        return total

    def next_match(self) -> None:
        """Go to the next match, from the last one to the first."""
        self._show_match(self.finder.step(self._first_visible()))

    def previous_match(self) -> None:
        """Go to the match before, from the first one to the last."""
        self._show_match(self.finder.step(self._first_visible(), backwards=True))

    def _first_visible(self) -> int:
        return self.column.heights.at(self.verticalScrollBar().value()) if len(self.column) else 0

    def _show_match(self, match: tuple[int, int, tuple[int, int]] | None) -> None:
        if match is not None:
            index, block, span = match
            for number, item, _, top in self.column.layout(index).blocks():
                if number == block:
                    self._reveal(index, round(top + item.caret(span[0]).top()))
        self.matches_changed.emit(self.finder.position(), self.finder.total)
        self.viewport().update()

    def _reveal(self, index: int, y: int) -> None:
        """Scroll so that a place of a message is well inside the view; not at all if it is."""
        place = self.column.heights.top(index) + y
        value, height = self.verticalScrollBar().value(), self.viewport().height()
        if not value + 60 <= place <= value + height - 60:
            self.scroll_to_index(index, y - height // 3)

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

    def display_name(self, message: TranscriptMessage) -> str:
        """Who wrote a message."""
        if message.author:
            return message.author
        names = {"user": self.tr("You"), "system": self.tr("System prompt"), "tool": self.tr("Tool")}
        return names.get(message.role, self.tr("Assistant"))

    def announce_focus(self, index: int) -> None:
        """Tell assistive technology which message has the ring."""

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._style.color("bg2"))
        paint = Paint(painter, self._style, QRectF(event.rect()), copied=self.copied)
        left = self.column_left()
        hover = self._pointer.hover
        last = len(self.column) - 1
        for index, top, layout in self.visible():
            hovered = hover is not None and hover.index == index
            paint.hovered_zone = hover.zone if hover is not None and hovered else None
            paint.hovered_item = hover.item if hover is not None and hovered else None
            paint.hovered_span = hover.span if hover is not None and hovered else None
            streaming = layout.message.streaming
            ringed = self.focused == index and self.hasFocus()
            shown = Shown(
                self.display_name(layout.message),
                active=not streaming and (hovered or ringed or (index == last and not layout.is_user)),
                focused=ringed,
                caret=streaming and self._caret_on,
            )
            paint_message(layout, paint, left, top, shown, partial(self._marks, index, layout))
        painter.end()
        if paint.unfinished:
            self._repaint_timer.start()

    def _marks(self, index: int, layout: MessageLayout, block: int) -> Marks:
        item = layout.item(block)
        selection = self.selection.in_block(index, block, item.length) if item else None
        matches = self.finder.in_message(index, layout).get(block, []) if self.finder.needle else []
        current = self.finder.current
        is_here = current is not None and current[:2] == (index, block)
        return Marks(selection, matches, current[2] if current is not None and is_here else None)

    def _flip_caret(self) -> None:
        self._caret_on = not self._caret_on
        self.viewport().update()

    def _on_formulas(self) -> None:
        value = self.verticalScrollBar().value()
        for index in self.column.formulas_arrived():
            difference = self.column.ensure(index)
            if self.column.heights.top(index) + self.column.heights[index] - difference <= value:
                value += difference
        self.settle(value)

    # --- events

    def open_menu(self, index: int, at: QPoint | None = None) -> None:
        """The menu of a message, below its buttons or at a place of the screen."""
        if at is None:
            rect = self.message_rect(index)
            bottom = min(rect.bottom() - 8, self.viewport().height() - 8)
            at = self.viewport().mapToGlobal(QPointF(rect.right() - 160, bottom).toPoint())
        menus.message_menu(self, index).popup(at)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.focused is not None:
            self.open_menu(self.focused)
            return
        menus.context_menu(self, self._pointer.at(QPointF(event.pos()))).popup(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pointer.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pointer.double_click(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointer.release(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self._pointer.wheel(event):
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._pointer.forget()
        elif event.type() == QEvent.Type.ToolTip:
            return self._pointer.tool_tip(event)
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not keys.handle(self, event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.focused is None and event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            keys.focus_visible(self)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
