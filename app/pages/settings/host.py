"""What the settings page asks of the window."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from app.controllers.chat_controllers import ChatControllers
from engine.store.backup_format import Told

HostWork = Callable[[Told], str]
"""What is done while nothing else runs; a sentence about how it went. Raises `UserError`, `Cancelled`."""


class SettingsHost(Protocol):
    """GUI thread only."""

    @property
    def home(self) -> Path: ...

    @property
    def engine_facts(self) -> str:
        """Versions and the loaded model without its name, a line each."""
        ...

    def controllers(self) -> ChatControllers | None:
        """None until the database is open."""
        ...

    def show_toast(
        self, text: str, action_text: str = "", on_action: Callable[[], object] | None = None
    ) -> None: ...

    def show_error(self, error: BaseException) -> None: ...

    def settle_error(self, cause: str) -> None:
        """Take an error with this code away: what it is about has worked since."""
        ...

    def open_link(self, address: str) -> None:
        """Ask, then open it in the browser."""
        ...

    def maintain(self, title: str, work: HostWork) -> None:
        """Stop the engine, close the database, do the work with its progress on the screen, start again."""
        ...
