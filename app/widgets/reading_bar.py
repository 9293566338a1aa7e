"""Something long is running: what it is, how far it is, and a way to stop it."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.painting import color
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel


class ReadingBar(QWidget):
    """Hidden while nothing runs."""

    cancelled = Signal()

    def __init__(self, text: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fraction = 0.0
        self.label = TextLabel(text, theme)
        self.button = TextButton(self.tr("Stop"), theme, kind="ghost", icon_name="circle-stop", height=24)
        self.button.clicked.connect(self.cancelled)
        self._share = TextLabel("", theme, role="fg3", tabular=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 10, 5)
        row.setSpacing(8)
        row.addWidget(self.label)
        row.addWidget(self._share)
        row.addStretch(1)
        row.addWidget(self.button)
        self.setAccessibleName(text)
        self.hide()
        theme.changed.connect(self.update)

    def set_fraction(self, fraction: float | None) -> None:
        """From 0 to 1; None: it is over."""
        self.setVisible(fraction is not None)
        self._fraction = min(1.0, max(0.0, fraction or 0.0))
        shown = f"{self._fraction * 100:.0f} %" if self._fraction > 0 else ""
        self._share.set_text(shown)
        self.setAccessibleDescription(shown)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        line = QRectF(0, self.height() - 2, self.width(), 2)
        painter.fillRect(line, color(tokens, "track"))
        line.setWidth(line.width() * self._fraction)
        painter.fillRect(line, color(tokens, "accent"))
        painter.end()
