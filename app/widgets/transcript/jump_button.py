"""The round button that leads back to the end of the chat."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.key_button import KeyButton

SIZE = 34
LIFT = 14  # above the lower edge


class JumpButton(KeyButton):
    """Floats above the lower edge of its parent."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedSize(SIZE, SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Jump to the latest message"))
        self.setToolTip(self.tr("Jump to the latest message (End)"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()
        theme.changed.connect(self.update)

    def show_when(self, wanted: bool) -> None:
        """Appear or disappear."""
        if wanted == self.isHidden():
            self.setVisible(wanted)
            self.place()

    def place(self) -> None:
        """Stand in the middle above the lower edge."""
        parent = self.parentWidget()
        if parent is not None:
            self.move((parent.width() - SIZE) // 2, parent.height() - SIZE - LIFT)
            self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hot = self.underMouse() or self.isDown()
        painter.setBrush(QColor(tokens.bg5 if hot else tokens.bg3))
        painter.setPen(QPen(QColor(tokens.accent if self.hasFocus() else tokens.line2), 1))
        painter.drawEllipse(QRectF(0.5, 0.5, SIZE - 1, SIZE - 1))
        draw_icon(painter, "arrow-down", QRectF(9, 9, 16, 16), QColor(tokens.fg))
