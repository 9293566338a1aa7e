"""The transcript: a chat of any length in one scroll area.

Only the messages in the viewport are laid out (`column`), every block paints itself (`item`), the
selection runs through all of them (`selection`). This widget connects these parts to Qt's events.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.theme.theme import Theme
from app.widgets.transcript import accessible, keys, menus
from app.widgets.transcript.code_item import CodeItem
from app.widgets.transcript.finder import Finder
from app.widgets.transcript.item import Marks, Paint, Range
from app.widgets.transcript.jump_button import JumpButton
from app.widgets.transcript.layout import MessageLayout
from app.widgets.transcript.message import TranscriptMessage
from app.widgets.transcript.painter import Shown, paint_message
from app.widgets.transcript.pointer import Pointer
from app.widgets.transcript.scroll_area import ColumnScrollArea
from app.widgets.transcript.selection import Position, Selection
from app.widgets.transcript.token_layer import TokenLayer

BLINK_MS = 530
COPIED_MS = 1600


class TranscriptView(ColumnScrollArea):
    """Shows messages; asks the page for everything that is more than looking and copying."""

    link_activated = Signal(str)
    action_requested = Signal(str, str)  # message id; copy, edit, regenerate, continue, branch, delete, …
    code_copied = Signal(str)
    matches_changed = Signal(int, int)  # current (from 1, 0 none), total
    token_hovered = Signal(str, int)  # message id, number of the token; "", -1 when the mouse leaves them
    token_clicked = Signal(str, int)
    tokens_wanted = Signal(str)  # the mouse is on a reply whose tokens are not known

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.selection = Selection()
        self.finder = Finder(self.column)
        self.tokens = TokenLayer(self)  # spans, shades and dimming of tokens
        self.set_token_colors = self.tokens.set_colors
        self.focused: int | None = None  # message with the ring
        self.copied: object | None = None
        self._caret_on = True
        self._jump = JumpButton(theme, self)
        self._pointer = Pointer(self)
        self._blink = QTimer(self, interval=BLINK_MS)
        self._copied_timer = QTimer(self, interval=COPIED_MS, singleShot=True)
        self._repaint_timer = QTimer(self, interval=15, singleShot=True)
        self._set_up()

    def _set_up(self) -> None:
        accessible.install()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Conversation"))
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self._blink.timeout.connect(self._flip_caret)
        self._copied_timer.timeout.connect(lambda: self._show_copied(None))
        self._repaint_timer.timeout.connect(self.viewport().update)
        self._jump.clicked.connect(self.jump_to_latest)

    # --- messages

    def set_messages(self, messages: Sequence[TranscriptMessage]) -> None:
        """Show a chat from its end; another state of the same chat where the view is.

        It is the same chat when one of the messages on the screen (or the one above them) is in it.
        """
        anchors = self.anchors()
        self.selection.clear()
        focused, self.focused = self.focused, None
        self.column.set_messages(messages)
        if not self.hold(anchors):
            self.set_follow_quietly(True)
        elif focused is not None and focused < len(self.column):
            self.focused = focused  # another version of that message: the keyboard stays on it
        self._after_change()

    def append(self, message: TranscriptMessage) -> None:
        """Add a message at the end. One that the user wrote is gone to, wherever the view was."""
        self.column.append(message)
        if message.role == "user":
            self.set_follow_quietly(True)
        self._after_change()

    def update_message(self, message_id: str, message: TranscriptMessage) -> None:
        """Show another state of a message."""
        index = self.column.index_of(message_id)
        if index is None:
            return
        if self.column.entries[index].stream is not None and not message.streaming:
            self.end_stream(message_id)
        if self.column.update(index, message) and self._selects(index):
            self.selection.clear()
        self._after_change(index)

    def set_dropped(self, message_ids: frozenset[str]) -> None:
        """Mark what is left out of the next prompt; everything that is not named is in it."""
        if message_ids != self.column.dropped:
            anchors = self.anchors()
            self.column.set_dropped(message_ids)
            self.hold(anchors)
            self._after_change()

    def remove(self, message_id: str) -> None:
        """Take a message out."""
        index = self.column.index_of(message_id)
        if index is None:
            return
        anchors = self.anchors()
        self.selection.clear()
        self.focused = None
        self.column.remove(index)
        self.hold(anchors)
        self._after_change()

    def begin_stream(self, message_id: str) -> None:
        """A reply starts to arrive in this message."""
        index = self.column.index_of(message_id)
        if index is None:
            return
        self.column.begin_stream(index)
        self._after_change()

    def feed(self, message_id: str, text: str, *, thinking: bool = False) -> None:
        """Append to the reply (or to its reasoning): call once a frame, not once a token."""
        index = self.column.index_of(message_id)
        if index is None:
            return
        self.column.feed(index, text, thinking=thinking)
        self._caret_on = True
        self.settle_after(index)

    def end_stream(self, message_id: str) -> None:
        """The reply is complete; `update_message` may follow with its metrics."""
        index = self.column.index_of(message_id)
        if index is None or self.column.entries[index].stream is None:
            return
        self.column.end_stream(index)
        message = self.column.entries[index].message
        text = self.tr("{author} answered: {text}")
        accessible.announce(self, text.format(author=self.display_name(message), text=message.text))
        self._after_change(index)

    def message_text(self, message_id: str) -> str:
        """The source of a message as far as it has arrived."""
        index = self.column.index_of(message_id)
        return "" if index is None else self.column.entries[index].text

    def _after_change(self, index: int | None = None) -> None:
        if self.finder.needle:
            self.finder.recount()
        if index is not None and self.column.entries[index].layout is not None:
            self.settle_after(index)
        else:
            self.settle()
        self._pointer.look_again()
        may_blink = not self._theme.reduced_motion and QGuiApplication.styleHints().cursorFlashTime() > 0
        if self.column.is_streaming and may_blink:
            self._blink.start()
        else:
            self._blink.stop()
            self._caret_on = True

    def _selects(self, index: int) -> bool:
        first, last = self.selection.start, self.selection.end
        return first is not None and last is not None and first.message <= index <= last.message

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

    def _show_copied(self, what: object | None) -> None:
        self.copied = what
        if what is not None:
            self._copied_timer.start()
        self.viewport().update()

    def toggle_thinking(self, index: int) -> None:
        """Open or close the reasoning of a message."""
        entry = self.column.entries[index]
        entry.thinking_choice = not entry.thinking_open
        if self._selects(index):
            self.selection.clear()
        self.column.refresh(index)
        self.set_follow_quietly(self._follow and index == len(self.column) - 1)
        self.settle()

    def settled(self, *, at_end: bool) -> None:
        self._jump.show_when(not at_end)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if not self._settling:
            self._pointer.look_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._jump.place()

    # --- search

    def find(self, text: str) -> int:  # type: ignore[override]  # QWidget.find is a static helper nobody needs here
        """Highlight all matches, go to the first one from here on; returns how many there are."""
        total = self.finder.search(text)
        if total:
            self._show_match(self.finder.step(self.first_visible()))
        else:
            self.matches_changed.emit(0, 0)
            self.viewport().update()
        return total

    def next_match(self) -> None:
        """Go to the next match, from the last one to the first."""
        self._show_match(self.finder.step(self.first_visible()))

    def previous_match(self) -> None:
        """Go to the match before, from the first one to the last."""
        self._show_match(self.finder.step(self.first_visible(), backwards=True))

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

    def display_name(self, message: TranscriptMessage) -> str:
        """Who wrote a message."""
        if message.author:
            return message.author
        names = {"user": self.tr("You"), "system": self.tr("System prompt"), "tool": self.tr("Tool")}
        return names.get(message.role, self.tr("Assistant"))

    def announce_focus(self, index: int) -> None:
        """Tell assistive technology which message has the ring."""
        accessible.focus_moved(self, index)

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
            matches = self.finder.in_message(index, layout)
            paint_message(layout, paint, left, top, shown, partial(self._marks, index, layout, matches))
        painter.end()
        if paint.unfinished:
            self._repaint_timer.start()

    def _marks(self, index: int, layout: MessageLayout, found: dict[int, list[Range]], block: int) -> Marks:
        item = layout.item(block)
        selection = self.selection.in_block(index, block, item.length) if item else None
        matches = found.get(block, [])
        current = self.finder.current
        is_here = current is not None and current[:2] == (index, block)
        marks = Marks(selection, matches, current[2] if current is not None and is_here else None)
        return self.tokens.add_marks(marks, index, layout, block)

    def _flip_caret(self) -> None:
        self._caret_on = not self._caret_on
        self.viewport().update()

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
        elif isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            return self._pointer.tool_tip(event)
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not keys.handle(self, event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_tab = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if self.focused is None and event.reason() in by_tab:
            keys.focus_visible(self)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
