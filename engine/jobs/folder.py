"""The folder of one job: complete by itself, so that any process can follow it and none has to be alive."""

import os
import shutil
from pathlib import Path

import msgspec

from engine.jobs.records import JobSpec, JobState, TimedEvent
from engine.protocol.jobs import JobEvent

SPEC, STATE, EVENTS, LOG, CONTROL, LOCK = (
    "job.json",
    "state.json",
    "events.jsonl",
    "log.txt",
    "control",
    "lock",
)
_LOG_TAIL_BYTES = 1 << 16

_encoder = msgspec.json.Encoder()
_spec_decoder = msgspec.json.Decoder(JobSpec)
_state_decoder = msgspec.json.Decoder(JobState)
_event_decoder = msgspec.json.Decoder(TimedEvent)


def jobs_folder(home: Path) -> Path:
    """Where the folders of all jobs are."""
    return home / "jobs"


class JobFolder:
    """Reads and writes the files of one job. Everything may raise `OSError`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def id(self) -> str:
        return self.path.name

    @property
    def log_path(self) -> Path:
        return self.path / LOG

    @property
    def lock_path(self) -> Path:
        return self.path / LOCK

    def create(self, spec: JobSpec) -> None:
        """`job.json` comes last: a folder without it is no job."""
        self.path.mkdir(parents=True, exist_ok=True)
        self.write_state(JobState())
        _replace(self.path / SPEC, _encoder.encode(spec))

    def remove(self) -> None:
        """Nothing of it is left; `job.json` goes first."""
        (self.path / SPEC).unlink(missing_ok=True)
        shutil.rmtree(self.path, ignore_errors=True)

    def exists(self) -> bool:
        return (self.path / SPEC).exists()

    def spec(self) -> JobSpec:
        """Raises `msgspec.DecodeError`, also for a kind of job that this version does not know."""
        return _spec_decoder.decode((self.path / SPEC).read_bytes())

    def state(self) -> JobState:
        """Raises `msgspec.DecodeError`."""
        return _state_decoder.decode((self.path / STATE).read_bytes())

    def write_state(self, state: JobState) -> None:
        _replace(self.path / STATE, _encoder.encode(state))

    def append_event(self, event: JobEvent, ms: int) -> None:
        """One line, in one write."""
        line = _encoder.encode(TimedEvent(ms, event)) + b"\n"
        with (self.path / EVENTS).open("ab", buffering=0) as file:
            file.write(line)

    def append_control(self, word: str) -> None:
        with (self.path / CONTROL).open("ab", buffering=0) as file:
            file.write(word.encode() + b"\n")

    def log_tail(self) -> str:
        """What its process last said to nobody in particular; "" when it said nothing."""
        try:
            with self.log_path.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - _LOG_TAIL_BYTES))
                return file.read().decode("utf-8", "replace")
        except FileNotFoundError:
            return ""

    def tail(self) -> "EventTail":
        return EventTail(self.path / EVENTS)


class EventTail:
    """Reads what is new in `events.jsonl`; a line that is still being written waits for its end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0

    def read(self) -> list[TimedEvent]:
        """The events since the last call. Lines that are none (a full disk cuts them) are left out."""
        try:
            with self._path.open("rb") as file:
                file.seek(self._offset)
                data = file.read()
        except FileNotFoundError:
            return []
        complete = data.rfind(b"\n") + 1
        self._offset += complete
        events = []
        for line in data[:complete].splitlines():
            try:
                events.append(_event_decoder.decode(line))
            except msgspec.DecodeError:
                continue
        return events


def _replace(path: Path, data: bytes) -> None:
    """Whoever reads sees the old file or the new one."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
    temporary.write_bytes(data)
    temporary.replace(path)
