"""Arrays that are too large for the pipe: each in a file of its own, which the client maps and takes away.

A frame on the pipe holds 256 MB at most, which the attention of 500 tokens exceeds. The files lie beside
the ring, in memory where the system has such a place and room in it.
"""

import mmap
import os
import shutil
import tempfile
from pathlib import Path

import psutil

from engine.errors import UserError
from engine.protocol.ring import RING_VARIABLE

SMALLEST_FILE = 1 << 20
"""Smaller arrays travel in the event itself."""
_SPARE = 64 << 20
"""What is left of a place in memory, for others."""


def has_client() -> bool:
    """Whether this process was started by one that takes such files away."""
    return RING_VARIABLE in os.environ


def new_array_file(size: int) -> Path:
    """A file of `size` bytes that are there, for this user only. Raises `UserError` inspect.no_room."""
    path: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=_prefix(os.getpid()), dir=_folder(size))
        path = Path(name)
        try:
            if hasattr(os, "posix_fallocate"):  # a mapped page that finds no room would end the process
                os.posix_fallocate(handle, 0, size)
            else:
                os.truncate(handle, size)
        finally:
            os.close(handle)
    except OSError as error:
        if path is not None:
            path.unlink(missing_ok=True)
        raise no_room(size, error) from error
    return path


def no_room(size: int, error: OSError) -> UserError:
    """What to say when `size` bytes could not be put into such a file."""
    reason = error.strerror or str(error)
    return UserError("inspect.no_room", size=f"{size / 2**20:.0f} MiB", reason=reason)


def take_array_file(path: Path) -> memoryview:
    """Its bytes, mapped; the file itself is gone as soon as nobody uses them. Raises `OSError`."""
    # Windows keeps what is mapped, and takes it away when the last one closes what was opened like this.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_TEMPORARY", 0))
    try:
        mapped = mmap.mmap(handle, 0, access=mmap.ACCESS_READ)
    finally:
        os.close(handle)
    try:
        path.unlink()
    except OSError:
        pass  # on Windows
    return memoryview(mapped)


def remove_array_files(process: int) -> None:
    """What a process that ended has left."""
    folders = {Path(tempfile.gettempdir()), Path("/dev/shm")}  # noqa: S108 - only names made above
    for folder in folders:
        for path in folder.glob(f"{_prefix(process)}*"):
            try:
                path.unlink()
            except OSError:
                pass  # still mapped, on Windows


def _folder(size: int) -> Path:
    """Beside the ring, where neither that place nor the memory that it may take is exhausted by it."""
    beside_ring = Path(os.environ[RING_VARIABLE]).parent
    room = min(shutil.disk_usage(beside_ring).free, _available())
    return beside_ring if room > size + _SPARE else Path(tempfile.gettempdir())


def _available() -> int:
    """Bytes of memory."""
    return int(psutil.virtual_memory().available)


def _prefix(process: int) -> str:
    return f"lathe-array-{process}-"
