"""What the window and the command line know of an engine: commands in, events out.

Implemented by `engine.client.process.ProcessClient` (a supervised worker process) and, for tests and
`--fake-model`, by the same client on the fake backend.
"""

from collections.abc import Callable
from typing import Protocol

from engine.protocol.commands import AnyCommand
from engine.protocol.events import AnyEvent

Listener = Callable[[AnyEvent], None]
"""Called on the client's reader thread, in order; must not block."""


class EngineClient(Protocol):
    """A running engine. All methods may be called from any thread and return at once."""

    def start(self) -> None:
        """Start the worker; `Ready` follows as an event."""

    def close(self) -> None:
        """Stop the worker and its threads; waits at most a few seconds. Idempotent."""

    def next_job(self) -> int:
        """A fresh job number (1, 2, …)."""

    def send(self, command: AnyCommand) -> None:
        """Queue a command. While the worker is down the job is answered with `Failed`."""

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear every event from now on; the result ends it."""
