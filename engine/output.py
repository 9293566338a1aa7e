"""Writing a large file, or a folder of them, so that it is complete or not there: a part beside it, locked,
then a rename.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import UserError

if os.name == "nt":
    import msvcrt
else:
    import fcntl

PART_SUFFIX = ".part"
_LOCK_BYTE = 1 << 62
"""Windows locks ranges and keeps others from writing there: a byte that no file reaches."""
_SPARE_BYTES = 16 << 20
_LOCK_NAME = ".lock"


_writing: set[Path] = set()


class _Busy(Exception):
    """Another job holds the part file."""


def part_path(target: Path) -> Path:
    """Where the file is written before it is complete."""
    return target.with_name(target.name + PART_SUFFIX)


def check_target(target: Path, sources: tuple[Path, ...] = ()) -> None:
    """Before time is spent. Raises `UserError` output.no_folder, output.is_folder, output.is_source."""
    if not target.parent.is_dir():
        raise UserError("output.no_folder", path=target.parent)
    if target.is_dir():
        raise UserError("output.is_folder", path=target)
    for source in sources:
        if target.exists() and source.exists() and target.samefile(source):
            raise UserError("output.is_source", path=target)


def check_space(target: Path, needed: int) -> None:
    """Raises `UserError` output.no_space where `needed` bytes would leave nothing free."""
    free = shutil.disk_usage(target.parent).free
    if free < needed + _SPARE_BYTES:
        raise UserError("output.no_space", path=target.parent, needed=_size(needed), free=_size(free))


@contextmanager
def writing(target: Path) -> Iterator[Path]:
    """The path to write to; renamed to `target` when the block ends well, removed when it does not.

    Only one job at a time writes to a target: raises `UserError` output.busy. What a killed job left behind
    is overwritten. A write that fails is `UserError` output.no_space or output.unwritable.
    """
    part = part_path(target)
    try:
        lock = _locked(part)
    except _Busy:
        raise UserError("output.busy", path=target) from None
    except OSError as error:
        raise write_error(target, error) from error
    _writing.add(part)
    try:
        yield part
        _sync(part)
        if os.name == "nt":  # an open file cannot be renamed there
            os.close(lock)
            lock = -1
        part.replace(target)
    except OSError as error:
        _remove(part)
        raise write_error(target, error) from error
    except BaseException:
        _remove(part)
        raise
    finally:
        _writing.discard(part)
        if lock >= 0:
            os.close(lock)


@contextmanager
def writing_folder(target: Path) -> Iterator[Path]:
    """As `writing`, for a folder of files: all of it appears under its name, or nothing.

    Raises `UserError` output.not_empty where there is something already, output.busy, output.*.
    """
    part = part_path(target)
    try:
        if target.exists() and not (target.is_dir() and not any(target.iterdir())):
            raise UserError("output.not_empty", path=target)
        part.mkdir(exist_ok=True)
    except OSError as error:
        raise write_error(target, error) from error
    lock = _claimed(part, target)
    try:
        _empty(part)
        yield part
        for path in part.iterdir():
            if path.name != _LOCK_NAME and path.is_file():
                _sync(path)
        os.close(lock)
        lock = -1
        (part / _LOCK_NAME).unlink(missing_ok=True)
        if target.is_dir():
            target.rmdir()
        part.rename(target)
    except OSError as error:
        _remove(part)
        raise write_error(target, error) from error
    except BaseException:
        _remove(part)
        raise
    finally:
        _writing.discard(part)
        if lock >= 0:
            os.close(lock)


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A folder next to `target` for what has to be looked at before it takes that name; removed at the end.

    Only one job at a time works there: raises `UserError` output.busy, and output.no_space or
    output.unwritable for a write inside that fails.
    """
    part = part_path(target)
    try:
        if not part.is_dir():
            part.unlink(missing_ok=True)
            part.mkdir()
    except OSError as error:
        raise write_error(target, error) from error
    lock = _claimed(part, target)
    try:
        _empty(part)
        yield part
    except OSError as error:
        raise write_error(target, error) from error
    finally:
        _writing.discard(part)
        if os.name == "nt":  # an open file cannot be removed there
            os.close(lock)
        _remove(part)
        if os.name != "nt":
            os.close(lock)


def _claimed(part: Path, target: Path) -> int:
    """The lock of a part folder. Raises `UserError` output.busy, output.*."""
    try:
        lock = hold(part / _LOCK_NAME)
    except OSError as error:
        raise write_error(target, error) from error
    if lock is None:
        raise UserError("output.busy", path=target)
    _writing.add(part)
    return lock


def _empty(part: Path) -> None:
    """What a killed job left goes, but for the lock."""
    for left in part.iterdir():
        if left.name != _LOCK_NAME:
            _remove(left)


def abandoned(folder: Path, pattern: str) -> Iterator[Path]:
    """What is called by `pattern` and ends in the number of a process that is gone. Raises `OSError`."""
    import psutil  # noqa: PLC0415 - most who write need it not

    for path in folder.glob(pattern):
        owner = path.name.rpartition(".")[2]
        if owner.isdecimal() and not psutil.pid_exists(int(owner)):
            yield path


def abandon() -> None:
    """Remove what this process is writing: it is about to end without finishing."""
    for part in tuple(_writing):
        _remove(part)


def discard_part(target: Path) -> None:
    """Remove what a killed job left; not what another one is writing."""
    part = part_path(target)
    if not part.exists():
        return
    try:
        lock = hold(part / _LOCK_NAME) if part.is_dir() else _locked(part)
        if lock is None:
            return
    except (_Busy, OSError):
        return
    if os.name == "nt":
        os.close(lock)
        _remove(part)
    else:
        _remove(part)
        os.close(lock)


def hold(path: Path) -> int | None:
    """A descriptor that holds the lock of a file, which is made if need be; None while another process does.

    The lock goes with the descriptor and with the process. Raises `OSError`.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _lock(descriptor)
    except BaseException as error:
        os.close(descriptor)
        if isinstance(error, _Busy):
            return None
        raise
    return descriptor


def write_error(target: Path, error: OSError) -> UserError:
    """What an error of the system means for the user."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        free = shutil.disk_usage(target.parent).free
        return UserError("output.no_space", path=target.parent, needed="more", free=_size(free))
    return UserError("output.unwritable", path=target, reason=error.strerror or str(error))


def _locked(part: Path) -> int:
    """A descriptor that holds the lock. Raises `_Busy`, `OSError`."""
    while True:
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _lock(descriptor)
            # Whoever held it before may have renamed or removed the file just now.
            if part.exists() and os.path.samestat(os.fstat(descriptor), part.stat()):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    try:
        if os.name == "nt":
            os.lseek(descriptor, _LOCK_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            raise _Busy from None
        raise


def _sync(part: Path) -> None:
    """On disk before the name says that it is complete."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _remove(part: Path) -> None:
    try:
        if part.is_dir():
            shutil.rmtree(part)
        else:
            part.unlink(missing_ok=True)
    except OSError:
        pass  # the disk is gone; there is nothing more to do about it


def _size(count: int) -> str:
    return f"{count / 2**30:.2f} GiB" if count >= 1 << 30 else f"{count / 2**20:.0f} MiB"
