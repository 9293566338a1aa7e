"""The left column: which model, measured on what; and the maps that were made before."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.controllers.models import ModelsController
from app.panels.model_field import ModelField
from app.panels.path_field import PathField
from app.panels.stored_list import LEAST_HEIGHT, USUAL_HEIGHT, StoredList, StoredRow, short_date
from app.panels.text_choice import BUNDLED, FILE, NONE, PASTED, TextChoice, text_name
from app.theme.theme import Theme
from app.widgets.hline import HLine
from app.widgets.scrolling import FittingScroll
from app.widgets.section import SectionHeader
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.quantize.sensitivity_map import SensitivityMap

WIDTH = 272
_TOKENS = 2048
Stored = Sequence[tuple[Path, SensitivityMap]]


class SensitivitySetup(QWidget):
    """Setters and signals only."""

    start_requested = Signal()
    stored_chosen = Signal(str)
    """Path of a map."""

    def __init__(self, models: ModelsController, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedWidth(WIDTH)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = ModelField(self.tr("Model to measure"), models, theme)
        self.text = TextChoice(theme, _TOKENS, kinds=(NONE, BUNDLED, FILE, PASTED))
        self.imatrix = PathField(
            self.tr("Importance matrix"),
            theme,
            "file",
            filters=self.tr("Importance matrices (*.gguf);;All files (*)"),
            placeholder=self.tr("None"),
        )
        self.start = TextButton(self.tr("Measure"), theme, kind="primary", icon_name="target", height=32)
        self._cost = TextLabel(
            self.tr("With a text it is read once for every layer and every kind of tensor, in memory."),
            theme,
            role="fg3",
            size="xs",
            wrap=True,
        )
        self._reason = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self.stored = StoredList(self.tr("Earlier maps"), theme)
        self._build()
        self.start.clicked.connect(self.start_requested)
        self.model.chosen.connect(lambda _path: self.refresh())
        self.text.changed.connect(self.refresh)
        self.stored.chosen.connect(self.stored_chosen)
        self.refresh()

    def set_stored(self, found: Stored) -> None:
        """Maps, newest first."""
        rows = []
        for path, one in found:
            what = text_name(one.text) or self.tr("weights only")
            note = f"{short_date(one.created_ms)} · {what}"
            rows.append(StoredRow(str(path), Path(one.source).stem, note, one.source))
        self.stored.set_rows(rows)

    def refresh(self) -> None:
        """Say what is missing before anything can start."""
        reason = self.text.find_problem() if self.model.path() else self.tr("Choose a model first.")
        self.start.setEnabled(not reason)
        self._reason.set_text(reason)
        self._reason.setVisible(bool(reason))
        self._cost.setVisible(self.text.kind() != NONE)

    def _build(self) -> None:
        theme = self._theme
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(SectionHeader(self.tr("Model"), theme))
        column.addWidget(self.model)
        column.addSpacing(6)
        column.addWidget(SectionHeader(self.tr("Text"), theme))
        column.addWidget(self.text)
        column.addSpacing(6)
        column.addWidget(SectionHeader(self.tr("Importance matrix"), theme))
        column.addWidget(self.imatrix)
        column.addSpacing(6)
        column.addWidget(self.start)
        column.addWidget(self._reason)
        column.addWidget(self._cost)
        column.addStretch(1)
        below = QVBoxLayout()
        below.setContentsMargins(16, 10, 8, 8)
        below.setSpacing(6)
        below.addWidget(SectionHeader(self.tr("Earlier maps"), theme))
        below.addWidget(self.stored, 1)
        lower = QWidget()
        lower.setLayout(below)
        lower.setMinimumHeight(LEAST_HEIGHT)
        lower.setMaximumHeight(USUAL_HEIGHT)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        # The button to start with comes before the list of what was done.
        whole.addWidget(FittingScroll(upper, LEAST_HEIGHT))
        whole.addStretch(1)
        whole.addWidget(HLine(theme))
        whole.addWidget(lower, USUAL_HEIGHT)
