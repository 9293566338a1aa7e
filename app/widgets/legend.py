"""A coloured square with a word, for the legend of a meter or plot."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme.theme import Theme
from app.widgets.numbers import whole
from app.widgets.painting import MEDIUM, color, rounded_box, text_font


class LegendEntry(QWidget):
    """`set_count` puts the number into tooltip and description."""

    def __init__(self, text: str, role: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = text
        self._role = role
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_count(self, tokens: int) -> None:
        text = self.tr("{name}: {count} tokens").format(name=self._text, count=whole(tokens))
        self.setToolTip(text)
        self.setAccessibleDescription(whole(tokens))

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(text_font(self._theme.tokens, "xs", MEDIUM))
        return QSize(metrics.horizontalAdvance(self._text) + 15, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rounded_box(painter, QRectF(0, 4, 8, 8), 2, color(tokens, self._role))
        painter.setFont(text_font(tokens, "xs", MEDIUM))
        painter.setPen(color(tokens, "fg3"))
        painter.drawText(QRectF(13, 0, self.width(), 16), Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.end()
