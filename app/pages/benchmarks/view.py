"""The centre of the page: live plots above, results below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.pages.benchmarks.dialog import BenchmarkDialog
from app.pages.benchmarks.results_view import ResultsView
from app.pages.benchmarks.run_strip import RunStrip
from app.pages.benchmarks.scenarios import SCENARIOS
from app.panels.throughput.panel import ThroughputPanel
from app.panels.throughput.series import ThroughputSeries
from app.theme.theme import Theme
from app.widgets.empty_state import EmptyState
from app.widgets.hline import HLine
from app.widgets.painting import SEMIBOLD
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.store.records import BenchmarkRecord


class BenchmarksView(QWidget):
    """Setters and signals only; a controller runs the benchmarks."""

    run_requested = Signal(tuple)
    """Scenarios to run on the loaded model, in order."""
    cancel_requested = Signal()

    def __init__(self, series: ThroughputSeries, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model_name = ""
        self._running = False
        self._ticked: tuple[str, ...] = SCENARIOS
        self.setProperty("surface", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Throughput and benchmarks"))
        self.run = TextButton(self.tr("Run a benchmark…"), theme, kind="primary", icon_name="play")
        self.run.clicked.connect(self.open_dialog)
        self.strip = RunStrip(theme)
        self.strip.cancel_requested.connect(self.cancel_requested)
        self.results = ResultsView(theme)
        self.empty = EmptyState(
            "gauge",
            self.tr("No results yet"),
            self.tr(
                "A benchmark measures time to first token and the speed of reading and writing in five "
                "typical situations, and keeps the results to compare models and settings."
            ),
            theme,
            action_text=self.tr("Run a benchmark…"),
            action_icon="play",
        )
        self.empty.action_requested.connect(self.open_dialog)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.results)
        self._note = TextLabel("", theme, role="fg3")
        self.throughput = ThroughputPanel(series, theme)
        self._build()
        self.set_model("")

    def set_model(self, name: str) -> None:
        """The loaded model, empty for none."""
        self._model_name = name
        self._note.set_text(name or self.tr("Load a model to run a benchmark."))
        self._refresh()

    def set_records(self, records: Sequence[BenchmarkRecord]) -> None:
        """All stored results."""
        self.results.set_records(records)
        offered = bool(records) or self.results.undo.isVisible()
        self._stack.setCurrentWidget(self.results if offered else self.empty)
        self.run.setVisible(offered)  # the empty state has the same button
        self._refresh()

    def begin(self, scenario: str, index: int, total: int) -> None:
        """A scenario starts."""
        self._running = True
        self.strip.begin(scenario, index, total)
        self._refresh()

    def set_progress(self, fraction: float, seconds_left: float) -> None:
        self.strip.set_progress(fraction, seconds_left)

    def end(self) -> None:
        """Nothing runs any more: done, cancelled or failed."""
        self._running = False
        self.strip.hide()
        self._refresh()

    def open_dialog(self) -> None:
        """Ask which scenarios to run."""
        if self._running or not self._model_name:
            return
        dialog = BenchmarkDialog(self._model_name, self._ticked, self._theme, self)
        dialog.run_requested.connect(self._on_run)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _on_run(self, scenarios: tuple[str, ...]) -> None:
        self._ticked = scenarios
        self.run_requested.emit(scenarios)

    def _build(self) -> None:
        title = TextLabel(
            self.tr("Throughput and benchmarks"), self._theme, role="fg", size="l", weight=SEMIBOLD
        )
        bar_host = QWidget()
        bar_host.setFixedHeight(self._theme.tokens.top_bar)
        bar = QHBoxLayout(bar_host)
        bar.setContentsMargins(20, 0, 16, 0)
        bar.setSpacing(10)
        bar.addWidget(title)
        bar.addWidget(self._note)
        bar.addStretch(1)
        bar.addWidget(self.run)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(20, 16, 20, 16)
        below.setSpacing(14)
        below.addWidget(self.strip)
        below.addWidget(self._stack, 1)
        upper = QWidget()
        upper.setProperty("surface", "panel")
        upper.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(upper)
        inside.setContentsMargins(4, 4, 4, 4)
        inside.addWidget(self.throughput)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(upper)
        splitter.addWidget(lower)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([250, 520])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar_host)
        column.addWidget(HLine(self._theme))
        column.addWidget(splitter, 1)

    def _refresh(self) -> None:
        ready = bool(self._model_name) and not self._running
        self.run.setEnabled(ready)
        if self.empty.action is not None:
            self.empty.action.setEnabled(ready)
