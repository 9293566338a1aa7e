"""One thread that does the store's work, so that whoever asks never waits for the disk."""

import logging
import queue
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from engine.errors import UserError
from engine.store.database import Store

T = TypeVar("T")
_log = logging.getLogger(__name__)
_TICK_SECONDS = 2.0
"""How often an idle service looks for space on a full disk and for changes of other programs."""


class _Job(NamedTuple):
    work: Callable[[Store], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None


class StoreService:
    """Runs jobs in the order in which they were given, each in one transaction.

    A job that meets a full disk reports it once through `failed`, waits in memory, and is done again from its
    beginning when there is space; `done` then follows. Callbacks run on the service's thread.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._waiting: deque[_Job] = deque()
        self._closing = False
        self._short_of_space = False
        self._saved: list[Callable[[], None]] = []
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._loop, name="lathe-store")
        self._thread.start()

    def run(
        self,
        work: Callable[[Store], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Queue a job; returns at once. Without `failed` an error is logged.

        Raises `RuntimeError` after `close`.
        """
        with self._lock:
            if self._closing:
                raise RuntimeError("the store service is closed")
            self._queue.put(_Job(work, done, failed))

    def on_saved(self, listener: Callable[[], None]) -> None:
        """Call `listener`, on the service's thread, each time that everything a full disk refused is
        saved.
        """
        self._saved.append(listener)

    def close(self) -> None:
        """Finish every job given so far, and end the thread. The store stays open. Idempotent."""
        with self._lock:
            if not self._closing:
                self._closing = True
                self._queue.put(None)
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _loop(self) -> None:
        while True:
            try:
                job = self._queue.get(timeout=_TICK_SECONDS)
            except queue.Empty:
                self._tick()
                continue
            if self._waiting:
                # Older work first: a waiting title must not overwrite a newer one.
                self._retry()
            if job is None:
                break
            self._do(job)
            self._watch_space()
        if self._waiting:
            _log.error("%d changes were not saved: the disk is full", len(self._waiting))

    def _tick(self) -> None:
        try:
            self._watch_space()
            self._store.flush_held()
            self._retry()
            self._watch_space()
            self._store.notice_others()
        except Exception:  # noqa: BLE001 - the thread must live
            _log.exception("periodic work of the store failed")

    def _do(self, job: _Job) -> None:
        try:
            with self._store.unit():
                result = job.work(self._store)
        except Exception as error:  # noqa: BLE001 - handed to whoever asked
            if _is_full(error):
                self._waiting.append(job)
            self._report(job, error)
        else:
            self._answer(job.done, result)

    def _retry(self) -> None:
        while self._waiting:
            job = self._waiting[0]
            try:
                with self._store.unit():
                    result = job.work(self._store)
            except Exception as error:  # noqa: BLE001 - handed to whoever asked
                if _is_full(error):
                    return
                self._waiting.popleft()
                self._report(job, error)
            else:
                self._waiting.popleft()
                self._answer(job.done, result)

    def _watch_space(self) -> None:
        before, self._short_of_space = self._short_of_space, bool(self._waiting or self._store.held())
        if before and not self._short_of_space:
            for listener in self._saved:
                self._call(listener)

    def _report(self, job: _Job, error: Exception) -> None:
        if job.failed is not None:
            self._answer(job.failed, error)
        else:
            _log.error("a job of the store failed", exc_info=error)

    def _answer(self, callback: Callable[[Any], None] | None, value: object) -> None:
        if callback is not None:
            self._call(lambda: callback(value))

    def _call(self, callback: Callable[[], None]) -> None:
        try:
            callback()
        except Exception:  # noqa: BLE001 - somebody else's code
            # The next jobs are somebody else's: a broken callback must not stop them.
            _log.exception("a callback of the store service failed")


def _is_full(error: Exception) -> bool:
    return isinstance(error, UserError) and error.code == "store.disk_full"
