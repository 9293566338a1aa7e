"""What the colours of the text stand for."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.panels.compare import heat
from app.theme.colormaps import STEPS, color_table
from app.theme.theme import Theme
from app.widgets.numbers import number_locale
from app.widgets.painting import MEDIUM, color, text_font

WIDTH, HEIGHT, BAR = 168, 28, 8


class HeatLegend(QWidget):
    """The scale of divergences, in nats."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(self.tr("KL divergence in nats"))
        self.setToolTip(
            self.tr("Colour: KL divergence in nats, logarithmic. Underlined: another first choice.")
        )
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH + 20, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        ramp = QImage(bytes(range(STEPS)), STEPS, 1, STEPS, QImage.Format.Format_Indexed8)
        ramp.setColorTable(list(color_table(tokens.dark)))
        left = 10.0
        painter.drawImage(QRectF(left, 3, WIDTH, BAR), ramp, QRectF(25, 0, STEPS - 25, 1))
        font = text_font(tokens, "xs", MEDIUM, tabular=True)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(color(tokens, "fg3"))
        for value in heat.MARKS:
            x = left + WIDTH * heat.place(value)
            painter.fillRect(QRectF(x, 3, 1, BAR + 2), color(tokens, "fg3"))
            text = number_locale().toString(value, "g", 3)
            wide = metrics.horizontalAdvance(text)
            painter.drawText(QRectF(x - wide / 2, BAR + 4, wide + 2, 14), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
