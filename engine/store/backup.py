"""Writing a backup: the database as of one moment, settings, data sets, runs, measurements; models if
wanted.
"""

import hashlib
import os
import sqlite3
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import msgspec

from engine.errors import UserError
from engine.output import check_space, write_error, writing
from engine.store.backup_format import (
    FILES,
    FOLDERS,
    FORMAT,
    MANIFEST,
    BackupFile,
    Manifest,
    Told,
    chunks_of,
    is_safe_name,
    is_weights,
    open_archive,
    read_manifest,
)
from engine.store.database import DATABASE_NAME

_CHUNK = 1 << 20
_PARTS = (".part", ".new", ".partial", ".lock")


def write_backup(home: Path, target: Path, version: str, *, models: bool, told: Told) -> Manifest:
    """Write `target` (a .zip) and read it again; it is there only when it is complete and right.

    The program may go on meanwhile. `told` may raise `Cancelled`. Raises `UserError` output.*, backup.*,
    store.*.
    """
    names, left_out = _names(home, models=models)
    total = 2 * sum(_size(home / name) for name in (DATABASE_NAME, *names))
    if not target.parent.is_dir():
        raise UserError("output.no_folder", path=target.parent)
    check_space(target, total // 2 if models else total // 4)
    counted = _Counted(told, max(total, 1))
    try:
        with tempfile.TemporaryDirectory(prefix=".lathe-backup-", dir=target.parent) as scratch:
            copy = Path(scratch) / DATABASE_NAME
            schema = _copy_database(home / DATABASE_NAME, copy)
            with writing(target) as part:
                empty = Manifest(FORMAT, version, _now(), schema, models, (), left_out)
                manifest = _write(part, home, copy, names, empty, counted)
                check_backup(part, counted.add)
    except OSError as error:
        raise write_error(target, error) from error
    told(counted.total, counted.total)
    return manifest


def check_backup(path: Path, add: Callable[[int], None] | None = None) -> Manifest:
    """Read all of it and compare every hash. Raises `UserError` backup.*."""
    with open_archive(path) as archive:
        manifest = read_manifest(archive, path)
        for file in manifest.files:
            digest = hashlib.sha256()
            for chunk in chunks_of(archive, file, path):
                digest.update(chunk)
                if add is not None:
                    add(len(chunk))
            if digest.hexdigest() != file.sha256:
                raise UserError("backup.damaged", path=path, what=f"the content of {file.name} is not right")
    return manifest


class _Counted:
    """Adds up, never beyond the total that was estimated."""

    def __init__(self, told: Told, total: int) -> None:
        self._told, self.total, self._done = told, total, 0

    def add(self, count: int) -> None:
        self._done = min(self._done + count, self.total)
        self._told(self._done, self.total)


def _write(
    part: Path, home: Path, database: Path, names: list[str], empty: Manifest, counted: _Counted
) -> Manifest:
    files = []
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in (DATABASE_NAME, *names):
            source = database if name == DATABASE_NAME else home / name
            try:
                file = source.open("rb")
            except FileNotFoundError:
                continue  # gone since it was listed
            with file:
                files.append(_add(archive, name, file, counted))
        manifest = msgspec.structs.replace(empty, files=tuple(files))
        archive.writestr(MANIFEST, msgspec.json.encode(manifest))
    return manifest


def _add(archive: zipfile.ZipFile, name: str, source: BinaryIO, counted: _Counted) -> BackupFile:
    """What a file that grows holds by now is what is kept of it."""
    info = zipfile.ZipInfo(name, time.localtime(max(os.fstat(source.fileno()).st_mtime, 315619200))[:6])
    info.compress_type = zipfile.ZIP_STORED if is_weights(name) else zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    digest, size = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=True) as out:
        while chunk := source.read(_CHUNK):
            out.write(chunk)
            digest.update(chunk)
            size += len(chunk)
            counted.add(len(chunk))
    return BackupFile(name, size, digest.hexdigest())


def _copy_database(source: Path, target: Path) -> int:
    """Through SQLite, which gives the state of one moment. The schema's version."""
    if not source.exists():
        raise UserError("backup.unreadable", path=source, reason="there is no database to back up")
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")
        return int(new.execute("PRAGMA user_version").fetchone()[0])


def _names(home: Path, *, models: bool) -> tuple[list[str], int]:
    """Paths within the home folder, in order; how many were left out because of their names."""
    names = [name for name in FILES if name != DATABASE_NAME and (home / name).is_file()]
    left_out = 0
    for folder in FOLDERS:
        if folder == "models" and not models:
            continue
        for path in sorted((home / folder).rglob("*")):
            name = path.relative_to(home).as_posix()
            unwanted = name.endswith(_PARTS) or (is_weights(name) and not models)
            if unwanted or path.is_symlink() or not path.is_file():
                continue
            if is_safe_name(name):
                names.append(name)
            else:
                left_out += 1
    return names, left_out


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _now() -> int:
    return time.time_ns() // 1_000_000
