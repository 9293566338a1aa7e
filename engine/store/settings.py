"""Settings of the program: JSON values under dotted keys."""

from typing import TypeVar

import msgspec

from engine.store.codec import to_json
from engine.store.connection import Database
from engine.store.decode import salvage

T = TypeVar("T")


class Settings:
    """Values that JSON and msgspec can express."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, key: str, default: T) -> T:
        """The value, in the type of `default`; the default where it is missing or no longer fits that type.

        With a default of None the value comes as plain JSON data.
        """
        row = self._db.row("SELECT value FROM settings WHERE key = ?", (key,))
        if row is None:
            return default
        value = msgspec.json.decode(row["value"])
        if default is None:
            return value  # type: ignore[no-any-return]
        try:
            return salvage(type(default), value)
        except msgspec.ValidationError:
            return default

    def set(self, key: str, value: object) -> None:
        """Replace the value."""
        with self._db.write() as tables:
            tables.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (key, to_json(value)))
            self._db.changed("settings", key)
