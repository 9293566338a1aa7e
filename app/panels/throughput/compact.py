"""The small throughput view for the right side: a curve and three figures."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.panels.throughput.series import ThroughputSeries
from app.theme.theme import Theme
from app.widgets.numbers import milliseconds, rate
from app.widgets.painting import SEMIBOLD
from app.widgets.section import SectionHeader
from app.widgets.sparkline import Sparkline
from app.widgets.text_label import TextLabel

REFRESH_MS = 200
COLUMNS = 120


class Figure(QWidget):
    """A value above its caption."""

    def __init__(self, caption: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = caption
        self.value = TextLabel("–", theme, role="fg", size="m", weight=SEMIBOLD, tabular=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.value)
        column.addWidget(TextLabel(caption, theme, role="fg2", size="xs"))

    def set_value(self, text: str) -> None:
        if text != self.value.full_text():
            self.value.set_text(text)
            self.setAccessibleName(f"{text} {self._caption}")


class ThroughputCompact(QWidget):
    """Reads the shared series a few times a second while it is visible."""

    def __init__(self, series: ThroughputSeries, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._series = series
        self._seen = -1
        self.setAccessibleName(self.tr("Throughput"))
        self.curve = Sparkline(self.tr("Output tokens per second"), theme)
        self.curve.setFixedHeight(52)
        self.output = Figure(self.tr("output tok/s"), theme)
        self.input = Figure(self.tr("input tok/s"), theme)
        self.first = Figure(self.tr("first token"), theme)
        figures = QHBoxLayout()
        figures.addWidget(self.output)
        figures.addStretch(1)
        figures.addWidget(self.input)
        figures.addStretch(1)
        figures.addWidget(self.first)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(9)
        column.addWidget(SectionHeader(self.tr("Throughput"), theme, self.tr("last 60 s")))
        column.addWidget(self.curve)
        column.addLayout(figures)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._seen = -1
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def refresh(self) -> None:
        """Draw the present state; the curve moves on while it has something to show."""
        figures = self._series.figures
        if self._seen != self._series.version:
            self._seen = self._series.version
            self.output.set_value(rate(figures.output_tps))
            self.input.set_value(rate(figures.input_tps))
            self.first.set_value(milliseconds(figures.ttft_ms))
        self.curve.set_values(self._series.columns("output_tps", COLUMNS))
