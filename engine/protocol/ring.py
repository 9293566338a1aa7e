"""Large arrays beside the pipe: a ring in a file that both processes map.

A pipe hands over 64 KB at a time, with a change of process each; the attention of all layers of one token
is ten times that. The writer puts a block into the ring and sends its place in the event; the reader copies
it out as soon as the event arrives. A reader that lags behind by more than the whole ring finds another
block's mark and drops the frame.
"""

import mmap
import os
import shutil
import struct
import tempfile
import threading
from pathlib import Path

RING_VARIABLE = "LATHE_RING"
RING_BYTES = 64 * 1024 * 1024
SMALLEST_BLOCK = 16 * 1024
"""Smaller arrays travel in the event itself."""

_MARK = struct.Struct("<QQ")  # number of the block, length


class BlockLost(Exception):
    """The block was overwritten before it was read."""


def make_ring_file() -> Path:
    """An empty ring file, in memory where the system has such a place."""
    with tempfile.NamedTemporaryFile(prefix="lathe-ring-", dir=_memory_folder(), delete=False) as file:
        file.truncate(RING_BYTES)
    return Path(file.name)


def _memory_folder(shared: Path = Path("/dev/shm")) -> Path | None:  # noqa: S108 - the name is made by tempfile
    """None for the usual place of temporary files. Containers may have the folder closed, or too small: a
    page of the file that finds no room ends the process.
    """
    if not os.access(shared, os.W_OK | os.X_OK):
        return None
    return shared if shutil.disk_usage(shared).free > RING_BYTES else None


class _Ring:
    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), RING_BYTES)

    def close(self) -> None:
        self._memory.close()


class RingWriter(_Ring):
    """The worker's end. Safe from several threads."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._lock = threading.Lock()
        self._position = 0
        self._number = 0

    def put(self, data: bytes | memoryview) -> tuple[int, int] | None:
        """(offset, number) of the block; None for what is larger than a quarter of the ring."""
        size = _MARK.size + len(data)
        if size > RING_BYTES // 4:
            return None
        with self._lock:
            if self._position + size > RING_BYTES:
                self._position = 0
            offset = self._position
            self._number += 1
            _MARK.pack_into(self._memory, offset, self._number, len(data))
            self._memory[offset + _MARK.size : offset + size] = data
            self._position = offset + size
            return offset, self._number


class RingReader(_Ring):
    """The client's end."""

    def take(self, offset: int, number: int, length: int) -> bytes:
        """A copy of the block. Raises `BlockLost`."""
        if offset < 0 or offset + _MARK.size + length > RING_BYTES:
            raise BlockLost
        data = self._memory[offset + _MARK.size : offset + _MARK.size + length]
        if _MARK.unpack_from(self._memory, offset) != (number, length):
            raise BlockLost
        return data
