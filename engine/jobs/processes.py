"""The process of a job that goes on without the one that started it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from engine.jobs.folder import JobFolder
from engine.launch import worker_command, worker_environment

_POLL_S = 0.01
_SAME_START_S = 1.0
"""Two looks at when a process began differ by rounding."""


def start_detached(home: Path, folder: JobFolder) -> subprocess.Popen[bytes]:
    """In a session of its own: neither the end of this process nor Ctrl+C in its terminal reaches it.

    Raises `OSError`.
    """
    flags: int = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(
        subprocess, "CREATE_NEW_PROCESS_GROUP", 0
    )
    with folder.log_path.open("ab") as log:
        return subprocess.Popen(
            [*worker_command(), "job", "--folder", str(folder.path)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=worker_environment(home),
            start_new_session=True,
            creationflags=flags,
        )


def let_go(process: subprocess.Popen[bytes]) -> None:
    """It is meant to outlive this process: Popen's warning about that is not wanted."""
    if process.poll() is None:
        process.returncode = 0


def started_at(pid: int) -> float:
    """When the process began, in seconds since the epoch; 0 when it is gone."""
    try:
        return psutil.Process(pid).create_time()
    except psutil.Error:
        return 0.0


def is_alive(pid: int, started: float) -> bool:
    return _find(pid, started) is not None


def kill(pid: int, started: float) -> None:
    """The process and those it started, at once and also while frozen. A stranger's is left alone."""
    process = _find(pid, started)
    if process is None:
        return
    family = [process, *_children(process)]
    if sys.platform != "win32":
        try:
            if os.getpgid(pid) == pid:
                os.killpg(pid, signal.SIGKILL)
        except OSError:
            pass  # it is gone; what it started may be not
    for member in family:
        _quietly(member.kill)


def wait_gone(pid: int, started: float, seconds: float) -> None:
    """Until the process has ended, for at most so long."""
    deadline = time.monotonic() + seconds
    while is_alive(pid, started) and time.monotonic() < deadline:
        time.sleep(_POLL_S)


def freeze(pid: int, started: float) -> None:
    """Stop the process where it is; its memory stays."""
    process = _find(pid, started)
    if process is not None:
        for member in (process, *_children(process)):
            _quietly(member.suspend)


def thaw(pid: int, started: float) -> None:
    process = _find(pid, started)
    if process is not None:
        for member in (process, *_children(process)):
            _quietly(member.resume)


def _find(pid: int, started: float) -> psutil.Process | None:
    if pid <= 0:
        return None
    try:
        process = psutil.Process(pid)
        if abs(process.create_time() - started) > _SAME_START_S:
            return None
        return None if process.status() == psutil.STATUS_ZOMBIE else process
    except psutil.Error:
        return None


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def _quietly(act: Callable[[], None]) -> None:
    try:
        act()
    except psutil.Error:
        pass  # it has just ended
