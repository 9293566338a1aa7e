"""Jobs that outlive the window: the queue, the processes, and what they say.

One heavy job runs at a time, the others wait in the order in which they were asked for; light ones run beside
it. A paused job keeps its place, so that pausing gives the machine back. Everything is in HOME/jobs: a
service that starts takes up what an earlier one left. Where several run on one home (two programs), one of
them starts what is queued, and all of them follow.
"""

import logging
import os
import queue
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from engine.errors import UserError
from engine.jobs.entry import JobEntry, Told
from engine.jobs.folder import JobFolder, jobs_folder
from engine.jobs.records import JobRecord, JobSpec, JobState
from engine.output import hold, write_error
from engine.protocol.jobs import AnyJob, JobEvent, JobFailed
from engine.store.ids import new_id, now_ms

Listener = Callable[[JobRecord, JobEvent | None], None]
"""Called on the service's thread with a job as it is now, and what it said; None for another change. A job
that was removed comes a last time, unchanged, and is no longer in `records`.
"""

_log = logging.getLogger(__name__)
_BUSY_S, _IDLE_S = 0.1, 1.0
"""How often what runs is looked at, and how often the folder while nothing runs."""
MOST_ENDED = 50
"""Of the jobs that have ended, the newest that are kept. What they wrote stays in any case."""


class JobService:
    """All methods may be called from any thread and return at once."""

    def __init__(self, home: Path, *, starts: bool = True) -> None:
        """`starts`: False for who only looks, and leaves what is queued where it is."""
        self._home = home
        self._starts = starts
        self._root = jobs_folder(home)
        self._entries: dict[str, JobEntry] = {}
        self._unreadable: set[str] = set()
        self._listeners: list[Listener] = []
        self._lock = threading.Lock()
        self._starter_lock: int | None = None
        self._tasks: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._ready = threading.Event()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="jobs")
        self._thread.start()

    # what others ask

    def submit(self, job: AnyJob, title: str, *, heavy: bool = True, after: str = "") -> str:
        """Put a job into the queue; its id. With `after` it waits for that job, and fails where that one
        does.

        Raises `UserError` output.busy where another job that has not ended writes the same target. What goes
        wrong later (no space, no source) is told as the job's end.
        """
        self._ready.wait()
        spec = JobSpec(new_id(), title, job, heavy, now_ms(), after)
        entry = JobEntry(JobFolder(self._root / spec.id), spec, JobState())
        with self._lock:
            if entry.target is not None and self._writes(entry.target):
                raise UserError("output.busy", path=entry.target)
            self._entries[spec.id] = entry
        self._tasks.put(lambda: self._save(entry))
        return spec.id

    def cancel(self, job_id: str) -> None:
        """Stop it within a second; nothing half written is left."""
        self._with(job_id, lambda entry: self._tell_all(entry.cancel()))

    def pause(self, job_id: str) -> None:
        """Hold a running job, where it can be."""
        self._with(job_id, lambda entry: self._tell_if(entry, entry.pause()))

    def resume(self, job_id: str) -> None:
        self._with(job_id, lambda entry: self._tell_if(entry, entry.resume()))

    def remove(self, job_id: str) -> None:
        """Forget a job and its log; one that has not ended is cancelled first. What it wrote stays."""
        self._with(job_id, self._remove)

    def records(self) -> list[JobRecord]:
        """All jobs, oldest first."""
        self._ready.wait()
        with self._lock:
            return [entry.record for entry in self._entries.values()]

    def record(self, job_id: str) -> JobRecord | None:
        self._ready.wait()
        with self._lock:
            entry = self._entries.get(job_id)
        return entry.record if entry is not None else None

    def events(self, job_id: str) -> list[JobEvent]:
        """Everything a job has said, read from its folder: not for the thread of a window."""
        return [one.event for one in JobFolder(self._root / job_id).tail().read()]

    def log(self, job_id: str) -> str:
        """The last of what its process printed; not for the thread of a window. Raises `OSError`."""
        return JobFolder(self._root / job_id).log_tail()

    def folder(self, job_id: str) -> Path:
        """Where everything about it is."""
        return self._root / job_id

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear every change from now on; the result ends it."""
        with self._lock:
            self._listeners.append(listener)

        def end() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return end

    def flush(self) -> None:
        """Wait until everything asked for so far is done and on the disk."""
        done = threading.Event()
        self._tasks.put(done.set)
        done.wait()

    def close(self) -> None:
        """Stop following; jobs go on. Idempotent."""
        if not self._closed:
            self._closed = True
            self._tasks.put(None)
        if threading.current_thread() is not self._thread:
            self._thread.join()

    # the thread

    def _work(self) -> None:
        try:
            self._scan()
        except Exception:  # noqa: BLE001 - the thread must live
            _log.exception("the jobs folder cannot be read")
        finally:
            self._ready.set()
        self._guarded(self._forget_old)
        while True:
            busy = any(entry.record.active for entry in self._list())
            try:
                task = self._tasks.get(timeout=_BUSY_S if busy else _IDLE_S)
            except queue.Empty:
                task = self._scan
            if task is None:
                break
            self._guarded(task)
            self._guarded(self._follow)
            self._guarded(self._start_next)
        for entry in self._list():
            entry.let_go()
        if self._starter_lock is not None:
            os.close(self._starter_lock)

    @staticmethod
    def _guarded(task: Callable[[], None]) -> None:
        try:
            task()
        except Exception:  # noqa: BLE001 - the thread must live
            _log.exception("work on the jobs failed")

    def _forget_old(self) -> None:
        """Once, at the start: what somebody may be looking at is not taken away."""
        ended = sorted((entry for entry in self._list() if entry.record.ended), key=lambda one: one.spec.id)
        if len(ended) <= MOST_ENDED or not self._starts or not self._is_starter():
            return
        needed = {entry.spec.after for entry in self._list() if not entry.record.ended}
        for entry in ended[:-MOST_ENDED]:
            if entry.spec.id not in needed:
                self._remove(entry)

    def _list(self) -> list[JobEntry]:
        with self._lock:
            return list(self._entries.values())

    def _follow(self) -> None:
        for entry in self._list():
            self._tell_all(entry.follow())

    def _start_next(self) -> None:
        """Start what may run now, if this process is the one that starts jobs."""
        waiting = [entry for entry in self._list() if entry.record.status == "queued" and entry.saved]
        if not waiting or not self._starts or not self._is_starter():
            return
        free = not any(entry.record.active and entry.spec.heavy for entry in self._list())
        for entry in waiting:
            before = self._entries.get(entry.spec.after)
            if before is not None and not before.record.ended:
                continue
            if before is not None and before.record.status == "cancelled":
                self._tell_all(entry.cancel())
            elif before is not None and before.record.status != "done":
                failure = JobFailed("job.not_prepared", {"title": before.spec.title})
                self._tell(*entry.fail(failure))
            elif free or not entry.spec.heavy:
                self._start(entry)
                free = free and not (entry.spec.heavy and entry.record.active)

    def _start(self, entry: JobEntry) -> None:
        try:
            entry.start(self._home)
        except OSError as error:
            reason = error.strerror or str(error)
            self._tell(*entry.fail(JobFailed("job.not_started", {"reason": reason})))
        else:
            self._tell(entry.record)

    def _is_starter(self) -> bool:
        if self._starter_lock is None:
            self._starter_lock = hold(self._root / "starter.lock")
        return self._starter_lock is not None

    def _scan(self) -> None:
        """Take up jobs that are on the disk and not known, and what other processes did with known ones."""
        try:
            names = sorted(item.name for item in os.scandir(self._root) if item.is_dir())
        except FileNotFoundError:
            return
        for name in names:
            entry = self._entries.get(name)
            if entry is None and name not in self._unreadable:
                self._take_up(JobFolder(self._root / name))
            elif entry is not None and entry.notices_others():
                self._tell(entry.record)
        for entry in self._list():
            if entry.saved and not entry.folder.exists():  # another process has removed it
                self._forget(entry)

    def _take_up(self, folder: JobFolder) -> None:
        if not folder.exists():
            return  # still being made, or already being removed
        try:
            entry = JobEntry.read(folder)
            entry.catch_up()
        except (OSError, msgspec.DecodeError) as error:
            self._unreadable.add(folder.id)
            _log.info("the job %s cannot be read: %s", folder.id, error)
            return
        with self._lock:
            self._entries[folder.id] = entry
        if self._ready.is_set():
            self._tell(entry.record)

    def _save(self, entry: JobEntry) -> None:
        try:
            entry.save()
        except OSError as error:
            problem = write_error(entry.folder.path, error)
            self._tell(*entry.fail(JobFailed(problem.code, dict(problem.params))))
        else:
            self._tell(entry.record)

    def _writes(self, target: Path) -> bool:
        return any(
            entry.target is not None and not entry.record.ended and _same(entry.target, target)
            for entry in self._entries.values()
        )

    def _remove(self, entry: JobEntry) -> None:
        self._tell_all(entry.cancel())
        if not entry.record.ended:
            self._tell_all(entry.cancel())  # without a moment to tidy up
        entry.folder.remove()
        self._forget(entry)

    def _forget(self, entry: JobEntry) -> None:
        with self._lock:
            self._entries.pop(entry.spec.id, None)
        self._tell(entry.record)

    def _with(self, job_id: str, act: Callable[[JobEntry], None]) -> None:
        def task() -> None:
            entry = self._entries.get(job_id)
            if entry is not None:
                act(entry)

        self._tasks.put(task)

    def _tell_if(self, entry: JobEntry, changed: bool) -> None:
        if changed:
            self._tell(entry.record)

    def _tell_all(self, told: list[Told]) -> None:
        for record, event in told:
            self._tell(record, event)

    def _tell(self, record: JobRecord, event: JobEvent | None = None) -> None:
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            try:
                listener(record, event)
            except Exception:  # noqa: BLE001 - somebody else's code
                _log.exception("a listener of the jobs failed")


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
