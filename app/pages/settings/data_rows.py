"""Where everything is kept, how much it is, and what can be given back."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget

from app.pages.settings.host import SettingsHost
from app.pages.settings.part_words import part_words
from app.pages.settings.rows import Row
from app.pages.settings.work import Work
from app.widgets import numbers
from app.widgets.folders import ShowToast, show_folder
from engine.store.contents import REMADE, Size, free_part, free_states, measure

LEAST_WORTH = 1 << 16
"""Fewer bytes are not worth a button."""


class Measured(NamedTuple):
    """Sizes by part, and the room that is left on the disk."""

    parts: dict[str, Size]
    free_bytes: int


class Sizes(QObject):
    """Measures on a thread of its own and tells on the GUI thread."""

    measured = Signal(object)

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self._work = Work(self)
        self._busy = False

    def refresh(self) -> None:
        """Start unless a measurement runs."""
        if not self._busy:
            self._busy = True
            self._work.run(self._measure, self._tell)

    def _measure(self) -> Measured:
        try:
            free = shutil.disk_usage(self._home).free
        except OSError:
            free = -1
        return Measured(measure(self._home), free)

    def _tell(self, measured: Measured) -> None:
        self._busy = False
        self.measured.emit(measured)


class HomeRow(Row):
    """The folder, with ways to open it and to put it somewhere else."""

    move_requested = Signal()

    def __init__(self, home: Path, sizes: Sizes, show_toast: ShowToast) -> None:
        button = QPushButton()
        super().__init__(QCoreApplication.translate("Settings", "Home folder"), str(home), button)
        self._home = home
        button.setText(self.tr("Open folder"))
        button.setToolTip(self.tr("Show the folder in the file manager"))
        button.clicked.connect(lambda: show_folder(home, show_toast))
        copy = QPushButton(self.tr("Copy path"))
        copy.setProperty("kind", "ghost")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(str(home)))
        self.move_button = QPushButton(self.tr("Move…"))
        self.move_button.setProperty("kind", "ghost")
        self.move_button.setToolTip(self.tr("Keep all data in another folder, such as on another drive"))
        self.move_button.clicked.connect(self.move_requested)
        self.row.addWidget(copy)
        self.row.addWidget(self.move_button)
        self._explanation.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        sizes.measured.connect(self._show)

    def _show(self, measured: Measured) -> None:
        total = sum(size.size_bytes for size in measured.parts.values())
        if measured.free_bytes >= 0:
            text = self.tr("{size} in all, {free} free on this drive").format(
                size=numbers.size(total), free=numbers.size(measured.free_bytes)
            )
            self._explanation.setText(f"{self._home}\n{text}")


class PartRow(Row):
    """One part of the folder with its size, and a way to free it where it can be made anew."""

    free_requested = Signal(str, str)
    """Id, and the sentence that says what is lost."""

    def __init__(self, part: str, sizes: Sizes) -> None:
        words = part_words(part)
        value = QLabel("…")
        value.setProperty("role", "muted")
        super().__init__(words.title, words.explanation, value)
        self.part = part
        self._value = value
        self._value.setAccessibleName(words.title)
        self.free_button = QPushButton(self.tr("Free…"))
        self.free_button.setAccessibleName(self.tr("Free: {part}").format(part=words.title))
        self.free_button.setToolTip(words.loss)
        self.free_button.clicked.connect(lambda: self.free_requested.emit(part, words.loss))
        policy = self.free_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.free_button.setSizePolicy(policy)
        self.free_button.setVisible(False)
        self.row.addWidget(self.free_button)
        sizes.measured.connect(self._show)

    def _show(self, measured: Measured) -> None:
        size = measured.parts[self.part]
        text = self.tr("%n file(s)", None, size.files)
        self._value.setText(f"{numbers.size(size.size_bytes)} · {text}" if size.files else self.tr("empty"))
        self.free_button.setVisible(self.part in REMADE and size.size_bytes >= LEAST_WORTH)


class Freeing(QObject):
    """Asks, deletes, says how much it was."""

    def __init__(self, host: SettingsHost, sizes: Sizes, page: QWidget) -> None:
        super().__init__(page)
        self._host, self._sizes, self._page = host, sizes, page
        self._work = Work(self)

    def ask(self, part: str, loss: str) -> None:
        box = QMessageBox(self._page)
        box.setWindowTitle(self.tr("Free disk space"))
        box.setText(self.tr("Delete “{part}”?").format(part=part_words(part).title))
        box.setInformativeText(loss)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        delete = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.buttonClicked.connect(lambda button: self.free(part) if button is delete else None)
        box.open()

    def free(self, part: str) -> None:
        """Delete it now."""
        controllers = self._host.controllers()
        home = self._host.home
        if part == "states" and controllers is not None:
            controllers.access.run(free_states, self._freed, self._host.show_error)
        elif part == "jobs" and controllers is not None:
            controllers.jobs.clear_ended()
            self._work.run(lambda: measure(home)["jobs"].size_bytes, lambda _size: self._sizes.refresh())
            self._host.show_toast(self.tr("Jobs that have ended are forgotten."))
        elif part not in ("states", "jobs"):
            self._work.run(lambda: free_part(home, part), self._freed, self._host.show_error)

    def _freed(self, count: int) -> None:
        self._sizes.refresh()
        self._host.show_toast(self.tr("{size} freed").format(size=numbers.size(count)))


def button(text: str, on_click: Callable[[], object], *, ghost: bool = False) -> QPushButton:
    """A push button of a row."""
    made = QPushButton(text)
    if ghost:
        made.setProperty("kind", "ghost")
    made.clicked.connect(lambda _checked: on_click())
    return made
