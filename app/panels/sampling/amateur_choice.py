"""Which smaller model contrastive decoding holds the loaded one against."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.select import Select
from app.widgets.slider_row import RowHead
from app.widgets.text_label import TextLabel

_FILE = "\0file"
"""The key of the entry that opens a file."""


class AmateurChoice(QWidget):
    """Models of the library or any GGUF file; the engine refuses one that reads other tokens."""

    chosen = Signal(str)
    """The key of a model or the path of a file, by the user only."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: list[tuple[str, str]] = []
        self._current = ""
        self._problem = ""
        name = self.tr("Amateur model")
        self._name = name
        self.select = Select(name, (), theme, middle=True)
        self.select.setPlaceholderText(self.tr("Choose a smaller model"))
        self.select.view().setAccessibleName(name)
        self.select.selected.connect(self._on_selected)
        self.select.setToolTip(
            self.tr(
                "Tokens that this model likes as well as the loaded one count less. It must be of one family."
            )
        )
        head = RowHead(name, theme)
        head.label.setBuddy(self.select)
        self._hint = TextLabel("", theme, role="warn", size="xs", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.select)
        column.addWidget(self._hint)
        self.set_choices(())

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Keys and names of the models there are."""
        self._choices = list(choices)
        self.set_current(self._current)

    def current(self) -> str:
        return self._current

    def set_current(self, key: str) -> None:
        """Show a choice without emitting; one that is not in the library is added by its name."""
        if key != self._current:
            self._current, self._problem = key, ""
        listed = list(self._choices)
        if key and key not in (each for each, _name in listed):
            listed.append((key, Path(key).name))
        self.select.set_choices([*listed, (_FILE, self.tr("Another file…"))])
        self.select.set_current(key)
        self._show_hint()

    def set_problem(self, text: str) -> None:
        """Why the choice cannot be used; empty for none, or not known yet."""
        self._problem = text
        self._show_hint()

    def choose_file(self) -> None:
        """Any GGUF file of this computer."""
        kinds = self.tr("GGUF models (*.gguf);;All files (*)")
        path, _kind = QFileDialog.getOpenFileName(self, self._name, "", kinds)
        if path:
            self.set_current(path)
            self.chosen.emit(path)

    def _on_selected(self, key: str) -> None:
        if key == _FILE:
            self.select.set_current(self._current)
            self.choose_file()
            return
        self.set_current(key)
        self.chosen.emit(key)

    def _show_hint(self) -> None:
        self._hint.setVisible(bool(self._problem) or not self._current)
        self._hint.set_text(
            self._problem
            or self.tr("Contrastive decoding needs a second, smaller model that reads the same tokens.")
        )
