"""The recipe as a file: to read, copy, save, or replace by another one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextArea


class RecipeView(QWidget):
    """`set_text` shows a recipe. With `can_open` another one can be read."""

    open_requested = Signal(str)
    save_requested = Signal(str)
    copy_requested = Signal(str)

    def __init__(self, theme: Theme, *, can_open: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = "recipe.toml"
        self.area = TextArea(self.tr("Recipe"), theme, mono=True, min_lines=4, max_lines=400, read_only=True)
        self.copy = TextButton(self.tr("Copy"), theme, icon_name="copy")
        self.save = TextButton(self.tr("Save…"), theme, icon_name="download")
        self.open = TextButton(self.tr("Open…"), theme, icon_name="folder-open")
        self.open.setToolTip(self.tr("Take all settings from a recipe file"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.copy)
        row.addWidget(self.save)
        row.addWidget(self.open)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.area)
        column.addLayout(row)
        self.open.setVisible(can_open)
        self.copy.clicked.connect(lambda: self.copy_requested.emit(self.area.text()))
        self.save.clicked.connect(self._ask_save)
        self.open.clicked.connect(self._ask_open)

    def set_text(self, text: str, name: str = "recipe.toml") -> None:
        """`name`: what the file is called when it is saved."""
        self._name = name
        self.area.set_text(text.rstrip())

    def _ask_open(self) -> None:
        filters = self.tr("Recipes (*.toml);;All files (*)")
        path, _filter = QFileDialog.getOpenFileName(self, self.tr("Open a recipe"), "", filters)
        if path:
            self.open_requested.emit(path)

    def _ask_save(self) -> None:
        filters = self.tr("Recipes (*.toml)")
        path, _filter = QFileDialog.getSaveFileName(self, self.tr("Save the recipe"), self._name, filters)
        if path:
            self.save_requested.emit(path)
