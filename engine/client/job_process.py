"""The parent's end of a job: a process that does one piece of work on files."""

import collections
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from engine.client.worker_process import describe_exit, pipes_of
from engine.launch import worker_command, worker_environment
from engine.output import discard_part
from engine.protocol.jobs import AnyJob, JobEnd, JobEvent, JobFailed, decode_job_event, encode_line, target_of

_TAIL_LINES = 60
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)


class JobProcess:
    """Starts on construction. `on_event` is called on a thread of its own, with a `JobEnd` last and once.

    Raises `OSError` when the process cannot be started.
    """

    def __init__(self, home: Path, job: AnyJob, on_event: Callable[[JobEvent], None]) -> None:
        self._job = job
        self._on_event = on_event
        self._cancelled = False
        self._tail: collections.deque[str] = collections.deque(maxlen=_TAIL_LINES)
        self._process = subprocess.Popen(
            [*worker_command(), "job"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=worker_environment(home),
            creationflags=_NO_WINDOW,
        )
        self._stdin, self._stdout, self._stderr = pipes_of(self._process)
        try:
            self._stdin.write(encode_line(job))
            self._stdin.flush()
        except OSError:
            pass  # it died at once: the exit code tells
        self._errors = threading.Thread(target=self._read_stderr, name="job-stderr", daemon=True)
        self._errors.start()
        self._reader = threading.Thread(target=self._read_events, name="job-events", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def cancel(self) -> None:
        """Stop at once, whatever it is doing; `JobFailed` “cancelled” follows and no file is left.

        After the end it does nothing.
        """
        self._cancelled = True
        self._process.kill()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Whether it has ended and its last event was told."""
        if threading.current_thread() is not self._reader:
            self._reader.join(timeout_s)
        return not self._reader.is_alive()

    def _read_events(self) -> None:
        end: JobEnd | None = None
        for line in iter(self._stdout.readline, b""):
            try:
                event = decode_job_event(line)
            except msgspec.DecodeError:  # cut off by the end of the process
                break
            if isinstance(event, JobEnd):
                end = event
                break
            self._on_event(event)
        if end is None:
            self._process.kill()
        exit_code = self._process.wait()
        self._errors.join(2)
        for pipe in (self._stdin, self._stdout):
            try:
                pipe.close()
            except OSError:
                pass  # what could not be written is lost with the process
        self._on_event(end or self._accident(exit_code))

    def _accident(self, exit_code: int) -> JobFailed:
        if target := target_of(self._job):
            discard_part(Path(target))
        if self._cancelled:
            return JobFailed("cancelled")
        return JobFailed("job.died", {"reason": describe_exit(exit_code)}, "\n".join(self._tail))

    def _read_stderr(self) -> None:
        with self._stderr as stream:
            for line in iter(stream.readline, b""):
                self._tail.append(line.decode("utf-8", "replace").rstrip())
