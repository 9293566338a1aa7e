"""Jobs on files that go on when the window closes, as the window sees them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.bridge.background import Background
from app.bridge.engine_bridge import EngineBridge
from app.controllers.asking import Asking
from engine.errors import UserError
from engine.jobs.records import JobRecord
from engine.jobs.service import JobService
from engine.protocol.jobs import AnyJob, JobEnd, JobEvent, JobStep

Opener = Callable[[JobRecord], None]
_CALM_MS = 100
"""Progress is shown at most this often; everything else at once."""


class JobsController(QObject):
    """GUI thread only. `records` follows what the service tells."""

    changed = Signal(str)
    """Id of a job that is new, gone, or not as it was."""
    event_told = Signal(str, object)
    """Id and `JobEvent`: each one, in order."""
    ended = Signal(str, object)
    """Id and `JobEnd`, of jobs that ended while the window was open."""
    failed = Signal(object)

    def __init__(
        self, home: Path, background: Background, bridge: EngineBridge, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._home = home
        self._background = background
        self._bridge = bridge
        self._askings: list[Asking] = []
        self._records: dict[str, JobRecord] = {}
        self._openers: dict[str, Opener] = {}
        self._stale: set[str] = set()
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._calm.timeout.connect(self._tell_progress)
        self._service = JobService(home)
        self._end = self._service.subscribe(self._hear)
        background.run(self._service.records, self._begin)

    @property
    def records(self) -> list[JobRecord]:
        """All jobs, oldest first."""
        return sorted(self._records.values(), key=lambda record: record.id)

    @property
    def busy(self) -> list[JobRecord]:
        """Those that have not ended."""
        return [record for record in self.records if not record.ended]

    def record(self, job_id: str) -> JobRecord | None:
        return self._records.get(job_id)

    # what the user does

    def start(self, job: AnyJob, title: str, heavy: bool = True, *, after: str = "") -> str:
        """Queue a job; its id. `after`: the id of one that has to end well first.

        Raises `UserError` output.busy where another job writes the same file.
        """
        job_id = self._service.submit(job, title, heavy=heavy, after=after)
        record = self._service.record(job_id)
        if record is not None:
            self._records[job_id] = record
            self.changed.emit(job_id)
        return job_id

    def restart(self, job_id: str) -> str:
        """The same work once more, in place of one that has ended; "" where that cannot be."""
        record = self._records.get(job_id)
        if record is None or not record.ended:
            return ""
        try:
            fresh = self.start(record.job, record.title, record.heavy)
        except UserError as error:
            self.failed.emit(error)
            return ""
        self.remove(job_id)
        return fresh

    def cancel(self, job_id: str) -> None:
        self._service.cancel(job_id)

    def pause(self, job_id: str) -> None:
        self._service.pause(job_id)

    def resume(self, job_id: str) -> None:
        self._service.resume(job_id)

    def remove(self, job_id: str) -> None:
        """Forget a job; cancels one that has not ended. What it wrote stays."""
        self._service.remove(job_id)

    def clear_ended(self) -> None:
        """Forget everything that has ended."""
        for record in self.records:
            if record.ended:
                self._service.remove(record.id)

    def ask(self, job: AnyJob, on_event: Callable[[JobEvent], None]) -> Asking:
        """Run a short job that only answers a question, beside the queue; see `Asking`."""
        self._askings = [asking for asking in self._askings if not asking.ended]
        self._askings.append(Asking(self._home, self._background, self._bridge, job, on_event))
        return self._askings[-1]

    # what is asked about one

    def folder(self, job_id: str) -> Path:
        """Where its log and its events are."""
        return self._service.folder(job_id)

    def read_log(self, job_id: str, done: Callable[[str], None]) -> None:
        """What its process printed."""
        self._background.run(lambda: self._service.log(job_id), done)

    def read_events(self, job_id: str, done: Callable[[list[JobEvent]], None]) -> None:
        """Everything it has said so far, also before this window was opened."""
        self._background.run(lambda: self._service.events(job_id), done)

    # what a click on a result does

    def set_opener(self, kind: str, opener: Opener) -> None:
        """What “open” does with jobs of a kind that ended well."""
        self._openers[kind] = opener

    def can_open(self, record: JobRecord) -> bool:
        return record.status == "done" and record.kind in self._openers

    def open_result(self, job_id: str) -> None:
        record = self._records.get(job_id)
        if record is not None and self.can_open(record):
            self._openers[record.kind](record)

    def close(self) -> None:
        """Stop following; jobs go on, questions do not."""
        for asking in self._askings:
            asking.cancel()
        self._end()
        self._service.close()

    # on the service's thread

    def _hear(self, record: JobRecord, event: JobEvent | None) -> None:
        gone = self._service.record(record.id) is None
        self._bridge.call(self._take, (record, event, gone))

    # back on the window's

    def _begin(self, records: list[JobRecord]) -> None:
        for record in records:
            if record.id not in self._records:
                self._records[record.id] = record
                self.changed.emit(record.id)

    def _take(self, told: tuple[JobRecord, JobEvent | None, bool]) -> None:
        record, event, gone = told
        if gone:
            self._records.pop(record.id, None)
        else:
            self._records[record.id] = record
        if event is not None:
            self.event_told.emit(record.id, event)
        if isinstance(event, JobStep):
            self._stale.add(record.id)
            if not self._calm.isActive():
                self._calm.start()
            return
        self.changed.emit(record.id)
        if isinstance(event, JobEnd):
            self.ended.emit(record.id, event)

    def _tell_progress(self) -> None:
        stale, self._stale = self._stale, set()
        for job_id in stale:
            self.changed.emit(job_id)
