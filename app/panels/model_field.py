"""Choosing a model file: from the library, or from anywhere on the disk."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.controllers.models import ModelsController
from app.theme.theme import Theme
from app.widgets import numbers
from app.widgets.field_row import FieldRow
from app.widgets.select import DOT, Select
from app.widgets.text_button import TextButton
from engine.library.entries import ModelEntry


def is_gguf_model(entry: ModelEntry) -> bool:
    """What can be quantized, compared and loaded."""
    return entry.format == "gguf" and entry.problem is None


class ModelField(FieldRow):
    """A list of the library's models that fit, and buttons for other files and folders. Follows the
    library.
    """

    chosen = Signal(str)
    """Path, by the user only."""

    def __init__(
        self,
        name: str,
        models: ModelsController,
        theme: Theme,
        *,
        fits: Callable[[ModelEntry], bool] = is_gguf_model,
        folders: bool = False,
        files: bool = True,
        filters: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.select = Select(name, (), theme, height=30, middle=True)
        self.browse = TextButton("", theme, icon_name="file-box", height=30)
        self.browse_folder = TextButton("", theme, icon_name="folder-open", height=30)
        super().__init__(self.select, (self.browse, self.browse_folder), parent)
        self._models = models
        self._fits = fits
        self._filters = filters
        self._name = name
        self._path = ""
        self._choices: list[tuple[str, str]] = []
        self.select.setPlaceholderText(self.tr("Choose a model"))
        for button, words in ((self.browse, self.tr("File…")), (self.browse_folder, self.tr("Folder…"))):
            button.setText(words)
            button.setAccessibleName(words)
        self.browse.setVisible(files)
        self.browse_folder.setVisible(folders)
        self.select.selected.connect(self._pick)
        self.browse.clicked.connect(self._ask_file)
        self.browse_folder.clicked.connect(self._ask_folder)
        models.choices_changed.connect(lambda _choices, _recent: self.refresh())
        self.refresh()

    def path(self) -> str:
        """The chosen file, "" for none."""
        return self._path

    def set_path(self, path: str) -> None:
        """Show a choice without emitting; it need not be in the library."""
        self._path = path
        self._show()

    def entry(self) -> ModelEntry | None:
        """What the library knows about the choice."""
        return next((entry for entry in self._models.files if entry.path == self._path), None)

    def refresh(self) -> None:
        """Take the library as it is now."""
        entries = sorted(
            (entry for entry in self._models.files if self._fits(entry)), key=lambda entry: entry.name.lower()
        )
        language = numbers.number_locale().name()
        self._choices = [
            (entry.path, _words(entry.name, entry.quantization, entry.size_bytes, language))
            for entry in entries
        ]
        self._show()

    def _show(self) -> None:
        choices = self._choices
        if self._path and all(path != self._path for path, _ in choices):
            choices = [(self._path, Path(self._path).name), *choices]
        self.select.set_choices(choices)
        self.select.set_current(self._path)

    def _ask_file(self) -> None:
        filters = self._filters or self.tr("GGUF models (*.gguf);;All files (*)")
        path, _filter = QFileDialog.getOpenFileName(self, self._name, self._start(), filters)
        self._take(path)

    def _ask_folder(self) -> None:
        self._take(QFileDialog.getExistingDirectory(self, self._name, self._start()))

    def _start(self) -> str:
        return str(Path(self._path).parent) if self._path else ""

    def _take(self, path: str) -> None:
        if path:
            self.set_path(path)
            self.chosen.emit(path)

    def _pick(self, path: str) -> None:
        if path != self._path:
            self._path = path
            self.chosen.emit(path)


@lru_cache(maxsize=1 << 14)
def _words(name: str, quantization: str, nbytes: int, _language: str) -> str:
    """Kept, since several fields list the same thousands of models, and sizes in words take time."""
    facts = [name, quantization, numbers.size(nbytes)]
    return DOT.join(part for part in facts if (part and part not in name) or part == name)
