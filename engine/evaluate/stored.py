"""The comparisons that were made before, in HOME/comparisons: one NPZ file each."""

import os
import time
import zipfile
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from engine.errors import UserError
from engine.evaluate.comparison import About
from engine.protocol.jobs import ModelCompared


class StoredComparison(NamedTuple):
    """Enough for a line of a list."""

    path: Path
    created_ms: int
    text: str
    models: tuple[ModelCompared, ...]


def comparisons_folder(home: Path) -> Path:
    """Made if it is not there. Raises `UserError` store.unwritable."""
    folder = home / "comparisons"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("store.unwritable", path=folder, reason=error.strerror or str(error)) from error
    return folder


def new_place(home: Path) -> Path:
    """A file name that sorts by time. Raises `UserError` store.unwritable."""
    name = f"{time.strftime('%Y%m%d-%H%M%S')}-{time.monotonic_ns() % 1000:03}.npz"
    return comparisons_folder(home) / name


def list_comparisons(home: Path) -> list[StoredComparison]:
    """Newest first. Files that are no comparisons are left out."""
    folder = home / "comparisons"
    try:
        paths = [Path(entry.path) for entry in os.scandir(folder) if entry.name.endswith(".npz")]
    except OSError:
        return []
    found = [stored for stored in map(_read, paths) if stored is not None]
    return sorted(found, key=lambda stored: stored.created_ms, reverse=True)


def _read(path: Path) -> StoredComparison | None:
    """Only two small members of the archive are unpacked."""
    try:
        if not zipfile.is_zipfile(path):
            return None
        with np.load(path, allow_pickle=False) as file:
            models = msgspec.json.decode(str(file["summary"]), type=tuple[ModelCompared, ...])
            about = About()
            if "about" in file:
                about = msgspec.json.decode(str(file["about"]), type=About)
        created = about.created_ms or int(path.stat().st_mtime * 1000)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, msgspec.DecodeError):
        return None
    return StoredComparison(path, created, about.text, models)
