"""Databases of every schema that was ever written: upgraded, checked, and rolled back from the snapshot."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils

from engine.store.connection import connect
from engine.store.database import open_store
from engine.store.migrations.runner import MIGRATIONS, known_version, migrate
from engine.store.snapshots import list_snapshots

VERSIONS = [migration.number for migration in MIGRATIONS]
_MESSAGES = (
    ("U", None, 1, "user", "What is a lathe?"),
    ("A", "U", 2, "assistant", "A machine that turns wood."),
    ("B", "U", 2, "assistant", "Another version, with Ünïcode 机床."),
)


def write_version(path: Path, version: int) -> None:
    """A database as the program of that schema left it, with something in each table it had."""
    with closing(connect(path)) as connection:
        migrate(sqlite_utils.Database(connection), path, MIGRATIONS[:version])
        run = connection.execute
        run("PRAGMA journal_mode = WAL")
        run("BEGIN")
        run(
            "INSERT INTO sessions (id, title, title_is_auto, created_ms, updated_ms, settings, head_id,"
            " message_count) VALUES ('S', 'Old', 0, 1, 1, '{\"model\": \"m\"}', 'A', 2)"
        )
        for number, (name, parent, depth, role, body) in enumerate(_MESSAGES):
            run(
                "INSERT INTO messages (seq, id, session_id, parent_id, depth, role, body, status, created_ms)"
                " VALUES (?, ?, 'S', ?, ?, ?, ?, 'done', 1)",
                (number + 1, name, parent, depth, role, body),
            )
        run("INSERT INTO activity VALUES ('S', 'A', 1)")
        run("INSERT INTO settings VALUES ('chat.send_key', '\"ctrl_enter\"')")
        if version < 7:
            run("""INSERT INTO settings VALUES ('hub', '{"endpoint":"http://mirror","offline":true}')""")
        run("INSERT INTO prompts VALUES ('P', 'Short', 'Be short.', 1, NULL)")
        run("INSERT INTO endpoints VALUES ('E', 'Mine', 'http://127.0.0.1:1/v1', 'm', NULL)")
        run("INSERT INTO folders VALUES ('F', 'Work', 0, NULL)")
        if version >= 4:
            run("INSERT INTO model_tags VALUES ('/m.gguf', 'f', 1, '[\"good\"]')")
        if version >= 5:
            run("UPDATE messages SET rating = 1 WHERE id = 'A'")
        run("COMMIT")


@pytest.mark.parametrize("version", VERSIONS)
def test_every_schema_is_brought_up_to_date(tmp_path: Path, version: int) -> None:
    path = tmp_path / "lathe.db"
    write_version(path, version)
    store = open_store(tmp_path)
    try:
        assert [each.message.text() for each in store.messages.path("S")] == [
            "What is a lathe?",
            "A machine that turns wood.",
        ]
        assert len(store.messages.tree("S")) == 3
        assert store.sessions.get("S").settings.model == "m"
        assert [hit.message_id for hit in store.search.find("turns")] == ["A"]
        assert store.settings.get("chat.send_key", "") == "ctrl_enter"
        if version < 7:
            assert store.settings.get("hub", {}) == {"endpoint": "http://mirror"}
            assert store.settings.get("network.offline", False) is True
        assert [prompt.text for prompt in store.prompts.list()] == ["Be short."]
        assert [endpoint.name for endpoint in store.endpoints.list()] == ["Mine"]
        assert [folder.name for folder in store.folders.list()] == ["Work"]
        assert len(store.library.tags()) == (version >= 4)
        fresh = store.sessions.create("New")
        store.sessions.rename(fresh.id, "Written after the upgrade")
    finally:
        store.close()
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (known_version(),)
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        raw.execute("INSERT INTO messages_fts(messages_fts, rank) VALUES ('integrity-check', 1)")


@pytest.mark.parametrize("version", VERSIONS)
def test_every_upgrade_can_be_rolled_back(tmp_path: Path, version: int) -> None:
    path = tmp_path / "lathe.db"
    write_version(path, version)
    with closing(sqlite3.connect(path)) as raw:
        before = "\n".join(raw.iterdump())
    open_store(tmp_path).close()
    snapshots = [each for each in list_snapshots(path) if each.stem.split("-v")[1][0] == str(version)]
    assert len(snapshots) == (version < known_version())
    if not snapshots:
        return
    for each in tmp_path.glob("lathe.db*"):
        each.unlink()
    snapshots[0].replace(path)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (version,)
        assert "\n".join(raw.iterdump()) == before
    store = open_store(tmp_path)  # and up again
    assert store.sessions.get("S").title == "Old"
    store.close()


def test_every_step_is_taken_from_the_one_before(tmp_path: Path) -> None:
    """The schema is the same whichever version it came from."""
    schemas = set()
    for version in [0, *VERSIONS]:
        folder = tmp_path / str(version)
        folder.mkdir()
        if version:
            write_version(folder / "lathe.db", version)
        open_store(folder).close()
        with closing(sqlite3.connect(folder / "lathe.db")) as raw:
            rows = raw.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
        schemas.add(str(rows))
    assert len(schemas) == 1
