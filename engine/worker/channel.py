"""The worker's end of the pipe: frames in on stdin, frames out on the stdout it was started with."""

import os
import threading
from pathlib import Path
from typing import BinaryIO

from engine.protocol.codec import encode
from engine.protocol.events import AnyEvent


class EventChannel:
    """Sends events; safe from several threads."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._lock = threading.Lock()

    def send(self, event: AnyEvent) -> None:
        """Blocks while the client does not read; ends the process when there is no client any more."""
        data = memoryview(encode(event))
        with self._lock:
            try:
                while data:
                    data = data[os.write(self._fd, data) :]
            except OSError:
                os._exit(0)


def claim_stdio() -> tuple[BinaryIO, EventChannel]:
    """Take stdin and stdout for the protocol; whatever else prints goes to stderr."""
    commands = os.fdopen(os.dup(0), "rb", buffering=1 << 16)
    events = os.dup(1)
    os.dup2(2, 1)
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    return commands, EventChannel(events)
