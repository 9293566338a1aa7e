"""What the chosen model would become: asked again whenever source, matrix or rules change."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.controllers.asking import Asking
from app.controllers.jobs import JobsController
from app.panels.quantize.overrides import Rule
from engine.protocol.jobs import JobEvent, JobFailed, PlansJob, TypePlanned, TypesPlanned
from engine.quantize.types import FILE_TYPES

_PATIENCE_MS = 300
"""Typing a pattern asks once."""


class Planner(QObject):
    """One question at a time; a newer one replaces it."""

    planned = Signal(object)
    """`TypePlanned`."""
    finished = Signal(object)
    """`TypesPlanned`."""
    failed = Signal(object)
    """`JobFailed`."""
    busy_changed = Signal(bool)

    def __init__(self, jobs: JobsController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._asking: Asking | None = None
        self._wanted: PlansJob | None = None
        self._soon = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._soon.timeout.connect(self._ask)

    def ask(self, source: str, imatrix: str, rules: tuple[Rule, ...]) -> None:
        """Plan every type, soon."""
        self._wanted = PlansJob(source, tuple(FILE_TYPES), imatrix, rules)
        self._stop()
        self._soon.start()
        self.busy_changed.emit(True)

    def clear(self) -> None:
        self._soon.stop()
        self._stop()
        self.busy_changed.emit(False)

    def _ask(self) -> None:
        if self._wanted is not None:
            self._asking = self._jobs.ask(self._wanted, self._hear)

    def _stop(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None

    def _hear(self, event: JobEvent) -> None:
        if isinstance(event, TypePlanned):
            self.planned.emit(event)
        elif isinstance(event, TypesPlanned):
            self.busy_changed.emit(False)
            self.finished.emit(event)
        elif isinstance(event, JobFailed):
            self.busy_changed.emit(False)
            self.failed.emit(event)
