"""One HTTP connection to one server, and to nothing else, that can be cut off at any moment."""

import socket
import threading
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx2
import openai

from engine.network.watching import watch
from engine.store.home import lathe_home

CONNECT_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 600.0
"""Between two pieces of an answer; reading a long prompt on a CPU server takes minutes."""

_PRIVATE_HEADERS = ("x-stainless-", "openai-")


class WrongServer(httpx2.RequestError):  # type: ignore[misc] # its types are not followed
    """A request would have left the server that the user named."""


class Connection:
    """The official client over a transport that knows its socket."""

    def __init__(self, base_url: str, api_key: str, read_timeout_s: float = READ_TIMEOUT_S) -> None:
        self._transport = _OneServer(base_url)
        timeout = httpx2.Timeout(read_timeout_s, connect=CONNECT_TIMEOUT_S)
        self._http = httpx2.Client(
            transport=self._transport, timeout=timeout, trust_env=False, follow_redirects=False
        )
        watch(self._http, lathe_home(), "endpoint")
        self.client = openai.OpenAI(
            base_url=base_url,
            api_key=api_key or "none",
            organization="",
            project="",
            timeout=timeout,
            max_retries=0,
            http_client=self._http,
        )

    def abort(self) -> None:
        """Cut off a request that another thread waits for; that thread gets a connection error."""
        self._transport.shut_down()

    def close(self) -> None:
        self._http.close()


class _OneServer(httpx2.HTTPTransport):  # type: ignore[misc] # as above
    """Refuses every other server, sends no description of this machine, and remembers its socket.

    Connections are not kept: each request has a fresh socket, so that `shut_down` hits the running one.
    """

    def __init__(self, base_url: str) -> None:
        super().__init__(limits=httpx2.Limits(max_keepalive_connections=0), trust_env=False)
        parts = urlsplit(base_url)
        self._origin = (parts.scheme, parts.netloc.lower())
        self._path = parts.path
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        target = urlsplit(str(request.url))
        if (target.scheme, target.netloc.lower()) != self._origin or not target.path.startswith(self._path):
            raise WrongServer(f"{target.netloc} is not the server of this endpoint", request=request)
        for name in [name for name in request.headers if name.lower().startswith(_PRIVATE_HEADERS)]:
            del request.headers[name]
        request.headers["user-agent"] = "Lathe"
        request.extensions["trace"] = self._trace
        return super().handle_request(request)

    def shut_down(self) -> None:
        with self._lock:
            open_socket, self._socket = self._socket, None
        if open_socket is not None:
            try:
                open_socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    def _trace(self, name: str, info: Mapping[str, Any]) -> None:
        """httpcore's hook: the stream of each connection that was made."""
        if name == "connection.connect_tcp.complete":
            found = info["return_value"].get_extra_info("socket")
            with self._lock:
                self._socket = found if isinstance(found, socket.socket) else None
