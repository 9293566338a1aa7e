"""Where everything is kept, and how much it is."""

import threading
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from app.pages.settings.rows import Row

FOLDERS = {"states": ("states",), "snapshots": ("snapshots",), "logs": ("logs", "reports")}
"""What is measured besides the database, and in which folders of the home folder it lies."""


def measure(home: Path) -> dict[str, tuple[int, int]]:
    """Bytes and number of files of each part. Reads the disk: not for the GUI thread."""
    database = [path for path in home.glob("lathe.db*") if path.is_file()]
    found = {"database": database}
    for name, folders in (
        ("states", ("states",)),
        ("snapshots", ("snapshots",)),
        ("logs", ("logs", "reports")),
    ):
        found[name] = [path for folder in folders for path in (home / folder).rglob("*") if path.is_file()]
    return {name: (sum(_size(path) for path in paths), len(paths)) for name, paths in found.items()}


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # Gone since it was listed.


class Sizes(QObject):
    """Measures on a thread of its own and tells on the GUI thread."""

    measured = Signal(object)

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self._thread: threading.Thread | None = None

    def refresh(self) -> None:
        """Start unless a measurement runs."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="lathe-sizes", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        result = measure(self._home)
        try:
            self.measured.emit(result)
        except RuntimeError:
            return  # The window closed while the disk was read.


class HomeRow(Row):
    """The folder, with a way to open it."""

    def __init__(self, home: Path) -> None:
        button = QPushButton()
        super().__init__(QCoreApplication.translate("Settings", "Home folder"), str(home), button)
        button.setText(self.tr("Open folder"))
        button.setToolTip(self.tr("Show the folder in the file manager"))
        button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(home))))
        copy = QPushButton(self.tr("Copy path"))
        copy.setProperty("kind", "ghost")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(str(home)))
        self.row.addWidget(copy)
        self._explanation.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


class SizeRow(Row):
    """One part of the folder with its size."""

    def __init__(self, part: str, title: str, explanation: str, sizes: Sizes) -> None:
        value = QLabel("…")
        value.setProperty("role", "muted")
        super().__init__(title, explanation, value)
        self._part = part
        self._value = value
        self._value.setAccessibleName(title)
        sizes.measured.connect(self._show)

    def _show(self, measured: dict[str, tuple[int, int]]) -> None:
        count, files = measured[self._part]
        form = QLocale.DataSizeFormat.DataSizeTraditionalFormat
        size = QLocale().formattedDataSize(count, 1 if count >= 2**20 else 0, form)
        text = self.tr("%n file(s)", None, files)
        self._value.setText(f"{size} · {text}" if files else self.tr("empty"))
