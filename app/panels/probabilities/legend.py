"""What the shades of surprise mean."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models.reply_tokens import LOUDEST
from app.panels.probabilities.colors import surprise_color
from app.theme.theme import Theme
from app.widgets.painting import color, rounded_box, text_font

_STEPS = 6
_STEP = 13


class SurpriseLegend(QWidget):
    """From what was expected to what was not, in probabilities."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._low, self._high = self.tr("p 100 %"), self.tr("0.03 %")
        self.setAccessibleName(self.tr("Shades from probable to improbable"))
        self.setToolTip(
            self.tr("Surprise is −log p: 0 for a certain token, 8 nats at a probability of 0.03 %.")
        )
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def _texts(self) -> tuple[int, int]:
        metrics = QFontMetrics(text_font(self._theme.tokens, "xs", tabular=True))
        return metrics.horizontalAdvance(self._low), metrics.horizontalAdvance(self._high)

    def sizeHint(self) -> QSize:
        return QSize(sum(self._texts()) + _STEPS * _STEP + 14, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(tokens, "xs", tabular=True))
        painter.setPen(color(tokens, "fg3"))
        low, _ = self._texts()
        painter.drawText(QRectF(0, 0, low + 2, 18), Qt.AlignmentFlag.AlignVCenter, self._low)
        for step in range(_STEPS):
            box = QRectF(low + 6 + step * _STEP, 3, _STEP - 1, 12)
            shade = surprise_color(tokens, LOUDEST * step / (_STEPS - 1))
            rounded_box(painter, box, 2, color(tokens, "bg4") if shade is None else shade)
        painter.setPen(color(tokens, "fg3"))
        rest = QRectF(low + 10 + _STEPS * _STEP, 0, 60, 18)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, self._high)
        painter.end()
