"""A path that can be typed or chosen in a dialog."""

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.text_field import TextField

PathKind = Literal["file", "folder", "save"]


class PathField(QWidget):
    """`filters` as QFileDialog takes them. The button opens the dialog that suits `kind`."""

    changed = Signal(str)

    def __init__(
        self,
        name: str,
        theme: Theme,
        kind: PathKind,
        *,
        filters: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._kind, self._filters = name, kind, filters
        self.edit = TextField(name, theme, placeholder=placeholder)
        icon = "folder" if kind == "folder" else "folder-open"
        self.button = IconButton(icon, self.tr("Choose: {name}").format(name=name), theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.edit, 1)
        row.addWidget(self.button)
        self.setFocusProxy(self.edit)
        self.edit.textEdited.connect(lambda _text: self.changed.emit(self.path()))
        self.button.clicked.connect(self._ask)

    def path(self) -> str:
        return self.edit.text().strip()

    def set_path(self, path: str) -> None:
        """Show a path without emitting."""
        self.edit.setText(path)
        self.edit.setCursorPosition(0)
        self.edit.setToolTip(path)

    def _ask(self) -> None:
        if self._kind == "folder":
            path = QFileDialog.getExistingDirectory(self, self._name, self.path())
        elif self._kind == "save":
            path, _filter = QFileDialog.getSaveFileName(self, self._name, self.path(), self._filters)
        else:
            path, _filter = QFileDialog.getOpenFileName(self, self._name, self.path(), self._filters)
        if path:
            self.set_path(path)
            self.changed.emit(path)
