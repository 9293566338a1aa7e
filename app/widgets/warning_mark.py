"""A small triangle that says why something has no effect."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFocusEvent, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.theme.focus import has_keyboard_focus
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.described import describe_as
from app.widgets.painting import color, focus_ring


class WarningMark(QWidget):
    """Invisible without a reason. Reachable by Tab: focus shows the reason like hovering does."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._reason = ""
        self.setFixedSize(QSize(16, 16))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        describe_as(self, QAccessible.Role.AlertMessage)
        self.hide()
        theme.changed.connect(self.update)

    def reason(self) -> str:
        return self._reason

    def is_set(self) -> bool:
        return bool(self._reason)

    def set_reason(self, reason: str) -> None:
        self._reason = reason
        self.setToolTip(reason)
        self.setAccessibleName(reason)
        self.setVisible(bool(reason))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), self._reason, self)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._reason:
            QToolTip.showText(event.globalPos(), self._reason, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        draw_icon(painter, "triangle-alert", QRectF(1.5, 1.5, 13, 13), color(tokens, "warn"))
        if has_keyboard_focus(self):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            focus_ring(painter, QRectF(self.rect()), 4, tokens)
        painter.end()
