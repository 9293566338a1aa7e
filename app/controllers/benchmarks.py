"""Runs benchmarks on the loaded model, one scenario after the other, and keeps what they measured."""

from typing import get_args

from PySide6.QtCore import QObject, Signal

from app.bridge.background import StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.controllers.models import ModelsController
from engine.client.api import EngineClient
from engine.errors import UserError
from engine.protocol.commands import Cancel, RunBenchmark, Scenario
from engine.protocol.events import AnyEvent, BenchmarkDone, Failed, JobProgress, WorkerDied
from engine.protocol.values import LoadedModel
from engine.store.database import Store
from engine.store.records import BenchmarkRecord, Change

CANCELLED = "cancelled"
"""The code with which a worker answers for a job that was cancelled."""


class BenchmarksController(QObject):
    """GUI thread only. A failure or a cancel ends the whole series; what was measured stays."""

    records_changed = Signal(list)
    """Every stored `BenchmarkRecord`, newest first."""
    begun = Signal(str, int, int)
    """Scenario, its place from 0, how many."""
    progressed = Signal(float, float)
    """Fraction; seconds left, negative while unknown."""
    ended = Signal()
    failed = Signal(object)

    def __init__(
        self,
        client: EngineClient,
        access: StoreAccess,
        bridge: EngineBridge,
        models: ModelsController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._access = access
        self._models = models
        self._series: tuple[Scenario, ...] = ()
        self._place = 0
        self._job = 0
        self._model: LoadedModel | None = None
        bridge.engine_event.connect(self._on_event)
        bridge.store_changed.connect(self._on_change)

    @property
    def is_running(self) -> bool:
        return self._job > 0

    def refresh(self) -> None:
        """Read the stored results."""
        self._access.run(lambda store: store.benchmarks.list(), self.records_changed.emit)

    def run(self, scenarios: tuple[str, ...]) -> None:
        """Measure the loaded model. Does nothing while a series runs."""
        if self.is_running:
            return
        self._model = self._models.current
        if self._model is None:
            self.failed.emit(UserError("model.none_loaded"))
            return
        self._series = tuple(name for name in get_args(Scenario) if name in scenarios)
        self._place = 0
        self._next()

    def cancel(self) -> None:
        """Stop the running scenario; those after it are left out too."""
        if self.is_running:
            self._client.send(Cancel(job=self._job))

    def delete(self, record_ids: tuple[str, ...]) -> None:
        def mark(store: Store) -> None:
            for record_id in record_ids:
                store.benchmarks.delete(record_id)

        self._access.run(mark)

    def restore(self, record_ids: tuple[str, ...]) -> None:
        def unmark(store: Store) -> None:
            for record_id in record_ids:
                store.benchmarks.restore(record_id)

        self._access.run(unmark)

    def _next(self) -> None:
        if self._place >= len(self._series):
            self._end()
            return
        scenario = self._series[self._place]
        self._job = self._client.next_job()
        self.begun.emit(scenario, self._place, len(self._series))
        self._client.send(RunBenchmark(job=self._job, scenario=scenario))

    def _end(self) -> None:
        self._job = 0
        self._series = ()
        self.ended.emit()

    def _on_event(self, event: AnyEvent) -> None:
        if not self.is_running:
            return
        if isinstance(event, WorkerDied):
            self._end()
        elif event.job != self._job:
            return
        elif isinstance(event, JobProgress):
            self.progressed.emit(event.fraction, event.seconds_left)
        elif isinstance(event, BenchmarkDone):
            self._keep(event)
            self._place += 1
            self._next()
        elif isinstance(event, Failed):
            self._end()
            if event.code != CANCELLED:
                self.failed.emit(event)

    def _keep(self, done: BenchmarkDone) -> None:
        model = self._model
        if model is None:
            return
        record = BenchmarkRecord(
            id="",
            model_name=model.name,
            model_hash=model.model_hash,
            scenario=done.scenario,
            ttft_ms=done.ttft_ms,
            input_tps=done.input_tps,
            output_tps=done.output_tps,
            peak_rss_bytes=done.peak_rss_bytes,
            prompt_tokens=done.prompt_tokens,
            output_tokens=done.output_tokens,
            device=model.device,
            engine_build=model.engine_build,
        )

        def save(store: Store) -> None:
            store.benchmarks.save(record)

        self._access.run(save)

    def _on_change(self, change: Change) -> None:
        if change.area == "benchmarks":
            self.refresh()
