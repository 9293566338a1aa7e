"""What Lathe keeps about model files: tags, hashes of whole files, and what loads of them took."""

import sqlite_utils


def upgrade(db: sqlite_utils.Database) -> None:
    """Rows name a file by its path, and what was in it by fingerprint or size and time."""
    db.execute(
        "CREATE TABLE model_tags (path TEXT PRIMARY KEY, fingerprint TEXT NOT NULL,"
        " size_bytes INTEGER NOT NULL, tags TEXT NOT NULL)"
    )
    db.execute(
        "CREATE TABLE file_hashes (path TEXT PRIMARY KEY, size_bytes INTEGER NOT NULL,"
        " mtime_ns INTEGER NOT NULL, sha256 TEXT NOT NULL)"
    )
    db.execute(
        "CREATE TABLE model_loads (id INTEGER PRIMARY KEY, path TEXT NOT NULL, fingerprint TEXT NOT NULL,"
        " loaded_ms INTEGER NOT NULL, n_ctx INTEGER NOT NULL, memory TEXT NOT NULL)"
    )
    db.execute("CREATE INDEX model_loads_by_fingerprint ON model_loads (fingerprint, loaded_ms)")
