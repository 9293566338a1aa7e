"""A small live curve, painted without a plotting library (about a millisecond a repaint)."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme.theme import Theme
from app.widgets.painting import color


def reduce_peaks(values: Sequence[float], columns: int) -> list[float]:
    """At most `columns` values; where several share a column its extreme survives, so no spike is lost."""
    if columns <= 0:
        return []
    if len(values) <= columns:
        return list(values)
    out: list[float] = []
    for index in range(columns):
        chunk = [
            value
            for value in values[index * len(values) // columns : (index + 1) * len(values) // columns]
            if not math.isnan(value)
        ]
        if not chunk:
            out.append(math.nan)
            continue
        middle = sum(chunk) / len(chunk)
        out.append(max(chunk, key=lambda value: abs(value - middle)))
    return out


class Sparkline(QWidget):
    """`set_values(values)`, oldest first, evenly spaced; NaN leaves a gap. Scaled from 0 to the largest."""

    def __init__(
        self, name: str, theme: Theme, *, role: str = "ok", fill: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._fill = fill
        self._values: tuple[float, ...] = ()
        self._top = 0.0
        self.setAccessibleName(name)
        self.setMinimumHeight(16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self.update)

    def set_values(self, values: Sequence[float], top: float = 0.0) -> None:
        """`top`: the value at the upper edge; 0 takes the largest value."""
        if tuple(values) != self._values or top != self._top:
            self._values = tuple(values)
            self._top = top
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        for run in self._runs():
            line = QPainterPath(run[0])
            for point in run[1:]:
                line.lineTo(point)
            if self._fill and len(run) > 1:
                self._paint_area(painter, line, run)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color(tokens, self._role), 1.25))
            painter.drawPath(line)
        painter.end()

    def _paint_area(self, painter: QPainter, line: QPainterPath, run: list[QPointF]) -> None:
        area = QPainterPath(line)
        area.lineTo(run[-1].x(), self.height())
        area.lineTo(run[0].x(), self.height())
        area.closeSubpath()
        shade = QLinearGradient(0, 0, 0, self.height())
        shade.setColorAt(0, color(self._theme.tokens, self._role, 0.32))
        shade.setColorAt(1, color(self._theme.tokens, self._role, 0.0))
        painter.fillPath(area, shade)

    def _runs(self) -> list[list[QPointF]]:
        """Unbroken stretches of the curve in widget coordinates."""
        shown = reduce_peaks(self._values, max(self.width() // 2, 2))
        known = [value for value in shown if not math.isnan(value)]
        if len(shown) < 2 or not known:
            return []
        top = self._top or max(known) or 1.0
        box = QRectF(self.rect()).adjusted(0, 2, 0, -1)
        runs: list[list[QPointF]] = [[]]
        for index, value in enumerate(shown):
            if math.isnan(value):
                runs.append([])
                continue
            x = box.left() + box.width() * index / (len(shown) - 1)
            runs[-1].append(QPointF(x, box.bottom() - box.height() * min(max(value, 0.0) / top, 1.0)))
        return [run for run in runs if run]
