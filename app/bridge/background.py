"""Work off the GUI thread whose result comes back to it: the store, and everything that touches files."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from app.bridge.engine_bridge import EngineBridge
from engine.store.database import Store
from engine.store.service import StoreService

T = TypeVar("T")
Done = Callable[[T], None]
Failed = Callable[[Exception], None]


class StoreAccess:
    """`StoreService` with callbacks on the GUI thread. Errors nobody handles reach `EngineBridge.failed`."""

    def __init__(self, service: StoreService, bridge: EngineBridge) -> None:
        self._service = service
        self._bridge = bridge

    def run(
        self, work: Callable[[Store], T], done: Done[T] | None = None, failed: Failed | None = None
    ) -> None:
        """Queue `work` on the store's thread; returns at once. Does nothing once the bridge is closed."""
        if self._bridge.closed:
            return
        self._service.run(
            work,
            (lambda value: self._bridge.call(done, value)) if done else None,
            (lambda error: self._bridge.call(failed, error)) if failed else self._bridge.report,
        )

    def on_saved(self, listener: Callable[[], None]) -> None:
        """Call `listener` each time that everything a full disk refused is saved."""
        self._service.on_saved(lambda: self._bridge.call(lambda _nothing: listener(), None))


class Background:
    """Two threads for reading and writing files and for what takes longer than a frame."""

    def __init__(self, bridge: EngineBridge) -> None:
        self._bridge = bridge
        self._closed = False
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="lathe-background")

    def run(self, work: Callable[[], T], done: Done[T] | None = None, failed: Failed | None = None) -> None:
        """Run `work` on a thread of the pool; returns at once. Does nothing after `close`."""

        def task() -> None:
            try:
                value = work()
            except Exception as error:  # noqa: BLE001 - told to whoever asked
                if failed:
                    self._bridge.call(failed, error)
                else:
                    self._bridge.report(error)
                return
            if done:
                self._bridge.call(done, value)

        if not self._closed:
            self._pool.submit(task)

    def close(self) -> None:
        """Wait for what runs; what has not begun is dropped."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)
