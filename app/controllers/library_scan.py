"""A scan for models in a process of its own, so that the window's interpreter stays free."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from app.bridge.background import Background
from app.bridge.engine_bridge import EngineBridge
from engine.client.job_process import JobProcess
from engine.library.entries import ModelEntry
from engine.library.job import encode_entries
from engine.protocol.jobs import JobEnd, JobEvent
from engine.protocol.library import ListModelsJob, ModelsListed


class LibraryScan:
    """Starts on construction. `on_listed` is called on the GUI thread for each slice, `on_end` once, last.

    `known`: what the caller has from a scan before. Slices come undecoded and one at a time through the
    bridge, which takes no more of them in one go than a frame has room for.
    """

    def __init__(
        self,
        home: Path,
        background: Background,
        bridge: EngineBridge,
        folders: Sequence[str],
        known: Sequence[ModelEntry],
        on_listed: Callable[[ModelsListed], None],
        on_end: Callable[[JobEnd | Exception], None],
    ) -> None:
        self._home = home
        self._bridge = bridge
        self._on_listed = on_listed
        self._on_end = on_end
        self._lock = threading.Lock()
        self._process: JobProcess | None = None
        self._cancelled = False
        background.run(lambda: self._start(folders, known), None, self._take)

    def cancel(self) -> None:
        """End the process; nothing is told any more."""
        with self._lock:
            self._cancelled = True
            if self._process is not None:
                self._process.cancel()

    def _start(self, folders: Sequence[str], known: Sequence[ModelEntry]) -> None:
        job = ListModelsJob(tuple(folders), encode_entries(known))
        with self._lock:
            if not self._cancelled:
                self._process = JobProcess(self._home, job, self._hear)

    def _hear(self, event: JobEvent) -> None:
        self._bridge.call(self._take, event)

    def _take(self, event: JobEvent | Exception) -> None:
        if self._cancelled:
            return
        if isinstance(event, ModelsListed):
            self._on_listed(event)
        elif isinstance(event, Exception | JobEnd):
            self._on_end(event)
