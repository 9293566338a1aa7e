"""Which message a chat ends with. Every change of it goes through `set_head`."""

import sqlite_utils

from engine.store.connection import Database
from engine.store.ids import now_ms
from engine.store.tree import SessionTree, load_activity


def set_head(db: Database, session_id: str, head_id: str | None, *, touch: bool) -> None:
    """Inside a write: make `head_id` the end of the active path; `touch` moves the chat up in the list."""
    with db.write() as tables:
        tables.execute(
            """
            UPDATE sessions SET
                head_id = ?1,
                turns = turns + 1,
                updated_ms = iif(?2, ?3, updated_ms),
                message_count = coalesce((SELECT depth FROM messages WHERE id = ?1), 0),
                token_count = coalesce((SELECT context_tokens FROM messages WHERE id = ?1), 0)
            WHERE id = ?4
            """,
            (head_id, touch, now_ms(), session_id),
        )
        if head_id is not None:
            _remember(tables, session_id, head_id)
        db.changed("sessions", session_id)
        db.changed("messages", session_id)


def current_head(db: Database, session_id: str) -> str | None:
    """The last message of the active path."""
    row = db.row("SELECT head_id FROM sessions WHERE id = ?", (session_id,))
    return None if row is None else row["head_id"]


def head_without(db: Database, session_id: str, tree: SessionTree, removed_id: str) -> str | None:
    """Where the chat goes on when a subtree disappears: its other version used last, else its parent."""
    others = [each for each in tree.versions(removed_id) if each != removed_id]
    if not others:
        return tree.nodes[removed_id].parent_id
    activity = load_activity(db, session_id)
    leaves = [tree.latest_leaf(each, activity) for each in others]
    return max(leaves, key=lambda leaf: (activity.get(leaf, 0), tree.nodes[leaf].created_ms, leaf))


def _remember(tables: sqlite_utils.Database, session_id: str, head_id: str) -> None:
    tables.execute(
        "INSERT INTO activity (session_id, message_id, turn)"
        " VALUES (?1, ?2, (SELECT turns FROM sessions WHERE id = ?1))"
        " ON CONFLICT DO UPDATE SET turn = excluded.turn",
        (session_id, head_id),
    )
