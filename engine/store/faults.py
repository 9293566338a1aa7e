"""SQLite's errors as sentences for the user. What is not listed here is a bug and passes unchanged."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import UserError

_FULL = {
    sqlite3.SQLITE_FULL,
    # The shared-memory file of the log could not grow: on a full disk this comes before SQLITE_FULL.
    sqlite3.SQLITE_IOERR_SHMSIZE,
}
_MAYBE_FULL = {sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_TRUNCATE}
_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_UNWRITABLE = {
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_AUTH,
}
_NEARLY_FULL_BYTES = 1 << 20


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file itself is broken, as opposed to unreachable."""
    code = _code(error)
    return code is not None and code & 0xFF in _DAMAGED


def user_error(error: sqlite3.Error, path: Path) -> UserError | None:
    """The sentence for `error`, or None where it is a bug."""
    code = _code(error)
    if code is None:
        return None
    if code in _FULL or (code in _MAYBE_FULL and _nearly_full(path)):
        return UserError("store.disk_full")
    if code & 0xFF in _LOCKED:
        return UserError("store.locked", path=path)
    if code & 0xFF in _DAMAGED:
        return UserError("store.damaged", path=path)
    if code & 0xFF in _UNWRITABLE:
        return UserError("store.unwritable", path=path, reason=str(error))
    return None


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors inside the block into `UserError` where the user can do something."""
    try:
        yield
    except sqlite3.Error as error:
        known = user_error(error, path)
        if known is None:
            raise
        if is_damage(error):
            request_check(path)
        raise known from error


def request_check(path: Path) -> None:
    """Leave a mark beside the database: the next start examines the whole file before using it."""
    try:
        check_mark(path).touch()
    except OSError:
        pass  # The medium is failing; the error under way says so already.


def check_mark(path: Path) -> Path:
    """The file whose presence asks for a full check at the next start."""
    return path.with_name(path.name + ".check")


def _code(error: sqlite3.Error) -> int | None:
    # The extended code is missing on errors that Python's module raises itself, such as misuse.
    return getattr(error, "sqlite_errorcode", None)


def _nearly_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _NEARLY_FULL_BYTES
    except OSError:
        return False
