"""`python -m engine.worker job --folder DIR`: the job of a folder, which nobody has to be there for.

Its events go to the folder; its standard streams are the folder's log.
"""

import faulthandler
import logging
import os
import signal
import sys
import threading
import time
from pathlib import Path

import msgspec

from engine.jobs import control
from engine.jobs.folder import JobFolder
from engine.jobs.processes import started_at
from engine.jobs.records import JobState
from engine.output import hold
from engine.protocol.jobs import JobEnd, JobEvent
from engine.store.ids import now_ms
from engine.worker.job import outcome, run_any

_log = logging.getLogger(__name__)
_NICENESS = 5
"""The window and the model that is being talked to come first."""
_END_RETRIES = 20
_RETRY_S = 0.25


def main(path: str) -> None:
    """Never returns."""
    faulthandler.enable(file=sys.stderr)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    folder = JobFolder(Path(path))
    # A second process on the same job (two windows at once) has nothing to do. Held until the end.
    if hold(folder.lock_path) is None:
        os._exit(0)
    control.use_folder(folder.path)
    lock = threading.Lock()

    def tell(event: JobEvent) -> None:
        with lock:
            try:
                folder.append_event(event, now_ms())
            except OSError as error:  # a full disk must not stop the work
                sys.stderr.write(f"an event is lost: {error}\n")

    def work() -> JobEnd:
        _say_that_it_runs(folder)
        return run_any(folder.spec().job, tell)

    _tell_end(folder, outcome(work))
    os._exit(0)


def _say_that_it_runs(folder: JobFolder) -> None:
    pid = os.getpid()
    state = JobState("running", pid, started_at(pid), now_ms())
    try:
        before = folder.state()
    except (OSError, msgspec.DecodeError):
        before = None
    # Whoever started it has said so too, and may have paused it since.
    if before is None or before.pid != pid:
        folder.write_state(state)


def _tell_end(folder: JobFolder, end: JobEnd) -> None:
    """The one event that must arrive: a full disk gets some time."""
    for _ in range(_END_RETRIES):
        try:
            folder.append_event(end, now_ms())
        except OSError as error:
            _log.warning("the end cannot be told: %s", error)
            time.sleep(_RETRY_S)
        else:
            return
