"""Where the new files go and what they are called."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.panels.path_field import PathField
from app.panels.quantize.names import target_path
from app.theme.theme import Theme
from app.widgets.text_field import TextField
from app.widgets.text_label import TextLabel

PATTERN = "{model}-{type}.gguf"


class OutputChoice(QWidget):
    """Folder and name; the text below says what comes of it."""

    changed = Signal()

    def __init__(self, folder: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = ""
        self.folder = PathField(self.tr("Folder"), theme, "folder")
        self.folder.set_path(folder)
        self.pattern = TextField(self.tr("File name"), theme, mono=True)
        self.pattern.setText(PATTERN)
        self.pattern.setToolTip(self.tr("{model} and {type} are filled in."))
        self._note = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.folder, self.pattern, self._note):
            column.addWidget(widget)
        self.folder.changed.connect(lambda _path: self.changed.emit())
        self.pattern.textEdited.connect(lambda _text: self.changed.emit())

    def set_base(self, base: str) -> None:
        """The model's name without its type."""
        self._base = base

    @property
    def base(self) -> str:
        return self._base

    def target(self, type_name: str) -> str:
        pattern = self.pattern.text().strip() or PATTERN
        return target_path(self.folder.path(), pattern, self._base, type_name)

    def problem(self, type_names: list[str]) -> str:
        """Why nothing can be written so, "" where it can."""
        if not self.folder.path():
            return self.tr("Choose a folder to write to.")
        targets = [self.target(name) for name in type_names]
        if len(set(targets)) < len(targets):
            return self.tr("Several types would get the same file name: put {type} into it.")
        return ""

    def show_names(self, type_names: list[str], existing: set[str]) -> None:
        """What will be written; `existing`: targets that are replaced."""
        self._note.set_role("warn" if existing else "fg3")
        if existing:
            names = ", ".join(sorted(Path(path).name for path in existing))
            self._note.set_text(self.tr("Replaces {names}.").format(names=names))
        else:
            self._note.set_text("\n".join(Path(self.target(name)).name for name in type_names))
        self._note.setVisible(bool(type_names))
