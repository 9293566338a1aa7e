"""The models to compare, the reference first, and a way to add more."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.controllers.models import ModelsController
from app.panels.model_field import ModelField
from app.theme.theme import Theme
from app.widgets import numbers
from app.widgets.icon_button import IconButton
from app.widgets.painting import MEDIUM
from app.widgets.text_label import TextLabel
from engine.library.entries import ModelEntry


class _Row(QWidget):
    """One model: its name, what it is, and what can be done with it."""

    up_requested = Signal()
    remove_requested = Signal()

    def __init__(self, name: str, facts: str, first: bool, theme: Theme) -> None:
        super().__init__()
        self.name = TextLabel(name, theme, role="fg", weight=MEDIUM, middle=True)
        self.name.setToolTip(name)
        self.facts = TextLabel(facts, theme, role="accent_text" if first else "fg3", size="xs", elide=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(2)
        row.addLayout(words, 1)
        if not first:
            up = IconButton(
                "arrow-up-to-line", self.tr("Use {name} as the reference").format(name=name), theme
            )
            up.clicked.connect(self.up_requested)
            row.addWidget(up)
        remove = IconButton("x", self.tr("Take {name} off the list").format(name=name), theme)
        remove.clicked.connect(self.remove_requested)
        row.addWidget(remove)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.remove_requested.emit()
        else:
            super().keyPressEvent(event)


def fits(entry: ModelEntry) -> bool:
    """GGUF files, and safetensors folders of models that continue a text."""
    return entry.problem is None and (
        entry.format == "gguf" or (entry.format == "safetensors" and entry.kind == "decoder")
    )


class ChosenModels(QWidget):
    """`paths` in order; `changed` by the user only."""

    changed = Signal()

    def __init__(self, models: ModelsController, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models, self._theme = models, theme
        self._paths: list[str] = []
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.add = ModelField(self.tr("Add a model"), models, theme, fits=fits)
        self.add.select.setPlaceholderText(self.tr("Add a model…"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._rows)
        column.addWidget(self.add)
        self.add.chosen.connect(self._add)
        models.choices_changed.connect(lambda _choices, _recent: self._rebuild())

    @property
    def paths(self) -> list[str]:
        """The reference first."""
        return list(self._paths)

    def set_paths(self, paths: Sequence[str]) -> None:
        """Show a choice without emitting."""
        self._paths = list(dict.fromkeys(paths))
        self._rebuild()

    def names(self) -> list[str]:
        """Of the library, else of the files; with a folder where two are the same."""
        found = [self._name(path) for path in self._paths]
        return [
            name if found.count(name) == 1 else f"{Path(path).parent.name}/{name}"
            for path, name in zip(self._paths, found, strict=True)
        ]

    def _entry(self, path: str) -> ModelEntry | None:
        return next((entry for entry in self._models.files if entry.path == path), None)

    def _name(self, path: str) -> str:
        entry = self._entry(path)
        if entry is not None:
            return entry.name
        place = Path(path)
        return place.stem if place.suffix == ".gguf" else place.name

    def _facts(self, path: str, first: bool) -> str:
        entry = self._entry(path)
        parts = [self.tr("Reference")] if first else []
        if entry is not None:
            parts += [entry.quantization, numbers.size(entry.size_bytes)]
        return " · ".join(part for part in parts if part) or path

    def _add(self, path: str) -> None:
        self.add.set_path("")
        if path not in self._paths:
            self._paths.append(path)
            self._rebuild()
            self.changed.emit()

    def _remove(self, path: str) -> None:
        self._paths.remove(path)
        self._rebuild()
        self.add.setFocus()
        self.changed.emit()

    def _put_first(self, path: str) -> None:
        self._paths.remove(path)
        self._paths.insert(0, path)
        self._rebuild()
        self.changed.emit()

    def _rebuild(self) -> None:
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, (path, name) in enumerate(zip(self._paths, self.names(), strict=True)):
            row = _Row(name, self._facts(path, number == 0), number == 0, self._theme)
            row.remove_requested.connect(lambda path=path: self._remove(path))
            row.up_requested.connect(lambda path=path: self._put_first(path))
            self._rows.addWidget(row)
