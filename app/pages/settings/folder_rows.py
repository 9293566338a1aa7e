"""Folders that are searched for models, besides those of other programs that Lathe knows."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.pages.settings.rows import Row
from app.settings import AppSettings
from app.theme.icons import icon

KEY = "models.folders"


class FoldersRow(Row):
    """A list to which folders are added and from which they are taken; the folders are never written to."""

    def __init__(self, settings: AppSettings) -> None:
        add = QPushButton()
        super().__init__(
            QCoreApplication.translate("Settings", "Model folders"),
            QCoreApplication.translate(
                "Settings",
                "Searched for GGUF files, in place: nothing is moved, copied or deleted. The folders of "
                "LM Studio, Ollama, Hugging Face and Jan are found without being named here.",
            ),
            add,
        )
        self._settings = settings
        self._lines: list[QWidget] = []
        add.setText(self.tr("Add folder…"))
        add.clicked.connect(self._choose)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.texts.addLayout(self._list)
        settings.changed.connect(lambda key: self._follow() if key == KEY else None)
        self._follow()

    def add(self, folder: str) -> None:
        """Append a folder once."""
        folders = list(self._settings.value(KEY))
        if folder and folder not in folders:
            self._settings.set_value(KEY, [*folders, folder])

    def remove(self, folder: str) -> None:
        self._settings.set_value(KEY, [other for other in self._settings.value(KEY) if other != folder])

    def _choose(self) -> None:
        self.add(
            QFileDialog.getExistingDirectory(self, self.tr("Choose a folder with models"), str(Path.home()))
        )

    def _follow(self) -> None:
        for line in self._lines:
            self._list.removeWidget(line)
            line.deleteLater()
        self._lines = [self._line(str(folder)) for folder in self._settings.value(KEY)]
        for line in self._lines:
            self._list.addWidget(line)

    def _line(self, folder: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(6)
        name = QLabel(folder)
        name.setProperty("role", "muted")
        remove = QToolButton()
        remove.setIcon(icon("x"))
        remove.setIconSize(QSize(12, 12))
        remove.setToolTip(self.tr("Take this folder off the list"))
        remove.setAccessibleName(self.tr("Take {folder} off the list").format(folder=folder))
        remove.clicked.connect(lambda: self.remove(folder))
        row.addWidget(name)
        row.addWidget(remove)
        row.addStretch(1)
        return line
