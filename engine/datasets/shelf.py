"""The data sets a user has: where each is, what its columns mean, its split, and how it changed.

Each is a folder under HOME/data/sets: `set.json`, for each version the hashes of its rows, and for data
that Lathe wrote itself (chats, the sample) the rows. Files elsewhere are used in place and never changed.
"""

import shutil
import time
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.datasets.index import RowIndex
from engine.datasets.mapping import ColumnMapping
from engine.errors import UserError
from engine.store.ids import new_id

ROWS_NAME = "rows.jsonl"
_FILE = "set.json"
_REMOVED = "removed.json"


class DataVersion(Struct, frozen=True):
    """One state of the file. `added`, `removed`, `kept`: rows against the version before, by content."""

    content_hash: str
    rows: int
    broken: int
    seen_ms: int
    added: int = 0
    removed: int = 0
    kept: int = 0


class DataSet(Struct, frozen=True):
    """One entry of the shelf. `mapping` None: as the columns say. `versions`: oldest first."""

    id: str
    name: str
    path: str
    added_ms: int
    mapping: ColumnMapping | None = None
    held_out: float = 0.05
    seed: int = 0
    versions: tuple[DataVersion, ...] = ()


class DataShelf:
    """Files and folders: call it on a background thread."""

    def __init__(self, home: Path) -> None:
        self._root = home / "data" / "sets"

    def list(self) -> list[DataSet]:
        """Newest first. What cannot be read is left out."""
        found: list[DataSet] = []
        for file in self._root.glob(f"*/{_FILE}"):
            try:
                found.append(msgspec.json.decode(file.read_bytes(), type=DataSet))
            except (OSError, msgspec.DecodeError):
                continue
        return sorted(found, key=lambda one: (one.added_ms, one.id), reverse=True)

    def add(self, path: Path, name: str = "") -> DataSet:
        """A file; where it is on the shelf already, that entry. Raises `UserError` file.unreadable."""
        if not path.is_file():
            raise UserError("file.unreadable", path=path, reason="there is no such file")
        resolved = str(path.resolve())
        known = next((one for one in self.list() if one.path == resolved), None)
        if known is not None:
            return known
        fresh = DataSet(new_id(), name or path.name, resolved, _now())
        self.save(fresh)
        return fresh

    def new_folder(self) -> tuple[str, Path]:
        """Id and rows file of a data set that Lathe writes itself; `adopt` puts it on the shelf."""
        set_id = new_id()
        folder = self._root / set_id
        folder.mkdir(parents=True)
        return set_id, folder / ROWS_NAME

    def adopt(self, set_id: str, name: str) -> DataSet:
        """The data set whose rows were written to what `new_folder` gave."""
        fresh = DataSet(set_id, name, str((self._root / set_id / ROWS_NAME).resolve()), _now())
        self.save(fresh)
        return fresh

    def save(self, data: DataSet) -> None:
        """Write one entry."""
        folder = self._root / data.id
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{_FILE}.part"
        part.write_bytes(msgspec.json.encode(data))
        part.replace(folder / _FILE)

    def remove(self, set_id: str) -> None:
        """Take an entry off; `restore` puts it back. The user's file stays where it is."""
        (self._root / set_id / _FILE).rename(self._root / set_id / _REMOVED)

    def restore(self, set_id: str) -> None:
        """Undo `remove`."""
        (self._root / set_id / _REMOVED).rename(self._root / set_id / _FILE)

    def purge(self) -> None:
        """Give back the space of what was removed in earlier runs of the program."""
        for file in self._root.glob(f"*/{_REMOVED}"):
            shutil.rmtree(file.parent, ignore_errors=True)

    def note_version(self, data: DataSet, index: RowIndex) -> DataSet:
        """The entry with the state of its file that was just read, where that is new; saved."""
        summary = index.summary
        last = data.versions[-1] if data.versions else None
        if last is not None and last.content_hash == summary.content_hash:
            return data
        hashes = _distinct(index.hashes)
        before = self._hashes(data.id, last.content_hash) if last is not None else None
        kept = 0 if before is None else int(_among(hashes, before).sum())
        version = DataVersion(
            content_hash=summary.content_hash,
            rows=summary.rows,
            broken=summary.broken,
            seen_ms=_now(),
            added=0 if before is None else len(hashes) - kept,
            removed=0 if before is None else len(before) - kept,
            kept=kept,
        )
        np.save(self._hash_file(data.id, summary.content_hash), hashes, allow_pickle=False)
        changed = msgspec.structs.replace(data, versions=(*data.versions, version))
        self.save(changed)
        return changed

    def new_rows(self, data: DataSet, index: RowIndex) -> NDArray[np.int64]:
        """Numbers of the rows that the version before the last did not have; none where there is no such."""
        before = self._hashes(data.id, data.versions[-2].content_hash) if len(data.versions) > 1 else None
        if before is None:
            return np.empty(0, np.int64)
        return np.flatnonzero(~_among(np.asarray(index.hashes), before))

    def _hashes(self, set_id: str, content_hash: str) -> NDArray[np.uint64] | None:
        try:
            found: NDArray[np.uint64] = np.load(self._hash_file(set_id, content_hash), allow_pickle=False)
        except (OSError, ValueError):
            return None
        return found

    def _hash_file(self, set_id: str, content_hash: str) -> Path:
        return self._root / set_id / f"{content_hash}.npy"


def _distinct(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each once, in order. Sorting lets other threads run; `np.unique` counts in a table and does not, which
    a window feels.
    """
    ordered = np.sort(hashes)
    is_first = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
    found: NDArray[np.uint64] = ordered[is_first]
    return found


def _among(hashes: NDArray[np.uint64], ordered: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which of them are in `ordered`; as `np.isin`, which would call `np.unique`."""
    if not len(ordered):
        return np.zeros(len(hashes), bool)
    places = np.searchsorted(ordered, hashes)
    found: NDArray[np.bool_] = ordered[np.minimum(places, len(ordered) - 1)] == hashes
    return found


def _now() -> int:
    return time.time_ns() // 1_000_000
