"""Arrays that are too large for the pipe: each in a file of its own, which the client maps and takes away.

A frame on the pipe holds 256 MB at most, which the attention of 500 tokens exceeds. The files lie beside
the ring, in memory where the system has such a place and room in it.
"""

import itertools
import mmap
import os
import shutil
import tempfile
from pathlib import Path

from engine.errors import UserError
from engine.protocol.ring import RING_VARIABLE

SMALLEST_FILE = 1 << 20
"""Smaller arrays travel in the event itself."""
_SPARE = 64 << 20
"""What is left of a place in memory, for others."""
_number = itertools.count()


def has_client() -> bool:
    """Whether this process was started by one that takes such files away."""
    return RING_VARIABLE in os.environ


def new_array_file(size: int) -> Path:
    """A file of `size` bytes that are there. Raises `UserError` inspect.no_room."""
    beside_ring = Path(os.environ[RING_VARIABLE]).parent
    usual = Path(tempfile.gettempdir())
    folder = beside_ring if shutil.disk_usage(beside_ring).free > size + _SPARE else usual
    path = folder / f"{_prefix(os.getpid())}{next(_number)}"
    try:
        with path.open("xb") as file:
            if hasattr(os, "posix_fallocate"):  # a mapped page that finds no room would end the process
                os.posix_fallocate(file.fileno(), 0, size)
            else:
                file.truncate(size)
    except OSError as error:
        path.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise UserError("inspect.no_room", size=f"{size / 2**20:.0f} MiB", reason=reason) from error
    return path


def take_array_file(path: Path) -> memoryview:
    """Its bytes, mapped; the file itself is gone as soon as nobody uses them. Raises `OSError`."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    try:
        path.unlink()
    except OSError:
        pass  # Windows keeps what is mapped; it goes with the process
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


def _prefix(process: int) -> str:
    return f"lathe-array-{process}-"
