"""Brings a database to the schema this version knows, one numbered step at a time.

Each step is a module `mNNNN_name` with `upgrade(db)`, recorded in the table `migrations` and mirrored in
PRAGMA user_version, in the same transaction. Steps are never edited after a release; a change is a new one.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import sqlite_utils

from engine.errors import UserError
from engine.store.ids import now_ms
from engine.store.migrations import (
    m0001_initial,
    m0002_search,
    m0003_token_texts,
    m0004_library,
    m0005_ratings,
    m0006_beams,
    m0007_one_offline_switch,
)
from engine.store.snapshots import take_snapshot


class Migration(NamedTuple):
    """A step; `number` is the schema version it leads to."""

    number: int
    name: str
    upgrade: Callable[[sqlite_utils.Database], None]


MIGRATIONS: Sequence[Migration] = (
    Migration(1, "initial", m0001_initial.upgrade),
    Migration(2, "search", m0002_search.upgrade),
    Migration(3, "token texts", m0003_token_texts.upgrade),
    Migration(4, "library", m0004_library.upgrade),
    Migration(5, "ratings", m0005_ratings.upgrade),
    Migration(6, "beams", m0006_beams.upgrade),
    Migration(7, "one offline switch", m0007_one_offline_switch.upgrade),
)


def known_version(migrations: Sequence[Migration] = MIGRATIONS) -> int:
    """The schema this version writes."""
    return migrations[-1].number


def schema_version(db: sqlite_utils.Database) -> int:
    """The schema the file has; 0 for an empty one."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: sqlite_utils.Database, path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Apply what is missing. A snapshot is taken before the first step that finds data: what the program
    before this one left. One for each step would push it out of the few that are kept.

    Raises `UserError` store.newer and leaves the file as it is. A step that fails leaves the one before.
    """
    found = schema_version(db)
    known = known_version(migrations)
    if found > known:
        raise UserError("store.newer", path=path, found=found, known=known)
    snapshot = found > 0
    for migration in migrations:
        if migration.number > found and _apply(db, path, migration, snapshot=snapshot):
            snapshot = False


def _apply(db: sqlite_utils.Database, path: Path, migration: Migration, *, snapshot: bool) -> bool:
    """Whether the step was still to be taken."""
    # The version is read again under the write lock: another process may have taken this step meanwhile.
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        version = schema_version(db)
        missing = version < migration.number
        if missing:
            if snapshot:
                take_snapshot(path, version)
            db.execute(
                "CREATE TABLE IF NOT EXISTS migrations"
                " (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_ms INTEGER NOT NULL)"
            )
            migration.upgrade(db)
            db.table("migrations").insert(
                {"number": migration.number, "name": migration.name, "applied_ms": now_ms()}
            )
            db.execute(f"PRAGMA user_version = {migration.number}")
        db.conn.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise
    return missing
