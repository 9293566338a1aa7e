"""Which scenarios to run."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.pages.benchmarks.scenarios import SCENARIOS, scenario_meaning, scenario_name
from app.theme.theme import Theme
from app.widgets.painting import SEMIBOLD
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.protocol.commands import Scenario


class BenchmarkDialog(QDialog):
    """Ticks scenarios and starts them on the loaded model."""

    run_requested = Signal(tuple)
    """Scenarios in their fixed order."""

    def __init__(
        self, model_name: str, ticked: Collection[str], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(self.tr("Run a benchmark"))
        self.setModal(True)
        self._boxes: dict[Scenario, QCheckBox] = {}
        self.run = TextButton(self.tr("Run"), theme, kind="primary", icon_name="play")
        self.run.clicked.connect(self._on_run)
        cancel = TextButton(self.tr("Cancel"), theme)
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        title = self.tr("Benchmark {model}").format(model=model_name)
        column.addWidget(TextLabel(title, theme, role="fg", size="l", weight=SEMIBOLD))
        text = self.tr(
            "Every scenario uses the same prompts and greedy decoding each time, so results can be "
            "compared. The chat waits while it runs."
        )
        column.addWidget(TextLabel(text, theme, wrap=True))
        column.addSpacing(4)
        for scenario in SCENARIOS:
            column.addLayout(self._row(scenario, scenario in ticked))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.run)
        column.addSpacing(6)
        column.addLayout(buttons)
        self.setMinimumWidth(440)
        self._refresh()

    def box(self, scenario: Scenario) -> QCheckBox:
        return self._boxes[scenario]

    def scenarios(self) -> tuple[Scenario, ...]:
        """Those that are ticked."""
        return tuple(scenario for scenario, box in self._boxes.items() if box.isChecked())

    def _row(self, scenario: Scenario, ticked: bool) -> QVBoxLayout:
        box = QCheckBox(scenario_name(scenario))
        box.setChecked(ticked)
        box.setAccessibleDescription(scenario_meaning(scenario))
        box.toggled.connect(lambda _on: self._refresh())
        self._boxes[scenario] = box
        meaning = TextLabel(scenario_meaning(scenario), self._theme, role="fg3", wrap=True)
        meaning.setContentsMargins(24, 0, 0, 0)
        meaning.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QVBoxLayout()
        row.setSpacing(1)
        row.addWidget(box)
        row.addWidget(meaning)
        return row

    def _refresh(self) -> None:
        self.run.setEnabled(bool(self.scenarios()))

    def _on_run(self) -> None:
        self.run_requested.emit(self.scenarios())
        self.accept()
