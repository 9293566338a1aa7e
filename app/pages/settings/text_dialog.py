"""A window with a list left and a text right: logs, and reports about bugs."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.pages.settings.work import Work
from app.theme.fonts import mono_font
from app.theme.theme import Theme
from app.widgets.dialogs.room import open_as_large_as
from app.widgets.folders import ShowToast, show_folder
from app.widgets.segmented import SegmentedControl
from app.widgets.select import Select
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextField
from app.widgets.text_label import TextLabel

TAIL_BYTES = 1 << 19
_LEVELS = {"warnings": (" WARNING ", " ERROR ", " CRITICAL "), "errors": (" ERROR ", " CRITICAL ")}


class TextFile(NamedTuple):
    """A file as the list shows it."""

    path: Path
    title: str


def read_tail(path: Path) -> str:
    """The last half a megabyte. Raises `OSError`."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL_BYTES))
        data = file.read()
    if size > TAIL_BYTES:
        data = data.partition(b"\n")[2]
    return data.decode("utf-8", "replace")


def filtered(text: str, level: str, words: str) -> str:
    """Lines of a level and above, with the lines that follow them (tracebacks), that contain the words."""
    marks = _LEVELS.get(level, ())
    wanted = words.casefold().split()
    kept: list[str] = []
    inside = not marks
    for line in text.splitlines():
        if line[:4].isdigit():  # a record begins with its date
            inside = not marks or any(mark in line for mark in marks)
        if inside and all(word in line.casefold() for word in wanted):
            kept.append(line)
    return "\n".join(kept)


class TextDialog(QDialog):
    """Not modal. `levels`: whether lines have levels by which they can be left out."""

    def __init__(
        self,
        title: str,
        explanation: str,
        files: list[TextFile],
        theme: Theme,
        page: QWidget,
        show_toast: ShowToast,
        *,
        levels: bool,
    ) -> None:
        super().__init__(page)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_as_large_as(self, 900, 560)
        self._files = files
        self._show_toast = show_toast
        self._whole = ""
        self._work = Work(self)
        self.choice = Select(self.tr("File"), [(str(file.path), file.title) for file in files], theme)
        self.choice.setCurrentIndex(0)
        self.choice.selected.connect(lambda _key: self.load())
        self.level = SegmentedControl(
            self.tr("Level"),
            [("all", self.tr("All")), ("warnings", self.tr("Warnings")), ("errors", self.tr("Errors"))],
            theme,
        )
        self.level.set_current("all")
        self.level.selected.connect(lambda _key: self._show())
        self.level.setVisible(levels)
        self.words = TextField(
            self.tr("Filter lines"), theme, placeholder=self.tr("Filter lines"), icon_name="search"
        )
        self.words.textChanged.connect(lambda _text: self._show())
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setFont(mono_font(12))
        self.text.setAccessibleName(title)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.copy_button = TextButton(self.tr("Copy"), theme, icon_name="copy")
        self.copy_button.clicked.connect(self._copy)
        self._build(explanation, theme)
        self.load()

    def load(self) -> None:
        """Read the chosen file again."""
        index = self.choice.currentIndex()
        if 0 <= index < len(self._files):
            path = self._files[index].path
            self._work.run(lambda: read_tail(path), self._take, lambda error: self._take(str(error)))

    def _take(self, text: str) -> None:
        self._whole = text
        self._show()

    def _show(self) -> None:
        level = self.level.current() or ""
        self.text.setPlainText(filtered(self._whole, level, self.words.text()))
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.copy_button.setText(self.tr("Copy"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy_button.setText(self.tr("Copied"))

    def _build(self, explanation: str, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(TextLabel(explanation, theme, wrap=True))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.choice, 1)
        head.addWidget(self.level)
        head.addWidget(self.words, 1)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        again = TextButton(self.tr("Read again"), theme, kind="ghost", icon_name="refresh-cw")
        again.clicked.connect(self.load)
        folder = TextButton(self.tr("Open folder"), theme, kind="ghost", icon_name="folder-open")
        folder.clicked.connect(self._open_folder)
        close = TextButton(self.tr("Close"), theme)
        close.clicked.connect(self.close)
        for button in (again, folder):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.copy_button)
        foot.addWidget(close)
        column.addLayout(foot)

    def _open_folder(self) -> None:
        if self._files:
            show_folder(self._files[0].path.parent, self._show_toast)
