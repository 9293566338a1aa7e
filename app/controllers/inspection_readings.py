"""Texts that are read again to look inside: a job each, with progress, an answer or an error."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.bridge.engine_bridge import EngineBridge
from engine.client.api import EngineClient
from engine.errors import BugError, UserError
from engine.protocol.commands import Cancel, Inspect
from engine.protocol.events import Failed, Inspected, JobProgress
from engine.protocol.inspection import InspectRequest


class Reading:
    """One text being read. GUI thread only. One of the callbacks ends it; none follows `cancel`."""

    def __init__(
        self,
        client: EngineClient,
        done: Callable[[Inspected], None],
        failed: Callable[[Exception], None],
        progress: Callable[[float], None] | None,
    ) -> None:
        self.job = client.next_job()
        self.cancelled = False
        self._client = client
        self._sent = False
        self._done = done
        self._failed = failed
        self._progress = progress

    def send(self, request: InspectRequest) -> None:
        """Ask the engine; does nothing once it was cancelled."""
        if not self.cancelled:
            self._sent = True
            self._client.send(Inspect(job=self.job, request=request))

    def cancel(self) -> None:
        """Stop reading; no callback follows."""
        if self._sent and not self.cancelled:
            self._client.send(Cancel(job=self.job))
        self.cancelled = True

    def fail(self, error: Exception) -> None:
        if not self.cancelled:
            self._failed(error)

    def finish(self, event: Inspected) -> None:
        if not self.cancelled:
            self._done(event)

    def advance(self, fraction: float) -> None:
        if self._progress is not None and not self.cancelled:
            self._progress(fraction)


class Readings(QObject):
    """Hands the engine's answers to the readings they belong to."""

    def __init__(self, client: EngineClient, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._running: dict[int, Reading] = {}
        bridge.engine_event.connect(self._on_event)

    def prepare(
        self,
        done: Callable[[Inspected], None],
        failed: Callable[[Exception], None],
        progress: Callable[[float], None] | None = None,
    ) -> Reading:
        """A reading whose request is not known yet; call `send` with it."""
        reading = Reading(self._client, done, failed, progress)
        self._running[reading.job] = reading
        return reading

    def start(
        self,
        request: InspectRequest,
        done: Callable[[Inspected], None],
        failed: Callable[[Exception], None],
        progress: Callable[[float], None] | None = None,
    ) -> Reading:
        reading = self.prepare(done, failed, progress)
        reading.send(request)
        return reading

    def _on_event(self, event: object) -> None:
        match event:
            case JobProgress(job=job, fraction=fraction) if job in self._running:
                self._running[job].advance(fraction)
            case Inspected(job=job) if job in self._running:
                self._running.pop(job).finish(event)
            case Failed(job=job) if job in self._running:
                reading = self._running.pop(job)
                if event.code != "cancelled":
                    reading.fail(
                        UserError(event.code, **event.params) if event.code else BugError(event.report)
                    )
            case _:
                pass
