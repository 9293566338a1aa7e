"""The hub had a switch “Work offline” of its own; there is one for the whole program."""

import json

import sqlite_utils


def upgrade(db: sqlite_utils.Database) -> None:
    """Who had turned off the hub works offline now: better one connection too few than one too many."""
    rows = db.execute("SELECT value FROM settings WHERE key = 'hub'").fetchall()
    stored = json.loads(rows[0][0]) if rows else None
    if not isinstance(stored, dict) or "offline" not in stored:
        return
    if stored.pop("offline") is True:
        db.execute("INSERT OR REPLACE INTO settings VALUES ('network.offline', 'true')")
    db.execute("UPDATE settings SET value = ? WHERE key = 'hub'", (json.dumps(stored),))
