"""Who streams into a row: lets a second process tell a running reply from one that a crash cut off."""

import os
import threading

import psutil

from engine.store.ids import new_id

_lock = threading.Lock()
_open_here: set[str] = set()
_SLACK_SECONDS = 10.0  # Where the start is reckoned from the time of boot, setting the clock moves it.


def register() -> str:
    """A name for a store that opens now in this process: pid, start of the process, a unique part."""
    started = psutil.Process().create_time()
    name = f"{os.getpid()}:{started:.2f}:{new_id()}"
    with _lock:
        _open_here.add(name)
    return name


def unregister(name: str) -> None:
    """That store is closed."""
    with _lock:
        _open_here.discard(name)


def is_alive(name: str | None) -> bool:
    """Whether the store of that name is still open, here or in another process."""
    if not name:
        return False
    try:
        pid_text, started_text, _ = name.split(":")
        pid, started = int(pid_text), float(started_text)
    except ValueError:
        return False
    if pid == os.getpid():
        with _lock:
            return name in _open_here
    try:
        process = psutil.Process(pid)
        # A zombie has ended; and a pid is used again, so the start must be the same.
        same = abs(process.create_time() - started) < _SLACK_SECONDS
        return same and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True
