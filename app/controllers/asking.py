"""A job whose answer the window waits for: it ends with the window and is in no list."""

from collections.abc import Callable
from pathlib import Path

from app.bridge.background import Background
from app.bridge.engine_bridge import EngineBridge
from engine.client.job_process import JobProcess
from engine.protocol.jobs import AnyJob, JobEnd, JobEvent


class Asking:
    """Starts on construction; `on_event` is called on the GUI thread, with a `JobEnd` last, unless it is
    cancelled before.
    """

    def __init__(
        self,
        home: Path,
        background: Background,
        bridge: EngineBridge,
        job: AnyJob,
        on_event: Callable[[JobEvent], None],
    ) -> None:
        self._bridge = bridge
        self._on_event = on_event
        self._process: JobProcess | None = None
        self._cancelled = False
        self.ended = False
        background.run(lambda: JobProcess(home, job, self._hear), self._begun)

    def cancel(self) -> None:
        """Nothing is told any more."""
        self._cancelled = True
        self.ended = True
        if self._process is not None:
            self._process.cancel()

    def _begun(self, process: JobProcess) -> None:
        self._process = process
        if self._cancelled:
            process.cancel()

    def _hear(self, event: JobEvent) -> None:
        self._bridge.call(self._take, event)

    def _take(self, event: JobEvent) -> None:
        if self._cancelled:
            return
        self.ended = isinstance(event, JobEnd)
        self._on_event(event)
