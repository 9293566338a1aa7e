"""The left column: which models, on which text, and what was compared before."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.controllers.models import ModelsController
from app.panels.compare.chosen_models import ChosenModels
from app.panels.compare.names import joined
from app.panels.stored_list import LEAST_HEIGHT, USUAL_HEIGHT, StoredList, StoredRow, short_date
from app.panels.text_choice import TextChoice, text_name
from app.theme.theme import Theme
from app.widgets.hline import HLine
from app.widgets.scrolling import FittingScroll
from app.widgets.section import SectionHeader
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.evaluate.stored import StoredComparison

WIDTH = 272
_TOKENS = 4096


class SetupColumn(QWidget):
    """Setters and signals only."""

    start_requested = Signal()
    stored_chosen = Signal(str)
    """Path of an earlier comparison."""

    def __init__(self, models: ModelsController, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedWidth(WIDTH)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.models = ChosenModels(models, theme)
        self.text = TextChoice(theme, _TOKENS)
        self.start = TextButton(self.tr("Compare"), theme, kind="primary", icon_name="git-compare", height=32)
        self._reason = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self.stored = StoredList(self.tr("Earlier comparisons"), theme)
        self._build()
        self.start.clicked.connect(self.start_requested)
        self.models.changed.connect(self.refresh)
        self.text.changed.connect(self.refresh)
        self.stored.chosen.connect(self.stored_chosen)
        self.refresh()

    def set_stored(self, found: Sequence[StoredComparison]) -> None:
        """The earlier comparisons, newest first."""
        rows = []
        for one in found:
            names = [model.model for model in one.models]
            note = f"{short_date(one.created_ms)} · {text_name(one.text) or '–'}"
            rows.append(StoredRow(str(one.path), joined(names), note, "\n".join(names)))
        self.stored.set_rows(rows)

    def refresh(self) -> None:
        """Say what is missing before anything can start."""
        if len(self.models.paths) < 2:
            reason = self.tr("Choose two models or more. They have to read the same tokens: variants of one.")
        else:
            reason = self.text.find_problem()
        self.start.setEnabled(not reason)
        self._reason.set_text(reason)
        self._reason.setVisible(bool(reason))

    def _build(self) -> None:
        theme = self._theme
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(SectionHeader(self.tr("Models"), theme))
        column.addWidget(self.models)
        column.addSpacing(6)
        column.addWidget(SectionHeader(self.tr("Text"), theme))
        column.addWidget(self.text)
        column.addSpacing(6)
        column.addWidget(self.start)
        column.addWidget(self._reason)
        column.addStretch(1)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(16, 10, 8, 8)
        below.setSpacing(6)
        below.addWidget(SectionHeader(self.tr("Earlier comparisons"), theme))
        below.addWidget(self.stored, 1)
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
