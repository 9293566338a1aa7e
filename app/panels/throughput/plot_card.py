"""One zoomable plot with its title and present value. Imports pyqtgraph: load it off the GUI thread first."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.described import describe_plot
from app.widgets.painting import SEMIBOLD, text_font
from app.widgets.plot_pen import plot_pen
from app.widgets.text_label import TextLabel

AXIS_WIDTH = 38
AXIS_HEIGHT = 18
HEADROOM = 7
"""Half the height of a tick's text: the highest one may stand at the very top."""

LEAST_HEIGHT, LEAST_WIDTH = 18, 42
"""Logical pixels from one tick to the next, upright and sideways."""


class ScaledAxis(pg.AxisItem):  # type: ignore[misc]
    """Ticks as people write them, e.g. 400 MiB; at most a handful."""

    def __init__(self, orientation: str, write: Callable[[float], str]) -> None:
        super().__init__(orientation)
        self._write = write
        self.enableAutoSIPrefix(False)
        self.setStyle(tickLength=-3, tickTextOffset=4, maxTickLevel=0)

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:  # noqa: N803
        """In a low or narrow plot fewer ticks than pyqtgraph would set, so that no text lies on another."""
        levels: list[tuple[float, float]] = super().tickSpacing(minVal, maxVal, size)
        if not levels:
            return levels
        step, offset = levels[0]
        span = abs(maxVal - minVal)
        room = LEAST_HEIGHT if self.orientation in ("left", "right") else LEAST_WIDTH
        while step < span and size * step < room * span:
            leading = step / 10 ** math.floor(math.log10(step))
            step *= 2.5 if 1.5 < leading < 3 else 2  # 1, 2, 5, 10
        return [(step, offset)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [self._write(value) for value in values]


class PlotCard(QWidget):
    """Title, value, curve. Drag and wheel zoom; a double click shows everything again."""

    def __init__(
        self,
        title: str,
        role: str,
        write: Callable[[float], str],
        theme: Theme,
        *,
        points: bool = False,
        write_tick: Callable[[float], str] | None = None,
        unit: float = 1.0,
        least_top: float = 0.0,
        parent: QWidget | None = None,
    ) -> None:
        """`write` turns a value into text; `points` draws dots instead of a line.

        `unit` is what one step of the axis is worth, e.g. a megabyte; the axis reaches at least `least_top`.
        """
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._write = write
        self._points = points
        self._unit = unit
        self._least_top = least_top
        self._fixed_x = True
        self._fixed_y = True
        self._scaled = True
        self._title = title
        self._value = TextLabel("–", theme, role="fg", weight=SEMIBOLD, tabular=True)
        self._axes = (
            ScaledAxis("left", write_tick or write),
            ScaledAxis("bottom", lambda seconds: f"{seconds:g} s".replace("-", "\u2212")),
        )
        self._axes[0].setWidth(AXIS_WIDTH)
        self._axes[1].setHeight(AXIS_HEIGHT)
        self.plot: Any = pg.PlotWidget(axisItems={"left": self._axes[0], "bottom": self._axes[1]})
        self._curve = self.plot.plot([], [])
        self._dots = self.plot.plot([], [], pen=None, symbol="o", symbolPen=None)
        self._prepare_plot()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        head = QHBoxLayout()
        head.setContentsMargins(2, 0, 2, 0)
        head.addWidget(TextLabel(title, theme, role="fg2", size="xs"))
        head.addStretch(1)
        head.addWidget(self._value)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.plot, 1)
        theme.changed.connect(self._restyle)
        self._restyle()

    def sizeHint(self) -> QSize:
        return QSize(200, 120)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._restyle()
        return super().event(event)

    def show_value(self, value: float) -> None:
        text = "–" if math.isnan(value) else self._write(value)
        if text != self._value.full_text():
            self._value.set_text(text)
            self.plot.setAccessibleDescription(text)

    def show_points(self, times: Sequence[float], values: Sequence[float], span: tuple[float, float]) -> None:
        """Draw. `span`: the stretch of time on the axis, in seconds, unless the user zoomed."""
        scaled = [value / self._unit for value in values]
        if not self._points:
            alone = lonely(scaled)
            self._dots.setData([times[place] for place in alone], [scaled[place] for place in alone])
        self._curve.setData(list(times), scaled, connect="finite")
        box = self.plot.getViewBox()
        known = [value for value in scaled if not math.isnan(value)]
        # A scale from 0 to 1 beside nothing says nothing.
        self._show_scale(bool(known) or self._least_top > 0)
        if self._fixed_x:
            box.setXRange(*span, padding=0)
        if self._fixed_y:
            box.setYRange(0, max(max(known, default=0.0) * 1.12, self._least_top) or 1.0, padding=0)

    def _show_scale(self, shown: bool) -> None:
        if shown != self._scaled:
            self._scaled = shown
            self._axes[0].setStyle(showValues=shown)

    def _prepare_plot(self) -> None:
        plot = self.plot
        plot.setAccessibleName(self._title)
        describe_plot(plot)
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setMinimumSize(80, 50)
        plot.setFrameShape(plot.Shape.NoFrame)
        plot.setAntialiasing(False)
        plot.setDownsampling(auto=True, mode="peak")
        plot.setClipToView(True)
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.getPlotItem().layout.setContentsMargins(0, HEADROOM, 0, 0)
        plot.getViewBox().sigRangeChangedManually.connect(self._on_zoomed)
        plot.scene().sigMouseClicked.connect(self._on_clicked)

    def _on_zoomed(self, _axes: object) -> None:
        self._fixed_x = self._fixed_y = False

    def _on_clicked(self, event: Any) -> None:
        if event.double():
            self._fixed_x = self._fixed_y = True

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        # Transparent would repaint the parent on every frame; the cards lie on the panel's own colour.
        self.plot.setBackground(QColor(tokens.bg1))
        line = QColor(str(getattr(tokens, self._role)))
        if self._points:
            self._curve.setPen(None)
            self._curve.setSymbol("o")
            self._curve.setSymbolSize(6)
            self._curve.setSymbolBrush(line)
            self._curve.setSymbolPen(None)
        else:
            self._curve.setPen(plot_pen(line, self))
            self._dots.setSymbolBrush(line)
            self._dots.setSymbolSize(5)
        for axis in self._axes:
            axis.setPen(QPen(QColor(tokens.line2), 1))
            axis.setTextPen(QColor(tokens.fg3))
            axis.setStyle(tickFont=text_font(tokens, "xs", tabular=True))


def lonely(values: Sequence[float]) -> list[int]:
    """Places of the values without a neighbour: a line through them would not be seen."""
    last = len(values) - 1
    return [
        place
        for place, value in enumerate(values)
        if not math.isnan(value)
        and (place == 0 or math.isnan(values[place - 1]))
        and (place == last or math.isnan(values[place + 1]))
    ]
