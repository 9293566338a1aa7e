"""Rows for finding out what went wrong: logs, reports, diagnostics."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QObject, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from app.diagnostics.logs import log_folder
from app.diagnostics.summary import compose_summary
from app.pages.settings.host import SettingsHost
from app.pages.settings.rows import Row
from app.pages.settings.text_dialog import TextDialog, TextFile
from app.pages.settings.work import Work
from app.settings import DEFAULTS, AppSettings
from app.theme.theme import Theme


class HelpActions(QObject):
    """What the rows do."""

    def __init__(self, settings: AppSettings, theme: Theme, host: SettingsHost, page: QWidget) -> None:
        super().__init__(page)
        self._settings, self._theme, self._host, self._page = settings, theme, host, page
        self._work = Work(self)
        self.dialog: TextDialog | None = None

    def show_logs(self) -> None:
        folder = log_folder(self._host.home)
        self._work.run(lambda: _files(folder, "*.log"), self._open_logs, self._host.show_error)

    def show_reports(self) -> None:
        folder = self._host.home / "reports"
        self._work.run(lambda: _files(folder, "*.txt"), self._open_reports, self._host.show_error)

    def copy_diagnostics(self) -> None:
        """Gather it off the GUI thread, then put it on the clipboard."""
        home, facts, window = self._host.home, self._host.engine_facts, window_facts()
        changed = [key for key in DEFAULTS if not self._settings.is_default(key)]

        def done(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self._host.show_toast(self.tr("Diagnostics are on the clipboard."))

        self._work.run(lambda: compose_summary(home, window, facts, changed), done, self._host.show_error)

    def _open_logs(self, paths: list[Path]) -> None:
        if not paths:
            self._host.show_toast(self.tr("There is no log yet."))
            return
        files = [TextFile(path, path.name) for path in paths]
        told = self.tr(
            "The log of the window, its older part, and what native crashes left. Newest lines last."
        )
        self._open(
            TextDialog(
                self.tr("Logs"),
                told,
                files,
                self._theme,
                self._page.window(),
                self._host.show_toast,
                levels=True,
            )
        )

    def _open_reports(self, paths: list[Path]) -> None:
        if not paths:
            self._host.show_toast(self.tr("There are no reports: no bug has been caught."))
            return
        files = [TextFile(path, path.stem) for path in paths]
        told = self.tr(
            "What was caught, newest first: versions and a traceback, none of your texts. Nothing is sent; "
            "copy one into an issue if you want it to be fixed."
        )
        self._open(
            TextDialog(
                self.tr("Bug reports"),
                told,
                files,
                self._theme,
                self._page.window(),
                self._host.show_toast,
                levels=False,
            )
        )

    def _open(self, dialog: TextDialog) -> None:
        self.dialog = dialog
        dialog.destroyed.connect(self._forget)
        dialog.show()

    def _forget(self) -> None:
        self.dialog = None


def help_rows(actions: HelpActions) -> list[Row]:
    """Logs, reports, diagnostics."""
    rows = (
        (
            QCoreApplication.translate("Settings", "Logs"),
            QCoreApplication.translate("Settings", "What the window wrote about itself, with a filter."),
            QCoreApplication.translate("Settings", "Show…"),
            actions.show_logs,
        ),
        (
            QCoreApplication.translate("Settings", "Bug reports"),
            QCoreApplication.translate(
                "Settings", "Crashes and bugs that were caught. They stay on this machine until you copy one."
            ),
            QCoreApplication.translate("Settings", "Show…"),
            actions.show_reports,
        ),
        (
            QCoreApplication.translate("Settings", "Diagnostics"),
            QCoreApplication.translate(
                "Settings",
                "Versions, devices, sizes and which settings were changed: no names of models, "
                "chats, files or "
                "folders. For an issue.",
            ),
            QCoreApplication.translate("Settings", "Copy"),
            actions.copy_diagnostics,
        ),
    )
    made = []
    for title, explanation, action, on_click in rows:
        button = QPushButton(action)
        row = Row(title, explanation, button)
        button.setAccessibleName(f"{action} {title}")
        button.clicked.connect(on_click)
        made.append(row)
    return made


def window_facts() -> dict[str, str]:
    """What only the GUI thread may ask."""
    screens = [
        f"{screen.size().width()}x{screen.size().height()} at {screen.devicePixelRatio():g}"
        for screen in QGuiApplication.screens()
    ]
    return {
        "Qt": f"{qVersion()} on {QGuiApplication.platformName()}",
        "Screens": ", ".join(screens),
        "Locale": QLocale().name(),
        "Font families": str(len(QFontDatabase.families())),
    }


def _files(folder: Path, pattern: str) -> list[Path]:
    """Newest first."""
    found = [(path.stat().st_mtime_ns, path) for path in folder.glob(pattern) if path.stat().st_size]
    return [path for _, path in sorted(found, reverse=True)]
