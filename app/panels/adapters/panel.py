"""Adapters of the chat: LoRA files beside the model, switched and scaled while it stays loaded."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.adapter_rows import AdapterRow
from app.panels.adapters.row import AdapterRowView
from app.theme.theme import Theme
from app.widgets.hline import HLine
from app.widgets.icon_button import IconButton
from app.widgets.section import SectionHeader
from app.widgets.text_label import TextLabel


class AdaptersPanel(QWidget):
    """A pure view: rows and scales come in, what the user did goes out."""

    scale_changed = Signal(str, float)
    """Path and scale, 0 for off."""
    removed = Signal(str)
    add_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Adapters"))
        self._theme = theme
        self._views: dict[str, AdapterRowView] = {}
        self._scales: Mapping[str, float] = {}
        self.head = SectionHeader(self.tr("Adapters"), theme)
        self.add = IconButton("plus", self.tr("Add an adapter from a file"), theme, size=24, icon_size=14)
        self.add.clicked.connect(self.add_requested)
        self.head.row.addWidget(self.add)
        self.hint = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        column = QVBoxLayout()
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(6)
        whole.addLayout(column)
        whole.addWidget(HLine(theme))
        column.addWidget(self.head)
        column.addLayout(self._rows)
        column.addWidget(self.hint)
        self._say()

    def set_rows(self, rows: Sequence[AdapterRow]) -> None:
        """Replace the list; what stays keeps its place and the focus."""
        if [view.row for view in self._views.values()] == list(rows):
            return
        for view in self._views.values():
            self._rows.removeWidget(view)
            view.setParent(None)
            view.deleteLater()
        self._views = {}
        for row in rows:
            view = AdapterRowView(row, self._theme)
            view.scale_changed.connect(self.scale_changed)
            view.removed.connect(self.removed)
            self._rows.addWidget(view)
            self._views[row.path] = view
        self.set_scales(self._scales)

    def set_scales(self, scales: Mapping[str, float]) -> None:
        """How strongly each acts in the open chat; those not named are off."""
        self._scales = dict(scales)
        for path, view in self._views.items():
            if view.scale() != scales.get(path, 0.0) or not scales.get(path, 0.0):
                view.set_scale(scales.get(path, 0.0))
        self._say()

    def view(self, path: str) -> AdapterRowView:
        return self._views[path]

    def _say(self) -> None:
        active = sum(1 for path in self._views if self._scales.get(path, 0.0))
        self.head.set_note(self.tr("%n on", "", active) if active else "")
        if self._views:
            text = self.tr("A change counts from the next reply on. The prompt is then read again.")
        else:
            text = self.tr(
                "No adapter fits this model yet. Fine-tuning makes one; a GGUF adapter can be added from a "
                "file."
            )
        self.hint.set_text(text)
