"""Two plots of a comparison: what size costs, and how the divergence is spread over the tokens."""

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.panels.compare.axes import Axes, powers, round_steps
from app.panels.compare.columns import figure
from app.theme.theme import Theme
from app.widgets.described import describe_as
from app.widgets.numbers import decimal, number_locale
from app.widgets.painting import MEDIUM, color, text_font
from engine.evaluate.comparison import Comparison
from engine.protocol.jobs import ModelCompared

HUES = ("accent", "ok", "warn", "error", "info")
"""In the order of the models after the reference."""
LABEL = 200
"""Logical pixels for the name of a model."""
BINS = 48
_LOW, _HIGH = 1e-4, 10.0
_MEBI = 1 << 20


class _Plot(QWidget):
    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        describe_as(self, QAccessible.Role.Chart)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(420, 260)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 150)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter, QRectF(self.rect()))
        painter.end()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Anywhere, also into a picture."""
        raise NotImplementedError


class SizePlot(_Plot):
    """A point for each model: size against mean KL divergence."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("", theme)
        self._models: Sequence[ModelCompared] = ()
        self.setAccessibleName(self.tr("Size against KL divergence"))

    def set_models(self, models: Sequence[ModelCompared]) -> None:
        self._models = models
        text = self.tr("{model}: {size} MiB, KL {kl}")
        self.setAccessibleDescription(
            "; ".join(
                text.format(model=one.model, size=round(one.size_bytes / _MEBI), kl=figure(one.kl_mean))
                for one in models
            )
        )
        self.update()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        if not self._models:
            return
        tokens = self._theme.tokens
        sizes = [one.size_bytes / _MEBI for one in self._models]
        low, high = min(sizes), max(sizes)
        room = max(high - low, high * 0.1) * 0.14
        low, high = max(0.0, low - room), high + room
        top = (max(one.kl_mean for one in self._models) or 0.01) * 1.15
        axes = Axes(box, lambda x: (x - low) / (high - low), lambda y: y / top, tokens)
        locale = number_locale()
        axes.paint(
            painter,
            self.tr("Size against KL divergence"),
            self.tr("MiB"),
            [(mark, locale.toString(mark, "g", 4)) for mark in round_steps(low, high)],
            [(mark, locale.toString(mark, "g", 3)) for mark in round_steps(0, top, 4)],
        )
        taken: list[QRectF] = []
        for number, one in enumerate(self._models):
            point = axes.point(sizes[number], one.kl_mean)
            hue = "fg2" if number == 0 else HUES[(number - 1) % len(HUES)]
            painter.setPen(QPen(color(tokens, "bg2"), 2))
            painter.setBrush(color(tokens, hue))
            painter.drawEllipse(point, 5.5, 5.5)
            self._label(painter, axes.area, point, one.model, taken)

    def _label(self, painter: QPainter, area: QRectF, point: QPointF, text: str, taken: list[QRectF]) -> None:
        """Beside the point, where no other label is."""
        tokens = self._theme.tokens
        font = text_font(tokens, "xs", MEDIUM)
        metrics = QFontMetricsF(font)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, LABEL)
        wide = metrics.horizontalAdvance(text) + 2
        places = [
            QRectF(point.x() + 9, point.y() - 8, wide, 16),
            QRectF(point.x() - wide - 9, point.y() - 8, wide, 16),
            QRectF(point.x() - wide / 2, point.y() - 25, wide, 16),
            QRectF(point.x() - wide / 2, point.y() + 9, wide, 16),
        ]
        frame = area.adjusted(-8, -18, 14, 0)
        free = [
            place
            for place in places
            if frame.contains(place) and not any(place.intersects(other) for other in taken)
        ]
        place = free[0] if free else places[1 if places[0].right() > frame.right() else 0]
        taken.extend((place, QRectF(point.x() - 6, point.y() - 6, 12, 12)))
        painter.setFont(font)
        painter.fillRect(place, color(tokens, "bg2"))  # the lines of the grid end beside it
        painter.setPen(color(tokens, "fg2"))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)


def histogram(values: Sequence[float]) -> list[float]:
    """Shares of the tokens in `BINS` equal parts of a logarithmic scale; the ends take what lies beyond."""
    counts = [0] * BINS
    span = math.log(_HIGH / _LOW)
    for value in values:
        place = math.log(max(value, _LOW) / _LOW) / span
        counts[min(BINS - 1, int(place * BINS))] += 1
    return [count / max(len(values), 1) for count in counts]


class SpreadPlot(_Plot):
    """How many tokens have which divergence: a line for each model."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("", theme)
        self._shares: Mapping[str, Sequence[float]] = {}
        self.setAccessibleName(self.tr("Spread of the KL divergence over the tokens"))

    def set_shares(self, shares: Mapping[str, Sequence[float]]) -> None:
        """`histogram` of each model after the reference, in order."""
        self._shares = shares
        self.update()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        if not self._shares:
            return
        tokens = self._theme.tokens
        top = max(max(each) for each in self._shares.values()) * 1.1 or 1.0
        span = math.log(_HIGH / _LOW)
        axes = Axes(box, lambda x: math.log(max(x, _LOW) / _LOW) / span, lambda y: min(y / top, 1.0), tokens)
        locale = number_locale()
        axes.paint(
            painter,
            self.tr("Tokens by KL divergence"),
            self.tr("nats, logarithmic"),
            [(mark, locale.toString(mark, "g", 2)) for mark in powers(_LOW, _HIGH)],
            [(mark, f"{decimal(100 * mark, 0)} %") for mark in round_steps(0, top, 4)],
        )
        for number, (name, shares) in enumerate(self._shares.items()):
            self._paint_curve(painter, axes, number, name, shares)

    def _paint_curve(
        self, painter: QPainter, axes: Axes, number: int, name: str, shares: Sequence[float]
    ) -> None:
        tokens, area = self._theme.tokens, axes.area
        hue = HUES[number % len(HUES)]
        path = QPainterPath()
        for place, share in enumerate(shares):
            value = _LOW * (_HIGH / _LOW) ** ((place + 0.5) / BINS)
            point = axes.point(value, share)
            path.lineTo(point) if place else path.moveTo(point)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color(tokens, hue), 1.75))
        painter.drawPath(path)
        y = area.top() + 4 + 16 * number
        font = text_font(tokens, "xs", MEDIUM)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        text = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, LABEL)
        wide = metrics.horizontalAdvance(text) + 22
        painter.fillRect(QRectF(area.right() - wide, y, wide, 16), color(tokens, "bg2"))
        painter.fillRect(QRectF(area.right() - 12, y + 6, 12, 3), color(tokens, hue))
        painter.setPen(color(tokens, "fg2"))
        place_box = QRectF(area.right() - wide, y, wide - 18, 16)
        painter.drawText(place_box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)


class PlotsView(QWidget):
    """Both, side by side."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sizes, self.spread = SizePlot(theme), SpreadPlot(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(0)
        row.addWidget(self.sizes, 1)
        row.addWidget(self.spread, 1)

    def set_comparison(self, comparison: Comparison, shares: Mapping[str, Sequence[float]]) -> None:
        self.sizes.set_models(comparison.summary)
        self.spread.set_shares(shares)
