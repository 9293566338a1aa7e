"""What the colours of the map stand for."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme.colormaps import STEPS, color_table
from app.theme.theme import Theme
from app.widgets.painting import MEDIUM, color, text_font

WIDTH = 72


class ScaleBar(QWidget):
    """The colours from left to right, with the values at both ends."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._low, self._high = "", ""
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_ends(self, low: str, high: str) -> None:
        self._low, self._high = low, high
        self.setAccessibleDescription(f"{low} – {high}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(text_font(self._theme.tokens, "xs", MEDIUM, tabular=True))
        texts = metrics.horizontalAdvance(self._low) + metrics.horizontalAdvance(self._high)
        return QSize(texts + WIDTH + 14, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        font = text_font(tokens, "xs", MEDIUM, tabular=True)
        metrics = QFontMetrics(font)
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(color(tokens, "fg3"))
        left = metrics.horizontalAdvance(self._low) + 6
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, 0, left, self.height()), middle, self._low)
        ramp = QImage(bytes(range(STEPS)), STEPS, 1, STEPS, QImage.Format.Format_Indexed8)
        ramp.setColorTable(list(color_table(tokens.dark)))
        painter.drawImage(QRectF(left, self.height() / 2 - 4, WIDTH, 8), ramp)
        right = QRectF(left + WIDTH + 6, 0, self.width(), self.height())
        painter.drawText(right, middle, self._high)
        painter.end()
