"""Finding threads and child processes that outlive the code that started them."""

import threading
import time
from dataclasses import dataclass
from typing import Self

import psutil

_SHARED_HELPERS = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")
"""Processes that Python starts once and keeps for the whole run."""


@dataclass(frozen=True)
class Snapshot:
    """What runs at one moment: thread identities and process ids."""

    threads: frozenset[int]
    processes: frozenset[int]

    @classmethod
    def take(cls) -> Self:
        return cls(
            frozenset(id(thread) for thread in threading.enumerate()),
            frozenset(child.pid for child in psutil.Process().children(recursive=True)),
        )

    def wait_for_leaks(self, seconds: float) -> list[str]:
        """What is new and still alive after at most `seconds`, as texts. Kills such processes."""
        deadline = time.monotonic() + seconds
        while True:
            threads, processes = self._new_threads(), self._new_processes()
            if not threads and not processes:
                return []
            if time.monotonic() > deadline:
                break
            time.sleep(0.02)
        texts = [f"thread {thread.name}" for thread in threads]
        for process in processes:
            texts.append(f"process {process.pid} {_command_line(process)}")
            process.kill()
            process.wait(3)
        return texts

    def _new_threads(self) -> list[threading.Thread]:
        # A dummy stands for a thread of Qt or llama.cpp that once called Python; Python never sees its end.
        return [
            thread
            for thread in threading.enumerate()
            if id(thread) not in self.threads and not isinstance(thread, threading._DummyThread)
        ]

    def _new_processes(self) -> list[psutil.Process]:
        return [
            child
            for child in psutil.Process().children(recursive=True)
            if child.pid not in self.processes and _is_alive(child)
        ]


def _is_alive(process: psutil.Process) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        return not any(helper in _command_line(process) for helper in _SHARED_HELPERS)
    except psutil.NoSuchProcess:
        return False


def _command_line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return ""
