"""A push button with text and an optional icon: plain, primary, ghost or danger."""

from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.theme.focus import has_keyboard_focus
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.painting import MEDIUM, color, focus_ring, rounded_box, text_font

ButtonKind = Literal["plain", "primary", "ghost", "danger"]
_PADDING = 12
_GAP = 6
_ICON = 14


class TextButton(QAbstractButton):
    """Hand-painted, so that it looks the same under every platform style."""

    def __init__(
        self,
        text: str,
        theme: Theme,
        *,
        kind: ButtonKind = "plain",
        icon_name: str = "",
        height: int = 28,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self._theme = theme
        self._kind = kind
        self._icon_name = icon_name
        self._height = height
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def set_kind(self, kind: ButtonKind) -> None:
        self._kind = kind
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._font()).horizontalAdvance(self.text()) + 2 * self._padding()
        if self._icon_name:
            width += _ICON + (_GAP if self.text() else 0)
        return QSize(width + 2, self._height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it as Space does, and does not reach the button that a dialog has for Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if not self.isEnabled():
            painter.setOpacity(0.45)
        fill, border, ink = self._colors()
        rounded_box(painter, box, tokens.radius_control, fill, border)
        if has_keyboard_focus(self):
            focus_ring(painter, box, tokens.radius_control, tokens)
        self._paint_content(painter, box, ink)
        painter.end()

    def _paint_content(self, painter: QPainter, box: QRectF, ink: QColor) -> None:
        painter.setFont(self._font())
        text_width = QFontMetrics(self._font()).horizontalAdvance(self.text())
        content = text_width + ((_ICON + (_GAP if self.text() else 0)) if self._icon_name else 0)
        left = max((box.width() - content) / 2, 4.0)
        if self._icon_name:
            place = QRectF(left, (box.height() - _ICON) / 2, _ICON, _ICON)
            draw_icon(painter, self._icon_name, place, ink)
            left += _ICON + _GAP
        painter.setPen(ink)
        room = QRectF(left, 0, box.width() - left - 4, box.height())
        shown = QFontMetrics(self._font()).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(room.width()) + 2
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _colors(self) -> tuple[QColor | None, QColor | None, QColor]:
        tokens = self._theme.tokens
        hot = self.isEnabled() and self.underMouse()
        if self._kind == "primary":
            return color(tokens, "accent_fill", 0.88 if hot else 1.0), None, color(tokens, "on_accent")
        ink = color(tokens, "error" if self._kind == "danger" else "fg" if hot else "fg2")
        pressed = self.isDown() or self.isChecked()
        fill = color(tokens, "bg5") if pressed else color(tokens, "bg4") if hot else None
        if self._kind == "ghost":
            return fill, None, ink
        return (
            fill or color(tokens, "bg3"),
            color(tokens, "line2"),
            ink if hot else color(tokens, "error" if self._kind == "danger" else "fg"),
        )

    def _font(self) -> QFont:
        return text_font(self._theme.tokens, "s", MEDIUM)

    def _padding(self) -> int:
        return 8 if self._kind == "ghost" else _PADDING
