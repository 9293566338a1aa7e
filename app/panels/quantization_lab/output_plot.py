"""Errors of the layer's output channels, the worst first, for all methods."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.panels.quantization_lab.plot import Plot
from app.panels.quantization_lab.values import MethodView
from app.panels.quantization_lab.words import method_name
from app.theme.theme import Theme
from app.widgets.numbers import decimal, whole
from app.widgets.painting import color
from engine.protocol.lab import LabMethod


class OutputPlot(Plot):
    """One line a method; the chosen one stands out."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__(name, theme, 132)
        self._methods: tuple[MethodView, ...] = ()
        self._chosen: LabMethod | None = None
        self._outputs = 0

    def show_methods(self, methods: Sequence[MethodView], chosen: LabMethod | None, outputs: int) -> None:
        self._methods, self._chosen, self._outputs = tuple(methods), chosen, outputs
        self.update()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        if not self._methods:
            return
        tokens = self._theme.tokens
        top = max(one.channels[0] for one in self._methods) or 1.0
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for one in sorted(self._methods, key=lambda each: each.measure.method == self._chosen):
            chosen = one.measure.method == self._chosen
            painter.setPen(QPen(color(tokens, "accent" if chosen else "fg3", 1.0 if chosen else 0.6), 1.25))
            painter.drawPolyline(_line(one.channels, area, top))
        self.corner_text(painter, area, percent(top))

    def edge_texts(self) -> tuple[str, str, str]:
        if not self._methods:
            return "", "", ""
        return self.tr("worst output"), "", self.tr("best of {count}").format(count=whole(self._outputs))

    def describe(self, place: QPointF) -> str:
        lines = []
        for one in sorted(self._methods, key=lambda each: each.measure.output_error):
            share = min(1.0, max(0.0, place.x() / max(1, self.width())))
            slot = min(len(one.channels) - 1, int(share * len(one.channels)))
            lines.append(f"{method_name(one.measure.method)}: {percent(one.channels[slot])}")
        return "\n".join(lines)


def percent(share: float) -> str:
    """With as many decimals as say something."""
    return f"{decimal(share * 100, 2 if share < 0.1 else 1)} %"


def _line(values: Sequence[float], area: QRectF, top: float) -> QPolygonF:
    step = area.width() / max(1, len(values) - 1)
    return QPolygonF(
        [
            QPointF(slot * step, area.bottom() - (area.height() - 2) * value / top)
            for slot, value in enumerate(values)
        ]
    )
