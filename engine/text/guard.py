"""Ends untrusted Python-level work at a deadline.

Templates come with downloaded models and run in the worker's own process, because they need nothing but text
and a process for each rendering would cost more than the prompt. Two things together bound them:

1. `engine.text.sandbox` bounds every single operation that runs inside C (multiplying, joining, formatting,
   printing nested containers), so that control comes back to Python bytecode within milliseconds.
2. Here the work gets a thread of its own, and at the deadline `PyThreadState_SetAsyncExc` raises an exception
   in that thread at its next bytecode. It derives from `BaseException`, which neither Jinja nor a template
   can catch. A thread of its own means that a late exception can never hit anything else. A tracing function
   (`sys.settrace`) would do the same at ten times the cost of every honest template, and would disturb
   debuggers.

If both failed, the worker would stop answering `Ping`; the client then ends it and starts another one.
"""

import ctypes
import sys
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class TimeUp(BaseException):
    """Raised inside the guarded work when its time is over."""


def run_limited(work: Callable[[], T], seconds: float) -> T:
    """The result of `work()`; its exceptions pass through. Raises `TimeoutError` at the deadline."""
    task = _Task(work)
    thread = threading.Thread(target=task.run, name="template", daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        task.stop(thread)
        thread.join()
    return task.result()


class _Task(Generic[T]):
    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._done = False
        self._error: BaseException | None = None
        self._value: list[T] = []

    def run(self) -> None:
        # The exception can land anywhere in this thread, also inside a tracer (a debugger, a coverage tool)
        # that holds a lock of its own, which nobody would ever release.
        sys.settrace(None)
        try:
            try:
                self._value.append(self._work())
            except BaseException as error:  # noqa: BLE001 - handed to the caller
                self._error = error
            with self._lock:
                self._done = True
        except TimeUp as error:
            self._error = error

    def stop(self, thread: threading.Thread) -> None:
        with self._lock:
            if not self._done and thread.ident is not None:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(thread.ident), ctypes.py_object(TimeUp)
                )

    def result(self) -> T:
        if isinstance(self._error, TimeUp):
            raise TimeoutError
        if self._error is not None:
            raise self._error
        return self._value[0]
