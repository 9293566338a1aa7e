"""What lies in a home folder: which part of the program wrote it, how much it is, what can be made anew."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from engine.store.database import DATABASE_NAME, Store

KEPT_FOLDER = "before-restore"
"""What a restore has replaced."""


class Part(NamedTuple):
    """`names`: files, folders and patterns in the home folder. `remade`: losing it costs only time."""

    id: str
    names: tuple[str, ...]
    remade: bool = False


PARTS = (
    Part("chats", (DATABASE_NAME, f"{DATABASE_NAME}-*", f"{DATABASE_NAME}.*")),
    Part("states", ("states",), remade=True),
    Part("models", ("models",)),
    Part("runs", ("runs",)),
    Part("data", ("data/sets",)),
    Part("measured", ("comparisons", "sensitivity", "lineage.jsonl")),
    Part("jobs", ("jobs",), remade=True),
    Part("lab", ("lab",), remade=True),
    Part("addons", ("addons",)),
    Part("caches", ("data/index", "library.index*", "measurements.json*"), remade=True),
    Part("snapshots", ("snapshots", KEPT_FOLDER), remade=True),
    Part("logs", ("logs", "reports"), remade=True),
)
REMADE = frozenset(part.id for part in PARTS if part.remade)


class Size(NamedTuple):
    """Bytes and number of files."""

    size_bytes: int
    files: int


def measure(home: Path) -> dict[str, Size]:
    """The size of each part, and of “other”, which no part claims. Walks the disk: not for a window's
    thread.
    """
    sizes = dict.fromkeys((*(part.id for part in PARTS), "other"), Size(0, 0))
    for name, size in _files(home):
        part = part_of(name)
        sizes[part] = Size(sizes[part].size_bytes + size, sizes[part].files + 1)
    return sizes


def part_of(name: str) -> str:
    """The part that a file belongs to, by its path in the home folder (with slashes)."""
    from fnmatch import fnmatchcase  # noqa: PLC0415

    for part in PARTS:
        for pattern in part.names:
            if name == pattern or name.startswith(f"{pattern}/") or fnmatchcase(name, pattern):
                return part.id
    return "other"


def free_part(home: Path, part_id: str) -> int:
    """Delete what can be made anew: the bytes that were freed. Files in use are left where they are.

    Raises `ValueError` for a part that cannot be made anew. States also have rows: see `free_states`; jobs
    are forgotten by their service.
    """
    if part_id not in REMADE:
        raise ValueError(part_id)
    part = next(one for one in PARTS if one.id == part_id)
    before = measure(home)[part_id].size_bytes
    for pattern in part.names:
        for path in home.glob(pattern):
            if part_id == "logs":
                _remove_old_logs(path)
            elif path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                _remove(path)
    return max(0, before - measure(home)[part_id].size_bytes)


def free_states(store: Store) -> int:
    """Forget the saved KV states, and delete their files."""
    for record in store.states.list():
        store.states.delete(record.session_id)
    return free_part(store.home, "states")


def _remove_old_logs(folder: Path) -> None:
    """The log that is being written stays."""
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "window.log":
            _remove(path)


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError:
        return  # in use, or gone


def _files(home: Path) -> Iterator[tuple[str, int]]:
    """Path within the home folder, and bytes. What cannot be read is left out; links are not followed."""
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(home / folder) as entries:
                for entry in entries:
                    name = f"{folder}/{entry.name}" if folder else entry.name
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(name)
                    else:
                        yield name, entry.stat(follow_symlinks=False).st_size
        except OSError:
            continue
