"""Hooks for an HTTP client: each request is refused where the program works offline, else noted in the
ledger.

Redirects are requests of their own and come past here too.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import UserError
from engine.network.ledger import Ledger, Purpose
from engine.network.offline import host_of, require_online

if TYPE_CHECKING:
    import httpx2

_EXTENSION = "lathe.ledger"


def watch(client: "httpx2.Client", home: Path, purpose: Purpose, subject: str = "") -> None:
    """From now on, for all requests of this client. What is refused raises `UserError` network.offline."""
    hooks = client.event_hooks
    before, after = watching_hooks(home, purpose, subject)
    client.event_hooks = {
        "request": [*hooks.get("request", []), before],
        "response": [*hooks.get("response", []), after],
    }


def watching_hooks(
    home: Path, purpose: Purpose, subject: str = ""
) -> tuple[Callable[[Any], None], Callable[[Any], None]]:
    """For `event_hooks`: what is called before each request, and with each answer."""
    ledger = Ledger(home)

    def before(request: "httpx2.Request") -> None:
        address = str(request.url)
        require_online(home, address)
        request.extensions[_EXTENSION] = ledger.begin(host_of(address), purpose, subject)

    def after(response: "httpx2.Response") -> None:
        entry_id = response.request.extensions.get(_EXTENSION)
        if entry_id is not None:
            response.stream = _counting(response.stream, ledger, entry_id, response.status_code)

    return before, after


def refusal_in(error: BaseException | None) -> UserError | None:
    """The refusal that a library has wrapped into an error of its own, if that is the cause."""
    while error is not None:
        if isinstance(error, UserError) and error.code == "network.offline":
            return error
        error = error.__cause__ or error.__context__
    return None


def _counting(stream: Any, ledger: Ledger, entry_id: str, status: int) -> Any:
    """The same stream; counts what is read and tells the ledger once, when it is closed."""
    from httpx2 import SyncByteStream  # noqa: PLC0415 - the client is loaded where a request is made

    class Counting(SyncByteStream):  # type: ignore[misc, unused-ignore]
        received = 0
        told = False

        def __iter__(self) -> Iterator[bytes]:
            for chunk in stream:
                self.received += len(chunk)
                yield chunk

        def close(self) -> None:
            with suppress(AttributeError):
                stream.close()
            if not self.told:
                self.told = True
                ledger.end(entry_id, self.received, status)

    return Counting()
