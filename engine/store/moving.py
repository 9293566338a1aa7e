"""Moving the home folder: copy, compare, then let the old folder point to the new one.

Until the pointer is written the old folder is the one that counts, so an interrupted move has changed
nothing. The old data stays until the user deletes it.
"""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from engine.errors import UserError
from engine.output import check_space, write_error
from engine.store.backup_format import Told
from engine.store.database import DATABASE_NAME
from engine.store.exclusive import settle_database
from engine.store.home import POINTER
from engine.store.relocating import relocate
from engine.store.unfinished import STAGE

ORIGIN = "moved-from"
"""A file in the new folder: the folder that was named first, and which points here."""
_PARTIAL = "move.partial"
_LEFT = frozenset({POINTER, ORIGIN, _PARTIAL, "window.lock", STAGE})
_CHUNK = 1 << 20


def check_move(home: Path, target: Path) -> int:
    """Before anything stops: how many bytes will be copied. Raises `UserError` home.inside, output.*."""
    new, old = target.resolve(), home.resolve()
    if new == old or old in new.parents or new in old.parents:
        raise UserError("home.inside", path=target, home=home)
    try:
        if target.exists() and not _is_free(target):
            raise UserError("output.not_empty", path=target)
        target.mkdir(parents=True, exist_ok=True)
        probe = target / _PARTIAL
        probe.write_text("", encoding="utf-8")
    except OSError as error:
        raise UserError("output.unwritable", path=target, reason=error.strerror or str(error)) from error
    total = sum(path.stat().st_size for path in _files(home))
    check_space(probe, total)
    return total


def move_home(home: Path, target: Path, told: Told) -> None:
    """Copy everything to `target`, compare it, and use that from the next start on.

    Nothing may have the database open. `told` may raise `Cancelled`; then, and after an error, the old folder
    is in use as before and what was copied is removed. Raises `UserError` home.*, output.*.
    """
    total = 2 * max(check_move(home, target), 1)
    try:
        settle_database(home)
        done = 0

        def add(count: int) -> None:
            nonlocal done
            done = min(done + count, total)
            told(done, total)

        _copy_all(home, target, add)
        _check_database(target / DATABASE_NAME)
        relocate(target, home)
        _switch(home, target)
    except OSError as error:
        _empty(target)
        raise write_error(target / DATABASE_NAME, error) from error
    except BaseException:
        _empty(target)
        raise
    told(total, total)


def origin_of(home: Path) -> Path | None:
    """The folder that this data was moved from, where its old copy may still be."""
    try:
        text = (home / ORIGIN).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return Path(text) if text and (Path(text) / POINTER).exists() else None


def delete_old_copy(home: Path) -> None:
    """Remove what a move left in the old folder; only the pointer stays. Raises `OSError`."""
    origin = origin_of(home)
    if origin is None or origin.resolve() == home.resolve():
        return
    for path in origin.iterdir():
        if path.name != POINTER:
            _remove(path)


def _copy_all(home: Path, target: Path, add: Callable[[int], None]) -> None:
    for source in _files(home):
        name = source.relative_to(home)
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.is_symlink():
            copy.unlink(missing_ok=True)
            copy.symlink_to(source.readlink())
            continue
        if _copy(source, copy, add) != _hash(copy, add):
            raise UserError("home.differs", name=name.as_posix())


def _copy(source: Path, copy: Path, add: Callable[[int], None]) -> str:
    digest = hashlib.sha256()
    with source.open("rb") as file, copy.open("wb") as out:
        while chunk := file.read(_CHUNK):
            out.write(chunk)
            digest.update(chunk)
            add(len(chunk))
        out.flush()
        os.fsync(out.fileno())
    shutil.copystat(source, copy)
    return digest.hexdigest()


def _hash(path: Path, add: Callable[[int], None]) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            add(len(chunk))
    return digest.hexdigest()


def _check_database(path: Path) -> None:
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path)) as opened:
            answer = opened.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError:
        answer = "unreadable"
    if answer != "ok":
        raise UserError("home.differs", name=path.name)


def _switch(home: Path, target: Path) -> None:
    """The pointer is written last, and as a whole."""
    origin = origin_of(home) or home
    back = origin.resolve() == target.resolve()
    if not back:
        _write(target / ORIGIN, str(origin))
    (target / _PARTIAL).unlink(missing_ok=True)
    if back:
        (target / POINTER).unlink(missing_ok=True)
    else:
        _write(origin / POINTER, str(target.absolute()))


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(path.name + ".new")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _is_free(target: Path) -> bool:
    """Empty, or with nothing but what a move left there."""
    if not target.is_dir():
        return False
    names = {path.name for path in target.iterdir()}
    return _PARTIAL in names or names <= {POINTER}


def _empty(target: Path) -> None:
    """Remove what was copied, if this move has begun to fill the folder."""
    if not (target / _PARTIAL).exists():
        return
    for path in target.iterdir():
        if path.name not in (POINTER, _PARTIAL):
            _remove(path)
    (target / _PARTIAL).unlink(missing_ok=True)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _files(home: Path) -> Iterator[Path]:
    """All files and links, in order; folders of others are not followed."""
    for path in sorted(home.iterdir()):
        if path.name in _LEFT:
            continue
        if path.is_dir() and not path.is_symlink():
            yield from (
                inner for inner in sorted(path.rglob("*")) if inner.is_symlink() or not inner.is_dir()
            )
        else:
            yield path
