"""One job as the service follows it: its folder, its process, and what was heard of it so far."""

import subprocess
import time
from pathlib import Path

import msgspec

from engine.client.worker_process import describe_exit
from engine.jobs import processes
from engine.jobs.folder import JobFolder
from engine.jobs.records import (
    INTERRUPTED,
    JobRecord,
    JobSpec,
    JobState,
    TimedEvent,
    new_record,
    pausing_of,
    with_event,
)
from engine.output import discard_part, part_path
from engine.protocol.jobs import JobEnd, JobEvent, JobFailed, target_of
from engine.store.ids import now_ms

_GRACE_MS = 800
"""A job that obeys the control file may tidy up for this long when it is cancelled, then it is killed."""
_DYING_S = 2.0
_LAST_WORD_MS = 400
"""Another program (`lathe jobs cancel`) ends a process first and then says so."""
_POLL_S = 0.01
Told = tuple[JobRecord, JobEvent]
"""An event, and the job as it was just after it."""


class JobEntry:
    """Used by the service's thread only, apart from `record`, which is replaced as a whole."""

    def __init__(self, folder: JobFolder, spec: JobSpec, state: JobState) -> None:
        self.folder, self.spec = folder, spec
        self.record: JobRecord = new_record(spec, state)
        self._state = state
        self._tail = folder.tail()
        self._process: subprocess.Popen[bytes] | None = None
        self._kill_at_ms = 0
        self._gone_ms = 0
        self.saved = False
        """Whether its folder is there."""

    @classmethod
    def read(cls, folder: JobFolder) -> "JobEntry":
        """Of a job that is on the disk. Raises `OSError`, `msgspec.DecodeError`."""
        spec = folder.spec()
        try:
            state = folder.state()
        except (OSError, msgspec.DecodeError):
            state = JobState()
        entry = cls(folder, spec, state)
        entry.saved = True
        return entry

    @property
    def target(self) -> Path | None:
        """The file that it writes."""
        target = target_of(self.spec.job)
        return Path(target) if target else None

    # what the service does with it

    def save(self) -> None:
        """Raises `OSError`."""
        self.folder.create(self.spec)
        self.saved = True

    def start(self, home: Path) -> None:
        """Raises `OSError`."""
        self._process = processes.start_detached(home, self.folder)
        pid = self._process.pid
        self._write(JobState("running", pid, processes.started_at(pid), now_ms()))

    def follow(self) -> list[Told]:
        """What it has said since the last call; an end where its process is gone without one."""
        if not self.record.active:
            return []
        # In this order: what a process said before it ended is not missed.
        alive = self._is_alive()
        heard = self._hear()
        if self.record.ended:
            self._settle()
        elif not alive:
            if self._is_settled():
                end = JobFailed(INTERRUPTED, {"reason": self._reason()}, self._last_words())
                heard.append(self._tell_end(end))
        elif self._kill_at_ms and now_ms() >= self._kill_at_ms:
            heard += self._kill()
        return heard

    def catch_up(self) -> None:
        """Read what was said while nobody followed."""
        state_known = self._state.result is not None
        if not state_known:
            self._hear()
            if self.record.ended:
                self._settle()

    def notices_others(self) -> bool:
        """Whether another process has started, paused or ended it meanwhile."""
        if not self.saved or self.record.ended:
            return False
        try:
            state = self.folder.state()
        except (OSError, msgspec.DecodeError):
            return False
        if state == self._state:
            return False
        self._state = state
        self._adopt(state)
        return True

    def cancel(self) -> list[Told]:
        """Stop at once. A job that obeys the control file gets a moment to tidy up."""
        if self.record.ended:
            return []
        if self.record.status == "queued":
            return [self._tell_end(JobFailed("cancelled"))]
        if pausing_of(self.spec.job) == "itself" and not self._kill_at_ms:
            self.folder.append_control("cancel")
            self._kill_at_ms = now_ms() + int(getattr(self.spec.job, "cancel_grace_ms", _GRACE_MS))
            return []
        return self._kill()

    def pause(self) -> bool:
        """Whether it is paused now and was not before."""
        if self.record.status != "running" or not self.record.pausable:
            return False
        if pausing_of(self.spec.job) == "itself":
            self.folder.append_control("pause")
        else:
            processes.freeze(self._state.pid, self._state.process_started)
        self._write(msgspec.structs.replace(self._state, status="paused"))
        return True

    def resume(self) -> bool:
        """Whether it goes on now and did not before."""
        if self.record.status != "paused":
            return False
        if pausing_of(self.spec.job) == "itself":
            self.folder.append_control("resume")
        else:
            processes.thaw(self._state.pid, self._state.process_started)
        self._write(msgspec.structs.replace(self._state, status="running"))
        return True

    def fail(self, failure: JobFailed) -> Told:
        """It cannot even begin."""
        return self._tell_end(failure)

    def let_go(self) -> None:
        """The process goes on without this one."""
        if self._process is not None:
            processes.let_go(self._process)

    # how

    def _is_settled(self) -> bool:
        """Whether the process is gone for long enough that nobody else still says how it ended."""
        if not self._gone_ms:
            self._gone_ms = now_ms()
        return now_ms() - self._gone_ms >= _LAST_WORD_MS

    def _hear(self) -> list[Told]:
        heard: list[Told] = []
        for one in self._tail.read():
            self.record = with_event(self.record, one)
            heard.append((self.record, one.event))
        return heard

    def _is_alive(self) -> bool:
        if self._process is not None:
            return self._process.poll() is None
        return processes.is_alive(self._state.pid, self._state.process_started)

    def _kill(self) -> list[Told]:
        processes.kill(self._state.pid, self._state.process_started)
        if self._process is not None:
            self._process.wait()
        else:
            processes.wait_gone(self._state.pid, self._state.process_started, _DYING_S)
        heard = self._hear()
        if self.record.ended:  # it was quicker
            self._settle()
        else:
            heard.append(self._tell_end(JobFailed("cancelled")))
        return heard

    def _tell_end(self, end: JobEnd) -> Told:
        """Say in its stead how it ended, and remove what it left half written."""
        if self.target is not None and self.record.active:
            _discard_part(self.target)
        timed = TimedEvent(now_ms(), end)
        self.record = with_event(self.record, timed)
        if self.saved:
            try:
                self.folder.append_event(end, timed.ms)
            except OSError:
                pass  # the state says it too
            self._tail.read()
        self._settle()
        return self.record, end

    def _settle(self) -> None:
        """Keep the end where the next start finds it without reading all events."""
        record = self.record
        if self._process is not None:
            self._process.wait()
            self._process = None
        self._write(
            msgspec.structs.replace(
                self._state,
                status=record.status,
                ended_ms=record.ended_ms,
                result=record.result,
                notices=record.notices,
            )
        )

    def _write(self, state: JobState) -> None:
        self._state = state
        self._adopt(state)
        if self.saved:
            try:
                self.folder.write_state(state)
            except OSError:
                pass  # the disk is full; the events say the same, or will

    def _adopt(self, state: JobState) -> None:
        self.record = msgspec.structs.replace(
            self.record,
            status=state.status,
            started_ms=state.started_ms,
            ended_ms=state.ended_ms,
            result=state.result,
        )

    def _reason(self) -> str:
        if self._process is None or self._process.returncode is None:
            return "its process is gone"
        return describe_exit(self._process.returncode)

    def _last_words(self) -> str:
        try:
            return self.folder.log_tail()[-4000:]
        except OSError:
            return ""


def _discard_part(target: Path) -> None:
    """Threads of a killed process may hold its files for a moment after it counts as gone."""
    deadline = time.monotonic() + _DYING_S
    discard_part(target)
    while part_path(target).exists() and time.monotonic() < deadline:
        time.sleep(_POLL_S)
        discard_part(target)
