"""Ctrl+C in the terminal, a logout, a shutdown: the window closes as if its user had closed it.

Without this the process would end where it stands: the draft of the last second and what the model has read
would be lost, nothing else. A second signal ends the process at once.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QWidget

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def run_until_closed(qt: QApplication, window: QWidget) -> int:
    """The event loop; a signal closes `window`. The exit code."""
    with _closing_on_signals(window):
        return qt.exec()


@contextmanager
def _closing_on_signals(window: QWidget) -> Iterator[None]:
    """Python runs its handlers between two steps of Python, and Qt may wait long: the pipe wakes it.

    Windows asks its windows to close, and has no pipe that Qt can wait for.
    """
    if sys.platform == "win32":
        yield
        return
    heard, told = os.pipe()
    os.set_blocking(told, False)
    notifier = QSocketNotifier(heard, QSocketNotifier.Type.Read)

    def on_byte() -> None:
        os.read(heard, 64)
        window.close()

    notifier.activated.connect(on_byte)
    wakeup = signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    before = {number: signal.signal(number, _next_one_ends) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(wakeup)
        notifier.setEnabled(False)
        os.close(heard)
        os.close(told)


def _next_one_ends(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)
