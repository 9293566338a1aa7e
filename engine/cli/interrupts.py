"""Ctrl+C, SIGTERM and a closed terminal: first a request, then an order.

The first signal is put where the main thread waits, so that work stops in order and nothing is lost. The
second one raises `KeyboardInterrupt` wherever the main thread is, the third ends the process; a worker then
ends by itself because its pipe does.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Self

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
EXIT_CODE = 130


class Interrupted:
    """What the waiting main thread finds in its queue."""


class Interrupts:
    """While entered, signals go to `notify` first. Main thread only."""

    def __init__(self, notify: Callable[[Interrupted], None]) -> None:
        self._notify = notify
        self._count = 0
        self._raising = False
        self._before: dict[int, object] = {}
        self.terminated = False
        """Whether it was more than Ctrl+C: there may be nobody to talk to any more."""

    def __enter__(self) -> Self:
        for number in _SIGNALS:
            self._before[number] = signal.signal(number, self._handle)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type] # what signal() gave

    @property
    def pending(self) -> bool:
        """Whether there was a signal since the work began."""
        return self._count > 0

    def forget(self) -> None:
        """A new piece of work: the next signal is a first one again."""
        self._count = 0

    @contextmanager
    def raising(self) -> Iterator[None]:
        """While the user types: a signal raises at once."""
        self.forget()
        self._raising = True
        try:
            yield
        finally:
            self._raising = False
            self.forget()

    def _handle(self, number: int, frame: FrameType | None) -> None:
        del frame
        self._count += 1
        self.terminated |= number != signal.SIGINT
        if self._raising or self._count == 2:
            raise KeyboardInterrupt
        if self._count > 2:
            os._exit(EXIT_CODE)
        self._notify(Interrupted())
