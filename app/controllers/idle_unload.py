"""Gives a model's memory back when nobody has used it for a while."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.bridge.engine_bridge import EngineBridge
from app.controllers.models import ModelsController
from engine.protocol.events import ModelUnloaded, Pong, Stats

_MINUTE_MS = 60_000


class IdleUnload(QObject):
    """Every answer of the engine counts as use, be it a reply, a measured prompt or a reading.

    `is_busy` tells whether something is running that needs the model.
    """

    def __init__(
        self,
        models: ModelsController,
        bridge: EngineBridge,
        is_busy: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._models = models
        self._is_busy = is_busy
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self._rest)
        bridge.engine_event.connect(self._on_event)

    def set_minutes(self, minutes: int) -> None:
        """How long a model waits; 0 for ever."""
        self.timer.setInterval(minutes * _MINUTE_MS)
        self.touch()

    def touch(self) -> None:
        """The model is used now: its time begins again."""
        if self.timer.interval():
            self.timer.start()
        else:
            self.timer.stop()

    def _on_event(self, event: object) -> None:
        if not isinstance(event, Stats | Pong | ModelUnloaded):
            self.touch()

    def _rest(self) -> None:
        model = self._models.current
        if self._is_busy() or self._models.is_loading:
            self.touch()
        elif model is not None and model.backend != "remote":  # a server's memory is not ours to give back
            self._models.rest()
