"""Where models are looked for, and what could not be read there."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.painting import MEDIUM, SEMIBOLD
from app.widgets.text_label import TextLabel

_SHOWN_PROBLEMS = 5


class Places(QWidget):
    """The left region of the models page."""

    folder_added = Signal()
    folder_removed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._own = _column()
        self._problems = _column()
        self._problem_title = TextLabel(self.tr("Not readable"), theme, role="warn", size="xs", weight=MEDIUM)
        add = IconButton("folder-plus", self.tr("Add a folder of models"), theme)
        add.clicked.connect(self.folder_added)
        header = QHBoxLayout()
        header.addWidget(TextLabel(self.tr("Places"), theme, role="fg", size="l", weight=SEMIBOLD))
        header.addStretch(1)
        header.addWidget(add)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 9, 8, 12)
        column.setSpacing(10)
        column.addLayout(header)
        column.addWidget(TextLabel(self.tr("Your folders"), theme, role="fg3", size="xs", weight=MEDIUM))
        column.addLayout(self._own)
        column.addWidget(TextLabel(self.tr("Always looked at"), theme, role="fg3", size="xs", weight=MEDIUM))
        for name in ("LM Studio", "Ollama", "Hugging Face", "Jan", "text-generation-webui"):
            column.addWidget(TextLabel(name, theme))
        column.addWidget(self._problem_title)
        column.addLayout(self._problems)
        column.addStretch(1)
        self.set_folders(())
        self.set_problems(())

    def set_folders(self, folders: Sequence[str]) -> None:
        """The user's own folders, each with a button that takes it off the list."""
        _clear(self._own)
        if not folders:
            self._own.addWidget(TextLabel(self.tr("None yet"), self._theme, role="fg3"))
        for folder in folders:
            row_widget = QWidget()
            row = QHBoxLayout(row_widget)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(TextLabel(folder, self._theme, elide=True), 1)
            text = self.tr("Stop looking in {folder}").format(folder=folder)
            remove = IconButton("x", text, self._theme, size=22, icon_size=12)
            remove.clicked.connect(lambda _checked=False, folder=folder: self.folder_removed.emit(folder))
            row.addWidget(remove)
            self._own.addWidget(row_widget)

    def set_problems(self, problems: Sequence[tuple[str, str]]) -> None:
        """Files that look like models and cannot be read, with the reason."""
        _clear(self._problems)
        self._problem_title.setVisible(bool(problems))
        for _path, sentence in problems[:_SHOWN_PROBLEMS]:
            self._problems.addWidget(TextLabel(sentence, self._theme, size="xs", wrap=True))


def _column() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    return column


def _clear(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
