"""Replies keep the tree that their beam search grew."""

import sqlite_utils


def upgrade(db: sqlite_utils.Database) -> None:
    """Replies from before have none."""
    db.execute("ALTER TABLE replies ADD COLUMN beams BLOB NOT NULL DEFAULT x''")
