"""Thumbs: what the user thinks of a reply, for data sets made from chats."""

import sqlite_utils


def upgrade(db: sqlite_utils.Database) -> None:
    """1 up, -1 down, 0 nothing said."""
    db.execute("ALTER TABLE messages ADD COLUMN rating INTEGER NOT NULL DEFAULT 0")
