"""Bringing a backup back.

First everything is unpacked beside what is there and checked; then each file takes its place by a rename, and
what it replaces is kept in HOME/before-restore. A restore that is interrupted in the second half is finished
by the next start; one that is interrupted before has changed nothing.
"""

import hashlib
import os
import shutil
import sqlite3
import time
import zipfile
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from engine.errors import UserError
from engine.output import check_space, write_error
from engine.store.backup_format import BackupFile, Manifest, Told, chunks_of, open_archive, read_manifest
from engine.store.contents import KEPT_FOLDER
from engine.store.database import DATABASE_NAME
from engine.store.exclusive import settle_database
from engine.store.migrations.runner import known_version
from engine.store.unfinished import READY, STAGE

_CHUNK = 1 << 20


class Restored(NamedTuple):
    """`replaced`: how many files there were before; they are in `kept` now."""

    manifest: Manifest
    files: int
    replaced: int
    kept: Path


def look_into(path: Path) -> Manifest:
    """What a backup says it is, with every check that needs no unpacking. Raises `UserError` backup.*."""
    with open_archive(path) as archive:
        return read_manifest(archive, path)


def restore_backup(path: Path, home: Path, told: Told) -> Restored:
    """Put the files of a backup into `home`. What is not in the backup stays.

    The database must not be open anywhere. `told` may raise `Cancelled`, which changes nothing. Raises
    `UserError` backup.*, home.in_use, output.*.
    """
    manifest = look_into(path)
    settle_database(home)
    stage = home / STAGE
    try:
        home.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir()
        check_space(stage, manifest.size_bytes)
        with open_archive(path) as archive:
            _unpack(archive, manifest, path, home, told)
        _check_database(stage / DATABASE_NAME, path)
        kept = f"{KEPT_FOLDER}/{time.strftime('%Y%m%d-%H%M%S')}-{time.monotonic_ns() % 1000:03}"
        _write_synced(stage / READY, msgspec.json.encode(_Plan(kept)))
    except OSError as error:
        shutil.rmtree(stage, ignore_errors=True)
        raise write_error(stage, error) from error
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    files, replaced = finish_restore(home)
    return Restored(manifest, files, replaced, home / kept)


def finish_restore(home: Path) -> tuple[int, int]:
    """Let checked files take their places; how many, and how many they replaced. Can be done again.

    Raises `UserError` home.in_use, store.unwritable.
    """
    stage = home / STAGE
    try:
        plan = msgspec.json.decode((stage / READY).read_bytes(), type=_Plan)
    except FileNotFoundError:
        return 0, 0
    settle_database(home)
    kept = home / plan.kept
    # The database comes last: until then the old chats are there.
    names = sorted(_staged(stage), key=lambda name: (name == DATABASE_NAME, name))
    replaced = 0
    try:
        for name in names:
            replaced += _take_place(stage / name, home / name, kept / name)
    except OSError as error:
        raise UserError("store.unwritable", path=home, reason=error.strerror or str(error)) from error
    shutil.rmtree(stage, ignore_errors=True)
    return len(names), replaced


class _Plan(Struct, frozen=True):
    """Of a restore whose files are all there and right."""

    kept: str


def _take_place(source: Path, target: Path, kept: Path) -> bool:
    """Two renames; an interruption between them is gone on with by doing it again."""
    replaces = target.exists()
    if replaces:
        kept.parent.mkdir(parents=True, exist_ok=True)
        target.replace(kept)
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)
    return replaces


def _unpack(archive: zipfile.ZipFile, manifest: Manifest, path: Path, home: Path, told: Told) -> None:
    done, total = 0, max(manifest.size_bytes, 1)
    for file in manifest.files:
        target = home / STAGE / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with target.open("xb") as out:
            for chunk in chunks_of(archive, file, path):
                out.write(chunk)
                digest.update(chunk)
                done += len(chunk)
                told(done, total)
            out.flush()
            os.fsync(out.fileno())
        if digest.hexdigest() != file.sha256:
            raise UserError("backup.damaged", path=path, what=f"the content of {file.name} is not right")
        if file.name != DATABASE_NAME and _is_there(home / file.name, file):
            target.unlink()


def _is_there(path: Path, file: BackupFile) -> bool:
    """Whether the home folder has this very content already."""
    try:
        if path.stat().st_size != file.size:
            return False
        with path.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest() == file.sha256
    except OSError:
        return False


def _check_database(database: Path, path: Path) -> None:
    """A database that is whole and not from the future."""
    if not database.exists():
        raise UserError("backup.damaged", path=path, what="it has no database")
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            version = int(opened.execute("PRAGMA user_version").fetchone()[0])
            answer = opened.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError:
        raise UserError("backup.damaged", path=path, what="its database cannot be read") from None
    if version > known_version():
        raise UserError("backup.newer", path=path)
    if answer != "ok" or version < 1:
        raise UserError("backup.damaged", path=path, what="its database is not whole")


def _staged(stage: Path) -> list[str]:
    return [
        path.relative_to(stage).as_posix()
        for path in stage.rglob("*")
        if path.is_file() and path.name != READY
    ]


def _write_synced(path: Path, data: bytes) -> None:
    temporary = path.with_name(path.name + ".new")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    with suppress(OSError):
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
