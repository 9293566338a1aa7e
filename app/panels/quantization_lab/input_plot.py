"""How large each input of the layer gets, which are outliers, and what a method scales them by."""

import math
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.panels.quantization_lab.plot import Plot
from app.panels.quantization_lab.values import InputBars
from app.theme.theme import Theme
from app.widgets.numbers import whole
from app.widgets.painting import color

_DECADES = 4.0
"""Below the largest input by that many powers of ten is the floor."""


class InputPlot(Plot):
    """Logarithmic bars from the largest magnitudes; a line for the scales, one for the threshold."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__(name, theme)
        self._bars: InputBars | None = None
        self._threshold = 0.0

    def show_inputs(self, bars: InputBars | None, threshold: float) -> None:
        """`threshold` 0: no line."""
        self._bars, self._threshold = bars, threshold
        self.update()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        bars, tokens = self._bars, self._theme.tokens
        if bars is None:
            return
        top = max(*bars.largest, self._threshold, 1e-6) * 1.15
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for left, right, slots in _pixels(int(area.width()), len(bars.largest)):
            outlier = any(bars.outliers[slots])
            for alpha, values in ((0.35, bars.largest), (0.75, bars.mean)):
                height = area.height() * _height(max(values[slots]), top)
                bar = QRectF(left, area.bottom() - height, right - left, height)
                painter.fillRect(bar, color(tokens, "warn" if outlier else "fg3", 1.0 if outlier else alpha))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._threshold > 0:
            y = area.bottom() - area.height() * _height(self._threshold, top)
            painter.setPen(QPen(color(tokens, "warn"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(0, y), QPointF(area.right(), y))
        if bars.scales:
            self._draw_scales(painter, area, bars.scales)
        self.corner_text(painter, area, f"{max(bars.largest):.3g}")

    def edge_texts(self) -> tuple[str, str, str]:
        if self._bars is None:
            return "", "", ""
        return self.tr("input 0"), "", whole(self._bars.inputs - 1)

    def describe(self, place: QPointF) -> str:
        bars = self._bars
        if bars is None or self.width() < 1:
            return ""
        slot = min(len(bars.largest) - 1, max(0, int(place.x() / self.width() * len(bars.largest))))
        number = whole(int(slot * bars.inputs / len(bars.largest)))
        text = self.tr("Input {number}: up to {largest}, {mean} on average")
        lines = [
            text.format(number=number, largest=f"{bars.largest[slot]:.3g}", mean=f"{bars.mean[slot]:.3g}")
        ]
        if bars.exact[slot]:
            lines.append(self.tr("An outlier: stays in 16 bits"))
        elif bars.outliers[slot]:
            lines.append(self.tr("An outlier: reaches the threshold of LLM.int8()"))
        if bars.scales:
            lines.append(
                self.tr("Divided by {scale} before rounding").format(scale=f"{bars.scales[slot]:.3g}")
            )
        return "\n".join(lines)

    def _draw_scales(self, painter: QPainter, area: QRectF, scales: tuple[float, ...]) -> None:
        """On an axis of their own, also logarithmic: the smallest at the bottom, the largest at the top."""
        low, high = math.log10(max(min(scales), 1e-9)), math.log10(max(*scales, 1e-9))
        span = (high - low) or 1.0
        width = area.width() / len(scales)
        line = QPolygonF(
            [
                QPointF(
                    (slot + 0.5) * width,
                    area.bottom() - 2 - (area.height() - 4) * (math.log10(max(scale, 1e-9)) - low) / span,
                )
                for slot, scale in enumerate(scales)
            ]
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color(self._theme.tokens, "accent"), 1.0))
        painter.drawPolyline(line)


def _pixels(width: int, count: int) -> Iterator[tuple[int, int, slice]]:
    """Bars on whole pixels, from left to right: the edges, and which values they stand for."""
    columns = max(1, min(width, count))
    for number in range(columns):
        left, right = number * width // columns, (number + 1) * width // columns
        yield left, right, slice(number * count // columns, (number + 1) * count // columns)


def _height(value: float, top: float) -> float:
    """0 to 1 on the logarithmic axis."""
    return min(1.0, max(0.0, 1 + math.log10(max(value, 1e-12) / top) / _DECADES))
