"""Dropping for good what was deleted long ago and nobody needs."""

from pathlib import Path

from engine.store.connection import Database
from engine.store.ids import now_ms

_DROP_UNNEEDED = """
    WITH RECURSIVE needed(id) AS (
        SELECT base_id FROM sessions WHERE base_id IS NOT NULL
        UNION SELECT parent_id FROM messages WHERE session_id IS NOT NULL AND parent_id IS NOT NULL
        UNION SELECT m.parent_id FROM messages m JOIN needed ON m.id = needed.id WHERE m.parent_id IS NOT NULL
    )
    DELETE FROM messages WHERE session_id IS NULL AND id NOT IN (SELECT id FROM needed)
"""


def purge_sessions(db: Database, older_than_ms: int) -> list[str]:
    """Drop chats and subtrees deleted at least that long ago. The ids of the chats that are gone.

    Messages first lose their chat; then those go that no fork is built on.
    """
    limit = now_ms() - older_than_ms
    with db.write() as tables:
        gone = [row[0] for row in db.rows("SELECT id FROM sessions WHERE deleted_ms <= ?", (limit,))]
        files = [
            Path(row[0])
            for row in db.rows(
                "SELECT path FROM states JOIN sessions s ON s.id = session_id WHERE deleted_ms <= ?", (limit,)
            )
        ]
        tables.execute("DELETE FROM sessions WHERE deleted_ms <= ?", (limit,))
        _release_removed(db, limit)
        tables.execute(_DROP_UNNEEDED)
        if gone:
            db.changed("sessions", *gone)
    for file in files:
        file.unlink(missing_ok=True)
    return gone


def _release_removed(db: Database, limit: int) -> None:
    """Take deleted subtrees out of their chats, except where something still streams into one."""
    with db.write() as tables:
        rows = db.rows(
            "SELECT r.session_id, r.message_id, m.parent_id, m.session_id IS r.session_id AS own"
            " FROM removals r JOIN messages m ON m.id = r.message_id WHERE removed_ms <= ?",
            (limit,),
        )
        for session_id, message_id, parent_id, own in rows:
            busy = _release_own(db, session_id, message_id)
            if busy:
                continue
            if not own:
                # The root is from before the fork: the chat now begins at the message above it.
                tables.execute("UPDATE sessions SET base_id = ? WHERE id = ?", (parent_id, session_id))
            tables.execute(
                "DELETE FROM removals WHERE session_id = ? AND message_id = ?", (session_id, message_id)
            )


def _release_own(db: Database, session_id: str, root_id: str) -> bool:
    """Detach the chat's own messages below the root (included). True where one still streams."""
    below = """
        WITH RECURSIVE below(id) AS (
            SELECT ?2 UNION SELECT m.id FROM below JOIN messages m ON m.parent_id = below.id
        )
    """
    own = "session_id = ?1 AND id IN (SELECT id FROM below)"
    streaming = f"{below} SELECT 1 FROM messages WHERE {own} AND status = 'streaming'"
    if db.row(streaming, (session_id, root_id)) is not None:
        return True
    with db.write() as tables:
        tables.execute(f"{below} UPDATE messages SET session_id = NULL WHERE {own}", (session_id, root_id))
    return False
