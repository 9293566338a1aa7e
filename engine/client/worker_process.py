"""One run of a worker process: the pipe, its threads, and what it last said on stderr."""

import collections
import math
import os
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, cast

import msgspec

from engine.launch import model_environment, worker_command
from engine.protocol.array_file import no_room, remove_array_files, take_array_file
from engine.protocol.codec import FrameError, FrameSplitter, decode_event, encode
from engine.protocol.commands import AnyCommand
from engine.protocol.events import AnyEvent, Failed, Inspected, TapFrame
from engine.protocol.inspection import Array
from engine.protocol.ring import RING_VARIABLE, BlockLost, RingReader, make_ring_file

_TAIL_LINES = 60
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows: no console flashes up


class WorkerProcess:
    """Starts on construction. `on_event` and `on_exit` are called on the reader thread, `on_exit` last and
    once.

    Raises `OSError` when the process cannot be started.
    """

    def __init__(
        self, home: Path, on_event: Callable[[AnyEvent], None], on_exit: Callable[[int], None]
    ) -> None:
        self._on_event = on_event
        self._on_exit = on_exit
        self._write_lock = threading.Lock()
        self._tail: collections.deque[str] = collections.deque(maxlen=_TAIL_LINES)
        self._ring_path = make_ring_file()
        self._ring = RingReader(self._ring_path)
        try:
            self._process = subprocess.Popen(
                worker_command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                env={**model_environment(home), RING_VARIABLE: str(self._ring_path)},
                creationflags=_NO_WINDOW,
            )
        except OSError:
            self._ring.close()
            self._ring_path.unlink(missing_ok=True)
            raise
        self._stdin, self._stdout, self._stderr = pipes_of(self._process)
        self._errors = threading.Thread(target=self._read_stderr, name="worker-stderr", daemon=True)
        self._errors.start()
        self._reader = threading.Thread(target=self._read_events, name="worker-events", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, command: AnyCommand) -> bool:
        """False when the process is gone."""
        data = memoryview(encode(command))
        try:
            with self._write_lock:
                while data:
                    data = data[os.write(self._stdin.fileno(), data) :]
        except (OSError, ValueError):
            return False
        return True

    def kill(self) -> None:
        """At once; `on_exit` follows."""
        self._process.kill()

    def hang_up(self) -> None:
        """Close the pipe: the worker ends by itself."""
        with self._write_lock:
            try:
                self._stdin.close()
            except OSError:
                pass  # already broken

    def wait(self, timeout_s: float) -> bool:
        """Whether the process and its threads have ended within the time."""
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return False
        if threading.current_thread() is not self._reader:
            self._reader.join(timeout_s)
        self._errors.join(timeout_s)
        return True

    def stderr_tail(self) -> str:
        return "\n".join(self._tail)

    def _read_events(self) -> None:
        splitter = FrameSplitter()
        fd = self._stdout.fileno()
        try:
            while data := os.read(fd, 1 << 18):
                for payload in splitter.feed(data):
                    self._tell(decode_event(payload))
        except (FrameError, msgspec.ValidationError, msgspec.DecodeError) as error:
            self._tail.append(f"the event stream is broken: {error}")
            self._process.kill()
        except OSError:
            pass  # the pipe broke: the exit code tells
        exit_code = self._process.wait()
        self._errors.join(2)
        self._stdout.close()
        self._ring.close()
        self._ring_path.unlink(missing_ok=True)
        remove_array_files(self._process.pid)
        self.hang_up()
        self._on_exit(exit_code)

    def _tell(self, event: AnyEvent) -> None:
        if isinstance(event, TapFrame):
            try:
                event = msgspec.structs.replace(
                    event, arrays={kind: self._fetched(array) for kind, array in event.arrays.items()}
                )
            except BlockLost:
                return  # this end lags behind; newer frames follow
        if isinstance(event, Inspected):
            try:
                event = msgspec.structs.replace(
                    event, arrays={name: _mapped(array) for name, array in event.arrays.items()}
                )
            except OSError as error:  # somebody cleaned up, or memory cannot be mapped
                size = sum(math.prod(array.shape) * int(array.dtype[1]) for array in event.arrays.values())
                event = Failed.of(event.job, no_room(size, error))
        self._on_event(event)

    def _fetched(self, array: Array) -> Array:
        if array.ring is None:
            return array
        return Array(array.shape, array.dtype, self._ring.take(*array.ring))

    def _read_stderr(self) -> None:
        with self._stderr as stream:
            for line in iter(stream.readline, b""):
                self._tail.append(line.decode("utf-8", "replace").rstrip())


def pipes_of(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes], IO[bytes]]:
    """(stdin, stdout, stderr). Raises `OSError`."""
    if process.stdin is None or process.stdout is None or process.stderr is None:
        raise OSError("the pipes of the process are missing")
    return process.stdin, process.stdout, process.stderr


def _mapped(array: Array) -> Array:
    """The array where it lies, if it came in a file."""
    if not array.file:
        return array
    # To everything that reads arrays, mapped memory is bytes like any other.
    return Array(array.shape, array.dtype, cast("bytes", take_array_file(Path(array.file))))


def describe_exit(exit_code: int) -> str:
    """An exit code in words."""
    if exit_code >= 0:
        return f"exit code {exit_code}"
    try:
        name = signal.Signals(-exit_code).name
    except ValueError:
        name = f"signal {-exit_code}"
    if name == "SIGKILL":
        return "it was killed, most likely because memory ran out"
    return f"it crashed with {name}"
