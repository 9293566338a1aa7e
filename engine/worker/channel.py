"""The worker's end of the pipe: frames in on stdin, frames out on the stdout it was started with."""

import os
import threading
import time
from pathlib import Path
from typing import BinaryIO, NoReturn

import msgspec

from engine.protocol.array_file import (
    SMALLEST_FILE,
    has_client,
    new_array_file,
    no_room,
    remove_array_files,
)
from engine.protocol.codec import encode
from engine.protocol.events import AnyEvent, Inspected, TapFrame, Token
from engine.protocol.inspection import Array
from engine.protocol.ring import RING_VARIABLE, SMALLEST_BLOCK, RingWriter

TOGETHER_S = 0.03
"""Tokens that follow each other faster than this travel together: each arrival wakes the client, on a
processor that the model is using. The window draws no more often.
"""


class EventChannel:
    """Sends events in order; safe from several threads."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._held = b""
        self._token_left = 0.0
        self._lock = threading.Lock()
        ring = os.environ.get(RING_VARIABLE)
        self._ring = RingWriter(Path(ring)) if ring else None
        if ring:
            _forget(Path(ring))

    def send(self, event: AnyEvent) -> None:
        """Blocks while the client does not read; ends the process when there is no client any more.

        A token, and what was seen with it, waits for the next event if another one left less than
        `TOGETHER_S` ago.
        """
        if self._ring is not None and isinstance(event, TapFrame):
            arrays = {kind: self._beside(array, self._ring) for kind, array in event.arrays.items()}
            event = msgspec.structs.replace(event, arrays=arrays)
        if has_client() and isinstance(event, Inspected):
            named = {name: _in_file(array) for name, array in event.arrays.items()}
            event = msgspec.structs.replace(event, arrays=named)
        data = encode(event)
        with self._lock:
            if self._held:
                data, self._held = self._held + data, b""
            if isinstance(event, Token | TapFrame):
                now = time.perf_counter()
                if now - self._token_left < TOGETHER_S:
                    self._held = data
                    return
                self._token_left = now
            self._write(data)

    def _write(self, frames: bytes) -> None:
        data = memoryview(frames)
        try:
            while data:
                data = data[os.write(self._fd, data) :]
        except OSError:
            leave(0)

    @staticmethod
    def _beside(array: Array, ring: RingWriter) -> Array:
        """A large array into the ring, a small one as it is."""
        if len(array.data) < SMALLEST_BLOCK or (place := ring.put(array.data)) is None:
            return array
        return Array(array.shape, array.dtype, b"", (*place, len(array.data)))


def _in_file(array: Array) -> Array:
    """A large array in a file of its own, a small one as it is. Raises `UserError` inspect.no_room."""
    if array.file or len(array.data) < SMALLEST_FILE:
        return array
    size = len(array.data)
    path = new_array_file(size)
    try:
        with path.open("r+b") as file:
            file.write(array.data)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise no_room(size, error) from error
    return Array(array.shape, array.dtype, b"", file=str(path))


def _forget(ring: Path) -> None:
    """Both ends have mapped the ring: without a name it goes with them, however they end."""
    try:
        ring.unlink(missing_ok=True)
    except OSError:
        pass  # Windows keeps what is mapped: the client takes it away


def leave(code: int) -> NoReturn:
    """End this process at once, without arrays that nobody will take."""
    remove_array_files(os.getpid())
    os._exit(code)


def claim_stdio() -> tuple[BinaryIO, EventChannel]:
    """Take stdin and stdout for the protocol; whatever else prints goes to stderr."""
    commands = os.fdopen(os.dup(0), "rb", buffering=1 << 16)
    events = os.dup(1)
    os.dup2(2, 1)
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    return commands, EventChannel(events)
