"""The local server as the window sees it: on or off, where it answers, and whom."""

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from app.bridge.background import Background
from app.bridge.engine_bridge import EngineBridge
from app.controllers.models import ModelsController
from engine.client.server_process import ServerProcess
from engine.client.server_token import server_token
from engine.errors import BugError, UserError
from engine.protocol.serving import (
    ServerActivity,
    ServerEvent,
    ServerFailed,
    ServerListening,
    ServerLoading,
    ServeSpec,
)

Phase = Literal["off", "loading", "on", "stopping"]
_CLOSE_S = 5.0


class LocalServer(QObject):
    """GUI thread only. Serves the model that is loaded when it is switched on, with weights of its own
    process; the file's pages are shared by the system.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        home: Path,
        models: ModelsController,
        background: Background,
        bridge: EngineBridge,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._home, self._models = home, models
        self._background, self._bridge = background, bridge
        self._process: ServerProcess | None = None
        self.phase: Phase = "off"
        self.fraction = 0.0
        self.listening: ServerListening | None = None
        self.activity = ServerActivity((), 0, 0.0)
        self.token = ""

    @property
    def address(self) -> str:
        """What clients call the base URL; "" while it does not answer."""
        return f"http://127.0.0.1:{self.listening.port}/v1" if self.listening else ""

    def can_start(self) -> bool:
        current = self._models.current
        return self.phase == "off" and current is not None and current.backend == "llama_cpp"

    def start(self, port: int, slots: int) -> None:
        """Serve the loaded model; `failed` tells what kept it from that."""
        current = self._models.current
        if self.phase != "off" or current is None:
            return
        self.phase, self.fraction = "loading", 0.0
        self.activity = ServerActivity((), 0, 0.0)
        name, path, context = current.name, current.path, current.context

        def begin() -> tuple[str, ServerProcess]:
            token = server_token(self._home)
            spec = ServeSpec(path, name, token, port, slots, context)
            try:
                process = ServerProcess(
                    self._home,
                    spec,
                    lambda event: self._bridge.call(self._take, event),
                    lambda: self._bridge.call(self._end, None),
                )
            except OSError as error:
                raise UserError("engine.start_failed", reason=error.strerror or str(error)) from error
            return token, process

        self._background.run(begin, self._begun, self._not_begun)
        self.changed.emit()

    def stop(self) -> None:
        """Open replies have a moment to end."""
        if self._process is not None and self.phase in ("loading", "on"):
            self.phase = "stopping"
            self._process.stop()
            self.changed.emit()

    def renew_token(self) -> None:
        """Another token; takes effect when the server is started again."""
        self._background.run(lambda: server_token(self._home, fresh=True), self._have_token, self.failed.emit)

    def close(self) -> None:
        """The window closes: the server goes with it."""
        if self._process is not None:
            self._process.stop()
            self._process.wait(_CLOSE_S)

    # -- from other threads, through the bridge

    def _begun(self, begun: tuple[str, ServerProcess]) -> None:
        self.token, self._process = begun
        self.changed.emit()

    def _not_begun(self, error: Exception) -> None:
        self.phase = "off"
        self.failed.emit(error)
        self.changed.emit()

    def _have_token(self, token: str) -> None:
        self.token = token
        self.changed.emit()

    def _take(self, event: ServerEvent) -> None:
        match event:
            case ServerLoading():
                self.fraction = event.fraction
            case ServerListening():
                self.listening = event
                if self.phase == "loading":
                    self.phase = "on"
            case ServerActivity():
                self.activity = event
            case ServerFailed():
                error = UserError(event.code, **event.params) if event.code else BugError(event.report)
                self.failed.emit(error)
        self.changed.emit()

    def _end(self, _nothing: None) -> None:
        self.phase, self.listening, self._process = "off", None, None
        self.activity = ServerActivity((), self.activity.served, 0.0)
        self.changed.emit()
