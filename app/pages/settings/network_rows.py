"""Rows about connections: the ledger, and the question for a newer release."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt
from PySide6.QtWidgets import QPushButton

from app.controllers.asking import Asking
from app.diagnostics.reports import DISTRIBUTION, installed_version
from app.i18n.errors import describe
from app.pages.settings.host import SettingsHost
from app.pages.settings.ledger_dialog import LedgerDialog
from app.pages.settings.rows import Row
from app.settings import OFFLINE, AppSettings
from app.theme.theme import Theme
from app.widgets.numbers import number_locale
from engine.errors import BugError, UserError
from engine.network.updates import default_address
from engine.protocol.jobs import JobEvent, JobFailed
from engine.protocol.updates import UpdateCheck, UpdateFound

ADDRESS_KEY = "network.update_address"


class LedgerRow(Row):
    """Opens the list of connections."""

    def __init__(self, home: Path, theme: Theme) -> None:
        show = QPushButton()
        super().__init__(
            QCoreApplication.translate("Settings", "Connections"),
            QCoreApplication.translate(
                "Settings",
                "Every connection that Lathe has made, when, to whom and why. The list is a file "
                "on this machine.",
            ),
            show,
        )
        show.setText(self.tr("Show…"))
        show.setAccessibleName(self.tr("Show connections"))
        show.clicked.connect(lambda: self.open(home, theme))

    def open(self, home: Path, theme: Theme) -> LedgerDialog:
        dialog = LedgerDialog(home, theme, self.window())
        dialog.show()
        return dialog


class UpdateRow(Row):
    """Asks once, when its button is pressed; never by itself."""

    def __init__(self, settings: AppSettings, host: SettingsHost) -> None:
        self.check_button = QPushButton()
        super().__init__(
            QCoreApplication.translate("Settings", "Newer release"),
            QCoreApplication.translate(
                "Settings",
                "Lathe looks for one only when you press this. Nothing is downloaded or installed.",
            ),
            self.check_button,
        )
        self._settings, self._host = settings, host
        self._asking: Asking | None = None
        self._page = self._told = ""
        self._usual = self._explanation.text()
        self.check_button.setText(self.tr("Check now"))
        self.check_button.clicked.connect(self.check)
        self.open_button = QPushButton(self.tr("Open its page…"))
        self.open_button.setProperty("kind", "primary")
        self.open_button.clicked.connect(lambda: host.open_link(self._page))
        self.open_button.setVisible(False)
        settings.changed.connect(self._follow)
        self.row.insertWidget(1, self.open_button)

    def check(self) -> None:
        controllers = self._host.controllers()
        address = str(self._settings.value(ADDRESS_KEY)).strip() or default_address()
        if not address:
            self._say_error(UserError("update.no_address"))
            return
        if controllers is None:
            return
        self.check_button.setEnabled(False)
        self.open_button.setVisible(False)
        self._told = ""
        self._explanation.setText(self.tr("Asking…"))
        job = UpdateCheck(address, installed_version(DISTRIBUTION))
        self._asking = controllers.jobs.ask(job, self._hear)

    def _hear(self, event: JobEvent) -> None:
        if isinstance(event, UpdateFound):
            self.check_button.setEnabled(True)
            self._show(event)
        elif isinstance(event, JobFailed):
            self.check_button.setEnabled(True)
            self._say_error(UserError(event.code, **event.params) if event.code else BugError(event.report))

    def _show(self, found: UpdateFound) -> None:
        if not found.newer:
            text = self.tr("You have the newest release, {version}.").format(
                version=installed_version(DISTRIBUTION)
            )
            self._explanation.setText(text)
            return
        date = short_day(found.published)
        text = self.tr("Lathe {version} is there, of {date}.") if date else ""
        text = text or self.tr("Lathe {version} is there.")
        self._explanation.setText(text.format(version=found.version, date=date))
        self._page = found.page
        self.open_button.setVisible(bool(found.page))

    def _say_error(self, error: Exception) -> None:
        told = describe(error)
        self._explanation.setText(f"{told.message} {told.hint}")
        self._told = getattr(error, "code", "")

    def _follow(self, key: str) -> None:
        """That one works offline is past once the switch is off."""
        if key == OFFLINE and self._told == "network.offline" and not self._settings.value(OFFLINE):
            self._told = ""
            self._explanation.setText(self._usual)


def short_day(text: str) -> str:
    """A date as people here write it, of one like 2026-05-01; "" where it is none."""
    day = QDate.fromString(text, Qt.DateFormat.ISODate)
    return number_locale().toString(day, QLocale.FormatType.ShortFormat) if day.isValid() else ""


def privacy_rows() -> list[Row]:
    """Sentences that need no control."""
    return [
        Row(
            QCoreApplication.translate("Settings", "Everything stays on this machine"),
            QCoreApplication.translate(
                "Settings",
                "Lathe has no account and no telemetry. Chats, logs and reports are files in the "
                "home folder. "
                "Connections are made when you chat with an endpoint that you added, search or download "
                "models, install an add-on, or ask for a newer release.",
            ),
        ),
        Row(
            QCoreApplication.translate("Settings", "Messages cannot load anything"),
            QCoreApplication.translate(
                "Settings",
                "Showing a message never fetches pictures, styles or scripts. Links are shown in full and "
                "opened only after you say so.",
            ),
        ),
        Row(
            QCoreApplication.translate("Settings", "Keys of endpoints"),
            QCoreApplication.translate(
                "Settings", "Kept in the keyring of the system, never in the database, in logs or in exports."
            ),
        ),
    ]
