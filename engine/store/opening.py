"""Opening the file whatever state it is in: new, old, newer, locked, damaged or out of reach."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import sqlite_utils

from engine.errors import UserError
from engine.store import connection, faults
from engine.store.migrations.runner import known_version, migrate
from engine.store.snapshots import list_snapshots, snapshot_folder

_COMPANIONS = ("", "-wal", "-shm")


def open_database(path: Path) -> tuple[sqlite3.Connection, UserError | None]:
    """A connection to a database of the current schema, and a notice where a damaged one was put aside.

    Raises `UserError` store.newer, store.locked, store.unwritable, store.no_room; the file stays as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("store.unwritable", path=path.parent, reason=error.strerror) from error
    try:
        with _Translated(path):
            return _open(path), None
    except _Damaged:
        kept = _put_aside(path)
        notice = _corrupt(path, kept)
    with _Translated(path):
        return _open(path), notice


class _Damaged(Exception):
    """The file is no usable database."""


class _Translated:
    """SQLite's errors while opening: damage becomes `_Damaged`, the rest a `UserError` or a bug."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, sqlite3.Error):
            if faults.is_damage(error):
                raise _Damaged from error
            known = faults.user_error(error, self._path)
            if known is not None and known.code == "store.disk_full":
                raise UserError("store.no_room", path=self._path) from error
            if known is not None:
                raise known from error


def _open(path: Path) -> sqlite3.Connection:
    if path.exists() and path.stat().st_size:
        _refuse_newer(path)
    opened = connection.connect(path)
    try:
        _check_version(opened, path)
        if opened.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            opened.execute("PRAGMA journal_mode = WAL")
        if faults.check_mark(path).exists():
            _examine(opened, path)
        migrate(sqlite_utils.Database(opened, execute_plugins=False), path)
        # Touches the pages every query needs; a torn header or schema shows here.
        opened.execute("SELECT count(*) FROM sessions").fetchone()
    except BaseException:
        opened.close()
        raise
    return opened


def _refuse_newer(path: Path) -> None:
    """Look at the version through a read-only connection, which does not even fold the log into the file."""
    peek = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=connection.BUSY_SECONDS)
    with closing(peek):
        try:
            _check_version(peek, path)
        except sqlite3.OperationalError as error:
            # What a crash left behind has to be undone first, which needs a connection that may write.
            if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}:
                raise


def _check_version(opened: sqlite3.Connection, path: Path) -> None:
    found = int(opened.execute("PRAGMA user_version").fetchone()[0])
    if found > known_version():
        raise UserError("store.newer", path=path, found=found, known=known_version())


def _examine(opened: sqlite3.Connection, path: Path) -> None:
    """The full check that an earlier run asked for after it met damage."""
    answer = opened.execute("PRAGMA quick_check(1)").fetchone()[0]
    if answer != "ok":
        raise _Damaged(answer)
    faults.check_mark(path).unlink(missing_ok=True)


def _corrupt(path: Path, kept: Path) -> UserError:
    """Names the snapshots only where there are some."""
    if list_snapshots(path):
        return UserError("store.corrupt", path=path, kept=kept, snapshots=snapshot_folder(path))
    return UserError("store.corrupt_alone", path=path, kept=kept)


def _put_aside(path: Path) -> Path:
    """Rename the damaged file together with its log; never over another one."""
    stem = f"{path.name}.corrupt-{time.strftime('%Y%m%d-%H%M%S')}"
    kept = path.with_name(stem)
    count = 1
    while any(kept.with_name(kept.name + end).exists() for end in _COMPANIONS):
        count += 1
        kept = path.with_name(f"{stem}-{count}")
    try:
        for end in _COMPANIONS:
            source = path.with_name(path.name + end)
            if source.exists():
                source.rename(kept.with_name(kept.name + end))
    except OSError as error:
        raise UserError("store.unwritable", path=path, reason=error.strerror) from error
    faults.check_mark(path).unlink(missing_ok=True)
    return kept
