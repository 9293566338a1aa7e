"""How values are spread before and after rounding, and the levels they are rounded to."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.panels.quantization_lab.plot import Plot
from app.panels.quantization_lab.values import Histogram
from app.theme.theme import Theme
from app.widgets.numbers import whole
from app.widgets.painting import color

TICK = 9
MOST_TICKS = 64


class HistogramPlot(Plot):
    """A filled shape before, a line after; heights are logarithms of counts."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__(name, theme)
        self._before: Histogram | None = None
        self._after: Histogram | None = None
        self._levels: tuple[float, ...] = ()

    def show_values(
        self, before: Histogram | None, after: Histogram | None = None, levels: Sequence[float] = ()
    ) -> None:
        self._before, self._after, self._levels = before, after, tuple(levels)
        if before is not None:
            text = self.tr("{count} values from {low} to {high}")
            self.setAccessibleDescription(
                text.format(
                    count=whole(round(sum(before.counts))), low=f"{before.low:.4g}", high=f"{before.high:.4g}"
                )
            )
        self.update()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        before, after, tokens = self._before, self._after, self._theme.tokens
        if before is None:
            return
        room = area.adjusted(0, 0, 0, -TICK - 3 if self._levels else 0)
        top = max(max(one.counts, default=1.0) for one in (before, after or before))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(tokens, "fg3", 0.38))
        painter.drawPolygon(_outline(before, room, top))
        if after is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color(tokens, "accent"), 1.25))
            for run in _runs(after, room, top):
                painter.drawPolyline(run)
        if self._levels:
            self._draw_levels(painter, area, before)

    def edge_texts(self) -> tuple[str, str, str]:
        one = self._before
        return (f"{one.low:.3g}", "0", f"{one.high:.3g}") if one is not None else ("", "", "")

    def describe(self, place: QPointF) -> str:
        one, area = self._before, self.area()
        if one is None or area.width() < 1:
            return ""
        slot = int(place.x() / area.width() * len(one.counts))
        if not 0 <= slot < len(one.counts):
            return ""
        step = (one.high - one.low) / len(one.counts)
        low = one.low + slot * step
        values = f"{low:.4g} … {low + step:.4g}"
        before = whole(round(one.counts[slot]))
        if self._after is None:
            return self.tr("{range}: {before} values").format(range=values, before=before)
        after = whole(round(self._after.counts[slot]))
        text = self.tr("{range}: {before} values before, {after} after")
        return text.format(range=values, before=before, after=after)

    def _draw_levels(self, painter: QPainter, area: QRectF, one: Histogram) -> None:
        faint = len(self._levels) > MOST_TICKS
        painter.setPen(QPen(color(self._theme.tokens, "accent_text", 0.5 if faint else 1.0), 1.25))
        for level in self._levels:
            x = (level - one.low) / (one.high - one.low) * area.width()
            if 0 <= x <= area.width():
                x = min(max(x, 0.75), area.width() - 0.75)
                painter.drawLine(QPointF(x, area.bottom() - TICK), QPointF(x, area.bottom()))


def _outline(one: Histogram, area: QRectF, top: float) -> QPolygonF:
    """Steps from left to right, closed along the bottom."""
    points = [point for slot in range(len(one.counts)) for point in _step(one, slot, area, top)]
    return QPolygonF([area.bottomLeft(), *points, area.bottomRight()])


def _runs(one: Histogram, area: QRectF, top: float) -> list[QPolygonF]:
    """The same without the floor between values that are far apart."""
    runs: list[QPolygonF] = []
    points: list[QPointF] = []
    for slot, count in enumerate((*one.counts, 0.0)):
        if count:
            steps = _step(one, slot, area, top)
            points += steps if points else [QPointF(steps[0].x(), area.bottom()), *steps]
        elif points:
            runs.append(QPolygonF([*points, QPointF(points[-1].x(), area.bottom())]))
            points = []
    return runs


def _step(one: Histogram, slot: int, area: QRectF, top: float) -> list[QPointF]:
    """Both ends of one step."""
    width = area.width() / len(one.counts)
    y = area.bottom() - math.log1p(one.counts[slot]) / math.log1p(max(top, 1.0)) * area.height()
    return [QPointF(slot * width, y), QPointF((slot + 1) * width, y)]
