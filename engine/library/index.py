"""What was read from model files before, so that thousands of them are listed at once.

A file beside the database (`HOME/library.index`), for it is a cache: it may be deleted, and when two programs
write it, the last one wins. Rows come in chunks, so that reading them never holds the interpreter for long.
"""

import os
import struct
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from engine.library.entries import ModelEntry
from engine.library.walk import Found
from engine.output import abandoned

INDEX_NAME = "library.index"
_MAGIC = b"lathe library 4\n"
_CHUNK = 64
_LENGTH = struct.Struct("<I")
_MAX_CHUNK = 64 << 20


class _Row(Struct, frozen=True, array_like=True):
    path: str
    size: int
    mtime_ns: int
    entry: ModelEntry | None


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(tuple[_Row, ...])


class LibraryIndex:
    """Entries by path, true while size and time of change are the same. One thread at a time."""

    def __init__(self, rows: Iterable[_Row] = ()) -> None:
        self._rows = {row.path: row for row in rows}
        self._used: dict[str, _Row] = {}
        self._changed = False

    def entries(self) -> list[ModelEntry]:
        """Everything as it was when the index was written, in the order in which it was found."""
        return [row.entry for row in self._rows.values() if row.entry is not None]

    def get(self, found: Found) -> tuple[bool, ModelEntry | None]:
        """(whether it is known, the entry; None for a file that is no model)."""
        path = str(found.path)
        row = self._rows.get(path)
        if row is None or found.size < 0 or (row.size, row.mtime_ns) != (found.size, found.mtime_ns):
            return False, None
        self._used[path] = row
        return True, row.entry

    def put(self, found: Found, entry: ModelEntry | None) -> None:
        """Remember what was read."""
        if found.size >= 0:
            path = str(found.path)
            self._used[path] = _Row(path, found.size, found.mtime_ns, entry)
            self._changed = True

    def write(self, home: Path) -> None:
        """Keep what was got and put since it was read; nothing happens where nothing changed.

        A folder that cannot be written to is no error: the next start reads the files again.
        """
        if not self._changed and list(self._used) == list(self._rows):
            return
        rows = list(self._used.values())
        part = home / f"{INDEX_NAME}.{os.getpid()}"
        _clear_left_parts(home)
        try:
            with part.open("wb") as file:
                file.write(_MAGIC)
                for start in range(0, len(rows), _CHUNK):
                    chunk = _encoder.encode(rows[start : start + _CHUNK])
                    file.write(_LENGTH.pack(len(chunk)) + chunk)
            part.replace(home / INDEX_NAME)
        except OSError:
            with suppress(OSError):
                part.unlink()
            return
        self._rows, self._changed = dict(self._used), False


def _clear_left_parts(home: Path) -> None:
    """Scans are killed when nobody waits for them any more; what they had written of an index stays
    behind.
    """
    with suppress(OSError):
        for part in abandoned(home, f"{INDEX_NAME}.*"):
            part.unlink(missing_ok=True)


def read_index(home: Path) -> LibraryIndex:
    """The index of the last scan; an empty one where there is none that can be read."""
    rows: list[_Row] = []
    try:
        with (home / INDEX_NAME).open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                return LibraryIndex()
            while len(head := file.read(_LENGTH.size)) == _LENGTH.size:
                (length,) = _LENGTH.unpack(head)
                if length > _MAX_CHUNK:
                    return LibraryIndex()
                rows += _decoder.decode(file.read(length))
    except (OSError, msgspec.DecodeError):
        return LibraryIndex()
    return LibraryIndex(rows)
