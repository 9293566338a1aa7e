"""Paths that name files in a home folder which has moved: in its database, and beside its data sets."""

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from engine.output import part_path
from engine.store.database import DATABASE_NAME

_COLUMNS = (
    ("states", "path"),
    ("model_tags", "path"),
    ("file_hashes", "path"),
    ("model_loads", "path"),
)
_TEXTS = (("settings", "value"), ("sessions", "settings"))
"""JSON in which paths are strings."""


def relocate(home: Path, old: Path) -> None:
    """Let what named files in `old` name those in `home`. Nobody has the database open. Raises `OSError`."""
    database = home / DATABASE_NAME
    if database.exists():
        _relocate_database(database, f"{old}", f"{home}")
    for path in (home / "data" / "sets").glob("*/*.json"):
        before = path.read_bytes()
        after = _in_json(before, old, home)
        if after != before:
            part = part_path(path)
            part.write_bytes(after)
            part.replace(path)


def _relocate_database(path: Path, old: str, new: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        known = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table, column in _COLUMNS:
            if table in known:
                for end in ("/", "\\"):
                    connection.execute(
                        f"UPDATE OR REPLACE {table} SET {column} = ? || substr({column}, ?)"
                        f" WHERE substr({column}, 1, ?) = ?",
                        (new + end, len(old) + 2, len(old) + 1, old + end),
                    )
        for table, column in _TEXTS:
            for rowid, text in connection.execute(f"SELECT {_key(table)}, {column} FROM {table}").fetchall():
                changed = _in_json(text.encode(), Path(old), Path(new)).decode()
                if changed != text:
                    connection.execute(
                        f"UPDATE {table} SET {column} = ? WHERE {_key(table)} = ?",
                        (changed, rowid),
                    )


def _key(table: str) -> str:
    return "key" if table == "settings" else "id"


def _in_json(text: bytes, old: Path, new: Path) -> bytes:
    """Strings that begin with the old folder; the rest of the text stays as it was."""
    for end in ("/", "\\"):
        before = msgspec.json.encode(f"{old}{end}")[:-1]
        text = text.replace(before, msgspec.json.encode(f"{new}{end}")[:-1])
    return text
