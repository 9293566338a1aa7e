"""Replies keep the text of each token, so that tokens can be found in the message."""

import sqlite_utils


def upgrade(db: sqlite_utils.Database) -> None:
    """Replies from before have none."""
    db.execute("ALTER TABLE replies ADD COLUMN texts BLOB NOT NULL DEFAULT x''")
