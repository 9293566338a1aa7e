"""Connections and transactions: one writer under a lock, one reader for each thread."""

import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import sqlite_utils

from engine.store import faults
from engine.store.records import Area, Change

BUSY_SECONDS = 4.0
"""How long a write waits for another process before `store.locked`."""

Arguments = Sequence[object]


def connect(path: Path) -> sqlite3.Connection:
    """A connection that may pass between threads, without Python's implicit transactions."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    # NORMAL in WAL mode: a commit is in the log before it returns, so killing the process loses nothing and
    # the file cannot be corrupted; only a power cut may take the last moments. FULL would add an fsync to the
    # checkpoint of a streaming reply each second, which stalls on slow disks and buys very little.
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


class _Reader:
    """Closes its connection when the thread that owns it ends."""

    def __init__(self, path: Path) -> None:
        self.connection = connect(path)
        self.connection.execute("PRAGMA query_only = ON")

    def __del__(self) -> None:
        if hasattr(self, "connection"):
            self.connection.close()


class _PerThread(threading.local):
    reader: _Reader | None = None
    unit: ExitStack | None = None


class Database:
    """The open file. Every method may be called from any thread."""

    def __init__(self, path: Path, writer: sqlite3.Connection) -> None:
        self.path = path
        self._writer = writer
        self._tables = sqlite_utils.Database(writer)
        self._lock = threading.RLock()
        self._owner: int | None = None
        self._pending: dict[Area, dict[str, None]] = {}
        self._listeners: list[Callable[[Change], None]] = []
        self._local = _PerThread()
        self._readers: weakref.WeakSet[_Reader] = weakref.WeakSet()
        self._data_version = 0
        self._closed = False

    def rows(self, sql: str, arguments: Arguments = ()) -> list[sqlite3.Row]:
        """All rows of a query; inside a write of this thread it sees what was written so far."""
        with faults.translated(self.path):
            return self._connection().execute(sql, arguments).fetchall()

    def row(self, sql: str, arguments: Arguments = ()) -> sqlite3.Row | None:
        """The first row of a query, or None."""
        with faults.translated(self.path):
            found: sqlite3.Row | None = self._connection().execute(sql, arguments).fetchone()
            return found

    @contextmanager
    def read(self) -> Iterator[None]:
        """All queries of the block see the same moment, whatever others write meanwhile."""
        connection = self._connection()
        if connection.in_transaction:
            yield
            return
        with faults.translated(self.path):
            connection.execute("BEGIN")
            try:
                yield
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def write(self) -> Iterator[sqlite_utils.Database]:
        """One transaction; nested calls join it. Raises `UserError` store.*; all or nothing.

        Listeners hear of the changes after the commit, with the lock released.
        """
        if self._owner == threading.get_ident():
            yield self._tables
            return
        unit = self._local.unit
        if unit is not None:
            yield unit.enter_context(self._transaction())
            return
        with self._transaction() as tables:
            yield tables

    @contextmanager
    def unit(self) -> Iterator[None]:
        """All writes of the block in one transaction, which begins with the first of them."""
        if self._local.unit is not None:
            yield
            return
        with ExitStack() as stack:
            self._local.unit = stack
            try:
                yield
            finally:
                self._local.unit = None

    @contextmanager
    def _transaction(self) -> Iterator[sqlite_utils.Database]:
        with self._lock:
            with faults.translated(self.path):
                # IMMEDIATE: waits for the other process here, where the busy timeout applies. A transaction
                # that reads first and writes later fails at once when somebody wrote in between.
                self._writer.execute("BEGIN IMMEDIATE")
                self._owner = threading.get_ident()
                try:
                    yield self._tables
                    self._writer.execute("COMMIT")
                except BaseException:
                    self._pending.clear()
                    if self._writer.in_transaction:
                        self._writer.execute("ROLLBACK")
                    raise
                finally:
                    self._owner = None
            changes = [Change(area, tuple(ids)) for area, ids in self._pending.items()]
            self._pending.clear()
        self.publish(changes)

    def changed(self, area: Area, *ids: str) -> None:
        """Inside a write: tell listeners about it after the commit."""
        self._pending.setdefault(area, {}).update(dict.fromkeys(ids))

    def publish(self, changes: Sequence[Change]) -> None:
        """Tell every listener, with no lock held."""
        with self._lock:
            listeners = list(self._listeners)
        for change in changes:
            for listener in listeners:
                listener(change)

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Hear every committed change, on the thread that wrote. The result ends it."""
        with self._lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def others_wrote(self) -> bool:
        """Whether another process has committed anything since the last call."""
        with self._lock, faults.translated(self.path):
            # On the connection that does all writing here, this number only moves for the writes of others.
            version = int(self._writer.execute("PRAGMA data_version").fetchone()[0])
        before, self._data_version = self._data_version, version
        return before not in (0, version)

    def close(self) -> None:
        """Close every connection; the last one folds the log into the file. Idempotent."""
        with self._lock:
            self._closed = True
            for reader in list(self._readers):
                reader.connection.close()
            self._writer.close()

    def _connection(self) -> sqlite3.Connection:
        if self._owner == threading.get_ident():
            return self._writer
        if self._local.reader is None:
            if self._closed:
                raise sqlite3.ProgrammingError("the store is closed")
            self._local.reader = _Reader(self.path)
            with self._lock:
                self._readers.add(self._local.reader)
        return self._local.reader.connection
