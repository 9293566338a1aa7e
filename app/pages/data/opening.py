"""Reads small files without a process, and turns what jobs say into errors."""

from pathlib import Path

from engine.datasets.preparing import run_prepare_data
from engine.errors import BugError, UserError
from engine.protocol.data import PrepareDataJob
from engine.protocol.jobs import JobEvent, JobFailed

SMALL_BYTES = 1 << 20
"""Up to here the window reads a file itself, in the background: some tenths of a second."""


def prepare_small(job: PrepareDataJob) -> list[JobEvent] | None:
    """What a job would say, for a file so small that a process is not worth its start; None for others, and
    for
    those whose library is large."""
    path = Path(job.source)
    if path.is_file() and (path.stat().st_size > SMALL_BYTES or path.suffix.lower() == ".parquet"):
        return None
    events: list[JobEvent] = []
    try:
        events.append(run_prepare_data(job, events.append))
    except UserError as error:
        events.append(JobFailed(error.code, dict(error.params)))
    return events


def error_of(event: JobFailed) -> Exception:
    """A failure of a job as the exception it was there."""
    return UserError(event.code, **event.params) if event.code else BugError(event.report)
