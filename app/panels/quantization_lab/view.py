"""The lab: what came out in the middle, what to do on the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.controllers.jobs import JobsController
from app.controllers.models import ModelsController
from app.panels.quantization_lab.method_choice import MethodBlock
from app.panels.quantization_lab.model_choice import ModelChoiceBlock
from app.panels.quantization_lab.results_view import ResultsView
from app.panels.quantization_lab.scheme_choice import SchemeBlock
from app.panels.running_job import RunningJob
from app.theme.theme import Theme
from app.widgets.empty_state import EmptyState
from app.widgets.hline import HLine
from app.widgets.scrolling import HeightScroll
from app.widgets.section import SectionHeader
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel

COLUMN = 312
KIND = "lab"
"""The tag of `LabJob`, and the id of the tab."""


class LabViewWidget(QWidget):
    """Setters and signals only; the panel runs jobs."""

    run_requested = Signal()
    export_requested = Signal(str)
    """“csv” or “png”."""

    def __init__(
        self, models: ModelsController, jobs: JobsController, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.model = ModelChoiceBlock(models, theme)
        self.scheme = SchemeBlock(theme)
        self.methods = MethodBlock(theme)
        self.run = TextButton(self.tr("Run"), theme, kind="primary", icon_name="flask-conical", height=32)
        self.run.setToolTip(self.tr("Read the text, and round the matrix with each method (Ctrl+Return)"))
        self.run.clicked.connect(self.run_requested)
        self.reason = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self.running = RunningJob(jobs, KIND, theme)
        self.empty = EmptyState(
            "flask-conical",
            self.tr("See what quantization does to one layer"),
            self.tr(
                "Choose a matrix of a model and some methods. Lathe reads a text with the model, rounds the "
                "matrix with each method, and shows how far the layer's output moves, and why."
            ),
            theme,
            action_text=self.tr("Run"),
            action_icon="flask-conical",
        )
        self.empty.action_requested.connect(self.run_requested)
        self.results = ResultsView(theme)
        self.csv = TextButton(self.tr("CSV"), theme, kind="ghost", icon_name="download", height=26)
        self.csv.setToolTip(self.tr("Save the table as CSV"))
        self.csv.clicked.connect(lambda: self.export_requested.emit("csv"))
        self.png = TextButton(self.tr("PNG"), theme, kind="ghost", icon_name="image", height=26)
        self.png.setToolTip(self.tr("Save table and plots as a picture"))
        self.png.clicked.connect(lambda: self.export_requested.emit("png"))
        self.exports = QWidget()
        self._build()
        self.set_possible(True, "")
        self.set_has_result(False)

    def set_possible(self, possible: bool, reason: str) -> None:
        """Whether it can be run now, and why not where that needs words."""
        self.run.setEnabled(possible)
        if self.empty.action is not None:
            self.empty.action.setEnabled(possible)
        self.reason.set_text(reason)
        self.reason.setVisible(bool(reason))

    def set_has_result(self, has: bool) -> None:
        """Whether there is something to show."""
        self._stack.setCurrentWidget(self.results if has else self.empty)
        for button in (self.csv, self.png):
            button.setEnabled(has and self.results.result is not None)

    def _build(self) -> None:
        buttons = QHBoxLayout(self.exports)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(4)
        buttons.addWidget(self.csv)
        buttons.addWidget(self.png)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.results)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.running)
        right.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(right, 1)
        row.addWidget(self._make_side())

    def _make_side(self) -> QWidget:
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.setSpacing(6)
        foot.addWidget(self.reason)
        foot.addWidget(self.run)
        side = QWidget()
        side.setProperty("surface", "panel")
        side.setProperty("edge", "left")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(COLUMN)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_settings(), 1)
        column.addWidget(HLine(self._theme))
        column.addLayout(foot)
        return side

    def _make_settings(self) -> QWidget:
        settings = QWidget()
        column = QVBoxLayout(settings)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        for title, block in (
            (self.tr("Layer"), self.model),
            (self.tr("Rounding"), self.scheme),
            (self.tr("Methods"), self.methods),
        ):
            if block is not self.model:
                column.addSpacing(4)
                column.addWidget(HLine(self._theme))
                column.addSpacing(4)
            column.addWidget(SectionHeader(title, self._theme))
            column.addWidget(block)
        column.addStretch(1)
        return HeightScroll(settings)
