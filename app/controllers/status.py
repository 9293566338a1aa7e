"""Keeps the status line true: what the engine does, what it uses, how fast it is."""

from time import monotonic
from typing import Literal, Protocol

from PySide6.QtCore import QObject

from app.bridge.engine_bridge import EngineBridge
from app.controllers.models import ModelsController
from engine.chat.turn import TurnProgress
from engine.protocol.events import JobProgress, PromptProgress, Stats, Token, WorkerDied
from engine.protocol.values import LoadedModel
from engine.store.records import MessageRecord

_RATE_WINDOW_S = 1.0


Phase = Literal["starting", "loading", "ready", "reading", "generating", "no_model", "failed"]


class StatusSink(Protocol):
    """What shows it: `app.window.status_state.StatusState`."""

    def set_phase(self, phase: Phase, detail: str = "") -> None: ...

    def set_device(self, device: str, threads: int) -> None: ...

    def set_usage(self, memory_bytes: int, kv_used: int, kv_size: int) -> None: ...

    def add_rate(self, tokens_per_s: float) -> None: ...

    def clear_model(self) -> None: ...


class StatusController(QObject):
    """Listens to everything, tells the sink."""

    def __init__(
        self, state: StatusSink, bridge: EngineBridge, models: ModelsController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._models = models
        self._running: set[str] = set()
        self._times: list[float] = []
        self._last_rate = 0.0
        bridge.engine_event.connect(self._on_event)
        bridge.turn_started.connect(lambda event: self._on_started(event.session_id))
        bridge.turn_progress.connect(self._on_progress)
        bridge.turn_finished.connect(lambda event: self._on_finished(event.session_id, event.reply))
        models.loading.connect(self._on_loading)
        models.loaded.connect(self._on_loaded)
        models.unloaded.connect(state.clear_model)
        models.load_failed.connect(self._on_load_failed)

    def _on_event(self, event: object) -> None:
        if isinstance(event, Stats):
            self._state.set_usage(event.rss_bytes, event.kv_used, event.kv_size)
        elif isinstance(event, WorkerDied):
            self._state.set_phase("starting" if event.will_restart else "failed")

    def _on_loading(self, _name: str, fraction: float, _stage: str) -> None:
        self._state.set_phase("loading", f"{round(fraction * 100)} %")

    def _on_loaded(self, model: LoadedModel) -> None:
        self._state.set_device(model.device, model.n_threads)
        self._idle()

    def _on_load_failed(self, _error: object) -> None:
        if self._models.current is None:
            self._state.set_phase("no_model")

    def _on_started(self, session_id: str) -> None:
        self._running.add(session_id)
        self._times = []
        self._state.set_phase("reading")

    def _on_progress(self, progress: TurnProgress) -> None:
        match progress.event:
            case PromptProgress(done=done, total=total) if total:
                self._state.set_phase("reading", f"{round(100 * done / total)} %")
            case JobProgress(note=name):
                self._state.set_phase("loading", name)
            case Token():
                self._state.set_phase("generating")
                self._count_token()
            case _:
                pass

    def _count_token(self) -> None:
        """Tokens of the last second, told ten times a second."""
        now = monotonic()
        self._times.append(now)
        while self._times and now - self._times[0] > _RATE_WINDOW_S:
            self._times.pop(0)
        span = now - self._times[0]
        if len(self._times) > 2 and span > 0 and now - self._last_rate > 0.1:
            self._last_rate = now
            self._state.add_rate((len(self._times) - 1) / span)

    def _on_finished(self, session_id: str, reply: MessageRecord | None) -> None:
        """`reply` is None where not even the question could be saved."""
        self._running.discard(session_id)
        if reply is not None and reply.metrics is not None and reply.metrics.output_tps:
            self._state.add_rate(reply.metrics.output_tps)
        if not self._running:
            self._idle()

    def _idle(self) -> None:
        if self._models.is_loading:
            return
        self._state.set_phase("ready" if self._models.current is not None else "no_model")
