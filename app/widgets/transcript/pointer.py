"""The mouse in the transcript: what is under it, clicks, selecting by dragging."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QCursor, QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from app.markdown.blocks import Span
from app.widgets.transcript.code_item import CodeItem
from app.widgets.transcript.item import BlockItem, Zone
from app.widgets.transcript.layout import MessageLayout
from app.widgets.transcript.selection import Position, line_at, word_at

if TYPE_CHECKING:
    from app.widgets.transcript.view import TranscriptView

AUTO_SCROLL_MS = 16
_Cursor = Qt.CursorShape


@dataclass(frozen=True, slots=True)
class Hit:
    """What is under the mouse."""

    index: int
    item: BlockItem | None = None
    zone: Zone | None = None
    span: Span | None = None
    on_text: bool = False


class Pointer(QObject):
    """Mouse handling of one view."""

    def __init__(self, view: "TranscriptView") -> None:
        super().__init__(view)
        self.hover: Hit | None = None
        self._view = view
        self._pressed: Hit | None = None
        self._dragging = False
        self._clicks = 0
        self._last_click = QPointF()
        self._last_moment = 0
        self._at = QPointF()
        self._thumb_x = 0.0
        self._token = ("", -1)
        self._timer = QTimer(self, interval=AUTO_SCROLL_MS)
        self._timer.timeout.connect(self._auto_scroll)

    # --- what is where

    def at(self, point: QPointF) -> Hit | None:
        """What is under a point of the viewport."""
        view = self._view
        for index, top, layout in view.visible():
            if top <= point.y() < top + layout.height:
                return self._in_message(index, layout, point - QPointF(view.column_left(), top))
        return None

    def _in_message(self, index: int, layout: MessageLayout, point: QPointF) -> Hit:
        shown = not layout.message.streaming
        for zone, item in layout.zones(actions=shown):
            if zone.rect.contains(point):
                return Hit(index, item, zone)
        for _, item, left, top in layout.blocks():
            inside = point - QPointF(left, top)
            if 0 <= inside.y() < item.height and -4 <= inside.x() <= max(item.natural_width, 40) + 40:
                return Hit(index, item, None, item.span_at(inside.x(), inside.y()), on_text=True)
        return Hit(index)

    def position(self, point: QPointF) -> Position | None:
        """The place in the text nearest to a point."""
        view = self._view
        messages = list(view.visible())
        if not messages:
            return None
        index, top, layout = next((m for m in messages if point.y() < m[1] + m[2].height), messages[-1])
        inside = point - QPointF(view.column_left(), top)
        nearest = Position(index, 0, 0)
        for block, item, left, block_top in layout.blocks():
            unit = item.position_at(inside.x() - left, inside.y() - block_top)
            if inside.y() < block_top:
                return nearest if block else Position(index, 0, 0)
            if inside.y() < block_top + item.height:
                return Position(index, block, unit)
            nearest = Position(index, block, item.length)
        return nearest

    def look_again(self) -> None:
        """The content moved below the mouse."""
        if self.hover is not None:
            self._hover()

    def forget(self) -> None:
        """Nothing is under the mouse any more."""
        if self.hover is not None:
            self.hover = None
            self._view.viewport().update()
        self._tell_token("", -1)

    def _tell_token(self, message_id: str, number: int) -> None:
        if self._token != (message_id, number):
            self._token = (message_id, number)
            self._view.token_hovered.emit(message_id, number)

    # --- events

    def press(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        view = self._view
        self._at = event.position()
        hit = self.at(self._at)
        self._pressed = hit
        if hit is not None and hit.zone is not None:
            self._thumb_x = self._at.x()
            return
        self._count_click(event)
        position = self.position(self._at)
        if position is None:
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and view.selection.start is not None:
            view.selection.extend(position, position)
        else:
            view.selection.clear()
            view.selection.begin(*self._grow(position))
            view.focused = position.message if view.focused is not None else None
        self._dragging = True
        view.viewport().update()

    def double_click(self, event: QMouseEvent) -> None:
        self.press(event)

    def _count_click(self, event: QMouseEvent) -> None:
        soon = event.timestamp() - self._last_moment < QApplication.doubleClickInterval()
        near = (event.position() - self._last_click).manhattanLength() < 6
        self._clicks = self._clicks % 3 + 1 if soon and near else 1
        self._last_moment, self._last_click = event.timestamp(), event.position()

    def _grow(self, position: Position) -> tuple[Position, Position]:
        """The word around a place after two clicks, the paragraph after three."""
        item = self._view.column.layout(position.message).item(position.block)
        if self._clicks == 1 or item is None:
            return position, position
        low, high = word_at(item, position.unit) if self._clicks == 2 else line_at(item, position.unit)
        return position._replace(unit=low), position._replace(unit=high)

    def move(self, event: QMouseEvent) -> None:
        self._at = event.position()
        if self._dragging and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag()
            inside = 0 <= self._at.y() < self._view.viewport().height()
            if inside:
                self._timer.stop()
            elif not self._timer.isActive():
                self._timer.start()
            return
        if self._drag_thumb(event):
            return
        self._hover()

    def _drag_thumb(self, event: QMouseEvent) -> bool:
        pressed = self._pressed
        held = bool(event.buttons() & Qt.MouseButton.LeftButton)
        if not held or pressed is None or pressed.zone is None or pressed.zone.kind != "scroll_code":
            return False
        if isinstance(pressed.item, CodeItem):
            pressed.item.drag_thumb(event.position().x() - self._thumb_x)
            self._thumb_x = event.position().x()
            self._view.viewport().update()
        return True

    def _hover(self) -> None:
        hit = self.at(self._at)
        if hit != self.hover:
            self.hover = hit
            self._view.viewport().update()
        on_text = hit is not None and hit.on_text
        self._tell_token(*(self._view.tokens.at(self._at) if on_text else ("", -1)))
        shape = _Cursor.ArrowCursor
        on_thumb = hit is not None and hit.zone is not None and hit.zone.kind == "scroll_code"
        if hit is not None and not on_thumb and (hit.zone is not None or (hit.span and hit.span.href)):
            shape = _Cursor.PointingHandCursor
        elif hit is not None and hit.on_text:
            shape = _Cursor.IBeamCursor
        if self._view.viewport().cursor().shape() != shape:
            self._view.viewport().setCursor(QCursor(shape))

    def _drag(self) -> None:
        position = self.position(self._at)
        if position is not None:
            self._view.selection.extend(*self._grow(position))
            self._scroll_code(position)
            self._view.viewport().update()

    def _scroll_code(self, position: Position) -> None:
        """Selecting beyond the edge of wide code scrolls it."""
        view = self._view
        item = view.column.layout(position.message).item(position.block)
        left = view.column_left()
        over = self._at.x() - left - view.column.width
        if self._at.x() < left:
            over = self._at.x() - left
        if isinstance(item, CodeItem) and (over > 0 or self._at.x() < left):
            item.scroll_by(over / 2)

    def _auto_scroll(self) -> None:
        """While the mouse is held outside, scroll towards it: the farther, the faster."""
        height = self._view.viewport().height()
        over = self._at.y() if self._at.y() < 0 else max(0.0, self._at.y() - height)
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + round(over / 3))
        self._drag()

    def release(self, event: QMouseEvent) -> None:
        self._timer.stop()
        pressed, self._pressed = self._pressed, None
        self._dragging = False
        if event.button() != Qt.MouseButton.LeftButton or pressed is None:
            return
        hit = self.at(event.position())
        if hit is None or hit.index != pressed.index:
            return
        if pressed.zone is not None:
            if hit.zone is not None and (hit.zone.kind, hit.zone.payload) == (
                pressed.zone.kind,
                pressed.zone.payload,
            ):
                self._activate(hit, hit.zone)
        elif (
            hit.span is not None
            and hit.span is pressed.span
            and hit.span.href
            and self._view.selection.is_empty
        ):
            self._view.link_activated.emit(hit.span.href)
        elif hit.on_text and self._view.selection.is_empty:
            message_id, number = self._view.tokens.at(event.position())
            if number >= 0:
                self._view.token_clicked.emit(message_id, number)
        self._hover()

    def _activate(self, hit: Hit, zone: Zone) -> None:
        if zone.kind == "thinking":
            self._view.toggle_thinking(hit.index)
        elif zone.kind == "copy_code" and isinstance(hit.item, CodeItem):
            self._view.copy_code(hit.item)
        elif zone.kind == "action":
            self._view.request(zone.payload, hit.index)

    def wheel(self, event: QWheelEvent) -> bool:
        """Scroll code sideways; False where the wheel is not for code."""
        delta = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
        sideways = delta.x()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            sideways = sideways or delta.y()
        if abs(sideways) <= (0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else abs(delta.y())):
            return False
        hit = self.at(event.position())
        if hit is None or hit.item is None:
            return False
        hit.item.scroll_by(-sideways * 0.5)
        self._view.viewport().update()
        return True

    def tool_tip(self, event: QHelpEvent) -> bool:
        """Say what is under the mouse."""
        hit = self.at(QPointF(event.pos()))
        text = ""
        if hit is not None and hit.zone is not None:
            text = hit.zone.tip
        elif hit is not None and hit.span is not None:
            text = hit.span.href
        if not text and hit is not None and hit.on_text:
            message_id, number = self._view.tokens.at(QPointF(event.pos()))
            text = self._view.tokens.tip(message_id, number) if number >= 0 else ""
        QToolTip.showText(event.globalPos(), text, self._view, QRect())
        return True
