"""Live plots of everything that is measured while a model works."""

import sys
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.panels.throughput.series import LIVE_SECONDS, METRICS, Metric, ThroughputSeries
from app.theme.theme import Theme
from app.widgets.numbers import milliseconds, percent, rate, size, whole
from app.widgets.segmented import SegmentedControl
from app.widgets.text_label import TextLabel

if TYPE_CHECKING:
    from app.panels.throughput.plot_card import PlotCard

TICK_MS = 100
"""One plot is drawn at each tick, in turn: a repaint costs up to 20 ms, so never two in one frame."""
TWO_ROWS_FROM = 300
CARD_WIDTH = 150
MEBIBYTE = float(1 << 20)
FULL_PERCENT = 104.0
"""One busy processor, and room for its tick: an idle one is a line at the bottom, not a mountain."""


def load_plotting() -> None:
    """Import pyqtgraph and numpy (0.2 to 0.5 s). Call it on a background thread after the first paint."""
    import pyqtgraph  # noqa: F401, PLC0415


class ThroughputPanel(QWidget):
    """Reads the shared series while it is visible. The plots are made when it is first shown."""

    _plotting_loaded = Signal()

    def __init__(self, series: ThroughputSeries, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._series = series
        self._theme = theme
        self._cards: dict[Metric, PlotCard] = {}
        self._turn = 0
        self._seen: dict[Metric, tuple[int, str]] = {}
        self._shape: tuple[int, int] = (0, 0)
        self.setAccessibleName(self.tr("Throughput"))
        self.range = SegmentedControl(
            self.tr("Stretch of time"),
            (("live", self.tr("Last 60 s")), ("reply", self.tr("Whole reply"))),
            theme,
        )
        self.range.setFixedWidth(210)
        self.range.set_current("live")
        self.range.selected.connect(lambda _key: self._redraw())
        self._tokens = TextLabel("", theme, role="fg3", size="xs", tabular=True)
        self._waiting = TextLabel(self.tr("Preparing the plots…"), theme, role="fg3")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._grid = QGridLayout()
        self._grid.setSpacing(14)
        top = QHBoxLayout()
        top.addWidget(self._tokens)
        top.addStretch(1)
        top.addWidget(self.range)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(self._grid, 1)
        column.addWidget(self._waiting, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._plotting_loaded.connect(self._make_cards)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._cards:
            self._load()
        self._redraw()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def card(self, metric: Metric) -> "PlotCard":
        """The plot of a metric; only after the plots are made."""
        return self._cards[metric]

    def is_ready(self) -> bool:
        """Whether the plots are made."""
        return bool(self._cards)

    def _load(self) -> None:
        if "pyqtgraph" in sys.modules and "numpy" in sys.modules:
            self._make_cards()
            return
        thread = Thread(target=self._load_in_background, name="lathe-plotting", daemon=True)
        thread.start()

    def _load_in_background(self) -> None:
        load_plotting()
        with suppress(RuntimeError):  # the panel went while the library was being read
            self._plotting_loaded.emit()

    def _make_cards(self) -> None:
        if self._cards:
            return
        from app.panels.throughput.plot_card import PlotCard  # noqa: PLC0415 - heavy

        theme = self._theme
        tokens_per_second = self.tr("{value} tok/s")
        self._cards = {
            "output_tps": PlotCard(
                self.tr("Output"),
                "ok",
                lambda value: tokens_per_second.format(value=rate(value)),
                theme,
                write_tick=_plain,
            ),
            "input_tps": PlotCard(
                self.tr("Input"),
                "info",
                lambda value: tokens_per_second.format(value=rate(value)),
                theme,
                write_tick=_plain,
            ),
            "ttft_ms": PlotCard(
                self.tr("First token"), "accent", milliseconds, theme, points=True, write_tick=_plain
            ),
            "cpu": PlotCard(
                self.tr("Processor"), "warn", percent, theme, write_tick=_plain, least_top=FULL_PERCENT
            ),
            "memory": PlotCard(
                self.tr("Memory"), "accent", size, theme, write_tick=_mebibytes, unit=MEBIBYTE
            ),
            "gpu": PlotCard(
                self.tr("GPU"), "warn", percent, theme, write_tick=_plain, least_top=FULL_PERCENT
            ),
            "gpu_memory": PlotCard(
                self.tr("GPU memory"), "accent", size, theme, write_tick=_mebibytes, unit=MEBIBYTE
            ),
        }
        self._waiting.hide()
        self._shape = (0, 0)
        self._arrange()
        self._redraw()

    def _shown(self) -> list[Metric]:
        return [metric for metric in METRICS if self._series.has_gpu or not metric.startswith("gpu")]

    def _arrange(self) -> None:
        """One row of plots where it is low, two where there is room."""
        if not self._cards:
            return
        shown = self._shown()
        fitting = max(1, self.width() // CARD_WIDTH)
        rows = 1 if self.height() < TWO_ROWS_FROM and fitting >= len(shown) else 2
        columns = -(-len(shown) // rows)
        if (len(shown), columns) == self._shape:
            return
        self._shape = (len(shown), columns)
        for metric, card in self._cards.items():
            self._grid.removeWidget(card)
            card.setParent(self)
            card.setVisible(metric in shown)
        for index, metric in enumerate(shown):
            self._grid.addWidget(self._cards[metric], index // columns, index % columns)
        for index in range(max(columns, self._grid.columnCount())):
            self._grid.setColumnStretch(index, 1 if index < columns else 0)

    def _tick(self) -> None:
        if not self._cards:
            return
        self._arrange()
        shown = self._shown()
        self._turn = (self._turn + 1) % len(shown)
        self._draw(shown[self._turn])

    def _redraw(self) -> None:
        """All at once: after a switch of the range, not while running."""
        self._seen.clear()
        if self.isVisible():
            for metric in self._shown() if self._cards else ():
                self._draw(metric)

    def _draw(self, metric: Metric) -> None:
        live = self.range.current() != "reply"
        times, values = self._series.live(metric) if live else self._series.reply(metric)
        state = (self._series.version, "live" if live else "reply")
        if self._seen.get(metric) == state and not (live and values):
            return
        self._seen[metric] = state
        span = (-LIVE_SECONDS, 0.0) if live else (0.0, max(self._series.reply_seconds(), 1.0))
        self._cards[metric].show_points(times, values, span)
        self._cards[metric].show_value(self._figure(metric))
        tokens = self._series.figures.output_tokens
        self._tokens.set_text(self.tr("Tokens: {count}").format(count=whole(tokens)) if tokens else "")

    def _figure(self, metric: Metric) -> float:
        figures = self._series.figures
        return {
            "output_tps": figures.output_tps,
            "input_tps": figures.input_tps,
            "ttft_ms": figures.ttft_ms,
        }.get(metric, self._series.latest(metric))


def _plain(value: float) -> str:
    return f"{value:g}"


def _mebibytes(value: float) -> str:
    """For an axis in MiB: 400, 1.5G. The value above says the unit."""
    return f"{value / 1024:.3g}G" if value >= 1024 else f"{value:g}"
