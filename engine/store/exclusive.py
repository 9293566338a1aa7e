"""Being alone with a database, before its file is moved or replaced."""

import sqlite3
from contextlib import closing
from pathlib import Path

from engine.errors import UserError
from engine.store.database import DATABASE_NAME

_COMPANIONS = ("-wal", "-shm")
_WAIT_SECONDS = 2.0


def settle_database(home: Path) -> None:
    """Fold the log into HOME/lathe.db, so that this one file is all of it.

    That needs everybody else to be gone. Nothing happens where there is no database, or a damaged one.
    Raises `UserError` home.in_use.
    """
    path = home / DATABASE_NAME
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)) as connection:
            mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise UserError("home.in_use", path=home) from None
        return
    except sqlite3.DatabaseError:
        return
    if mode == "wal":
        raise UserError("home.in_use", path=home)
    for end in _COMPANIONS:
        path.with_name(path.name + end).unlink(missing_ok=True)
