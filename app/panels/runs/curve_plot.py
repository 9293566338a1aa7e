"""A zoomable plot of curves over steps, of one run or of several. Imports pyqtgraph: load it off the GUI
thread first.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.panels.throughput.plot_card import AXIS_HEIGHT, HEADROOM, ScaledAxis
from app.theme.theme import Theme
from app.widgets.described import describe_plot
from app.widgets.painting import SEMIBOLD, text_font
from app.widgets.plot_pen import plot_pen
from app.widgets.text_label import TextLabel

_AXIS_WIDTH = 52
_DOT = 6
_FAINT = 70


class Curve(NamedTuple):
    """`role` is a colour. `faint`: what a smoothed curve was made from. `dots`: few values, each of them a
    measurement.
    """

    steps: Sequence[float]
    values: Sequence[float]
    role: str
    faint: bool = False
    dots: bool = False


class CurvePlot(QFrame):
    """Title, last value, curves. Drag and wheel zoom; a double click shows everything again."""

    def __init__(
        self,
        title: str,
        write: Callable[[float], str],
        theme: Theme,
        *,
        from_zero: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._theme, self._title, self._write, self._from_zero = theme, title, write, from_zero
        self._curves: Sequence[Curve] = ()
        self._items: list[Any] = []
        self._fixed = True
        self._scaled = True
        self._value = TextLabel("", theme, role="fg", weight=SEMIBOLD, tabular=True)
        self.head = QHBoxLayout()
        self.head.setSpacing(12)
        self._heading = TextLabel(title, theme, role="fg2")
        self.head.addWidget(self._heading)
        self.head.addStretch(1)
        self.head.addWidget(self._value)
        self._axes = (ScaledAxis("left", write), ScaledAxis("bottom", _step_text))
        self._axes[0].setWidth(_AXIS_WIDTH)
        self._axes[1].setHeight(AXIS_HEIGHT)
        self.plot: Any = pg.PlotWidget(axisItems={"left": self._axes[0], "bottom": self._axes[1]})
        self._prepare()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        column.addLayout(self.head)
        column.addWidget(self.plot, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._show_scales(False)

    def sizeHint(self) -> QSize:
        return QSize(240, 150)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._restyle()
        return super().event(event)

    def show_curves(self, curves: Sequence[Curve], value: str) -> None:
        """Draw. `value`: the figure at the top right."""
        if curves == self._curves:
            return
        self._curves = curves
        self._value.set_text(value)
        self.plot.setAccessibleDescription(value)
        while len(self._items) < len(curves):
            self._items.append(self.plot.plot([], []))
        while len(self._items) > len(curves):
            self.plot.removeItem(self._items.pop())
        for item, curve in zip(self._items, curves, strict=True):
            item.setData(list(curve.steps), list(curve.values))
            self._paint(item, curve)
        self._show_scales(any(curve.values for curve in curves))
        if self._fixed:
            self._show_all()

    def _show_scales(self, shown: bool) -> None:
        """A scale from 0 to 1 beside nothing says nothing."""
        if shown != self._scaled:
            self._scaled = shown
            for axis in self._axes:
                axis.setStyle(showValues=shown)

    def _paint(self, item: Any, curve: Curve) -> None:
        ink = QColor(str(getattr(self._theme.tokens, curve.role)))
        single = len(curve.values) == 1
        if curve.faint:
            ink.setAlpha(_FAINT)
        item.setPen(plot_pen(ink, self))
        dotted = curve.dots or single
        item.setSymbol("o" if dotted else None)
        if dotted:
            item.setSymbolSize(_DOT)
            item.setSymbolBrush(ink)
            item.setSymbolPen(None)

    def _show_all(self) -> None:
        steps = [step for curve in self._curves for step in curve.steps]
        values = [value for curve in self._curves for value in curve.values]
        if not steps:
            return
        box = self.plot.getViewBox()
        low, high = min(values), max(values)
        if self._from_zero:
            low = 0.0
        room = (high - low or abs(high) or 1.0) * 0.08
        box.setXRange(min(steps), max(*steps, min(steps) + 1), padding=0.01)
        box.setYRange(low - (0 if self._from_zero else room), high + room, padding=0)

    def set_title(self, title: str) -> None:
        """Another name for what is drawn."""
        self._title = title
        self._heading.set_text(title)
        self.plot.setAccessibleName(title)

    def _prepare(self) -> None:
        plot = self.plot
        plot.setAccessibleName(self._title)
        describe_plot(plot)
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setMinimumSize(120, 70)
        plot.setFrameShape(plot.Shape.NoFrame)
        plot.setAntialiasing(False)
        plot.setDownsampling(auto=True, mode="peak")
        plot.setClipToView(True)
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.getPlotItem().layout.setContentsMargins(0, HEADROOM, 0, 0)
        plot.getViewBox().sigRangeChangedManually.connect(lambda _axes: self._zoomed())
        plot.scene().sigMouseClicked.connect(self._on_clicked)

    def _zoomed(self) -> None:
        self._fixed = False

    def _on_clicked(self, event: Any) -> None:
        if event.double():
            self._fixed = True
            self._show_all()

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        self.plot.setBackground(QColor(tokens.bg3))
        for item, curve in zip(self._items, self._curves, strict=False):
            self._paint(item, curve)
        for axis in self._axes:
            axis.setPen(QPen(QColor(tokens.line2), 1))
            axis.setTextPen(QColor(tokens.fg3))
            axis.setStyle(tickFont=text_font(tokens, "xs", tabular=True))


def _step_text(step: float) -> str:
    """There is nothing between two steps."""
    return f"{step:.0f}" if step == round(step) else ""
