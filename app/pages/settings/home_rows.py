"""Rows about the home folder as a whole: the old copy after a move, backup, restore."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QProgressBar, QPushButton, QWidget

from app.pages.settings.home_actions import HomeActions
from app.pages.settings.rows import Row
from engine.store.moving import ORIGIN, origin_of


class OldCopyRow(Row):
    """There only while a move has left a copy."""

    def __init__(self, home: Path, actions: HomeActions) -> None:
        delete = QPushButton()
        super().__init__(QCoreApplication.translate("Settings", "Old copy of the data"), "…", delete)
        self._home, self._actions = home, actions
        self._origin: Path | None = None
        delete.setText(self.tr("Delete…"))
        delete.setAccessibleName(self.tr("Delete the old copy of the data"))
        delete.clicked.connect(self._delete)
        self.wanted = False
        self.setVisible(False)
        actions.changed.connect(self.look)
        self.look()

    def look(self) -> None:
        """Whether there is one, off the GUI thread."""
        home = self._home
        self._actions.work.run(lambda: _old_copy(home), self._take, lambda _error: self._take(None))

    def _take(self, origin: Path | None) -> None:
        self._origin = origin
        self.wanted = origin is not None
        if origin is not None:
            text = self.tr("The data was moved here from {folder}, where its copy still takes room.")
            self._explanation.setText(text.format(folder=origin))
        self.setVisible(self.wanted)

    def _delete(self) -> None:
        if self._origin is not None:
            self._actions.delete_old(self._origin)


class BackupRow(Row):
    """With a bar while one is written."""

    def __init__(self, actions: HomeActions) -> None:
        start = QPushButton()
        super().__init__(
            QCoreApplication.translate("Settings", "Back up"),
            QCoreApplication.translate(
                "Settings",
                "Everything in one .zip file, read back and compared: chats, settings, data sets, runs, "
                "measurements; models if you want. You can go on meanwhile.",
            ),
            start,
        )
        self._start = start
        self._next: QWidget | None = None
        start.setText(self.tr("Back up…"))
        start.clicked.connect(actions.choose_backup)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the backup"))
        self.bar.hide()
        self.texts.addWidget(self.bar)
        actions.work.progressed.connect(self._show)

    def _show(self, fraction: float) -> None:
        running = fraction < 1.0
        self.bar.setValue(round(fraction * 1000))
        self.bar.setVisible(running)
        had_focus = self._start.hasFocus()
        self._start.setEnabled(not running)
        if running and had_focus:
            self._next = QApplication.focusWidget()  # Qt sends the keyboard on from what cannot be used
        elif not running and self._next is not None and self._next is QApplication.focusWidget():
            self._start.setFocus()


class RestoreRow(Row):
    """Brings a backup back."""

    def __init__(self, actions: HomeActions) -> None:
        choose = QPushButton()
        super().__init__(
            QCoreApplication.translate("Settings", "Restore"),
            QCoreApplication.translate(
                "Settings",
                "Checks a backup, then puts it in place. What it replaces is kept, so it can be taken back.",
            ),
            choose,
        )
        choose.setText(self.tr("Restore…"))
        choose.clicked.connect(actions.choose_restore)


def _old_copy(home: Path) -> Path | None:
    """The old folder, if there is more in it than the pointer."""
    origin = origin_of(home) if (home / ORIGIN).exists() else None
    if origin is None or origin.resolve() == home.resolve():
        return None
    return origin if any(path.name != "moved-to" for path in origin.iterdir()) else None
