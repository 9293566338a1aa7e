"""The engine client: a supervised worker process behind the `EngineClient` interface.

A worker that dies is replaced (at most `MAX_DEATHS` times in `DEATH_WINDOW_S`), and the model it had is
loaded again, unless loading it is what killed it. Every job that was waiting for the dead process is
answered with `Failed`.
"""

import itertools
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from engine.client.api import Listener
from engine.client.worker_process import WorkerProcess, describe_exit
from engine.errors import UserError
from engine.protocol.commands import (
    AnyCommand,
    Cancel,
    LoadModel,
    Ping,
    Shutdown,
    UpdateSampling,
    UpdateTaps,
)
from engine.protocol.events import (
    AnyEvent,
    BenchmarkDone,
    Embedded,
    Failed,
    GenerationDone,
    Inspected,
    MaskFilled,
    ModelLoaded,
    ModelUnloaded,
    NextSentenceScored,
    PromptReady,
    StateSaved,
    Tokens,
    WorkerDied,
)

_log = logging.getLogger(__name__)
MAX_DEATHS = 3
DEATH_WINDOW_S = 60.0
PING_INTERVAL_S = 2.0
SILENCE_LIMIT_S = 60.0
CLOSE_LIMIT_S = 10.0
_FINAL = (
    GenerationDone,
    Inspected,
    MaskFilled,
    Embedded,
    NextSentenceScored,
    ModelLoaded,
    ModelUnloaded,
    StateSaved,
    Tokens,
    BenchmarkDone,
    Failed,
)


class ProcessClient:
    """See `engine.client.api.EngineClient`. `home` is the data folder; `auto_restart` off for one-shot
    use.
    """

    def __init__(self, home: Path, *, auto_restart: bool = True) -> None:
        self._home = home
        self._auto_restart = auto_restart
        self._jobs = itertools.count(1)
        self._listeners: list[Listener] = []
        self._lock = threading.RLock()
        self._worker: WorkerProcess | None = None
        self._latest: WorkerProcess | None = None
        self._open: dict[int, AnyCommand] = {}
        self._loaded: LoadModel | None = None
        self._deaths: list[float] = []
        self._closing = threading.Event()
        self._unanswered = 0
        self._heartbeat = threading.Thread(target=self._beat, name="engine-heartbeat", daemon=True)

    @property
    def pid(self) -> int:
        """Of the current worker, 0 when there is none."""
        worker = self._worker
        return worker.pid if worker else 0

    def start(self) -> None:
        with self._lock:
            if self._worker is None and not self._closing.is_set():
                self._spawn()
                if not self._heartbeat.is_alive():
                    self._heartbeat.start()

    def next_job(self) -> int:
        return next(self._jobs)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        with self._lock:
            self._listeners = [*self._listeners, listener]

        def end() -> None:
            with self._lock:
                self._listeners = [one for one in self._listeners if one is not listener]

        return end

    def send(self, command: AnyCommand) -> None:
        with self._lock:
            worker = self._worker
            if not isinstance(command, Ping | Cancel | UpdateSampling | UpdateTaps | Shutdown):
                self._open[command.job] = command
        if worker is None or not worker.send(command):
            self._fail_job(command.job, UserError("engine.died", reason="it is not running"))

    def close(self) -> None:
        with self._lock:  # a restart that is under way comes before or not at all
            self._closing.set()
            worker = self._latest
        # Time to stop a reply and to save the state of the conversation.
        if worker is not None and not (worker.send(Shutdown(job=0)) and worker.wait(CLOSE_LIMIT_S)):
            worker.kill()
            worker.wait(CLOSE_LIMIT_S)
        if self._heartbeat.is_alive() and threading.current_thread() is not self._heartbeat:
            self._heartbeat.join(5.0)

    # -- events of the worker, on its reader thread

    def _on_event(self, event: AnyEvent) -> None:
        self._unanswered = 0
        self._follow(event)
        self._tell(event)

    def _follow(self, event: AnyEvent) -> None:
        """Keep the books: which jobs wait, which model is loaded."""
        with self._lock:
            command = self._open.get(event.job)
            if isinstance(event, ModelLoaded) and isinstance(command, LoadModel):
                self._loaded = command
            elif isinstance(event, ModelUnloaded) or (
                isinstance(command, LoadModel) and isinstance(event, Failed)
            ):
                self._loaded = None
            generating = type(command).__name__ == "Generate"
            if isinstance(event, _FINAL) or (isinstance(event, PromptReady) and not generating):
                self._open.pop(event.job, None)

    def _on_exit(self, exit_code: int) -> None:
        with self._lock:
            worker, self._worker = self._worker, None
            waiting, self._open = self._open, {}
        if self._closing.is_set():
            return
        restart = self._may_restart()
        tail = worker.stderr_tail() if worker else ""
        _log.info("the engine ended: %s\n%s", describe_exit(exit_code), tail)
        self._tell(WorkerDied(exit_code=exit_code, stderr_tail=tail, will_restart=restart))
        for job in waiting:
            self._fail_job(job, UserError("engine.died", reason=describe_exit(exit_code)), report=tail)
        if restart:
            reload = None if any(isinstance(one, LoadModel) for one in waiting.values()) else self._loaded
            self._restart(reload)

    def _may_restart(self) -> bool:
        now = time.monotonic()
        self._deaths = [then for then in self._deaths if now - then < DEATH_WINDOW_S] + [now]
        return self._auto_restart and len(self._deaths) <= MAX_DEATHS

    def _restart(self, reload: LoadModel | None) -> None:
        with self._lock:
            self._loaded = None
            if self._closing.is_set() or not self._spawn():
                return
        if reload is not None:
            self.send(LoadModel(job=self.next_job(), model=reload.model, context=reload.context))

    def _spawn(self) -> bool:
        self._unanswered = 0
        try:
            self._worker = self._latest = WorkerProcess(self._home, self._on_event, self._on_exit)
        except OSError as error:
            failure = UserError("engine.start_failed", reason=error.strerror or str(error))
            self._tell(WorkerDied(exit_code=-1, stderr_tail=failure.one_line(), will_restart=False))
            return False
        return True

    def _fail_job(self, job: int, error: UserError, report: str = "") -> None:
        with self._lock:
            self._open.pop(job, None)
        self._tell(Failed.of(job, error, report))

    def _tell(self, event: AnyEvent) -> None:
        for listener in self._listeners:
            listener(event)

    def _beat(self) -> None:
        while not self._closing.wait(PING_INTERVAL_S):
            worker = self._worker
            if worker is None:
                continue
            # Counted, not timed: while the machine sleeps, nobody answers and nobody asks.
            if self._unanswered * PING_INTERVAL_S > SILENCE_LIMIT_S:
                worker.kill()
            else:
                self._unanswered += 1
                worker.send(Ping(job=0))
