"""What the settings page asks of the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from app.controllers.chat_controllers import ChatControllers
from app.pages.settings.host import HostWork
from app.shell import Shell


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

    def settle_error(self, cause: str) -> None:
        self._shell.window.settle_error(cause)

    def open_link(self, address: str) -> None:
        self._shell.open_link(address)

    def maintain(self, title: str, work: HostWork) -> None:
        self._maintain(title, work)
