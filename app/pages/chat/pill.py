"""Pills: a choice under the composer, and an attached file with its cross."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.theme.focus import has_keyboard_focus
from app.theme.fonts import ui_font
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.painting import color, focus_ring, rounded_box
from app.widgets.squeezed import explain_squeezed

_HEIGHT = 26
_ICON = 14
_SIDE = 10
_MAX_TEXT = 180
_LEAST_TEXT = 28
"""Pixels below which a shortened word says nothing any more."""


class Pill(QAbstractButton):
    """An icon and a word in a pill. `active` tints it: what it stands for is set.

    With `removable` it shows a cross; Delete does the same as the cross.
    """

    removed = Signal()

    def __init__(
        self,
        icon_name: str,
        text: str,
        theme: Theme,
        *,
        removable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._theme = theme
        self._removable = removable
        self._active = False
        self._font = ui_font(theme.tokens.text_s, QFont.Weight.Medium)
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    @property
    def active(self) -> bool:
        return self._active

    def set_active(self, active: bool, description: str = "") -> None:
        """Tint it, and say in the tooltip what is set."""
        self._active = active
        self.setToolTip(description)
        self._explain()
        self.setAccessibleDescription(description)
        self.update()

    def sizeHint(self) -> QSize:
        text = min(_MAX_TEXT, QFontMetrics(self._font).horizontalAdvance(self.text()))
        cross = 18 if self._removable else 0
        return QSize(_SIDE + _ICON + 6 + text + cross + _SIDE, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Where there is little room the icon alone is shown, with the word as tooltip."""
        return self.sizeHint() if self._removable else QSize(_SIDE + _ICON + _SIDE, _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._removable and self._cross().contains(QPointF(event.position())):
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    def _explain(self) -> None:
        explain_squeezed(self, self.text(), squeezed=self.width() < self.sizeHint().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        hot = self.underMouse() or self.isDown()
        fill = "accent_soft" if self._active else "bg4" if hot else None
        line = None if self._active else color(tokens, "line2")
        rounded_box(painter, box, _HEIGHT / 2, color(tokens, fill) if fill else None, line)
        if has_keyboard_focus(self):
            focus_ring(painter, box, _HEIGHT / 2, tokens)
        ink = color(tokens, "accent_text" if self._active else "fg" if hot else "fg2")
        left = _SIDE + _ICON + 6
        right = self._cross().left() - 2 if self._removable else box.right() - _SIDE + 2
        words = QFontMetrics(self._font).horizontalAdvance(self.text())
        bare = right - left < min(_LEAST_TEXT, words)
        start = (box.width() - _ICON) / 2 if bare else _SIDE
        draw_icon(painter, self._icon_name, QRectF(start, (_HEIGHT - _ICON) / 2, _ICON, _ICON), ink)
        if not bare:
            self._paint_text(painter, QRectF(left, 0, right - left, _HEIGHT), ink)
        if self._removable:
            draw_icon(painter, "x", self._cross().adjusted(2, 2, -2, -2), ink)
        painter.end()

    def _paint_text(self, painter: QPainter, room: QRectF, ink: QColor) -> None:
        painter.setPen(ink)
        painter.setFont(self._font)
        shown = QFontMetrics(self._font).elidedText(
            self.text(), Qt.TextElideMode.ElideMiddle, int(room.width()) + 1
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _cross(self) -> QRectF:
        return QRectF(self.width() - 24, (_HEIGHT - 16) / 2, 16, 16)

    def _restyle(self) -> None:
        self._font = ui_font(self._theme.tokens.text_s, QFont.Weight.Medium)
        self.updateGeometry()
        self.update()
