"""What can be had: predicted divergence against size, the chosen point, and files that were measured."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.panels.compare.axes import Axes, powers, round_steps
from app.panels.compare.columns import figure
from app.theme.theme import Theme
from app.widgets.numbers import decimal, number_locale
from app.widgets.painting import MEDIUM, color, text_font

_MEBI = 1 << 20
Point = tuple[int, float]


class TargetCurve(QWidget):
    """A click chooses a size."""

    size_picked = Signal(int)
    """Bytes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._points: Sequence[Point] = ()
        self._chosen: Point | None = None
        self._measured: Sequence[Point] = ()
        self._has_divergence = True
        self.setAccessibleName(self.tr("Size against predicted divergence"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def set_points(self, points: Sequence[Point], *, has_divergence: bool) -> None:
        """(bytes, cost) from small to large."""
        self._points = [point for point in points if point[1] > 0]
        self._has_divergence = has_divergence
        self.update()

    def set_chosen(self, point: Point | None) -> None:
        self._chosen = point
        if point is not None:
            text = self.tr("{size} MiB, predicted {cost}")
            self.setAccessibleDescription(
                text.format(size=decimal(point[0] / _MEBI, 1), cost=figure(point[1]))
            )
        self.update()

    def set_measured(self, points: Sequence[Point]) -> None:
        """Files that were written and read."""
        self._measured = points
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 170)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        axes = self._axes()
        if axes is None:
            return
        share = (event.position().x() - axes.area.left()) / max(axes.area.width(), 1)
        low, high = self._points[0][0], self._points[-1][0]
        self.size_picked.emit(round(low + min(max(share, 0.0), 1.0) * (high - low)))

    def paintEvent(self, event: QPaintEvent) -> None:
        axes = self._axes()
        if axes is None:
            return
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        locale = number_locale()
        low, high = self._span()
        title = (
            self.tr("Predicted KL divergence by size") if self._has_divergence else self.tr("Error by size")
        )
        axes.paint(
            painter,
            title,
            self.tr("MiB"),
            [
                (mark, locale.toString(mark, "g", 5))
                for mark in round_steps(self._points[0][0] / _MEBI, self._points[-1][0] / _MEBI, 7)
            ],
            [(mark, locale.toString(mark, "g", 2)) for mark in powers(low, high)],
        )
        path = QPainterPath()
        for number, (nbytes, cost) in enumerate(self._points):
            point = axes.point(nbytes / _MEBI, cost)
            path.lineTo(point) if number else path.moveTo(point)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color(tokens, "accent"), 1.75))
        painter.drawPath(path)
        for nbytes, cost in self._measured:
            self._paint_point(painter, axes.point(nbytes / _MEBI, cost), "ok", figure(cost))
        if self._chosen is not None and self._chosen[1] > 0:
            self._paint_point(painter, axes.point(self._chosen[0] / _MEBI, self._chosen[1]), "accent", "")
        painter.end()

    def _paint_point(self, painter: QPainter, point: QPointF, role: str, text: str) -> None:
        tokens = self._theme.tokens
        painter.setPen(QPen(color(tokens, "bg2"), 2))
        painter.setBrush(color(tokens, role))
        painter.drawEllipse(point, 5.5, 5.5)
        if text:
            painter.setFont(text_font(tokens, "xs", MEDIUM, tabular=True))
            painter.setPen(color(tokens, "fg2"))
            place = QRectF(point.x() + 9, point.y() - 17, 120, 16)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)

    def _span(self) -> tuple[float, float]:
        """Of the logarithmic axis."""
        costs = [cost for _size, cost in (*self._points, *self._measured) if cost > 0]
        return min(costs) / 1.3, max(costs) * 1.3

    def _axes(self) -> Axes | None:
        if len(self._points) < 2:
            return None
        low, high = self._span()
        small, large = self._points[0][0] / _MEBI, self._points[-1][0] / _MEBI
        span = math.log(high / low)
        return Axes(
            QRectF(self.rect()),
            lambda x: (x - small) / max(large - small, 1e-9),
            lambda y: math.log(max(y, low) / low) / span,
            self._theme.tokens,
        )
