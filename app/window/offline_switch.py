"""The switch “Work offline”, where processes of the engine see it."""

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.settings import OFFLINE
from engine.errors import UserError
from engine.network.offline import publish_offline

if TYPE_CHECKING:
    from app.shell import Shell


class OfflineSwitch(QObject):
    """Publishes the setting; the newest value wins, whichever thread is quicker."""

    failed = Signal(object)
    """`UserError`: connections would be made that the user forbade."""

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell.window)
        self._shell = shell
        self.failed.connect(shell.window.show_error)
        self._lock = threading.Lock()
        shell.settings.changed.connect(self._follow)

    def _follow(self, key: str) -> None:
        if key == OFFLINE:
            if not self._shell.settings.value(OFFLINE):
                self._shell.window.settle_error("network.offline")
            threading.Thread(target=self._publish, name="lathe-offline", daemon=True).start()

    def _publish(self) -> None:
        with self._lock:
            try:
                publish_offline(self._shell.home, bool(self._shell.settings.value(OFFLINE)))
            except OSError as error:
                path = self._shell.home
                self.failed.emit(UserError("store.unwritable", path=path, reason=error.strerror or error))
