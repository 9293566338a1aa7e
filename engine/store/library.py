"""What is kept about model files besides the files: tags, hashes, and what loading them took."""

from collections.abc import Sequence

import msgspec

from engine.protocol.values import LoadedModel, LoadMemory
from engine.store.codec import clean, to_full_json, to_json
from engine.store.connection import Database
from engine.store.decode import decode_json
from engine.store.ids import now_ms
from engine.store.records import FileHash, ModelLoad, ModelTags

_KEPT_LOADS = 20


class LibraryNotes:
    """Three small tables. Nothing here reads or changes a model file."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def tags(self) -> list[ModelTags]:
        """Of all models that have some."""
        rows = self._db.rows("SELECT * FROM model_tags ORDER BY path")
        return [
            ModelTags(
                row["path"],
                row["fingerprint"],
                row["size_bytes"],
                decode_json(tuple[str, ...], row["tags"]),
            )
            for row in rows
        ]

    def set_tags(self, record: ModelTags) -> None:
        """Replace the tags of the model at a path; without tags the row goes."""
        with self._db.write() as tables:
            tables.execute("DELETE FROM model_tags WHERE path = ?", (clean(record.path),))
            if record.tags:
                row = (clean(record.path), record.fingerprint, record.size_bytes, to_json(record.tags))
                tables.execute("INSERT INTO model_tags VALUES (?, ?, ?, ?)", row)
            self._db.changed("library", record.path)

    def move_tags(self, old_path: str, new_path: str) -> None:
        """The file was found again somewhere else."""
        with self._db.write() as tables:
            tables.execute(
                "UPDATE OR REPLACE model_tags SET path = ? WHERE path = ?",
                (clean(new_path), clean(old_path)),
            )
            self._db.changed("library", new_path)

    def hashes(self) -> list[FileHash]:
        """SHA-256 of whole files, true while size and time are the same."""
        rows = self._db.rows("SELECT * FROM file_hashes")
        return [FileHash(row["path"], row["size_bytes"], row["mtime_ns"], row["sha256"]) for row in rows]

    def save_hashes(self, records: Sequence[FileHash]) -> None:
        """Add or replace by path."""
        with self._db.write() as tables:
            tables.conn.executemany(
                "INSERT OR REPLACE INTO file_hashes VALUES (?, ?, ?, ?)",
                [(clean(each.path), each.size_bytes, each.mtime_ns, each.sha256) for each in records],
            )

    def add_load(self, model: LoadedModel) -> None:
        """Keep what a load took; nothing where the backend did not measure it."""
        if model.memory is None:
            return
        row = (clean(model.path), model.model_hash, now_ms(), model.n_ctx, to_full_json(model.memory))
        with self._db.write() as tables:
            tables.execute(
                "INSERT INTO model_loads (path, fingerprint, loaded_ms, n_ctx, memory)"
                " VALUES (?, ?, ?, ?, ?)",
                row,
            )
            tables.execute(
                "DELETE FROM model_loads WHERE fingerprint = ? AND id NOT IN"
                " (SELECT id FROM model_loads WHERE fingerprint = ? ORDER BY id DESC LIMIT ?)",
                (model.model_hash, model.model_hash, _KEPT_LOADS),
            )
            self._db.changed("library", model.path)

    def loads(self, path: str) -> list[ModelLoad]:
        """Loads of the file at a path, newest first."""
        rows = self._db.rows("SELECT * FROM model_loads WHERE path = ? ORDER BY id DESC", (clean(path),))
        return [
            ModelLoad(
                path=row["path"],
                fingerprint=row["fingerprint"],
                loaded_ms=row["loaded_ms"],
                n_ctx=row["n_ctx"],
                memory=msgspec.json.decode(row["memory"], type=LoadMemory),
            )
            for row in rows
        ]
