"""From the oldest schema to this one, with a copy of what was there before."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils

from engine.store.connection import connect
from engine.store.database import open_store
from engine.store.migrations import m0001_initial
from engine.store.migrations.runner import MIGRATIONS, Migration, known_version, migrate, schema_version
from engine.store.snapshots import KEEP, list_snapshots


def write_oldest(path: Path) -> None:
    """A database as the first schema has it, with a chat in it."""
    with closing(connect(path)) as connection:
        db = sqlite_utils.Database(connection)
        migrate(db, path, [Migration(1, "initial", m0001_initial.upgrade)])
        connection.execute(
            "INSERT INTO sessions (id, title, title_is_auto, created_ms, updated_ms, settings, head_id)"
            " VALUES ('S', 'Old', 0, 1, 1, '{\"model\": \"m\", \"retired_setting\": 3}', NULL)"
        )
        connection.execute(
            "INSERT INTO messages (id, session_id, depth, role, body, status, created_ms)"
            " VALUES ('M', 'S', 1, 'user', 'an ancient question', 'done', 1)"
        )
        connection.execute("UPDATE sessions SET head_id = 'M', message_count = 1")


def test_numbers_are_without_gaps() -> None:
    assert [each.number for each in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_the_oldest_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "lathe.db"
    write_oldest(path)
    store = open_store(tmp_path)
    assert [each.message.text() for each in store.messages.path("S")] == ["an ancient question"]
    assert store.sessions.get("S").settings.model == "m"
    assert [hit.message_id for hit in store.search.find("ancient")] == ["M"]
    store.close()
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (known_version(),)
        assert raw.execute("SELECT number FROM migrations").fetchall() == [
            (each.number,) for each in MIGRATIONS
        ]
    [snapshot] = list_snapshots(path)
    with closing(sqlite3.connect(snapshot)) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (1,)
        assert copy.execute("SELECT body FROM messages").fetchall() == [("an ancient question",)]
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_new_database_needs_no_snapshot(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    open_store(tmp_path).close()
    assert list_snapshots(tmp_path / "lathe.db") == []


def test_a_step_that_fails_leaves_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "lathe.db"
    write_oldest(path)

    def fails(db: sqlite_utils.Database) -> None:
        db.execute("ALTER TABLE sessions ADD COLUMN colour TEXT")
        db.execute("UPDATE nothing SET x = 1")

    steps = [MIGRATIONS[0], Migration(2, "fails", fails)]
    with closing(connect(path)) as connection:
        db = sqlite_utils.Database(connection)
        with pytest.raises(sqlite3.OperationalError):
            migrate(db, path, steps)
        assert schema_version(db) == 1
        assert "colour" not in db.table("sessions").columns_dict
    store = open_store(tmp_path)
    assert store.sessions.get("S").title == "Old"
    store.close()


def test_only_the_last_snapshots_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "lathe.db"
    write_oldest(path)

    def nothing(db: sqlite_utils.Database) -> None:
        db.execute("UPDATE sessions SET title = title || '+'")

    steps = [MIGRATIONS[0], *(Migration(number, "more", nothing) for number in range(2, 10))]
    with closing(connect(path)) as connection:
        for known in range(2, 10):  # a release for each step
            migrate(sqlite_utils.Database(connection), path, steps[:known])
    snapshots = list_snapshots(path)
    assert len(snapshots) == KEEP
    with closing(sqlite3.connect(snapshots[-1])) as copy:
        assert copy.execute("SELECT title FROM sessions").fetchone() == ("Old" + "+" * 7,)
        assert copy.execute("PRAGMA user_version").fetchone() == (8,)
