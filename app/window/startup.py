"""Imports and opens what is slow while the window is already on the screen."""

import logging
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from app.composition import Services

_log = logging.getLogger(__name__)


class Startup(QObject):
    """`begin` once; exactly one of the signals follows, on the GUI thread."""

    opened = Signal(object)
    """`Services`"""
    failed = Signal(object)

    def __init__(self, home: Path, fake: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self._fake = fake
        self._thread: threading.Thread | None = None
        self._services: Services | None = None
        self._taken = False

    def begin(self) -> None:
        self._thread = threading.Thread(target=self._run, name="lathe-startup")
        self._thread.start()

    def take(self) -> "Services":
        """What was opened; from now on the caller closes it."""
        if self._services is None:
            raise RuntimeError("nothing is open")
        self._taken = True
        return self._services

    def wait(self) -> None:
        """End the thread, and close what nobody took."""
        if self._thread is not None:
            self._thread.join()
        if self._services is not None and not self._taken:
            self._services.close()
            self._services = None

    def _run(self) -> None:
        began = time.perf_counter()
        try:
            from app.composition import open_services  # noqa: PLC0415 - the point of this thread

            self._services = open_services(self._home, self._fake)
            # Pages import these on the GUI thread, where they would stall it for half a second.
            import app.panels.attention.panel  # noqa: PLC0415
            import app.workbench  # noqa: F401, PLC0415
        except Exception as error:  # noqa: BLE001 - told by the window
            self.failed.emit(error)
            return
        _log.info("services opened in %.0f ms", 1000 * (time.perf_counter() - began))
        self.opened.emit(self._services)
