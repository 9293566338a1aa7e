"""KV states on disk: which file belongs to which chat, and which are the oldest."""

import msgspec

from engine.store.connection import Database
from engine.store.ids import now_ms
from engine.store.records import StateRecord


class States:
    """At most one state for each chat. The files are the caller's to write and to remove."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def list(self) -> "list[StateRecord]":
        """Used longest ago first, the order in which to give space back."""
        rows = self._db.rows("SELECT * FROM states ORDER BY used_ms, session_id")
        return [msgspec.convert(dict(row), StateRecord) for row in rows]

    def get(self, session_id: str) -> StateRecord | None:
        """The state of a chat."""
        row = self._db.row("SELECT * FROM states WHERE session_id = ?", (session_id,))
        return None if row is None else msgspec.convert(dict(row), StateRecord)

    def save(self, record: StateRecord) -> StateRecord:
        """Record a state as used now; replaces the chat's former one."""
        record = msgspec.structs.replace(record, used_ms=now_ms())
        with self._db.write() as tables:
            tables.table("states").upsert(msgspec.structs.asdict(record), pk="session_id")
            self._db.changed("states", record.session_id)
        return record

    def touch(self, session_id: str) -> None:
        """It was used just now."""
        with self._db.write() as tables:
            tables.execute("UPDATE states SET used_ms = ? WHERE session_id = ?", (now_ms(), session_id))

    def delete(self, session_id: str) -> None:
        """Forget it."""
        with self._db.write() as tables:
            tables.execute("DELETE FROM states WHERE session_id = ?", (session_id,))
            self._db.changed("states", session_id)
