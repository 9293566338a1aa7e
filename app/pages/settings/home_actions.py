"""Moving the home folder, backing it up, restoring it."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QMessageBox, QWidget

from app.diagnostics.reports import DISTRIBUTION, installed_version
from app.pages.settings.host import HostWork, SettingsHost
from app.pages.settings.work import Work
from app.panels.stored_list import short_date
from app.widgets import numbers
from engine.errors import UserError
from engine.store.backup import write_backup
from engine.store.backup_format import Manifest, Told
from engine.store.moving import check_move, delete_old_copy, move_home
from engine.store.restore import look_into, restore_backup


class HomeActions(QObject):
    """What the rows of the section Data do. Everything that takes time is off the GUI thread."""

    changed = Signal()
    """Sizes may be others now."""

    def __init__(self, host: SettingsHost, page: QWidget) -> None:
        super().__init__(page)
        self._host, self._page = host, page
        self.work = Work(self)

    # moving

    def choose_target(self) -> None:
        title = self.tr("Choose an empty folder for all data of Lathe")
        folder = QFileDialog.getExistingDirectory(self._page, title, str(self._host.home.parent))
        if folder:
            self.prepare_move(Path(folder))

    def prepare_move(self, target: Path) -> None:
        """Check first, then ask."""
        home = self._host.home
        self.work.run(
            lambda: check_move(home, target), lambda size: self._ask_move(target, size), self._host.show_error
        )

    def move(self, target: Path) -> None:
        """Without asking again."""
        home = self._host.home

        def work(told: Told) -> str:
            move_home(home, target, told)
            return str(target)

        self._maintain(self.tr("Moving the data to {folder}").format(folder=target), work)

    def _ask_move(self, target: Path, size: int) -> None:
        self._ask(
            self.tr("Move {size} to {folder}?").format(size=numbers.size(size), folder=target),
            self.tr(
                "The engine stops meanwhile. Every file is copied and compared before the new folder counts; "
                "if anything interrupts it, the old one stays in use. The old copy stays until you delete it."
            ),
            self.tr("Move"),
            lambda: self.move(target),
        )

    def delete_old(self, origin: Path) -> None:
        """The copy that a move has left."""
        home = self._host.home

        def done(_nothing: None) -> None:
            self._host.show_toast(self.tr("The old copy is deleted."))
            self.changed.emit()

        self._ask(
            self.tr("Delete the old copy in {folder}?").format(folder=origin),
            self.tr("The data in use stays as it is. This cannot be undone."),
            self.tr("Delete"),
            lambda: self.work.run(lambda: delete_old_copy(home), done, self._host.show_error),
        )

    # backups

    def choose_backup(self) -> None:
        """Ask for the file, and whether models go in."""
        name = f"lathe-{time.strftime('%Y-%m-%d')}.zip"
        target, _ = QFileDialog.getSaveFileName(
            self._page, self.tr("Back up to"), str(Path.home() / name), self.tr("Backups (*.zip)")
        )
        if not target:
            return
        box = self._box(
            self.tr("Back up to {file}?").format(file=target),
            self.tr(
                "Chats, presets, settings, data sets, runs and measurements. Keys and tokens are in the "
                "system's keyring and do not go in."
            ),
        )
        models = QCheckBox(self.tr("With models and checkpoints, which can be very large"))
        box.setCheckBox(models)
        go = box.addButton(self.tr("Back up"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.buttonClicked.connect(
            lambda button: self.back_up(Path(target), models.isChecked()) if button is go else None
        )
        box.open()

    def back_up(self, target: Path, models: bool) -> None:
        home, version = self._host.home, installed_version(DISTRIBUTION)
        if target.suffix.lower() != ".zip":
            target = target.with_name(target.name + ".zip")

        def done(manifest: Manifest) -> None:
            self.work.progressed.emit(1.0)
            text = self.tr("%n file(s) backed up and checked.", None, len(manifest.files))
            self._host.show_toast(text)

        def failed(error: Exception) -> None:
            self.work.progressed.emit(1.0)
            self._host.show_error(error)

        self.work.run(
            lambda: write_backup(home, target, version, models=models, told=self.work.tell_progress),
            done,
            failed,
        )

    def choose_restore(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._page, self.tr("Restore from"), str(Path.home()), self.tr("Backups (*.zip)")
        )
        if path:
            self.prepare_restore(Path(path))

    def prepare_restore(self, path: Path) -> None:
        """Look into it first, then ask."""
        self.work.run(
            lambda: look_into(path), lambda manifest: self._ask_restore(path, manifest), self._host.show_error
        )

    def restore(self, path: Path) -> None:
        """Without asking again."""
        home = self._host.home

        def work(told: Told) -> str:
            return str(restore_backup(path, home, told).kept)

        self._maintain(self.tr("Restoring {file}").format(file=path.name), work)

    def _ask_restore(self, path: Path, manifest: Manifest) -> None:
        when = short_date(manifest.created_ms)
        self._ask(
            self.tr("Restore the backup of {when}?").format(when=when),
            self.tr(
                "{files} files, {size}. Chats and settings become those of the backup. What it replaces is "
                "kept in the folder before-restore; what is not in the backup stays. Lathe starts again."
            ).format(files=numbers.whole(len(manifest.files)), size=numbers.size(manifest.size_bytes)),
            self.tr("Restore"),
            lambda: self.restore(path),
        )

    # both

    def _maintain(self, title: str, work: HostWork) -> None:
        controllers = self._host.controllers()
        busy = [record.title for record in controllers.jobs.busy] if controllers is not None else []
        if busy:
            self._host.show_error(UserError("home.jobs", titles=", ".join(busy[:3])))
            return
        self._host.maintain(title, work)

    def _box(self, text: str, more: str) -> QMessageBox:
        box = QMessageBox(self._page)
        box.setWindowTitle(self.tr("Data"))
        box.setText(text)
        box.setInformativeText(more)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return box

    def _ask(self, text: str, more: str, action: str, on_yes: Callable[[], object]) -> None:
        box = self._box(text, more)
        go = box.addButton(action, QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.buttonClicked.connect(lambda button: on_yes() if button is go else None)
        box.open()
