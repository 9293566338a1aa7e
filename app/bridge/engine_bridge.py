"""The one place where events of other threads become Qt signals."""

from collections import deque
from collections.abc import Callable
from threading import Lock
from time import perf_counter
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance, Slot

from engine.chat.turn import TurnEvent, TurnFinished, TurnProgress, TurnStarted
from engine.protocol.events import AnyEvent
from engine.store.records import Change

T = TypeVar("T")

FLUSH_MS = 33
BUDGET_S = 0.008
"""A flush hands the thread back after this long; what is left goes out with the next one."""


class EngineBridge(QObject):
    """Collects what other threads report and emits it on the thread that owns the bridge.

    `post_*` and `call` may be called from any thread and never block. Everything goes through one queue, so
    the order in which things were posted is the order in which they arrive. At most one flush happens every
    33 ms; the first event after a pause is delivered at once. The timer runs only while something waits.
    """

    engine_event = Signal(object)
    """`AnyEvent` of the worker, those of turns included."""
    turn_started = Signal(object)
    turn_progress = Signal(object)
    turn_finished = Signal(object)
    store_changed = Signal(object)
    """`Change`: what was written."""
    failed = Signal(object)
    """An exception that nobody asked to hear about."""
    flushed = Signal()
    """The end of a flush: what was collected from it can be shown."""

    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: deque[Callable[[], None]] = deque()
        self._lock = Lock()
        self._awake = False
        self._closed = False
        self._last_flush = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.flush)
        self._woken.connect(self._schedule, Qt.ConnectionType.QueuedConnection)

    def post_engine(self, event: AnyEvent) -> None:
        """A listener for `EngineClient.subscribe`."""
        self._post(lambda: self.engine_event.emit(event))

    def post_turn(self, event: TurnEvent) -> None:
        """A listener for `TurnRunner`."""
        signal = self._turn_signal(event)
        self._post(lambda: signal.emit(event))

    def post_change(self, change: Change) -> None:
        """A listener for `Store.subscribe`."""
        self._post(lambda: self.store_changed.emit(change))

    def call(self, function: Callable[[T], None], value: T) -> None:
        """Run `function(value)` on the bridge's thread, in its turn."""
        self._post(lambda: function(value))

    def report(self, error: Exception) -> None:
        """Make an exception of a background task visible."""
        self._post(lambda: self.failed.emit(error))

    @property
    def closed(self) -> bool:
        """Whether nothing is delivered any more."""
        return self._closed

    def close(self) -> None:
        """Take nothing more and deliver nothing more: what the slots would ask for is closing too."""
        with self._lock:
            self._closed = True
            self._queue.clear()
        self._timer.stop()

    @Slot()
    def flush(self) -> None:
        """Deliver what waits, in order, for at most the time budget."""
        started = perf_counter()
        while self._queue:
            self._queue.popleft()()
            if perf_counter() - started > BUDGET_S:
                break
        self.flushed.emit()
        self._last_flush = perf_counter()
        with self._lock:
            self._awake = bool(self._queue) and not self._closed
            again = self._awake
        if again:
            self._timer.start(FLUSH_MS)

    def _turn_signal(self, event: TurnEvent) -> SignalInstance:
        match event:
            case TurnStarted():
                return self.turn_started
            case TurnProgress():
                return self.turn_progress
            case TurnFinished():
                return self.turn_finished

    def _post(self, deliver: Callable[[], None]) -> None:
        with self._lock:
            if self._closed:
                return
            self._queue.append(deliver)
            if self._awake:
                return
            self._awake = True
        self._woken.emit()

    @Slot()
    def _schedule(self) -> None:
        if self._closed or self._timer.isActive():
            return
        since_ms = (perf_counter() - self._last_flush) * 1000.0
        self._timer.start(max(0, round(FLUSH_MS - since_ms)))
