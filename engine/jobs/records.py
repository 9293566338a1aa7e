"""What a job's folder says, as values."""

from typing import Literal

import msgspec
from msgspec import Struct

from engine.protocol.jobs import AnyJob, JobEnd, JobEvent, JobFailed, JobNotice, JobStep

Status = Literal["queued", "running", "paused", "done", "failed", "cancelled", "interrupted"]
Pausing = Literal["signal", "itself", "never"]
ACTIVE: tuple[Status, ...] = ("running", "paused")
"""What has a process."""
ENDED: tuple[Status, ...] = ("done", "failed", "cancelled", "interrupted")


class JobSpec(Struct, frozen=True):
    """`job.json`: written once. `after`: the id of a job that has to end well first, "" for none."""

    id: str
    title: str
    job: AnyJob
    heavy: bool
    created_ms: int
    after: str = ""


class JobState(Struct, frozen=True):
    """`state.json`: replaced as a whole. `process_started`: seconds since the epoch, as the system says it,
    so that a process number that was given to another program is not taken for the job's.
    """

    status: Status = "queued"
    pid: int = 0
    process_started: float = 0.0
    started_ms: int = 0
    ended_ms: int = 0
    result: JobEnd | None = None
    notices: tuple[JobNotice, ...] = ()


class TimedEvent(Struct, frozen=True):
    """One line of `events.jsonl`; milliseconds since the epoch."""

    ms: int
    event: JobEvent


class JobRecord(Struct, frozen=True):
    """A job as it is now. `seconds_left` is -1 while nobody can tell; times are 0 until they come.

    `notices`: what the user should know that did not stop it.
    """

    id: str
    title: str
    job: AnyJob
    kind: str
    status: Status
    fraction: float
    label: str
    seconds_left: float
    created_ms: int
    started_ms: int
    ended_ms: int
    result: JobEnd | None
    pausable: bool
    heavy: bool = True
    notices: tuple[JobNotice, ...] = ()
    after: str = ""

    @property
    def ended(self) -> bool:
        return self.status in ENDED

    @property
    def active(self) -> bool:
        """Whether it has a process."""
        return self.status in ACTIVE


def new_record(spec: JobSpec, state: JobState) -> JobRecord:
    """Without progress: that is in the events."""
    return JobRecord(
        id=spec.id,
        title=spec.title,
        job=spec.job,
        kind=kind_of(spec.job),
        status=state.status,
        fraction=1.0 if state.status == "done" else 0.0,
        label="",
        seconds_left=-1.0,
        created_ms=spec.created_ms,
        started_ms=state.started_ms,
        ended_ms=state.ended_ms,
        result=state.result,
        pausable=pausing_of(spec.job) != "never",
        heavy=spec.heavy,
        notices=state.notices,
        after=spec.after,
    )


def with_event(record: JobRecord, timed: TimedEvent) -> JobRecord:
    """After one more event."""
    event = timed.event
    if isinstance(event, JobStep):
        return msgspec.structs.replace(
            record, fraction=event.fraction, label=event.label, seconds_left=event.seconds_left
        )
    if isinstance(event, JobNotice):
        return msgspec.structs.replace(record, notices=(*record.notices, event))
    if isinstance(event, JobEnd):
        status = status_of(event)
        fraction = 1.0 if status == "done" else record.fraction
        return msgspec.structs.replace(
            record,
            status=status,
            result=event,
            ended_ms=timed.ms,
            fraction=fraction,
            seconds_left=-1.0,
        )
    return record


def kind_of(job: AnyJob) -> str:
    """The tag of its struct: "quantize", "convert", …"""
    return str(job.__struct_config__.tag)


def pausing_of(job: AnyJob) -> Pausing:
    """A struct says `pausable: ClassVar[bool]`: True when the job obeys the control file by itself
    (`engine.jobs.control`), False when it cannot be paused; one that says nothing is frozen by the system.
    """
    said = getattr(job, "pausable", None)
    if said is None:
        return "signal"
    return "itself" if said else "never"


def status_of(end: JobEnd) -> Status:
    """What an end means."""
    if not isinstance(end, JobFailed):
        return "done"
    if end.code == "cancelled":
        return "cancelled"
    return "interrupted" if end.code == INTERRUPTED else "failed"


INTERRUPTED = "job.interrupted"
"""The code of an end that the job could not tell any more: its process is gone."""
