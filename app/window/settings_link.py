"""What the settings page asks of the window, and the switch “Work offline” where engine processes see it."""

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.controllers.chat_controllers import ChatControllers
from app.pages.settings.host import HostWork
from app.shell import Shell
from engine.errors import UserError
from engine.network.offline import publish_offline

OFFLINE_KEY = "network.offline"


class SettingsLink(QObject):
    """A `SettingsHost`."""

    def __init__(
        self,
        shell: Shell,
        controllers: Callable[[], ChatControllers | None],
        facts: Callable[[], str],
        maintain: Callable[[str, HostWork], None],
    ) -> None:
        super().__init__(shell.window)
        self._shell = shell
        self._controllers, self._facts, self._maintain = controllers, facts, maintain

    @property
    def home(self) -> Path:
        return self._shell.home

    @property
    def engine_facts(self) -> str:
        return self._facts()

    def controllers(self) -> ChatControllers | None:
        return self._controllers()

    def show_toast(
        self, text: str, action_text: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        self._shell.window.show_toast(text, action_text, on_action)

    def show_error(self, error: BaseException) -> None:
        self._shell.window.show_error(error)

    def open_link(self, address: str) -> None:
        self._shell.open_link(address)

    def maintain(self, title: str, work: HostWork) -> None:
        self._maintain(title, work)


class OfflineSwitch(QObject):
    """Publishes the setting; the newest value wins, whichever thread is quicker."""

    failed = Signal(object)
    """`UserError`: connections would be made that the user forbade."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)
        self._shell = shell
        self.failed.connect(shell.window.show_error)
        self._lock = threading.Lock()
        shell.settings.changed.connect(self._follow)

    def _follow(self, key: str) -> None:
        if key == OFFLINE_KEY:
            threading.Thread(target=self._publish, name="lathe-offline", daemon=True).start()

    def _publish(self) -> None:
        with self._lock:
            try:
                publish_offline(self._shell.home, bool(self._shell.settings.value(OFFLINE_KEY)))
            except OSError as error:
                path = self._shell.home
                self.failed.emit(UserError("store.unwritable", path=path, reason=error.strerror or error))
