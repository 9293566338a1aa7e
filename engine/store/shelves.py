"""Small tables of named records: folders, presets, prompts, endpoints, benchmarks."""

import sqlite3
from collections.abc import Mapping
from typing import Generic, TypeVar

import msgspec

from engine.sampling.params import SamplingParams
from engine.store.codec import clean, to_full_json
from engine.store.connection import Database
from engine.store.decode import decode_json, salvage
from engine.store.ids import new_id, now_ms
from engine.store.records import (
    Area,
    BenchmarkRecord,
    EndpointRecord,
    FolderRecord,
    PresetRecord,
    PromptRecord,
)

R = TypeVar("R", FolderRecord, PresetRecord, PromptRecord, EndpointRecord, BenchmarkRecord)


class Shelf(Generic[R]):
    """One table whose columns are the fields of a record; `json` names those kept as JSON, with types."""

    def __init__(
        self,
        db: Database,
        area: Area,
        record: type[R],
        order: str,
        *,
        stamp: str | None = None,
        json: Mapping[str, type] | None = None,
    ) -> None:
        self._db = db
        self._area: Area = area
        self._record: type[R] = record
        self._order = order
        self._stamp = stamp
        self._json = json or {}

    def list(self) -> "list[R]":
        """All that are not deleted, in the order people expect them."""
        rows = self._db.rows(f"SELECT * FROM {self._area} WHERE deleted_ms IS NULL ORDER BY {self._order}")
        return [self._read(row) for row in rows]

    def save(self, record: R) -> R:
        """Insert or replace by id; an empty id makes a new one. The record as it was saved."""
        if not record.id:
            record = msgspec.structs.replace(record, id=new_id())
        if self._stamp is not None:
            record = msgspec.structs.replace(record, **{self._stamp: now_ms()})
        columns = {name: self._column(name, value) for name, value in msgspec.structs.asdict(record).items()}
        with self._db.write() as tables:
            # Not "replace": that deletes the row first, and with it what refers to it.
            tables.table(self._area).upsert({**columns, "deleted_ms": None}, pk="id")
            self._db.changed(self._area, record.id)
        return record

    def delete(self, record_id: str) -> None:
        """Hide it; `restore` brings it back."""
        self._mark(record_id, now_ms())

    def restore(self, record_id: str) -> None:
        """Undo `delete`."""
        self._mark(record_id, None)

    def _mark(self, record_id: str, deleted_ms: int | None) -> None:
        with self._db.write() as tables:
            tables.execute(f"UPDATE {self._area} SET deleted_ms = ? WHERE id = ?", (deleted_ms, record_id))
            self._db.changed(self._area, record_id)

    def _column(self, name: str, value: object) -> object:
        if name in self._json:
            return to_full_json(value)
        return clean(value) if isinstance(value, str) else value

    def _read(self, row: sqlite3.Row) -> R:
        values = dict(row)
        for name, kind in self._json.items():
            values[name] = msgspec.to_builtins(decode_json(kind, values[name]))
        return salvage(self._record, values)


def folder_shelf(db: Database) -> Shelf[FolderRecord]:
    """Folders, as the user ordered them."""
    return Shelf(db, "folders", FolderRecord, "position, id")


def preset_shelf(db: Database) -> Shelf[PresetRecord]:
    """Presets by name."""
    return Shelf(db, "presets", PresetRecord, "name COLLATE NOCASE, id", json={"sampling": SamplingParams})


def prompt_shelf(db: Database) -> Shelf[PromptRecord]:
    """The prompt library by name."""
    return Shelf(db, "prompts", PromptRecord, "name COLLATE NOCASE, id", stamp="updated_ms")


def endpoint_shelf(db: Database) -> Shelf[EndpointRecord]:
    """Endpoints by name."""
    return Shelf(db, "endpoints", EndpointRecord, "name COLLATE NOCASE, id")


def benchmark_shelf(db: Database) -> Shelf[BenchmarkRecord]:
    """Benchmarks, newest first; `created_ms` is set when one is saved."""
    return Shelf(db, "benchmarks", BenchmarkRecord, "created_ms DESC, id DESC", stamp="created_ms")
