"""Send, or Stop while a reply is being written."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.theme.focus import has_keyboard_focus
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.key_button import KeyButton
from app.widgets.painting import color, focus_ring, rounded_box

_SIDE = 30
_STOP = 11.0


class SendButton(KeyButton):
    """A filled square with an arrow, or with the square that means stop."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stopping = False
        self.setFixedSize(QSize(_SIDE, _SIDE))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)
        self.set_stopping(False)

    def set_stopping(self, stopping: bool) -> None:
        """What a click does now."""
        self._stopping = stopping
        text = self.tr("Stop") if stopping else self.tr("Send")
        self.setAccessibleName(text)
        self.setToolTip(self.tr("Stop (Esc)") if stopping else self.tr("Send (Enter)"))
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.isEnabled():
            fill = color(tokens, "accent_fill", 0.86 if self.underMouse() else 1.0)
            ink = color(tokens, "on_accent")
        else:
            fill, ink = color(tokens, "bg5"), color(tokens, "fg3")
        rounded_box(painter, box, tokens.radius_card, fill)
        if self._stopping:
            place = QRectF((_SIDE - _STOP) / 2, (_SIDE - _STOP) / 2, _STOP, _STOP)
            rounded_box(painter, place, 2.5, ink)
        else:
            draw_icon(painter, "arrow-up", box.adjusted(7, 7, -7, -7), ink, 2.0)
        if has_keyboard_focus(self):
            focus_ring(painter, box.adjusted(-0.5, -0.5, 0.5, 0.5), tokens.radius_card, tokens)
        painter.end()
