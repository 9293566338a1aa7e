"""An answer as it arrives, read on a thread of its own so that cancelling never waits for the server."""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, Protocol

_POLL_S = 0.05


class Answer(Protocol):
    """A stream of the client: chunks, and a connection to give back."""

    def __iter__(self) -> Iterator[Any]: ...

    def close(self) -> None: ...


class _End:
    def __init__(self, error: Exception | None) -> None:
        self.error = error


def read_until_cancelled(
    request: Callable[[], Answer], cancelled: Callable[[], bool], abort: Callable[[], None]
) -> Iterator[Any]:
    """Yields the chunks of `request()`; ends within 50 ms when `cancelled()` says so.

    `abort` must make a waiting `request` fail. Errors of the request are raised here. The thread has
    ended when this generator has, also when it is closed early.
    """
    chunks: queue.Queue[Any] = queue.Queue()
    stopped = threading.Event()

    def read() -> None:
        error: Exception | None = None
        try:
            with closing(request()) as answer:
                for chunk in answer:
                    chunks.put(chunk)
                    if stopped.is_set():
                        break
        except Exception as caught:  # noqa: BLE001 - raised in the other thread
            error = caught
        chunks.put(_End(error))

    thread = threading.Thread(target=read, name="endpoint", daemon=True)
    thread.start()
    try:
        while not cancelled():
            try:
                chunk = chunks.get(timeout=_POLL_S)
            except queue.Empty:
                continue
            if isinstance(chunk, _End):
                if chunk.error is not None:
                    raise chunk.error
                return
            yield chunk
    finally:
        stopped.set()
        while thread.is_alive():
            abort()
            thread.join(_POLL_S)
