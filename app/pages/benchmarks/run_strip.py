"""What a running benchmark shows: scenario, progress, time left, cancel."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.pages.benchmarks.scenarios import scenario_name
from app.theme.theme import Theme
from app.widgets.meter import Meter
from app.widgets.numbers import share
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel


class RunStrip(QWidget):
    """Hidden while nothing runs."""

    cancel_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._total = 1
        self._index = 0
        self._what = TextLabel("", theme, role="fg")
        self._left = TextLabel("", theme, role="fg3", tabular=True)
        self.meter = Meter(self.tr("Progress of the benchmark"), theme)
        self.cancel = TextButton(self.tr("Cancel"), theme, icon_name="x", height=26)
        self.cancel.clicked.connect(self._on_cancel)
        text = QHBoxLayout()
        text.addWidget(self._what)
        text.addStretch(1)
        text.addWidget(self._left)
        bars = QVBoxLayout()
        bars.setSpacing(6)
        bars.addLayout(text)
        bars.addWidget(self.meter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addLayout(bars, 1)
        row.addWidget(self.cancel)
        self.hide()

    def begin(self, scenario: str, index: int, total: int) -> None:
        """`scenario` is number `index` (from 0) of `total`."""
        self._index, self._total = index, max(total, 1)
        self._what.set_text(
            self.tr("{scenario} ({number} of {total})").format(
                scenario=scenario_name(scenario), number=index + 1, total=total
            )
        )
        self.cancel.setEnabled(True)
        self.set_progress(0.0, -1.0)
        self.show()

    def set_progress(self, fraction: float, seconds_left: float) -> None:
        """Of the present scenario; `seconds_left` is negative while unknown."""
        done = (self._index + min(max(fraction, 0.0), 1.0)) / self._total
        self.meter.set_parts(((done, "accent"),))
        self.meter.setAccessibleDescription(share(done, 0))
        if seconds_left < 0:
            self._left.set_text(share(done, 0))
        else:
            self._left.set_text(
                self.tr("{percent}, {seconds} s left in this scenario").format(
                    percent=share(done, 0), seconds=round(seconds_left)
                )
            )

    def _on_cancel(self) -> None:
        self.cancel.setEnabled(False)
        self._what.set_text(self.tr("Stopping…"))
        self.cancel_requested.emit()
