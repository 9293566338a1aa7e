"""Whole copies of the database, taken before anything changes its schema."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

KEEP = 5


def snapshot_folder(database: Path) -> Path:
    """Where the copies of this database are."""
    return database.parent / "snapshots"


def take_snapshot(database: Path, version: int) -> Path:
    """Copy the committed content with SQLite's backup, and drop all but the newest `KEEP` copies.

    The copy appears under its name only when it is complete.
    """
    folder = snapshot_folder(database)
    folder.mkdir(parents=True, exist_ok=True)
    stamp = time.strftime("%Y%m%d-%H%M%S")
    target = _free_name(folder, f"lathe-{stamp}-v{version}")
    partial = target.with_suffix(".partial")
    try:
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(partial)) as copy:
            source.backup(copy)
            # A copy in WAL mode would leave two more files beside it when somebody looks inside.
            copy.execute("PRAGMA journal_mode = DELETE")
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)
    for old in list_snapshots(database)[:-KEEP]:
        old.unlink(missing_ok=True)
    return target


def list_snapshots(database: Path) -> list[Path]:
    """Oldest first."""
    found = snapshot_folder(database).glob("lathe-*.db")
    return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name))


def _free_name(folder: Path, stem: str) -> Path:
    target = folder / f"{stem}.db"
    count = 1
    while target.exists():
        count += 1
        target = folder / f"{stem}-{count}.db"
    return target
