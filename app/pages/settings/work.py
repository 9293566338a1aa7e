"""Work on files for the settings page, on a thread of its own; results arrive on the GUI thread."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

T = TypeVar("T")


class Work(QObject):
    """One piece of work at a time; a new one waits for the one before. Lives as long as its parent."""

    _ended = Signal(object, object)
    progressed = Signal(float)
    """0 to 1."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._ended.connect(_tell)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Returns at once."""

        def task() -> None:
            with self._lock:
                try:
                    value: Any = work()
                except Exception as error:  # noqa: BLE001 - told to whoever asked
                    self._end(failed, error)
                    return
            self._end(done, value)

        threading.Thread(target=task, name="lathe-settings", daemon=True).start()

    def tell_progress(self, done: int, total: int) -> None:
        """For `told` of a backup. Any thread."""
        try:
            self.progressed.emit(done / max(total, 1))
        except RuntimeError:
            return  # the window is gone

    def _end(self, callback: Callable[[Any], object] | None, value: object) -> None:
        if callback is not None:
            try:
                self._ended.emit(callback, value)
            except RuntimeError:
                return  # the window is gone


def _tell(callback: Callable[[Any], object], value: object) -> None:
    callback(value)
