"""Python's cyclic garbage collector, moved to moments in which nobody waits.

A full collection walks every object that is alive: 30 to 60 ms with a chat of 10,000 messages, in the
middle of a frame. Most garbage never needs it (reference counts free it at once), so:

- automatic collection is off; also because it could run in any thread and free Qt objects there;
- twice a second the young generations are collected, which takes well under a millisecond;
- what survived a busy phase (a chat that was opened) is frozen: later collections skip it;
- when the user has been idle for a while, everything is thawed and collected once.
"""

import gc
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer

TICK_MS = 500
YOUNG_OBJECTS = 2_000  # allocations that make a young collection worth it
OLD_OBJECTS = 10  # young collections before the middle generation's turn
IDLE_SECONDS = 20.0
_INPUT = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
}


class IdleGc(QObject):
    """Owns collection for the program. Install once: `application.installEventFilter(idle_gc)`.

    `is_busy` tells whether something is running that a pause would disturb (a reply that streams).
    """

    def __init__(self, is_busy: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_busy = is_busy
        self._last_input = time.monotonic()
        self._collected_since_input = False
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Take over from the automatic collector."""
        gc.disable()
        self.settle()
        self._timer.start()

    def stop(self) -> None:
        """Give back to the automatic collector."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def settle(self) -> None:
        """Call after much was created that stays, for example a chat that was opened."""
        gc.collect(1)
        gc.freeze()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._last_input = time.monotonic()
            self._collected_since_input = False
        return False

    def _tick(self) -> None:
        young, middle, _ = gc.get_count()
        idle = time.monotonic() - self._last_input > IDLE_SECONDS
        if idle and not self._collected_since_input and not self._is_busy():
            self._collected_since_input = True
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        elif middle > OLD_OBJECTS:
            gc.collect(1)
        elif young > YOUNG_OBJECTS:
            gc.collect(0)
