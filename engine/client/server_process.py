"""The parent's end of the local server: a process that serves one model until it is told to stop."""

import collections
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from engine.client.worker_process import describe_exit, pipes_of
from engine.launch import model_environment, worker_command
from engine.protocol.serving import ServerEvent, ServerFailed, ServeSpec, decode_server_event, encode_line

_TAIL_LINES = 60
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)


class ServerProcess:
    """Starts on construction. `on_event` is called on a thread of its own; `on_end` once, last.

    Raises `OSError` when the process cannot be started.
    """

    def __init__(
        self,
        home: Path,
        spec: ServeSpec,
        on_event: Callable[[ServerEvent], None],
        on_end: Callable[[], None],
    ) -> None:
        self._on_event, self._on_end = on_event, on_end
        self._stopping = False
        self._tail: collections.deque[str] = collections.deque(maxlen=_TAIL_LINES)
        self._process = subprocess.Popen(
            [*worker_command(), "serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=model_environment(home),
            creationflags=_NO_WINDOW,
        )
        self._stdin, self._stdout, self._stderr = pipes_of(self._process)
        self._errors = threading.Thread(target=self._read_stderr, name="server-stderr", daemon=True)
        self._errors.start()
        self._reader = threading.Thread(target=self._read_events, name="server-events", daemon=True)
        self._reader.start()
        try:
            self._stdin.write(encode_line(spec))
            self._stdin.flush()
        except OSError:
            pass  # it died at once: the exit code tells

    @property
    def pid(self) -> int:
        return self._process.pid

    def stop(self) -> None:
        """Let open replies end for a moment, then go. Returns at once; `on_end` follows."""
        self._stopping = True
        self._hang_up()

    def wait(self, timeout_s: float) -> bool:
        """Whether it has ended within the time; it is killed when not."""
        self._reader.join(timeout_s)
        if self._reader.is_alive():
            self._process.kill()
            self._reader.join(timeout_s)
            return False
        return True

    def _read_events(self) -> None:
        failed = False
        with self._stdout as stream:
            for line in iter(stream.readline, b""):
                try:
                    event = decode_server_event(line)
                except msgspec.DecodeError:
                    continue
                failed = failed or isinstance(event, ServerFailed)
                self._on_event(event)
        exit_code = self._process.wait()
        self._errors.join(2)
        self._hang_up()
        if not failed and not self._stopping:
            self._on_event(
                ServerFailed("job.died", {"reason": describe_exit(exit_code)}, "\n".join(self._tail))
            )
        self._on_end()

    def _hang_up(self) -> None:
        try:
            self._stdin.close()
        except OSError:
            pass  # it is gone already

    def _read_stderr(self) -> None:
        with self._stderr as stream:
            for line in iter(stream.readline, b""):
                self._tail.append(line.decode("utf-8", "replace").rstrip())
