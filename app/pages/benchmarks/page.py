"""The page “Throughput and benchmarks”."""

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from app.pages.benchmarks.view import BenchmarksView
from app.panels.throughput.series import ThroughputSeries
from app.theme.theme import Theme


class BenchmarksPage(QObject):
    """A `Page` with a centre only; `view` has the signals for the controller."""

    icon_name = "activity"

    def __init__(self, series: ThroughputSeries, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view = BenchmarksView(series, theme)

    @property
    def title(self) -> str:
        return QCoreApplication.translate("Pages", "Throughput and benchmarks")

    def navigator(self) -> QWidget | None:
        return None

    def centre(self) -> QWidget:
        return self.view

    def inspector(self) -> QWidget | None:
        return None

    def bottom(self) -> QWidget | None:
        return None
